"""The articles of many files with what they may be called by, one file at a time in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kbcli.document import Document
from kbcli.names import KB, RDF_TYPE, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ARTICLE, _FILE, _TITLE = KB + "Article", KB + "file", STANDARD["dct"] + "title"


class Entry(NamedTuple):
    """An article: its IRI, the names of its files, its titles."""

    iri: str
    files: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass
class Roster:
    """`broken`: the files that cannot be read, as messages print them."""

    broken: list[str] = field(default_factory=list)
    _iris: set[str] = field(default_factory=set)
    _said: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Roster:
        found = cls()
        for document in documents:
            found._add(Document(document.path, document.shown))  # read apart, so that what was read goes again
        return found

    def __iter__(self) -> Iterator[Entry]:
        """The articles, sorted."""
        for iri in sorted(self._iris):
            own = self._said.get(iri, {})
            yield Entry(iri, tuple(sorted(own.get(_FILE, ()))), tuple(sorted(own.get(_TITLE, ()))))

    def _add(self, document: Document) -> None:
        import pyoxigraph as ox

        if document.defect:
            self.broken.append(document.shown)
        for triple in document.triples:
            predicate = triple.predicate.value
            if predicate not in (RDF_TYPE, _FILE, _TITLE) or not isinstance(triple.subject, ox.NamedNode):
                continue
            value = getattr(triple.object, "value", "")
            if predicate != RDF_TYPE:
                self._said.setdefault(triple.subject.value, {}).setdefault(predicate, set()).add(value)
            elif value == _ARTICLE:
                self._iris.add(triple.subject.value)
