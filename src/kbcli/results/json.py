"""SPARQL 1.1 Query Results JSON, written by the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

if TYPE_CHECKING:
    from kbcli.answer import Answer


def write(answer: Answer, stream: BinaryIO) -> None:
    if answer.form == "graph":
        raise answer.refuse("json", "cannot hold the triples of")
    answer.refuse_short_names("json")
    answer.serialize(stream, ox.QueryResultsFormat.JSON)
    stream.write(b"\n")
