"""Triples compared by what they say: stores keep some literals in a spelling of their own.

"007"^^xsd:nonNegativeInteger may come back as "7"^^xsd:integer: the same number, another term. A graph here is a
mapping: the triple in a spelling that all share, and how it is spelt where it was read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kbcli.names import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable

Graph = dict[str, str]
_XSD = STANDARD["xsd"]
_SIZES = ("int", "long", "short", "byte", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte")
_SIGNS = ("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger")
_INTEGERS = frozenset(("integer", *_SIZES, *_SIGNS))
_LITERAL = re.compile(rf'"([^"\\]*)"\^\^<{re.escape(_XSD)}(\w+)>$')
_BOOLEANS = {"1": "true", "0": "false"}


def graph(lines: Iterable[str]) -> Graph:
    """Of triples in N-Triples without the full stop."""
    return {shared(line): line for line in lines}


def shared(line: str) -> str:
    """The triple as any spelling of it becomes; one without a number or a truth value at its end stays."""
    match = _LITERAL.search(line)
    if match is None:
        return line
    text, kind = match.groups()
    if kind in _INTEGERS and re.fullmatch(r"[+-]?[0-9]{1,100}", text):
        text, kind = str(int(text)), "integer"
    elif kind == "decimal" and re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", text):
        text = format(Decimal(text).normalize(), "f")
    elif kind == "boolean":
        text = _BOOLEANS.get(text, text)
    else:
        return line
    return f'{line[: match.start()]}"{text}"^^<{_XSD}{kind}>'


def respelt(one: Graph, other: Graph) -> int:
    """How many triples both have in different spellings."""
    return sum(other[key] != line for key, line in one.items() if key in other)
