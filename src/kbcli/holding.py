"""What a store was given: a graph in it that says, of each graph pushed, of which commit it is and its digest.

A graph that is being changed has no digest there until it is done. So whatever ends a push, the next one sees which
graphs may be in between, and makes them whole.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from kbcli.names import RDF_TYPE, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NAME = "http://www.w3.org/ns/sparql-service-description#name"
_VERSION = "http://www.w3.org/ns/dcat#version"
_VALUE, _ENTITY = STANDARD["prov"] + "value", STANDARD["prov"] + "Entity"
_EXTENT = STANDARD["dct"] + "extent"
_DEFAULT = "urn:x-arq:DefaultGraph"  # the name that stores give it where one is needed


class Held(NamedTuple):
    """One graph. `digest` is empty while it is in between; `whole`: nothing of anybody else's is in it."""

    digest: str = ""
    version: str = ""
    whole: bool = True


def digest(lines: Iterable[str]) -> str:
    """Of a graph without blank nodes: the same triples, the same digest."""
    found = hashlib.sha256()
    for line in sorted(lines):
        found.update(line.encode() + b"\n")
    return found.hexdigest()


def written(record: Mapping[str, Held], home: str) -> frozenset[str]:
    """The record as triples, in N-Triples; `home` is the IRI of the graph they go into."""
    return frozenset(line for name, held in record.items() for line in _lines(name or _DEFAULT, held, home))


def read(lines: Iterable[str]) -> dict[str, Held]:
    """The record that triples hold; what is none of it is passed over."""
    import pyoxigraph as ox

    facts: dict[str, dict[str, str]] = {}
    for quad in ox.parse("".join(f"{line} .\n" for line in lines), format=ox.RdfFormat.N_TRIPLES):
        facts.setdefault(str(quad.subject), {})[quad.predicate.value] = getattr(quad.object, "value", "")
    return {
        own[_NAME].replace(_DEFAULT, ""): Held(
            own.get(_VALUE, ""), own.get(_VERSION, ""), own.get(_EXTENT, "") != "part"
        )
        for own in facts.values()
        if _NAME in own
    }


def _lines(name: str, held: Held, home: str) -> Iterator[str]:
    node = f"<{home}#{hashlib.sha256(name.encode()).hexdigest()[:16]}>"
    yield f"{node} <{RDF_TYPE}> <{_ENTITY}>"
    yield f"{node} <{_NAME}> <{name}>"
    yield f'{node} <{_EXTENT}> "{"whole" if held.whole else "part"}"'
    if held.digest:
        yield f'{node} <{_VALUE}> "{held.digest}"'
    if held.version:
        yield f'{node} <{_VERSION}> "{held.version}"'
