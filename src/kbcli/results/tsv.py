"""SPARQL 1.1 Query Results TSV: terms in Turtle syntax, tab-separated."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

if TYPE_CHECKING:
    from kbcli.answer import Answer


def write(answer: Answer, stream: BinaryIO) -> None:
    if answer.form == "graph":
        raise answer.refuse("tsv", "cannot hold the triples of")
    if answer.form == "ASK":
        stream.write(b"true\n" if answer.truth else b"false\n")
        return
    if not answer.has_short_names:
        answer.serialize(stream, ox.QueryResultsFormat.TSV)
        return
    stream.write(("\t".join(f"?{name}" for name in answer.columns) + "\n").encode())
    stream.writelines(
        ("\t".join(_cell(answer, term) for term in solution) + "\n").encode() for solution in answer.solutions()
    )


def _cell(answer: Answer, term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return answer.iri(term, "full").replace("\t", " ").replace("\n", " ")
    return str(term).replace("\t", "\\t")
