"""What has been edited since the last check, and whose results that can have changed."""

from __future__ import annotations

import datetime as dt
import json
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kbcli.checks.languages import TAGGED
from kbcli.document import Document
from kbcli.gazetteer import spellings
from kbcli.incremental import keys, version
from kbcli.incremental.content import Content, changed
from kbcli.incremental.index import Overlay, is_shared
from kbcli.incremental.library import Library, Undecided
from kbcli.incremental.shelf import PROJECT, Shelf
from kbcli.incremental.sight import Sight
from kbcli.incremental.swap import Swap
from kbcli.names import STANDARD
from kbcli.readable import obstacle

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from kbcli.incremental.files import Scan
    from kbcli.incremental.unit import Outcome
    from kbcli.project import Project


class Edit:
    """The data files that differ, as they were (`old`) and are (`new`)."""

    def __init__(self, project: Project, shelf: Shelf, scan: Scan) -> None:
        self._project, self._shelf, self._scan = project, shelf, scan
        self.gone = scan.gone
        edited = [path for path in (*scan.changed, *scan.gone) if path.startswith("data/")]
        self.old = {path: self._content(path, shelf.held(path)) for path in edited if shelf.knows(path)}
        self.new = {path: self._content(path, scan.held[path]) for path in edited if path in scan.held}
        if any(content.odd for content in self.new.values()):
            raise Undecided
        self._index = Overlay(shelf, scan, self.old, self.new)
        self.library = Library.over(project, self._index)
        self._with_changes(self.library)

    def _with_changes(self, library: Library) -> Library:
        library.changed = self._swap and self._swap.predicates
        library.swap = self._swap
        library.names = None if self._renames else [(name, iri) for name, iri in json.loads(self._names)]
        return library

    @cached_property
    def _swap(self) -> Swap | None:
        """What can concern the shapes of what has changed; None if things may have changed hands between files."""
        sight = Sight.read(self._shelf.meta("sight") or "")
        predicates, nodes = set[str](), set[object]()
        for path in {*self.old, *self.new}:
            old, new = self._both(path)
            moved = old.document.subjects ^ new.document.subjects
            if old.sound != new.sound or any(self._is_shared(iri, path) for iri in moved):
                return None
            swap = Swap.of(old, new, sight, partial(self._is_elsewhere, path))
            predicates |= swap.predicates
            nodes |= swap.nodes
        return Swap(frozenset(predicates), frozenset(nodes))

    def _is_elsewhere(self, path: str, iri: str) -> bool:
        """Whether another file than this one speaks of it, or did."""
        key = keys.of_subject(iri)
        return (
            bool({*self._index.was_found(key), *self._index.found(key)} - {path})
            or iri in self.library.vocabulary.subjects
        )

    def _is_shared(self, iri: str, path: str) -> bool:
        """Whether what the shapes find about it was or is told beside another file than this one."""
        found = [keys.of_subject(iri), *(keys.pointing(predicate, iri) for predicate in self._pointed)]
        files = {file for key in found for file in (*self._index.was_found(key), *self._index.found(key))}
        return bool(files - {path}) or iri in self.library.vocabulary.subjects

    @cached_property
    def _pointed(self) -> list[str]:
        return [str(predicate) for predicate in json.loads(self._shelf.meta("pointed") or "[]")]

    def _both(self, path: str) -> tuple[Content, Content]:
        nothing = self._content(path, b"")
        return self.old.get(path, nothing), self.new.get(path, nothing)

    def another(self) -> Library:
        """For another process."""
        shelf = Shelf(self._shelf.path)
        index = Overlay(shelf, self._scan, self.old, self.new)
        return self._with_changes(Library.over(self._project, index))

    @property
    def unsound(self) -> list[str]:
        kept = [path for path in self._shelf.unsound() if path not in self.old]
        return kept + [path for path, content in self.new.items() if not content.sound]

    @cached_property
    def stale(self) -> list[str]:
        """Whose results the edit can have changed."""
        changed_, about = self._changed
        found = changed_ | set(self._of_texts())
        if self.old or self.new:
            found |= set(self._of_counts())
            found |= set(self._of_names())
        stale = self._shelf.readers(found) | set(self.new)
        stale.update(self._shelf.ahead(dt.datetime.now(tz=dt.UTC).toordinal()))
        for iri in about:
            stale.update(self._index.was_found(keys.of_subject(iri)), self._index.found(keys.of_subject(iri)))
        if about & self.library.vocabulary.subjects or self._noted["queries"] != self._shelf.meta("queries"):
            stale.add(PROJECT)
        return sorted(stale - self.gone)

    def write(self, found: Collection[Outcome]) -> None:
        """Keep how the files are and what was found."""
        for path, (state, trusted) in self._scan.states.items():
            self._shelf.put_file(path, (state, trusted, self._scan.sums[path]))
        for path, content in self.new.items():
            before = self.old[path].rows if path in self.old else ()
            self._shelf.put_content(path, self._scan.held[path], content, before)
        for path in self.gone:
            self._shelf.drop_file(path, self.old.get(path))
        for outcome in found:
            self._shelf.put_unit(outcome.path, outcome)
        if self.old or self.new:
            self._shelf.put_tallies(self._index.all_terms, self._index.languages)
        self._shelf.note(**self._noted, reads=together(self._index.reads, found))

    @cached_property
    def _noted(self) -> dict[str, str]:
        if self._renames:
            return tallied(self._project, self.library, self._queries)
        return {"queries": self._queries, "names": self._names}

    @property
    def _names(self) -> str:
        return self._shelf.meta("names") or "[]"

    @cached_property
    def _renames(self) -> bool:
        """Whether a name in the shared files may have changed: one of them has, or what else is said of its things."""
        touched = map(keys.of_subject, self._changed[1])
        speaking = {path for key in touched for path in (*self._index.was_found(key), *self._index.found(key))}
        return any(map(is_shared, (*self.old, *self.new, *speaking)))

    @cached_property
    def _queries(self) -> str:
        return version.of_queries(self._project)

    def is_true(self) -> bool:
        """Whether what does not stand in the data is still as it was when it was looked at."""
        now = version.of_rules(self._project), version.of_queries(self._project)
        return now == (self._shelf.meta("rules"), self._queries)

    def _content(self, path: str, held: bytes) -> Content:
        return Content(self._project, Document.holding(self._project.root / path, path, held))

    @cached_property
    def _changed(self) -> tuple[set[int], set[str]]:
        """Of the triples that came or went."""
        found: set[int] = set()
        about: set[str] = set()
        for path in {*self.old, *self.new}:
            keys_, things = changed(*self._both(path), self._pointed)
            found |= keys_
            about |= things
        return found, about

    def _of_texts(self) -> Iterator[int]:
        yield from map(keys.text, self._scan.changed | self._scan.gone)

    def _of_counts(self) -> Iterator[int]:
        """Of what is only asked whether it is so, if it is no longer or has become so."""
        pairs = [self._both(path) for path in {*self.old, *self.new}]
        for iri in {iri for old, new in pairs for iri in old.document.named ^ new.document.named}:
            if self._is_other(keys.naming(iri)):
                yield keys.naming(iri)
        if self._is_other(keys.ARTICLES):
            yield keys.ARTICLES
        if any(old.terms != new.terms for old, new in pairs) and self._index.terms != self._index.were_terms:
            yield keys.TERMS
        for predicate in TAGGED if any(old.languages != new.languages for old, new in pairs) else ():
            if self._index.usual(predicate) != self._index.was_usual(predicate):
                yield keys.language(predicate)

    def _is_other(self, key: int) -> bool:
        return bool(self._index.found(key)) != bool(self._index.was_found(key))

    def _of_names(self) -> Iterator[int]:
        """Of the sources with a name in them that came to or went from the shared files."""
        before = {tuple(one) for one in json.loads(self._names)}
        now = {tuple(one) for one in json.loads(self._noted["names"])}
        words = [spelling for name, _ in before ^ now for spelling in spellings(name)]
        if words:
            for path in self._scan.found:
                if path.startswith("seeds/") and any(word in _text(self._project.root / path) for word in words):
                    yield keys.text(path)


