"""What the files of a project say, and how it is looked up. `touch` and `touch_back` are told of each look-up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.names import BASE, KB, RDF_TYPE, SHAPES, compact
from kbcli.readable import below, obstacle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kbcli.bindings import Binding
    from kbcli.finding import Finding
    from kbcli.namesakes import Name
    from kbcli.project import Project
    from kbcli.queryfile import QueryFile


@dataclass(frozen=True)
class Data:
    """`documents` are the data files; `vocabulary` and `shapes` are the two files of ontology/ that checks need."""

    project: Project
    documents: tuple[Document, ...]
    vocabulary: Document
    shapes: Document

    @classmethod
    def of(cls, project: Project) -> Self:
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

    def if_whole(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """`findings`, if all data files are sound: a broken one may have what is missed."""
        if self.is_sound(*self.documents):
            yield from findings

    def lacks(self, iri: str) -> bool:
        """Whether `iri` is one of the project's, or of the house's, that no file defines."""
        ours = iri.startswith((self.project.base, BASE)) and not iri.startswith((KB, SHAPES))
        return ours and not self.homes_of(iri) and iri not in self.vocabulary.subjects

    @cached_property
    def homes(self) -> Mapping[str, list[Document]]:
        """The data files that say something about an IRI, by IRI."""
        found: dict[str, list[Document]] = {}
        for document in self.documents:
            for subject in document.subjects:
                found.setdefault(subject, []).append(document)
        return found

    def homes_of(self, iri: str) -> Sequence[Document]:
        """The data files that say something about `iri`, in order."""
        return self.homes.get(iri, ())

    def owns(self, node: Any) -> bool:  # noqa: ARG002 where only a part is checked, it matters
        """Whether what is found about `node` is told here."""
        return True

    def touch(self, subject: Any, predicate: str | None = None) -> None:
        """Called before it is read what the data says of `subject`."""

    def touch_back(self, predicate: str, value: Any) -> None:
        """Called before it is read of what `predicate` has `value`."""

    def instances(self, *classes: str) -> list[ox.NamedNode]:
        """The IRIs with one of these classes, sorted."""
        found = {
            quad.subject
            for class_ in classes
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(class_), None)
            if isinstance(quad.subject, ox.NamedNode)
        }
        return sorted(found, key=str)

    def values(self, subject: Any, predicate: str) -> list[Any]:
        """The objects of one predicate, sorted; `predicate` is an IRI."""
        if isinstance(subject, ox.Literal):
            return []
        self.touch(subject, predicate)
        found = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)
        return sorted((quad.object for quad in found), key=str)

    def value(self, subject: Any, predicate: str) -> Any | None:
        return next(iter(self.values(subject, predicate)), None)

    def has_class(self, node: Any, *classes: str) -> bool:
        return isinstance(node, ox.NamedNode) and any(
            getattr(value, "value", "") in classes for value in self.values(node, RDF_TYPE)
        )

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of common vocabularies that data and vocabulary use."""
        from kbcli.checks.queryterms import terms_in

        return frozenset(term for document in (*self.documents, self.vocabulary) for term in terms_in(document))

    def has_folder(self, folder: str) -> bool:
        return any(iri.startswith(folder) and "/" not in iri[len(folder) :] for iri in self.homes)

    def in_folder(self, folder: str) -> Iterable[str]:
        """The IRIs of the data that are `folder` and a name."""
        return (iri for iri in self.homes if iri.startswith(folder) and "/" not in iri[len(folder) :])

    def has_pattern(self, predicate: ox.NamedNode, value: ox.NamedNode | None) -> bool:
        """Whether anything has this value in this property, or any value."""
        return any(self.store.quads_for_pattern(None, predicate, value, None))

    def subjects(self, predicate: str, value: Any) -> list[ox.NamedNode]:
        """What has `value` in `predicate`, sorted."""
        self.touch_back(predicate, value)
        found = {quad.subject for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), value, None)}
        return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)

    def linked(self, predicate: str) -> list[ox.NamedNode]:
        """What has this property at all, sorted."""
        found = {quad.subject for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None)}
        return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)

    @cached_property
    def named(self) -> frozenset[str]:
        """The IRIs that the data files name as a value, other than of themselves."""
        return frozenset(iri for document in self.documents for iri in document.named)

    def is_named(self, iri: str) -> bool:
        return iri in self.named

    @cached_property
    def names(self) -> Mapping[str, list[Name]]:
        """Every label and alias in the sound data files, folded, with who bears it, in the order of the files."""
        from kbcli.namesakes import names_in

        found: dict[str, list[Name]] = {}
        for document in filter(self.is_sound, self.documents):
            for folded, name in names_in(document):
                found.setdefault(folded, []).append(name)
        return found

    @cached_property
    def _languages(self) -> Mapping[str, Counter[str]]:
        from kbcli.checks.languages import tagged

        found: dict[str, Counter[str]] = {}
        for document in self.documents:
            for triple in tagged(document):
                found.setdefault(triple.predicate.value, Counter())[triple.object.language or ""] += 1
        return found

    def usual_language(self, predicate: str) -> str | None:
        """The language that nearly all texts of this sort have."""
        from kbcli.checks.languages import usual

        return usual(self._languages.get(predicate, Counter()))

    def namesakes(self, folded: str) -> Sequence[Name]:
        return self.names.get(folded, ())

    @cached_property
    def shared_documents(self) -> tuple[Document, ...]:
        """The data files that are no article's."""
        return tuple(document for document in self.documents if document.path.parent.name != "articles")

    @cached_property
    def shared_subjects(self) -> frozenset[str]:
        return frozenset().union(*(document.subjects for document in self.shared_documents))

    @cached_property
    def _heads(self) -> Mapping[tuple[str, str] | None, list[str]]:
        from kbcli.nearby import head

        found: dict[tuple[str, str] | None, list[str]] = {}
        for iri in self.homes:
            found.setdefault(head(iri), []).append(iri)
        return found

    def beginning(self, folder: str, letters: str) -> Sequence[str]:
        """The IRIs of the data in this folder whose names begin so, those aside that stay in their file."""
        return self._heads.get((folder, letters), ())

    def short(self, iri: str) -> str:
        return compact(iri, self.project.prefixes)
