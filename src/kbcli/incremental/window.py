"""The data as the shapes see it, file by file: pySHACL reads what it needs, and every reading is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox
import rdflib

from kbcli.incremental import keys
from kbcli.incremental.applied import Applied
from kbcli.incremental.library import Undecided
from kbcli.names import RDF_TYPE, STANDARD
from kbcli.shacl.engine import Shapes, calm
from kbcli.shacl.graph import Facts, theirs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kbcli.incremental.excerpt import Excerpt
    from kbcli.incremental.library import Before, Library

_SH = STANDARD["sh"]
_TYPE = rdflib.URIRef(RDF_TYPE)
_SUBCLASS = rdflib.URIRef(STANDARD["rdfs"] + "subClassOf")


class Window(Facts):
    """What is said of a thing is fetched when it is first asked for; `here` are the things that need no note."""

    def __init__(self, library: Library) -> None:
        super().__init__(library.vocabulary.triples)
        self._library = library
        self.vocabulary = Facts(library.vocabulary.triples)
        self._fetched: set[Any] = set()
        self.here: frozenset[Any] = frozenset()
        self.asked: set[Any] = set()
        self.said: set[tuple[Any, Any]] = set()
        self.pointed: set[tuple[Any, Any]] = set()

    def of_subject(self, subject: Any, predicate: Any, value: Any) -> list[Any]:
        self.asked.add(predicate)
        if subject not in self.here:
            self.said.add((subject, predicate))
        if subject not in self._fetched:
            self._fetched.add(subject)
            if isinstance(subject, rdflib.URIRef):
                for home in self._library.homes(str(subject)):
                    for triple in home.about[ox.NamedNode(str(subject))]:
                        self.add((subject, theirs(triple.predicate), theirs(triple.object)))
        return super().of_subject(subject, predicate, value)

    def backwards(self, predicate: Any, value: Any) -> list[Any]:
        if not isinstance(value, rdflib.URIRef) or predicate == _TYPE:
            raise Undecided
        self.asked.add(predicate)
        self.pointed.add((predicate, value))
        return self.pointing(predicate, value)

    def pointing(self, predicate: Any, value: Any) -> list[Any]:
        found = self._library.pointing(str(predicate), str(value))
        subjects = {theirs(triple.subject) for triple in found}
        subjects |= {s for s, _, _ in self.vocabulary.backwards(predicate, value)}
        return [(subject, predicate, value) for subject in subjects]

    def triples(self, triple: Any) -> Iterator[Any]:  # type: ignore[override]
        if triple[0] is None and triple[1] is None:
            raise Undecided
        return super().triples(triple)


class Target(NamedTuple):
    """What a shape is put to: instances of classes, and what has or is the value of properties.

    A shape without a name is not known again: its `name` begins with a blank.
    """

    name: str
    shape: Any
    classes: frozenset[Any]
    having: frozenset[Any]
    pointed: frozenset[Any]

    @property
    def predicates(self) -> frozenset[str]:
        """The properties by which it finds what it is put to."""
        return frozenset(map(str, self.having | self.pointed)) | ({RDF_TYPE} if self.classes else set())


class Nodes:
    """The shapes, and what each of them is put to."""

    def __init__(self, library: Library) -> None:
        self._library = library
        with calm():
            self._window = Window(library)
            self._shapes = Shapes(library.shapes.triples, self._window)
            self.targets = [target for shape in self._shapes.shapes if (target := self._target(shape))]

    def applied(self, excerpt: Excerpt, before: Before | None, silent: Applied) -> Applied:
        """What the shapes find here; those that the edit cannot concern are not put to anything again, and those that
        are known to be `silent` not at all."""
        concerned = [one for one in self.targets if not before or self._library.concerns(one.name)]
        found = self._found(excerpt, [one for one in concerned if one.name not in silent.outcomes])
        outcomes = {name: some for name, some in (before.outcomes if before else {}).items() if name[0] != " "}
        read = found.keys | silent.keys | (before.keys if before else frozenset())
        return Applied(outcomes | silent.outcomes | found.outcomes, read, silent.reads | found.reads)

    def _found(self, excerpt: Excerpt, targets: Sequence[Target]) -> Applied:
        found, window = Applied({}, frozenset(), {}), self._window
        if not targets:
            return found
        with calm():
            window.here = frozenset(theirs(ox.NamedNode(iri)) for iri in excerpt.subjects_here)
            window.said, window.pointed = set(), set()
            matching = {node: self._matching(node, by) for node, by in self._nodes(excerpt).items()}
            for target in targets:
                window.asked = set()
                wanted = [node for node, matched in matching.items() if target in matched]
                found.outcomes[target.name] = self._shapes.outcomes([(target.shape, wanted)]) if wanted else []
                found.reads[target.name] = {one and str(one) for one in window.asked} | target.predicates
        read = {keys.said(str(subject), str(predicate or "")) for subject, predicate in window.said}
        read |= {keys.pointing(str(predicate), str(value)) for predicate, value in window.pointed}
        return found._replace(keys=frozenset(read))

    def _nodes(self, excerpt: Excerpt) -> dict[Any, set[Any]]:
        found: dict[Any, set[Any]] = {theirs(node): set() for node in excerpt.own}
        for node, predicate in self._homeless(excerpt):
            found.setdefault(node, set()).add(predicate)
        return found

    def _target(self, shape: Any) -> Target | None:
        """Raises Undecided for targets of other kinds."""
        nodes, classes, implicit, pointed, having = map(list, shape.target())
        if nodes or implicit or _TYPE in pointed:
            raise Undecided
        above = {*classes}
        below = {sub for one in above for sub in self._window.vocabulary.transitive_subjects(_SUBCLASS, one)}
        name = str(shape.node) if isinstance(shape.node, rdflib.URIRef) else f" {shape.node}"
        target = Target(name, shape, frozenset(above | below), frozenset(having), frozenset(pointed))
        return target if target.classes or target.having or target.pointed else None

    def _matching(self, node: Any, by: set[Any]) -> set[Target]:
        said = {predicate for _, predicate, _ in self._window.of_subject(node, None, None)}
        types = {value for _, _, value in self._window.of_subject(node, _TYPE, None)}
        return {
            target
            for target in self.targets
            if target.classes & types
            or target.having & said
            or target.pointed & by
            or any(self._window.pointing(predicate, node) for predicate in target.pointed)
        }

    def _homeless(self, excerpt: Excerpt) -> Iterator[tuple[Any, Any]]:
        """What a shape is put to because something here points to it, and of which no file says anything; by what property."""
        pointed = frozenset(str(predicate) for target in self.targets for predicate in target.pointed)
        for triple in _pointing(excerpt, pointed):
            if not (isinstance(triple.object, ox.NamedNode) and self._has_home(excerpt, triple.object.value)):
                yield theirs(triple.object), theirs(triple.predicate)

    def _has_home(self, excerpt: Excerpt, iri: str) -> bool:
        return bool(excerpt.homes_of(iri)) or iri in self._library.vocabulary.subjects


def _pointing(excerpt: Excerpt, predicates: Iterable[str]) -> list[ox.Triple]:
    wanted = frozenset(predicates)
    documents = excerpt.documents or (excerpt.vocabulary,)
    return [t for document in documents for t in document.triples if t.predicate.value in wanted]
