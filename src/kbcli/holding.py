"""What a store was given: a graph in it that says, of each graph pushed, of which commit it is and its digest.

A graph that is being changed has no digest there until it is done. So whatever ends a push, the next one sees which
graphs may be in between, and makes them whole. Of a graph that others write to as well, the record also has a mark of
each triple that is ours, by which ours are told from theirs. A record that is lost or damaged costs time, and leaves
what cannot be told to be ours; it never loses what is somebody else's.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kbcli.names import RDF_TYPE, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NAME = "http://www.w3.org/ns/sparql-service-description#name"
_VERSION = "http://www.w3.org/ns/dcat#version"
_VALUE, _ENTITY = STANDARD["prov"] + "value", STANDARD["prov"] + "Entity"
_EXTENT, _MARKS = STANDARD["dct"] + "extent", STANDARD["dct"] + "tableOfContents"
_DEFAULT = "urn:x-arq:DefaultGraph"  # the name that stores give it where one is needed
_LONG = 12  # characters of a mark
_FEW = 64  # marks in one literal, about: some stores take no long ones


class Held(NamedTuple):
    """One graph. `digest` is empty while it is in between; `ours`: the marks of our triples, None: all are ours."""

    digest: str = ""
    version: str = ""
    ours: frozenset[str] | None = None


def digest(lines: Iterable[str]) -> str:
    """Of a graph without blank nodes: the same triples, the same digest."""
    found = hashlib.sha256()
    for line in sorted(lines):
        found.update(line.encode() + b"\n")
    return found.hexdigest()


def mark(line: str) -> str:
    """A short word for a triple; two triples do not share one but by a chance of 1 in 10^21."""
    return urlsafe_b64encode(hashlib.sha256(line.encode()).digest()[: _LONG * 3 // 4]).decode()


def marks(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(map(mark, lines))


def written(record: Mapping[str, Held], home: str) -> frozenset[str]:
    """The record as triples, in N-Triples; `home` is the IRI of the graph they go into."""
    return frozenset(line for name, held in record.items() for line in _lines(name or _DEFAULT, held, home))


def read(lines: Iterable[str]) -> dict[str, Held]:
    """The record that triples hold; what is none of it is passed over."""
    import pyoxigraph as ox

    facts: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse("".join(f"{line} .\n" for line in lines), format=ox.RdfFormat.N_TRIPLES):
        of = facts.setdefault(str(quad.subject), {})
        if isinstance(quad.object, ox.NamedNode if quad.predicate.value == _NAME else ox.Literal):
            of.setdefault(quad.predicate.value, []).append(quad.object.value)
    return {"" if name == _DEFAULT else name: _held(own) for own in facts.values() for name in own.get(_NAME, ())}


def _held(own: Mapping[str, list[str]]) -> Held:
    """Of several digests, which two pushes at once may leave, none counts."""
    digests, versions = (own.get(name, []) for name in (_VALUE, _VERSION))
    ours = {text[at : at + _LONG] for text in own.get(_MARKS, ()) for at in range(0, len(text), _LONG)}
    shared = ours or "part" in own.get(_EXTENT, ())
    return Held(
        digests[0] if len(digests) == 1 else "",
        versions[0] if len(versions) == 1 else "",
        frozenset(ours) if shared else None,
    )


def _lines(name: str, held: Held, home: str) -> Iterator[str]:
    node = f"<{home}/{hashlib.sha256(name.encode()).hexdigest()[:16]}>"
    yield f"{node} <{RDF_TYPE}> <{_ENTITY}>"
    yield f"{node} <{_NAME}> <{name}>"
    yield f'{node} <{_EXTENT}> "{"whole" if held.ours is None else "part"}"'
    if held.digest:
        yield f'{node} <{_VALUE}> "{held.digest}"'
    if held.version:
        yield f'{node} <{_VERSION}> "{held.version}"'
    for text in _bundled(held.ours or ()):
        yield f'{node} <{_MARKS}> "{text}"'


def _bundled(ours: Iterable[str]) -> Iterator[str]:
    """Marks with the same beginning together, so that a triple more changes one literal."""
    ordered = sorted(ours)
    shared = next((length for length in range(3) if len(ordered) <= _FEW ** (length + 1)), 3)
    return ("".join(bundle) for _, bundle in groupby(ordered, key=lambda one: one[:shared]))
