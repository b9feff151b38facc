"""Which texts are no value of their XSD datatype: `"2018-02-30"^^xsd:date`, `"abc"^^xsd:integer`.

The engine is asked: what it cannot cast is none. Whole and decimal numbers are compared here, for the engine takes
those of many digits for none, and the bounds of the whole ones it does not know.
Source: W3C XML Schema Definition Language (XSD) 1.1 Part 2: Datatypes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli.edtf import days_in
from kbcli.names import STANDARD, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

XSD = STANDARD["xsd"]
# What a value looks like, by local name; those that the engine casts to, or that can be made fit for it.
_CAST = {
    "boolean": "true, false",
    "date": "2018-10-31",
    "dateTime": "2018-10-31T23:20:00Z",
    "dateTimeStamp": "2018-10-31T23:20:00Z",
    "dayTimeDuration": "PT5M",
    "double": "1.5E3",
    "duration": "P1Y2M",
    "float": "1.5E3",
    "gDay": "---31",
    "gMonth": "--10",
    "gMonthDay": "--10-31",
    "gYear": "2018",
    "gYearMonth": "2018-10",
    "time": "23:20:00",
    "yearMonthDuration": "P1Y2M",
}
NUMBERS = {"integer": re.compile(r"[+-]?[0-9]+"), "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")}
_DAY = re.compile(r"(?P<year>[0-9]{4,9})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?=$|T|Z|[+-])")
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_LEAST = {"nonNegativeInteger": 0, "positiveInteger": 1}
_MOST = {"nonPositiveInteger": 0, "negativeInteger": -1}
_BITS = {"byte": 8, "short": 16, "int": 32, "long": 64}
_WHOLE = frozenset(["integer", *_LEAST, *_MOST, *_BITS, *(f"unsigned{name.title()}" for name in _BITS)])
_LONGEST = 30  # digits of a number that is within any bound there is
_TEXTS = (
    "ENTITY ID IDREF NCName NMTOKEN NOTATION Name QName base64Binary hexBinary language normalizedString string token"
)
_NAMES = frozenset([*_CAST, *_WHOLE, *_TEXTS.split(), "anySimpleType", "anyURI", "decimal"])
# Those that the engine does not know by name, and how it is asked for them all the same.
_AS = {"dateTimeStamp": ("dateTime", ""), "gMonthDay": ("date", "2000")}
_QUERY = "SELECT ?s WHERE {{ ?s <{0}> ?text BIND(<{1}>(?text) AS ?value) FILTER(!BOUND(?value)) }}"


class IllTyped(NamedTuple):
    """`remedy` is empty where none is known."""

    literal: ox.Literal
    remedy: str


def ill_typed(literals: Iterable[ox.Literal]) -> Iterator[IllTyped]:
    """Those of `literals` that are no value of their datatype, or whose datatype XSD does not have."""
    uncast: dict[str, list[ox.Literal]] = {}
    for literal in dict.fromkeys(literals):
        name = literal.datatype.value.removeprefix(XSD)
        if not literal.datatype.value.startswith(XSD):
            continue
        if name not in _NAMES:
            near = nearest(name, _NAMES)
            yield IllTyped(literal, f"XSD has no xsd:{name}" + (f": did you mean xsd:{near}?" if near else ""))
        elif name in _CAST:
            uncast.setdefault(name, []).append(literal)
        elif remedy := _wrong(name, literal.value):
            yield IllTyped(literal, remedy)
    for name, found in uncast.items():
        yield from _cast(name, found)


def _cast(name: str, literals: list[ox.Literal]) -> Iterator[IllTyped]:
    store = ox.Store()
    written = ox.NamedNode(XSD + name)
    target, before = _AS.get(name, (name, ""))
    for number, literal in enumerate(literals):
        text = before + (literal.value[1:] if before else literal.value)
        store.add(ox.Quad(ox.NamedNode(f"urn:x-literal:{number}"), written, ox.Literal(text)))
    wrong: ox.QuerySolutions = store.query(_QUERY.format(XSD + name, XSD + target))  # type: ignore[assignment]
    for solution in wrong:
        literal = literals[int(solution[0].value.rpartition(":")[2])]
        yield IllTyped(literal, _no_day(literal.value) or f'write it like this: "{_CAST[name]}"')


def _no_day(text: str) -> str:
    """What to say of a text that is written like a day, and no calendar has the day; else empty."""
    found = _DAY.match(text)
    if not found:
        return ""
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    if not 1 <= month <= len(_MONTHS):
        return f"there is no month {found['month']}: correct it"
    last = days_in(year, month)
    if 1 <= day <= last:
        return ""
    return f"{_MONTHS[month - 1]} {found['year']} has {last} days: correct the day"


def _wrong(name: str, text: str) -> str:
    """What to write for a number or an address that is none, empty if it is one."""
    if name == "anyURI":
        return "" if _is_address(text) else 'write the address without spaces and without any of < > " { } | ^ ` \\'
    if name == "decimal":
        return "" if NUMBERS["decimal"].fullmatch(text) else "write digits with a point: 1.5"
    if name not in _WHOLE:
        return ""
    if not NUMBERS["integer"].fullmatch(text):
        return "write the number in digits, without spaces or commas: 24"
    least, most = _bounds(name)
    number = int(text) if len(text) < _LONGEST else int("9" * _LONGEST) * (-1 if text[0] == "-" else 1)
    fits = (least is None or least <= number) and (most is None or number <= most)
    return "" if fits else f"an xsd:{name} is {_between(least, most)}; write another number, or xsd:integer"


def _bounds(name: str) -> tuple[int | None, int | None]:
    if name.startswith("unsigned"):
        return 0, 2 ** _BITS[name.removeprefix("unsigned").lower()] - 1
    if name in _BITS:
        return -(2 ** (_BITS[name] - 1)), 2 ** (_BITS[name] - 1) - 1
    return _LEAST.get(name), _MOST.get(name)


def _between(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return f"{most} or less" if least is None else f"{least} or more"
    return f"{least} to {most}"


def _is_address(text: str) -> bool:
    """Whether it is an IRI, or becomes one below another."""
    try:
        ox.NamedNode(text if re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", text) else f"x:/{text}")
    except ValueError:
        return False
    return True
