"""The shapes that find nothing in a file, where that is certain without pySHACL."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli.incremental.applied import Applied
from kbcli.incremental.conformance import Conformance
from kbcli.incremental.glance import Glance, Unsure
from kbcli.names import RDF_TYPE, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.incremental.excerpt import Excerpt
    from kbcli.incremental.library import Before, Library

_SUBCLASS = ox.NamedNode(STANDARD["rdfs"] + "subClassOf")
_OF_THINGS = frozenset([RDF_TYPE, STANDARD["rdfs"] + "Class", STANDARD["owl"] + "Class"])


class Target(NamedTuple):
    """A shape, and what it is put to: instances of classes, what has properties, and what is their value."""

    name: str
    shape: ox.NamedNode
    classes: frozenset[str]
    having: frozenset[str]
    pointed: frozenset[str]

    @property
    def predicates(self) -> frozenset[str | None]:
        return self.having | self.pointed | ({RDF_TYPE} if self.classes else set())


class Screen:
    """The shapes of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._conformance = Conformance(library.shapes.triples)
        self._targets = list(self._found()) if self._conformance.is_plain and self._is_explicit() else None

    def silent(self, excerpt: Excerpt, before: Before | None) -> Applied:
        """The shapes that certainly have nothing to say here, of those that an edit can concern."""
        found = Applied({}, frozenset(), {})
        if self._targets is None or not excerpt.documents:
            return found
        glance = Glance(self._library, excerpt.subjects_here)
        wanted = [one for one in self._targets if not before or self._library.concerns(one.name)]
        try:
            matching = [(node, self._matched(node, wanted, glance)) for node in self._nodes(excerpt)]
        except Unsure:
            return found
        for target in wanted:
            glance.asked = set(target.predicates)
            nodes = [node for node, matched in matching if target in matched]
            if all(self._conformance.conforms(target.shape, node, glance) for node in nodes):
                found.outcomes[target.name] = []
                found.reads[target.name] = set(glance.asked)
        return found._replace(keys=glance.keys)

    def _is_explicit(self) -> bool:
        """Whether no shape is a class, whose instances it would be put to without a word."""
        return not any(
            triple.predicate.value == RDF_TYPE and getattr(triple.object, "value", "") in _OF_THINGS
            for triple in self._library.shapes.triples
        )

    def _found(self) -> Iterator[Target]:
        for shape, said in self._conformance.targets():
            if not isinstance(shape, ox.NamedNode):
                raise Unsure
            yield Target(
                shape.value,
                shape,
                frozenset(self._below(said.get("targetClass", ()))),
                frozenset(said.get("targetSubjectsOf", ())),
                frozenset(said.get("targetObjectsOf", ())),
            )

    def _below(self, classes: Sequence[str]) -> set[str]:
        """The classes and all below them."""
        found, ahead = set[str](), [*classes]
        while ahead:
            one = ahead.pop()
            if one not in found:
                found.add(one)
                below = self._library.store.quads_for_pattern(None, _SUBCLASS, ox.NamedNode(one))
                ahead += [quad.subject.value for quad in below if isinstance(quad.subject, ox.NamedNode)]
        return found

    def _nodes(self, excerpt: Excerpt) -> Iterator[ox.NamedNode]:
        """What is told of here, and what is only pointed to from here."""
        yield from excerpt.own
        pointed = {predicate for target in self._targets or () for predicate in target.pointed}
        for triple in excerpt.documents[0].triples:
            if triple.predicate.value in pointed:
                if not isinstance(triple.object, ox.NamedNode):
                    raise Unsure
                if not (excerpt.homes_of(triple.object.value) or self._is_ours(triple.object.value)):
                    yield triple.object

    def _is_ours(self, iri: str) -> bool:
        return iri in self._library.vocabulary.subjects

    def _matched(self, node: ox.NamedNode, targets: Sequence[Target], glance: Glance) -> set[Target]:
        types = {getattr(one, "value", "") for one in glance.values(node, RDF_TYPE)}
        said = glance.properties(node)
        return {
            one
            for one in targets
            if one.classes & types or one.having & said or any(glance.is_pointed_to(p, node) for p in one.pointed)
        }


def screen(library: Library) -> Screen | None:
    """None if a shape has no name."""
    try:
        return Screen(library)
    except Unsure:
        return None
