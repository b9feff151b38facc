"""One data file with all that the checks look up beyond it: a corpus whose claims, spans and articles are the file's.

Everything that is looked up is noted. What every file's checks may read without a note is what the file itself is
about: whichever file says something of that, this one is checked again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kbcli.corpus import CLAIM_CLASSES, Corpus
from kbcli.incremental import keys
from kbcli.incremental.library import Library, Undecided
from kbcli.names import KB, RDF_TYPE
from kbcli.namesakes import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kbcli.document import Document
    from kbcli.finding import Finding
    from kbcli.gazetteer import Gazetteer
    from kbcli.incremental.applied import Applied
    from kbcli.namesakes import Name
    from kbcli.queryfile import QueryFile
    from kbcli.shacl.outcome import Outcome
    from kbcli.shaperules import Shapebook
    from kbcli.source import Source


@dataclass(frozen=True)
class Excerpt(Corpus):
    """Without a document it is the project's own files: vocabulary, shapes and saved queries.

    `read` are the keys of what was looked up. `gated` are findings that count only while all data files are sound;
    `asked` those that may yet be told what was meant, with the property and its value.
    """

    library: Library = field(kw_only=True, compare=False)
    read: set[int] = field(default_factory=set, compare=False)
    gated: list[Finding] = field(default_factory=list, compare=False)
    asked: dict[Finding, tuple[str, Any]] = field(default_factory=dict, compare=False)
    _names: dict[str, dict[str, list[Name]]] = field(default_factory=dict, compare=False)

    @classmethod
    def from_library(cls, library: Library, document: Document | None) -> Excerpt:
        own = (document,) if document else ()
        return cls(library.project, own, library.vocabulary, library.shapes, library=library)

    @property
    def all_documents(self) -> tuple[Document, ...]:
        return self.documents or (self.vocabulary, self.shapes)

    @cached_property
    def queries(self) -> tuple[QueryFile, ...]:
        from kbcli.queryfile import query_files

        return () if self.documents else query_files(self.project)

    @property
    def store(self) -> ox.Store:
        return self.library.store

    @cached_property
    def subjects_here(self) -> frozenset[str]:
        return self.documents[0].subjects if self.documents else frozenset()

    @cached_property
    def own(self) -> list[ox.NamedNode]:
        """What is told of here: that of which this file is the first to say something."""
        if self.documents:
            here = self.documents[0]
            return [ox.NamedNode(iri) for iri in sorted(here.subjects) if self.homes_of(iri)[0] == here]
        return [ox.NamedNode(iri) for iri in sorted(self.vocabulary.subjects) if not self.homes_of(iri)]

    def owns(self, node: Any) -> bool:
        return node in self._own

    @cached_property
    def _own(self) -> frozenset[ox.NamedNode]:
        return frozenset(self.own)

    def is_sound(self, *documents: Document) -> bool:
        return all(map(self.library.is_sound, documents))

    def if_whole(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        self.gated.extend(findings)
        return iter(())

    def homes_of(self, iri: str) -> Sequence[Document]:
        if iri not in self.subjects_here:
            self.read.add(keys.of_subject(iri))
        return self.library.homes(iri)

    @property
    def homes(self) -> Mapping[str, list[Document]]:
        raise Undecided

    def touch(self, subject: Any, predicate: str | None = None) -> None:
        if isinstance(subject, ox.NamedNode):
            if subject.value not in self.subjects_here:
                self.read.add(keys.said(subject.value, predicate or ""))
            self.library.load(subject.value)

    def touch_back(self, predicate: str, value: Any) -> None:
        if predicate == RDF_TYPE or not isinstance(value, ox.NamedNode):
            raise Undecided
        self.read.add(keys.pointing(predicate, value.value))
        self.library.load_pointing(predicate, value.value)

    def has_pattern(self, predicate: ox.NamedNode, value: ox.NamedNode | None) -> bool:  # noqa: ARG002 not looked up
        raise Undecided

    def instances(self, *classes: str) -> list[ox.NamedNode]:
        return [node for node in self.own if self.has_class(node, *classes)]

    def linked(self, predicate: str) -> list[ox.NamedNode]:
        return [node for node in self.own if self.values(node, predicate)]

    def is_named(self, iri: str) -> bool:
        if any(iri in document.named for document in self.documents):
            return True
        self.read.add(keys.naming(iri))
        return bool(self.library.index.found(keys.naming(iri)))

    def namesakes(self, folded: str) -> Sequence[Name]:
        key = keys.called(folded)
        self.read.add(key)
        documents = filter(self.library.is_sound, self.library.under(key))
        return [name for document in documents for name in self._called(document).get(folded, ())]

    def _called(self, document: Document) -> Mapping[str, Sequence[Name]]:
        """The names in a file: one of agents is asked for each of its own."""
        found = self._names.get(document.shown)
        if found is None:
            found = self._names[document.shown] = {}
            for folded, name in names_in(document):
                found.setdefault(folded, []).append(name)
        return found

    def usual_language(self, predicate: str) -> str | None:
        self.read.add(keys.language(predicate))
        return self.library.index.usual(predicate)

    @cached_property
    def shared_subjects(self) -> frozenset[str]:
        self.read.add(keys.SHARED)
        return frozenset().union(*(self.library.document(path).subjects for path in self.library.index.shared))

    def beginning(self, folder: str, letters: str) -> Sequence[str]:
        from kbcli.nearby import head

        key = keys.beginning(folder, letters)
        self.read.add(key)
        found = {iri for document in self.library.under(key) for iri in document.subjects}
        return sorted(iri for iri in found if head(iri) == (folder, letters))

    def has_folder(self, folder: str) -> bool:
        self.read.add(keys.inside(folder))
        return bool(self.library.index.found(keys.inside(folder)))

    def in_folder(self, folder: str) -> Iterable[str]:
        self.read.add(keys.inside(folder))
        found = {iri for document in self.library.under(keys.inside(folder)) for iri in document.subjects}
        return sorted(iri for iri in found if iri.startswith(folder) and "/" not in iri[len(folder) :])

    @property
    def terms(self) -> frozenset[str]:
        from kbcli.checks.queryterms import terms_in

        self.read.add(keys.TERMS)
        return self.library.index.terms | frozenset(terms_in(self.vocabulary))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return self.library.gazetteer

    @property
    def has_articles(self) -> bool:
        self.read.add(keys.ARTICLES)
        return bool(self.articles or self.library.index.found(keys.ARTICLES))

    def file(self, name: str) -> Source:
        self.read.add(keys.text(f"seeds/{name}"))
        return self.library.source(name)

    def articles_of(self, name: str) -> Sequence[ox.NamedNode]:
        self.read.add(keys.of_file(name))
        found = {
            triple.subject
            for document in (*self.library.under(keys.of_file(name)), self.vocabulary)
            for triple in document.triples
            if triple.predicate.value == KB + "file" and getattr(triple.object, "value", "") == name
            if isinstance(triple.subject, ox.NamedNode)
        }
        return sorted((node for node in found if self.has_class(node, KB + "Article")), key=str)

    @cached_property
    def shapebook(self) -> Shapebook:
        return self.library.shapebook

    def suggest(self, finding: Finding, predicate: str | None, value: Any) -> Finding:
        if not predicate or value is None:
            return finding
        if not self.library.suggestions.is_of_things(predicate):
            return self.library.suggestions.onto(finding, predicate, value)
        if not (isinstance(value, ox.NamedNode) and self._is_meant(predicate, value)):
            self.asked[finding] = predicate, value
        return finding

    def _is_meant(self, predicate: str, value: ox.NamedNode) -> bool:
        """Whether it is what it should be, or nothing at all: then nobody else can be meant by its names."""
        classes = self.library.suggestions.classes_of(predicate)
        return not self.homes_of(value.value) or any(self.has_class(value, *some) for some in classes)

    def outcomes(self) -> list[Outcome]:
        return [outcome for some in self.applied.outcomes.values() for outcome in some]

    @cached_property
    def applied(self) -> Applied:
        try:
            found = self.library.applied(self)
        except Exception as error:  # what ends the shapes' work anywhere is told instead of all that they find
            raise Undecided from error
        self.read.update(found.keys)
        return found

    @property
    def path(self) -> str:
        return self.documents[0].shown if self.documents else ""

    def tally(self) -> dict[str, int]:
        """What of this file the report counts."""
        found = Counter(claims=len(self.instances(*CLAIM_CLASSES)), spans=len(self.spans), articles=len(self.articles))
        found["sentences"] = sum(len(source.sentences) for source in self.sources.values())
        return found
