"""N-Triples of a CONSTRUCT or DESCRIBE, sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

if TYPE_CHECKING:
    from kbcli.answer import Answer


def write(answer: Answer, stream: BinaryIO) -> None:
    if answer.form != "graph":
        raise answer.refuse("nt", "cannot hold the answer of")
    ox.serialize(answer.triples(), stream, format=ox.RdfFormat.N_TRIPLES)
