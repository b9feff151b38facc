"""The data as a shape looks at it that needs no pySHACL: each look is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.incremental import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kbcli.incremental.library import Library

Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Unsure(Exception):  # noqa: N818 it is no error
    """Only pySHACL can tell."""


class Glance:
    """`here` are the things that need no note. Raises Unsure of what has no name: no file is known to be its home."""

    def __init__(self, library: Library, here: frozenset[str]) -> None:
        self._library, self._here = library, here
        self._said: set[tuple[str, str]] = set()
        self._pointed: set[tuple[str, str]] = set()
        self._found: dict[object, dict[str, dict[Term, None]]] = {}
        self.asked: set[str | None] = set()  # the properties, None for all; who begins something new empties it

    def values(self, node: object, predicate: str) -> list[Term]:
        """What a property of it has, each once."""
        if isinstance(node, ox.Literal):
            return []
        self.look(node, (predicate,))
        return list(self._facts(node).get(predicate, ()))

    def properties(self, node: object) -> set[str]:
        """The properties it has."""
        if isinstance(node, ox.Literal):
            return set()
        self.look(node, (None,))
        return set(self._facts(node))

    def look(self, node: object, predicates: Iterable[str | None]) -> None:
        """Note that these properties of it are read."""
        iri = _named(node).value
        self.asked.update(predicates)
        if iri not in self._here:
            self._said.update((iri, predicate or "") for predicate in predicates)

    def is_known(self, node: object) -> bool:
        """Whether anything is said of it."""
        return bool(self._facts(node))

    def is_pointed_to(self, predicate: str, node: object) -> bool:
        iri = _named(node).value
        self.asked.add(predicate)
        self._pointed.add((predicate, iri))
        ours = self._library.vocabulary.naming.get(iri, ())
        return bool(self._library.pointing(predicate, iri)) or any(one.predicate.value == predicate for one in ours)

    def _facts(self, node: object) -> Mapping[str, Mapping[Term, None]]:
        """What the files say of it, spelt as they do: a store would make other numbers of some."""
        found = self._found.get(node)
        if found is None:
            name, found = _named(node), {}
            for home in (*self._library.homes(name.value), self._library.vocabulary):
                for triple in home.about.get(name, ()):
                    found.setdefault(triple.predicate.value, {})[triple.object] = None  # type: ignore[index]
            self._found[node] = found
        return found

    def rows(self, query: str, this: Term, prefixes: Mapping[str, str], things: Iterable[ox.NamedNode]) -> bool:
        """Whether a query that reads no more than what is said of `things` has an answer for one of them."""
        for thing in things:
            self._library.load(thing.value)
        given: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {}
        given[ox.Variable("this")] = _named(this)
        found = self._library.store.query(query, prefixes=dict(prefixes), substitutions=given)
        return any(True for _ in found)  # type: ignore[union-attr]

    @property
    def keys(self) -> frozenset[int]:
        """Of all that was looked at."""
        said = {keys.said(iri, predicate) for iri, predicate in self._said}
        return frozenset(said | {keys.pointing(predicate, iri) for predicate, iri in self._pointed})


def _named(node: object) -> ox.NamedNode:
    if not isinstance(node, ox.NamedNode):
        raise Unsure
    return node
