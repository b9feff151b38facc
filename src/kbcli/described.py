"""Triples as JSON-LD nodes: what each subject has, under the short names of a context, every literal as spelt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import RDF_TYPE, STANDARD, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from kbcli.jsonnodes import Node
    from kbcli.scratch import Scratch

_STRING = STANDARD["xsd"] + "string"


class Described:
    """What has been put aside, by subject."""

    def __init__(self, scratch: Scratch, context: Mapping[str, Any], prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._terms = {self._expanded(d): (n, d) for n, d in context.items() if isinstance(d, dict)}
        self._classes = {self._expanded({"@id": d}): n for n, d in context.items() if n[0].isupper()}
        self._scratch = scratch

    def node(
        self, subject: str, nested: Callable[[str], Node | None] = lambda _: None, only: Collection[str] = ()
    ) -> Node:
        """What is said of a subject, all or `only` under these predicates (IRIs).

        `nested` gives what stands for an IRI, if more than its name.
        """
        written: Node = {"id": self.id(subject)}
        for predicate, objects in self._objects(subject).items():
            if only and predicate not in only:
                continue
            if predicate == RDF_TYPE and not any(isinstance(one, ox.Literal) for one in objects):
                written["type"] = _one_or_all(sorted(map(self._class, objects)))
                continue
            name, definition = self._terms.get(predicate, (self._name(predicate), {}))
            written[name] = _one_or_all([self._value(one, definition, nested) for one in sorted(objects, key=str)])
        return written

    def _objects(self, subject: str) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for quad in self._scratch.said(subject).quads:
            found.setdefault(quad.predicate.value, []).append(quad.object)
        return found

    def id(self, subject: str) -> str:
        return subject if subject.startswith("_:") else self._name(subject)

    def _value(self, term: Any, definition: Mapping[str, str], nested: Callable[[str], Node | None]) -> Any:
        if isinstance(term, ox.Literal):
            return _literal(term, definition, self._name)
        if isinstance(term, ox.Triple):
            raise UsageError(f"{term}: JSON-LD has no triple as a value", "choose nt, nq, ttl or trig")
        key = _key(term)
        more = nested(key)
        if more is not None:
            return more
        return self.id(key) if definition.get("@type") == "@id" else {"id": self.id(key)}

    def _class(self, term: Any) -> str:
        key = _key(term)
        return self._classes.get(key, self.id(key))

    def _name(self, iri: str) -> str:
        short = compact(iri, self._prefixes)
        scheme, _, rest = iri.partition(":")
        if short.startswith("<") and scheme in self._prefixes and not rest.startswith("//"):
            raise UsageError(f"<{printable(iri)}>: JSON-LD would read {scheme}: as a prefix", "choose another format")
        return short.removeprefix("<").removesuffix(">")

    def _expanded(self, definition: Mapping[str, str]) -> str:
        prefix, _, local = definition["@id"].partition(":")
        return self._prefixes.get(prefix, prefix) + local


def _key(term: Any) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else str(term.value)


def _literal(term: ox.Literal, definition: Mapping[str, str], name: Callable[[str], str]) -> Any:
    """A plain string where the context says all the rest."""
    if term.language:
        same = definition.get("@language") == term.language
        return term.value if same else {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return {"@value": term.value} if {"@type", "@language"} & set(definition) else term.value
    datatype = name(term.datatype.value)
    same = definition.get("@type") == datatype
    return term.value if same else {"@value": term.value, "@type": datatype}


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
