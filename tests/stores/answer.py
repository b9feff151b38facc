"""What a store answers: columns and rows of terms, read from the W3C's JSON format and ready to be compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

STRING = "http://www.w3.org/2001/XMLSchema#string"


class Term(NamedTuple):
    """An RDF term; `tag` is a literal's language or datatype."""

    kind: str
    value: str
    tag: str = ""


Row = tuple[Term | None, ...]
# A cell joined by the queries' " | ": engines join in different orders, so it is compared as a set.
Cell = tuple[str, frozenset[str], str]


class Answer(NamedTuple):
    columns: tuple[str, ...]
    rows: list[Row]


def from_json(raw: bytes) -> Answer:
    document = json.loads(raw)
    columns = tuple(document["head"]["vars"])
    rows = document["results"]["bindings"]
    return Answer(columns, [tuple(_term(row.get(column)) for column in columns) for row in rows])


def _term(binding: dict[str, Any] | None) -> Term | None:
    if binding is None:
        return None
    if binding["type"] in ("uri", "bnode"):
        return Term(binding["type"], binding["value"])
    tag = binding.get("xml:lang", "").lower() or binding.get("datatype", STRING)
    return Term("literal", binding["value"], tag)


def comparable(rows: Iterable[Row]) -> list[tuple[Cell | None, ...]]:
    return [tuple(term and (term.kind, frozenset(term.value.split(" | ")), term.tag) for term in row) for row in rows]
