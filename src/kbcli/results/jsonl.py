"""One JSON object a line and row: IRIs and values as strings, integers and booleans as such, null where unbound."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kbcli.names import STANDARD

if TYPE_CHECKING:
    from kbcli.answer import Answer

_INTEGER = re.compile(r"[+-]?[0-9]{1,300}", re.ASCII)  # anything else so typed stays the string it is
_XSD = STANDARD["xsd"]


def write(answer: Answer, stream: BinaryIO) -> None:
    if answer.form == "graph":
        raise answer.refuse("jsonl", "cannot hold the triples of")
    if answer.form == "ASK":
        stream.write(b"true\n" if answer.truth else b"false\n")
        return
    columns = answer.columns
    for solution in answer.solutions():
        row = {name: _value(answer, term) for name, term in zip(columns, solution, strict=True)}
        stream.write((json.dumps(row, ensure_ascii=False) + "\n").encode())


def _value(answer: Answer, term: object) -> str | int | bool | None:
    match term:
        case None:
            return None
        case ox.NamedNode():
            return answer.iri(term, "full")
        case ox.Literal() if term.datatype.value == _XSD + "integer" and _INTEGER.fullmatch(term.value):
            return int(term.value)
        case ox.Literal() if term.datatype.value == _XSD + "boolean" and term.value in ("true", "false"):
            return term.value == "true"
        case ox.Literal():
            return term.value
        case _:
            return str(term)