def _text(path: Path) -> str:
    """What a source holds; one that may not be read, nothing."""
    if obstacle(path):
        return ""
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def tallied(project: Project, library: Library, queries: str) -> dict[str, str]:
    """What is noted of the whole."""
    names = sorted({(name, node.value) for name, node in library.shared_names})
    return {
        "names": json.dumps(names),
        "queries": queries,
        "pointed": json.dumps(_pointed(project)),
    }


def together(reads: Mapping[str, Iterable[str | None]], found: Iterable[Outcome]) -> str:
    """The properties that each shape has read, those of earlier checks among them."""
    all_: dict[str, set[str | None]] = {shape: set(predicates) for shape, predicates in reads.items()}
    for outcome in found:
        for shape, predicates in outcome.reads.items():
            all_.setdefault(shape, set()).update(predicates)
    return json.dumps({shape: sorted(predicates, key=str) for shape, predicates in sorted(all_.items())})


def _pointed(project: Project) -> list[str]:
    """The properties by which the shapes find what they are put to: the values of sh:targetObjectsOf."""
    shapes = Document(project.shapes, "")
    found = (t.object for t in shapes.triples if t.predicate.value == STANDARD["sh"] + "targetObjectsOf")
    return sorted({getattr(value, "value", "") for value in found})
