"""The vocabulary and the shapes are those that the installed program carries.

Rules of a project's own, shapes that the program knows nothing of, are no difference, nor are terms of another namespace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.document import Document
from kbcli.finding import Rule
from kbcli.names import KB
from kbcli.project import resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

OTHER = Rule(
    "KB908",
    "ontology-of-another-version",
    "warning",
    "the file does not say what the one of the installed kb says",
    "kb init --upgrade --dry-run shows the difference, kb init --upgrade takes the installed one; if the one here is "
    "the newer, install its kb",
)
RULES = (OTHER,)
_OWN = "the namespace is that of every knowledge base: define a term of your own in one of yours, or propose it for all"
_SHOWN = 3


def check(corpus: Corpus) -> Iterator[Finding]:
    for document in (corpus.vocabulary, corpus.shapes):
        if document in corpus.all_documents and corpus.is_sound(document):
            installed = Document(resources() / "ontology" / document.path.name, "")
            if document.text != installed.text:
                yield from _compared(corpus, document, installed)


def _compared(corpus: Corpus, document: Document, installed: Document) -> Iterator[Finding]:
    from kbcli.accounts import difference

    altered, missing, own = difference(document.triples, installed.triples)
    own = [thing for thing in own if thing.startswith(KB)]
    said = [
        f"{_listed(corpus, things)} {what}"
        for things, what in ((altered, "otherwise"), (missing, "missing"), (own, "only here"))
        if things
    ]
    if said:
        place = document.place(ox.NamedNode(altered[0])) if altered else None
        line, column = (place.line, place.column) if place else (0, 0)
        rule = OTHER if altered or missing else OTHER._replace(hint=_OWN)
        yield rule.at(document.shown, line, column, said="; ".join(said))


def _listed(corpus: Corpus, things: Sequence[str]) -> str:
    names = [corpus.short(thing) if ":" in thing[2:] else "a nameless one" for thing in things[:_SHOWN]]
    return ", ".join([*names, *([f"{len(things) - _SHOWN} more"] if len(things) > _SHOWN else [])])
