"""A store, read by the names of the vocabulary: `view.nodes(claim, "kb:speaker")`.

Things go in and out as IRIs in strings, so that nothing beyond this module handles the engine's terms.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, cast

from kbcli.names import KB, STANDARD, compact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import pyoxigraph as ox

    from kbcli.neighbourhood import Neighbourhood
    from kbcli.project import Project
    from kbcli.scratch import Scratch
    from kbcli.source import Source

# What a thing is, by its class, in a word; the first that fits. Claims come first: whatever else a broken record
# may call them, their labels are somebody's words.
TYPES = {
    "kb:Allegation": "allegation",
    "kb:Denial": "denial",
    "kb:Admission": "admission",
    "kb:Statement": "statement",
    "kb:Claim": "claim",
    "kb:Agent": "agent",
    "kb:Operation": "operation",
    "kb:Article": "article",
    "kb:Place": "place",
    "kb:Time": "time",
    "kb:Evidence": "evidence",
    "skos:Concept": "kind",
    "skos:ConceptScheme": "scheme",
}
CLAIM_TYPES = ("allegation", "denial", "admission", "statement", "claim")


class View:
    """What one project's store says. Lists are sorted; literals come without language and datatype."""

    def __init__(
        self, store: ox.Store | Neighbourhood | Scratch, project: Project, languages: Collection[str] | None = None
    ) -> None:
        """`languages`, where they are known, are all that texts in the store may be in."""
        self.store = store
        self.project = project
        self._languages = languages
        self._sources: dict[str, Source | None] = {}

    def nodes(self, subject: str, predicate: str) -> list[str]:
        """The IRIs that a subject has under a predicate."""
        import pyoxigraph as ox

        return sorted({o.value for o in self._objects(subject, predicate) if isinstance(o, ox.NamedNode)})

    def texts(self, subject: str, predicate: str) -> list[str]:
        """The literals that a subject has under a predicate."""
        import pyoxigraph as ox

        return sorted({o.value for o in self._objects(subject, predicate) if isinstance(o, ox.Literal)})

    def text(self, subject: str, predicate: str) -> str:
        return next(iter(self.texts(subject, predicate)), "")

    def number(self, subject: str, predicate: str) -> int | None:
        """A whole number, or None where there is none that can be read."""
        found = self.text(subject, predicate)
        return int(found) if found.isascii() and found.isdigit() else None

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The IRIs that have `value` (an IRI) under a predicate."""
        import pyoxigraph as ox

        quads = self.store.quads_for_pattern(None, _node(predicate), ox.NamedNode(value), None)
        return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})

    def referring(self, iri: str) -> list[str]:
        """The IRIs that have `iri` under any predicate."""
        import pyoxigraph as ox

        quads = self.store.quads_for_pattern(None, None, ox.NamedNode(iri), None)
        return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Every subject with every value, IRI or literal, that it has under a predicate."""
        import pyoxigraph as ox

        for quad in self.store.quads_for_pattern(None, _node(predicate), None, None):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value, getattr(quad.object, "value", "")

    def bearers(self, predicate: str, text: str) -> list[str]:
        """The IRIs that have exactly `text` under a predicate, in whatever language."""
        import pyoxigraph as ox

        if self._languages is None:
            return sorted({iri for iri, value in self.pairs(predicate) if value == text})
        literals = [ox.Literal(text), *(ox.Literal(text, language=language) for language in self._languages)]
        found = (q for one in literals for q in self._store.quads_for_pattern(None, _node(predicate), one, None))
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)})

    def has(self, iri: str) -> bool:
        """Whether anything is said of it, the terms of the vocabulary left out."""
        import pyoxigraph as ox

        try:
            found = self.store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        except ValueError:
            return False
        return not is_term(iri) and next(iter(found), None) is not None

    @property
    def _store(self) -> ox.Store:
        """For what an endpoint's neighbourhood does not offer."""
        return cast("ox.Store", self.store)

    def classes(self, iri: str) -> list[str]:
        return [self.id(node) for node in self.nodes(iri, "rdf:type")]

    def type(self, iri: str) -> str:
        """What the thing is, in a word of TYPES; "thing" if its class is none of them."""
        return _word(self.classes(iri))

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The same of everything with a class, by IRI."""
        known = {_node(class_).value: class_ for class_ in TYPES}
        found: dict[str, list[str]] = {}
        for iri, class_ in self.pairs("rdf:type"):
            if class_ in known:
                found.setdefault(iri, []).append(known[class_])
        return {iri: _word(classes) for iri, classes in found.items()}

    def is_claim(self, iri: str) -> bool:
        return self.type(iri) in CLAIM_TYPES

    def label(self, iri: str) -> str:
        return self.text(iri, "rdfs:label") or self.id(iri)

    def id(self, iri: str) -> str:
        return compact(iri, self.project.prefixes)

    def ids(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(self.id(node) for node in self.nodes(subject, predicate))

    @cached_property
    def things(self) -> frozenset[str]:
        """Every IRI that the data says something about; the terms of the vocabulary are not among them."""
        import pyoxigraph as ox

        answer: Any = self._store.query("SELECT DISTINCT ?s { ?s ?p ?o }")  # quicker than to read all here
        found = (row[0] for row in answer)
        return frozenset(node.value for node in found if isinstance(node, ox.NamedNode) and not is_term(node.value))

    def source(self, article: str) -> Source | None:
        """The text of an article, if its file is there and is UTF-8."""
        if article not in self._sources:
            self._sources[article] = self._read(self.text(article, "kb:file"))
        return self._sources[article]

    def _read(self, name: str) -> Source | None:
        from kbcli.source import SourceError, source_of

        try:
            source = source_of(self.project, name)
            _ = source.text
        except (SourceError, ValueError):
            return None
        return source

    def _objects(self, subject: str, predicate: str) -> Iterator[Any]:
        import pyoxigraph as ox

        return (q.object for q in self.store.quads_for_pattern(ox.NamedNode(subject), _node(predicate), None, None))


def _word(classes: Collection[str]) -> str:
    return next((word for class_, word in TYPES.items() if class_ in classes), "thing")


def is_term(iri: str) -> bool:
    """Whether the IRI is the vocabulary or one of its terms."""
    return iri.startswith(KB) or iri == KB.removesuffix("#")


@lru_cache(maxsize=256)
def _node(prefixed: str) -> ox.NamedNode:
    import pyoxigraph as ox

    prefix, _, local = prefixed.partition(":")
    return ox.NamedNode(STANDARD[prefix] + local)
