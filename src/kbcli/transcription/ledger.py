"""The data as far as it tells what is transcribed. Each file is read once, and what else it says is let go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.corpus import Corpus
from kbcli.document import Document
from kbcli.mentions import last_part, mentioning
from kbcli.names import KB, RDF_TYPE, STANDARD
from kbcli.undecided import open_for, todos

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ASKED = frozenset(
    [
        RDF_TYPE,
        STANDARD["schema"] + "inLanguage",
        *(STANDARD["oa"] + name for name in ("start", "end", "exact", "prefix", "suffix")),
        *(KB + name for name in ("file", "sha256", "nothingClaimed", "in", "evidence")),
        *(KB + name for name in ("cue", "hedge", "quote", "designates", "silent")),
    ]
)
_EVIDENCE = "kb:evidence"


@dataclass(frozen=True)
class Ledger(Corpus):
    """`broken` are the files that cannot be read, as messages print them."""

    broken: list[str] = field(default_factory=list)
    _triples: ox.Store = field(default_factory=ox.Store, compare=False)
    _open: set[str] = field(default_factory=set, compare=False)
    _undecided: set[str] = field(default_factory=set, compare=False)

    @classmethod
    def reading(cls, corpus: Corpus, documents: Iterable[Document]) -> Ledger:
        """What these files say."""
        ledger = cls(corpus.project, corpus.documents, corpus.vocabulary, corpus.shapes)
        for document in documents:
            ledger._add(Document(document.path, document.shown))
        return ledger

    @classmethod
    def around(cls, corpus: Corpus, article: ox.NamedNode) -> Ledger:
        """What the files say that may say something of one article or its spans, by whatever names they go."""
        name = last_part(article.value)
        ledger = cls.reading(corpus, mentioning(corpus.documents, [name]))
        spans = (last_part(node.value) for node in ledger.subjects(KB + "in", article))
        others = [span for span in spans if name not in span]
        return cls.reading(corpus, mentioning(corpus.documents, [name, *others])) if others else ledger

    @property
    def store(self) -> ox.Store:
        return self._triples

    def homes_of(self, iri: str) -> Sequence[Document]:
        """Which of the files say something of it, is let go too."""
        said = self._triples.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        return self.documents if next(said, None) else ()

    def leaves_open(self, iri: str, property_: str) -> bool:
        return property_ == _EVIDENCE and iri in self._open

    def is_undecided(self, iri: str) -> bool:
        """Whether a TODO stands at it."""
        return iri in self._undecided

    def _add(self, document: Document) -> None:
        if document.defect:
            self.broken.append(document.shown)
        self._open.update(open_for(document.text, _EVIDENCE))
        self._undecided.update(todo.subject for todo in todos(document.text))
        self._triples.extend(ox.Quad(*triple) for triple in document.triples if triple.predicate.value in _ASKED)
