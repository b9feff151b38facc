"""Triples compared by what they say: stores keep some literals in a spelling of their own.

"007"^^xsd:nonNegativeInteger may come back as "7"^^xsd:integer: the same value, another term. Taken for the same are
only literals of the same value in XML Schema: whole numbers of any of its types; decimals, floats and doubles with more
or fewer noughts; truth values as 1 and 0; times of the same zone written as Z or +00:00, with or without ".000"; and
language tags in capitals or not. A text is never another text, a date never another date, and a value that a store
distorts (Virtuoso makes "-0044"^^xsd:gYear of it "-044") stays a difference. So an edit of nothing but such a spelling
is not sent to a store.

A graph here is a mapping: the triple in a spelling that all share, and how it is spelt where it was read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.names import STANDARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Graph = dict[str, str]
_XSD = STANDARD["xsd"]
_SIZES = ("int", "long", "short", "byte", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte")
_SIGNS = ("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger")
_INTEGERS = frozenset(("integer", *_SIZES, *_SIGNS))
_TIMES = frozenset(("date", "dateTime", "dateTimeStamp", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"))
_LITERAL = re.compile(rf'"([^"\\]*)"\^\^<{re.escape(_XSD)}(\w+)>$')
_TAGGED = re.compile(r'"@([A-Za-z0-9-]+)$')
_BOOLEANS = {"1": "true", "0": "false"}


def graph(lines: Iterable[str]) -> Graph:
    """Of triples in N-Triples without the full stop."""
    return {shared(line): line for line in lines}


def shared(line: str) -> str:
    """The triple as any spelling of it becomes; one without a value of these types at its end stays."""
    if match := _LITERAL.search(line):
        text, kind = match.groups()
        if kind in _INTEGERS and re.fullmatch(r"[+-]?[0-9]{1,100}", text):
            text, kind = str(int(text)), "integer"
        elif kind in _SPELT:
            text = _SPELT[kind](text)
        return f'{line[: match.start()]}"{text}"^^<{_XSD}{kind}>'
    if match := _TAGGED.search(line):
        return line[: match.start(1)] + match[1].lower()
    return line


def respelt(one: Graph, other: Graph) -> int:
    """How many triples both have in different spellings."""
    return sum(other[key] != line for key, line in one.items() if key in other)


def _decimal(text: str) -> str:
    if not re.fullmatch(r"[+-]?([0-9]{1,100}(\.[0-9]{0,100})?|\.[0-9]{1,100})", text):
        return text
    whole, _, part = text.lstrip("+-").partition(".")
    short = (whole.lstrip("0") or "0") + (f".{part.rstrip('0')}" if part.rstrip("0") else "")
    return f"-{short}" if text[0] == "-" and short != "0" else short


def _float(text: str) -> str:
    """Of finite numbers; that of a double is all that a float can say as well."""
    return repr(float(text)) if re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?", text) else text


def _boolean(text: str) -> str:
    return _BOOLEANS.get(text, text)


def _time(text: str) -> str:
    text = re.sub(r"[+-]00:00$", "Z", text)
    return re.sub(r"(:[0-9]{2})(?:\.0+|(\.[0-9]*[1-9])0*)(?=Z|[+-][0-9]{2}:[0-9]{2}|$)", r"\1\2", text)


_SPELT: dict[str, Callable[[str], str]] = {
    "decimal": _decimal,
    **dict.fromkeys(("double", "float"), _float),
    "boolean": _boolean,
    **dict.fromkeys(_TIMES, _time),
}
