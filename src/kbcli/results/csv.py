"""SPARQL 1.1 Query Results CSV: values only, CRLF line ends. With --iri, the same with shorter names."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

if TYPE_CHECKING:
    from kbcli.answer import Answer


def write(answer: Answer, stream: BinaryIO) -> None:
    if answer.form == "graph":
        raise answer.refuse("csv", "cannot hold the triples of")
    if answer.form == "ASK":
        stream.write(b"true\n" if answer.truth else b"false\n")
        return
    if not answer.has_short_names:
        answer.serialize(stream, ox.QueryResultsFormat.CSV)
        return
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(answer.columns)
    for solution in answer.solutions():
        rows.writerow([_cell(answer, term) for term in solution])
    text.detach()


def _cell(answer: Answer, term: object) -> str:
    match term:
        case None:
            return ""
        case ox.NamedNode():
            return answer.iri(term, "full")
        case ox.Literal():
            return term.value
        case _:
            return str(term)
