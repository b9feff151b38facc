"""The data files of a project, read when something is asked of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pyoxigraph as ox

from kbcli.bindings import misbound
from kbcli.corpus import Corpus
from kbcli.document import Document
from kbcli.incremental import keys
from kbcli.shaperules import Shapebook
from kbcli.source import Source, SourceError, source_of
from kbcli.suggestion import Suggestions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kbcli.gazetteer import Gazetteer
    from kbcli.incremental.applied import Applied
    from kbcli.incremental.excerpt import Excerpt
    from kbcli.incremental.screen import Screen
    from kbcli.incremental.swap import Swap
    from kbcli.incremental.window import Nodes
    from kbcli.project import Project

MOST = 400  # files kept in memory


class Before(NamedTuple):
    """What came of the shapes in a file before: the outcomes by shape, and the keys of what was read for them."""

    outcomes: dict[str, list[Any]]
    keys: frozenset[int]


class Undecided(BaseException):
    """A check reads what cannot be noted, so the whole is to be checked. It is no defect that a check might tell."""


class Index(Protocol):
    """Which files there are and which of them a key leads to."""

    def found(self, key: int) -> Sequence[str]:
        """The paths of the files under a key, sorted."""

    def held(self, path: str) -> bytes:
        """What a file holds."""

    def before(self, path: str) -> Before | None:
        """What the shapes found in it when it was last checked."""

    @property
    def reads(self) -> Mapping[str, set[str | None]]:
        """The properties that each shape has ever read."""

    def usual(self, predicate: str) -> str | None: ...

    @property
    def terms(self) -> frozenset[str]: ...

    @property
    def misbound(self) -> frozenset[str] | None:
        """As the library's, if that is kept."""

    @property
    def paths(self) -> Sequence[str]:
        """The data files, in order."""

    @property
    def sources(self) -> Sequence[str] | None:
        """The files of seeds/ in order, None if there are folders among them."""

    def sum(self, path: str) -> str:
        """The sha256 of what a file of seeds/ held when it was looked at; empty or no sum if there was nothing."""

    @property
    def shared(self) -> Sequence[str]:
        """The files that are no article's."""


