"""All that is checked: the project's Turtle files, their triples in one store, the sources, the saved queries."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kbcli.data import Data
from kbcli.finding import Finding, Rule
from kbcli.names import ALT_LABEL, FOLDERS, KB, LABEL
from kbcli.source import Source, SourceError, source_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from kbcli.document import Document
    from kbcli.gazetteer import Gazetteer
    from kbcli.grounds import Ground, Span
    from kbcli.rereading import Rereading
    from kbcli.shacl.outcome import Outcome
    from kbcli.shaperules import Shapebook
    from kbcli.suggestion import Suggestions

CLAIM_CLASSES = tuple(KB + name for name in ("Admission", "Allegation", "Claim", "Denial", "Statement"))


@dataclass(frozen=True)
class Corpus(Data):
    """The data, read as claims, spans and articles. What was read once is kept."""

    _sources: dict[Any, Source | None] = field(default_factory=dict, compare=False, repr=False)
    _spans: dict[Any, Span | None] = field(default_factory=dict, compare=False, repr=False)
    _grounds: dict[ox.NamedNode, Ground] = field(default_factory=dict, compare=False, repr=False)
    _rereadings: dict[Any, Rereading | None] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def claims(self) -> list[ox.NamedNode]:
        return self.instances(*CLAIM_CLASSES)

    @cached_property
    def articles(self) -> list[ox.NamedNode]:
        return self.instances(KB + "Article")

    @property
    def has_articles(self) -> bool:
        return bool(self.articles)

    @cached_property
    def spans(self) -> list[Span]:
        return [span for node in self.instances(KB + "Evidence") if (span := self.span(node))]

    @cached_property
    def sources(self) -> Mapping[ox.NamedNode, Source]:
        """The source of each article whose file can be read and is UTF-8."""
        return {article: source for article in self.articles if (source := self.source(article))}

    @cached_property
    def grounds(self) -> list[Ground]:
        """What each claim rests on."""
        return [self.ground(claim) for claim in self.claims]

    def source(self, article: Any) -> Source | None:
        """The source of one article, if its file can be read and is UTF-8."""
        if article not in self._sources:
            self._sources[article] = self._read(article) if self.has_class(article, KB + "Article") else None
        return self._sources[article]

    @cached_property
    def _files(self) -> Mapping[str, list[ox.NamedNode]]:
        found: dict[str, list[ox.NamedNode]] = {}
        for article in self.articles:
            for name in dict.fromkeys(getattr(value, "value", "") for value in self.values(article, KB + "file")):
                found.setdefault(name, []).append(article)
        return found

    @property
    def named_files(self) -> Container[str]:
        """The names of the files that articles say they are."""
        return self._files.keys()

    def articles_of(self, name: str) -> Sequence[ox.NamedNode]:
        """The articles that name this file of seeds/, sorted."""
        return self._files.get(name, ())

    def file(self, name: str) -> Source:
        """The file `name` of seeds/. Raises SourceError if there is none, or none that may be read."""
        return source_of(self.project, name)

    def span(self, node: Any) -> Span | None:
        """What `node` is as a kb:Evidence, if it is one."""
        from kbcli.grounds import span_of

        if node not in self._spans:
            self._spans[node] = span_of(self, node) if self.has_class(node, KB + "Evidence") else None
        return self._spans[node]

    def rereading(self, article: Any) -> Rereading | None:
        """Of an article whose text is no longer the one that was transcribed, by its checksum."""
        from kbcli.grounds import rereading_of

        if article not in self._rereadings:
            self._rereadings[article] = rereading_of(self, article)
        return self._rereadings[article]

    def ground(self, claim: ox.NamedNode) -> Ground:
        """What a claim rests on."""
        from kbcli.grounds import ground_of

        if claim not in self._grounds:
            self._grounds[claim] = ground_of(self, claim)
        return self._grounds[claim]

    def grounds_in(self, article: Any) -> list[Ground]:
        """What rests on an article, claim by claim."""
        spans = self.subjects(KB + "in", article)
        claims = {claim for span in spans for claim in self.subjects(KB + "evidence", span)}
        found = (self.ground(claim) for claim in sorted(claims, key=str) if self.has_class(claim, *CLAIM_CLASSES))
        return [ground for ground in found if ground.article == article]

    def leaves_open(self, iri: str, property_: str) -> bool:
        """Whether a TODO says that this property of a thing is still open."""
        from kbcli.undecided import open_for

        return any(iri in open_for(home.text, property_) for home in self.homes_of(iri))

    @cached_property
    def shared_names(self) -> Sequence[tuple[str, ox.NamedNode]]:
        """The names in the shared files by which an article may call somebody or something."""
        return [name for document in self.shared_documents for name in self.calling(document)]

    @cached_property
    def gazetteer(self) -> Gazetteer:
        from kbcli.gazetteer import Gazetteer

        return Gazetteer(self.shared_names)

    def calling(self, document: Document) -> Iterator[tuple[str, ox.NamedNode]]:
        """The names of its agents and places, and of operations that have a proper name (“Iran-Iraq War”)."""
        for subject in sorted(document.subjects) if self.is_sound(document) else ():
            node = ox.NamedNode(subject)
            named = self.has_class(node, KB + "Agent", KB + "Place")
            if named or self.has_class(node, KB + "Operation"):
                for name in (name.value for predicate in (LABEL, ALT_LABEL) for name in self.values(node, predicate)):
                    if named or name[:1].isupper():
                        yield name, node

    def article_called(self, slug: str) -> ox.NamedNode | None:
        """The article of this name."""
        articles = self.project.base + FOLDERS["art"]
        for iri in (articles + slug, *(() if slug.startswith(articles) else (slug,))):
            with contextlib.suppress(ValueError):  # no IRI
                node = ox.NamedNode(iri)
                if self.has_class(node, KB + "Article"):
                    return node
        return None

    def articles_in(self, document: Document) -> list[ox.NamedNode]:
        """The articles whose first place is this file."""
        nodes = (ox.NamedNode(iri) for iri in sorted(document.subjects) if self.homes_of(iri)[0] == document)
        return [node for node in nodes if self.has_class(node, KB + "Article")]

    def finding(  # noqa: PLR0913 what and where, each optional
        self,
        rule: Rule,
        subject: ox.NamedNode,
        predicate: str | None = None,
        value: Any = None,
        *,
        said: str = "",
        message: str = "",
    ) -> Finding:
        """A finding about `subject`, placed at the value, the predicate or the subject itself.

        `said` is added to the rule's own words, `message` stands in their stead.
        """
        node = ox.NamedNode(predicate) if predicate else None
        document, place = self._place(subject, node, value)
        text = message or (f"{rule.what}: {said}" if said else rule.what)
        return Finding(
            rule.code,
            rule.slug,
            rule.severity,
            document.shown if document else "",
            place.line if place else 0,
            place.column if place else 0,
            subject.value if isinstance(subject, ox.NamedNode) else str(subject),
            text,
            rule.hint,
        )

    @cached_property
    def _suggestions(self) -> Suggestions:
        from kbcli.suggestion import Suggestions

        return Suggestions(self)

    def suggest(self, finding: Finding, predicate: str | None, value: Any) -> Finding:
        """`finding`, that `predicate` must not have `value`, with what was meant, if that is known."""
        return self._suggestions.onto(finding, predicate, value)

    @cached_property
    def shapebook(self) -> Shapebook:
        from kbcli.shaperules import Shapebook

        return Shapebook(self.shapes, self.project)

    def outcomes(self) -> list[Outcome]:
        """What the shapes find."""
        from kbcli.shacl.engine import Shapes, calm
        from kbcli.shacl.graph import Facts

        with calm():
            data = Facts(triple for document in (*self.documents, self.vocabulary) for triple in document.triples)
            return Shapes(self.shapes.triples, data).all_outcomes()

    def counts(self) -> dict[str, int]:
        return {
            "files": len(self.documents),
            "articles": len(self.articles),
            "claims": len(self.claims),
            "spans": len(self.spans),
            "sentences": sum(len(source.sentences) for source in self.sources.values()),
        }

    def _read(self, article: ox.NamedNode) -> Source | None:
        name = self.value(article, KB + "file")
        try:
            source = self.file(getattr(name, "value", ""))
            _ = source.text
        except (SourceError, UnicodeDecodeError):
            return None
        return source

    def _place(self, subject: Any, predicate: ox.NamedNode | None, value: Any) -> tuple[Document | None, Any]:
        """The document and place that show the defect best: the value's, the predicate's, the subject's."""
        homes = self.homes_of(getattr(subject, "value", ""))
        for wanted in ((predicate, value), (predicate, None), (None, None)):
            for document in homes:
                if any(_fits(t, *wanted) for t in document.about.get(subject, ())):
                    return document, document.place(subject, *wanted)
        return None, None


def _fits(triple: ox.Triple, predicate: ox.NamedNode | None, value: Any) -> bool:
    return (predicate is None or triple.predicate == predicate) and (value is None or triple.object == value)
