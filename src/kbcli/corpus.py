"""All that is checked: the project's Turtle files, their triples in one store, the sources, the saved queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.finding import Finding, Rule
from kbcli.names import BASE, KB, RDF_TYPE, SHAPES, STANDARD, compact
from kbcli.readable import below, obstacle
from kbcli.source import Source, SourceError, source_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

    from kbcli.bindings import Binding
    from kbcli.grounds import Ground
    from kbcli.project import Project
    from kbcli.queryfile import QueryFile

CLAIM_CLASSES = tuple(KB + name for name in ("Admission", "Allegation", "Claim", "Denial", "Statement"))
LONGEST_NUMBER = 16  # digits of an offset: no text is longer


class Span(NamedTuple):
    """A kb:Evidence as it is written. Offsets and words are None where they are missing or no numbers."""

    node: ox.NamedNode
    article: ox.NamedNode | None
    start: int | None
    end: int | None
    exact: str | None
    prefix: str | None
    suffix: str | None


@dataclass(frozen=True)
class Corpus:
    """`documents` are the data files; `vocabulary` and `shapes` are the two files of ontology/ that checks need."""

    project: Project
    documents: tuple[Document, ...]
    vocabulary: Document
    shapes: Document

    @classmethod
    def of(cls, project: Project) -> Corpus:
        """Raises UsageError if there is nothing to check or nothing to check it against."""
        files = below(project.root / "data", ".ttl")
        if not files:
            raise UsageError(
                f"{project.root / 'data'}: no data files, nothing to check",
                "a knowledge base has Turtle files in data/",
            )
        for needed in (project.ontology, project.shapes):
            if reason := obstacle(needed):
                raise UsageError(
                    f"{needed}: {reason}", "a knowledge base is checked against ontology/kb.ttl and ontology/shapes.ttl"
                )
        own = (Document(path, project.relative(path)) for path in files)
        others = (Document(path, project.relative(path)) for path in (project.ontology, project.shapes))
        return cls(project, tuple(own), *others)

    @property
    def all_documents(self) -> tuple[Document, ...]:
        return (*self.documents, self.vocabulary, self.shapes)

    @cached_property
    def queries(self) -> tuple[QueryFile, ...]:
        from kbcli.queryfile import query_files

        return query_files(self.project)

    @cached_property
    def store(self) -> ox.Store:
        """The data and the vocabulary, all in the default graph."""
        import pyoxigraph as ox

        store = ox.Store()
        for document in (*self.documents, self.vocabulary):
            store.extend(ox.Quad(*triple) for triple in document.triples)
        return store

    @cached_property
    def misbound(self) -> Mapping[str, list[Binding]]:
        """The wrong prefixes of each file that has any, by the file's path as messages print it."""
        from kbcli.bindings import misbound

        found = {document.shown: misbound(document.text, self.project.prefixes) for document in self.all_documents}
        return {shown: bindings for shown, bindings in found.items() if bindings}

    def is_sound(self, *documents: Document) -> bool:
        """Whether these files can be read and mean what they seem to: only then does it count what they lack."""
        return not any(document.defect or document.shown in self.misbound for document in documents)

    def lacks(self, iri: str) -> bool:
        """Whether `iri` is one of the project's, or of the house's, that no file defines."""
        ours = iri.startswith((self.project.base, BASE)) and not iri.startswith((KB, SHAPES))
        return ours and iri not in self.homes and iri not in self.vocabulary.subjects

    @cached_property
    def homes(self) -> Mapping[str, list[Document]]:
        """The data files that say something about an IRI, by IRI."""
        found: dict[str, list[Document]] = {}
        for document in self.documents:
            for subject in document.subjects:
                found.setdefault(subject, []).append(document)
        return found

    def instances(self, *classes: str) -> list[ox.NamedNode]:
        """The IRIs with one of these classes, sorted."""
        import pyoxigraph as ox

        found = {
            quad.subject
            for class_ in classes
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(class_), None)
            if isinstance(quad.subject, ox.NamedNode)
        }
        return sorted(found, key=str)

    def values(self, subject: ox.NamedNode, predicate: str) -> list[Any]:
        """The objects of one predicate, sorted; `predicate` is an IRI."""
        import pyoxigraph as ox

        return sorted(
            (q.object for q in self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)), key=str
        )

    def value(self, subject: ox.NamedNode, predicate: str) -> Any | None:
        return next(iter(self.values(subject, predicate)), None)

    @cached_property
    def claims(self) -> list[ox.NamedNode]:
        return self.instances(*CLAIM_CLASSES)

    @cached_property
    def articles(self) -> list[ox.NamedNode]:
        return self.instances(KB + "Article")

    @cached_property
    def spans(self) -> list[Span]:
        return [self._span(node) for node in self.instances(KB + "Evidence")]

    @cached_property
    def sources(self) -> Mapping[ox.NamedNode, Source]:
        """The source of each article whose file can be read and is UTF-8."""
        found = {}
        for article in self.articles:
            name = self.value(article, KB + "file")
            try:
                source = source_of(self.project, getattr(name, "value", ""))
                _ = source.text
            except (SourceError, UnicodeDecodeError):
                continue
            found[article] = source
        return found

    @cached_property
    def sound_spans(self) -> Mapping[ox.NamedNode, tuple[int, int]]:
        """The offsets of the spans whose words stand in their article at these offsets."""
        from kbcli.grounds import sound_spans

        return sound_spans(self)

    @cached_property
    def grounds(self) -> list[Ground]:
        """What each claim rests on."""
        from kbcli.grounds import grounds

        return list(grounds(self))

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
        import pyoxigraph as ox

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

    def short(self, iri: str) -> str:
        return compact(iri, self.project.prefixes)

    def counts(self) -> dict[str, int]:
        return {
            "files": len(self.documents),
            "articles": len(self.articles),
            "claims": len(self.claims),
            "spans": len(self.spans),
            "sentences": sum(len(source.sentences) for source in self.sources.values()),
        }

    def _place(self, subject: Any, predicate: ox.NamedNode | None, value: Any) -> tuple[Document | None, Any]:
        """The document and place that show the defect best: the value's, the predicate's, the subject's."""
        homes = self.homes.get(getattr(subject, "value", ""), [])
        for wanted in ((predicate, value), (predicate, None), (None, None)):
            for document in homes:
                if any(t.subject == subject and _fits(t, *wanted) for t in document.triples):
                    return document, document.place(subject, *wanted)
        return None, None

    def _span(self, node: ox.NamedNode) -> Span:
        oa = STANDARD["oa"]
        start, end, exact, prefix, suffix = (
            self.value(node, oa + name) for name in ("start", "end", "exact", "prefix", "suffix")
        )
        return Span(
            node,
            self.value(node, KB + "in"),
            _number(start),
            _number(end),
            *(v and v.value for v in (exact, prefix, suffix)),
        )


def _fits(triple: ox.Triple, predicate: ox.NamedNode | None, value: Any) -> bool:
    return (predicate is None or triple.predicate == predicate) and (value is None or triple.object == value)


def _number(literal: Any) -> int | None:
    text = getattr(literal, "value", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else None