class Library:
    """`vocabulary` and `shapes` are always at hand. What was read is kept until `tidy` finds it too much."""

    def __init__(self, project: Project, index: Index, vocabulary: Document, shapes: Document) -> None:
        self.project, self.index, self.vocabulary, self.shapes = project, index, vocabulary, shapes
        self.changed: frozenset[str] | None = None
        self.swap: Swap | None = None
        self.names: list[tuple[str, str]] | None = None
        self.own = vocabulary, shapes
        self.shapebook = Shapebook(shapes, project)
        self.suggestions = Suggestions(Corpus(project, (), vocabulary, shapes))  # of what takes no data to tell
        self._empty()

    @classmethod
    def over(cls, project: Project, index: Index) -> Library:
        documents = (Document(path, project.relative(path)) for path in (project.ontology, project.shapes))
        return cls(project, index, *documents)

    def _empty(self) -> None:
        self.store = ox.Store()
        self.store.extend(ox.Quad(*triple) for triple in self.vocabulary.triples)
        self._documents: dict[str, Document] = {}
        self._homes: dict[str, list[Document]] = {}
        self._sound: dict[str, bool] = {}
        self._sources: dict[str, Source | SourceError] = {}
        self._loaded: set[str] = set()
        self.__dict__.pop("nodes", None)

    def tidy(self) -> None:
        if len(self._documents) > MOST:
            self._empty()

    def before(self, path: str) -> Before | None:
        """What the shapes found in a file, if it is known what of it can have changed since."""
        swap, before = self.swap, None if self.changed is None else self.index.before(path)
        if (
            swap
            and swap.nodes
            and before
            and any(swap.is_told_in(one) for some in before.outcomes.values() for one in some)
        ):
            return None
        return before

    def concerns(self, shape: str) -> bool:
        """Whether what has changed can concern a shape: it reads one of the properties, or all there are."""
        reads = self.index.reads.get(shape)
        if shape[0] == " " or reads is None or self.changed is None:
            return True
        return bool(self.changed & reads) or (None in reads and bool(self.changed))

    def applied(self, excerpt: Excerpt) -> Applied:
        """What the shapes find in a file. Where nothing of it can have changed, or certainly nothing is found, pySHACL
        is not even imported, once it has read the shapes."""
        from kbcli.incremental.applied import Applied

        before = self.before(excerpt.path)
        known = before or Before({}, frozenset())
        wanted = [shape for shape in self.index.reads if not before or self.concerns(shape)]
        if before and self.index.reads and not wanted:
            return Applied(before.outcomes, before.keys, {})
        silent = self.screen.silent(excerpt, before) if self.screen else Applied({}, frozenset(), {})
        if self.index.reads and all(shape in silent.outcomes for shape in wanted):
            return Applied(known.outcomes | silent.outcomes, known.keys | silent.keys, silent.reads)
        return self.nodes.applied(excerpt, before, silent)

    @cached_property
    def screen(self) -> Screen | None:
        """What may tell that the shapes find nothing; pySHACL has taken them before."""
        from kbcli.incremental.screen import screen

        return screen(self)

    @cached_property
    def nodes(self) -> Nodes:
        """The data as the shapes see it."""
        from kbcli.incremental.window import Nodes

        return Nodes(self)

    def document(self, path: str) -> Document:
        if path not in self._documents:
            self._documents[path] = Document.holding(self.project.root / path, path, self.index.held(path))
        return self._documents[path]

    def under(self, key: int) -> list[Document]:
        return [self.document(path) for path in self.index.found(key)]

    def homes(self, iri: str) -> list[Document]:
        if iri not in self._homes:
            found = self.under(keys.of_subject(iri))
            self._homes[iri] = [document for document in found if iri in document.subjects]
        return self._homes[iri]

    def load(self, iri: str) -> None:
        """Put into the store what is said of something."""
        if iri not in self._loaded:
            self._loaded.add(iri)
            node = ox.NamedNode(iri)
            for home in self.homes(iri):
                self.store.extend(ox.Quad(*triple) for triple in home.about[node])

    def load_pointing(self, predicate: str, iri: str) -> None:
        """Put into the store what has something in a property."""
        self.store.extend(ox.Quad(*triple) for triple in self.pointing(predicate, iri))

    def pointing(self, predicate: str, iri: str) -> list[ox.Triple]:
        return [
            triple
            for document in self.under(keys.pointing(predicate, iri))
            for triple in document.naming.get(iri, ())
            if triple.predicate.value == predicate
        ]

    def is_sound(self, document: Document) -> bool:
        if document.shown not in self._sound:
            own = document in self.own
            wrong = document.shown in self.misbound if own else misbound(document.text, self.project.prefixes)
            self._sound[document.shown] = not (document.defect or wrong)
        return self._sound[document.shown]

    @cached_property
    def misbound(self) -> frozenset[str]:
        """Which of the vocabulary and the shapes have a prefix of another namespace."""
        kept = self.index.misbound
        if kept is not None:
            return kept
        return frozenset(one.shown for one in self.own if misbound(one.text, self.project.prefixes))

    def source(self, name: str) -> Source:
        """Raises SourceError as `source_of` does, and Undecided if the file is no longer what it was."""
        if name not in self._sources:
            try:
                self._sources[name] = source_of(self.project, name)
            except SourceError as error:
                self._sources[name] = error
            self._compare(name, self._sources[name])
        found = self._sources[name]
        if isinstance(found, SourceError):
            raise found
        return found

    def _compare(self, name: str, found: Source | SourceError) -> None:
        known = self.index.sum(f"seeds/{name}")
        same = known[:1] in ("", "!") if isinstance(found, SourceError) else known == found.sha256
        if not same:
            raise Undecided

    @cached_property
    def shared_names(self) -> list[tuple[str, Any]]:
        """The names in the shared files: what an article may call somebody."""
        if self.names is not None:
            return [(name, ox.NamedNode(iri)) for name, iri in self.names]
        from kbcli.incremental.excerpt import Excerpt

        reader = Excerpt.from_library(self, None)
        return [name for path in self.index.shared for name in reader.calling(self.document(path))]

    @cached_property
    def gazetteer(self) -> Gazetteer:
        from kbcli.gazetteer import Gazetteer

        return Gazetteer(self.shared_names)
