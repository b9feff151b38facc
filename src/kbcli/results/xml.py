"""SPARQL 1.1 Query Results XML, written by the engine and refused where XML 1.0 cannot carry a character."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kbcli.errors import UsageError

if TYPE_CHECKING:
    from kbcli.answer import Answer

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(answer: Answer, stream: BinaryIO) -> None:
    if answer.form == "graph":
        raise answer.refuse("xml", "cannot hold the triples of")
    answer.refuse_short_names("xml")
    whole = io.BytesIO()
    answer.serialize(whole, ox.QueryResultsFormat.XML)
    if found := _FORBIDDEN.search(whole.getvalue().decode()):
        raise UsageError(f"a value holds U+{ord(found[0]):04X}, which XML cannot carry", "use json, csv or tsv")
    stream.write(whole.getvalue() + b"\n")
