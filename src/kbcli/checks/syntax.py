"""Every file can be read as Turtle, and says what every store would keep the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.document import Document

SYNTAX = Rule(
    "KB001",
    "syntax-error",
    "error",
    "not valid Turtle",
    "correct the file at this place; nothing of it is checked or asked until then",
)
BLANK = Rule(
    "KB002",
    "blank-node",
    "error",
    "a blank node in the data",
    "give the node an IRI: blank nodes have no name that a commit or another store could keep",
)
RULES = (SYNTAX, BLANK)


def check(corpus: Corpus) -> Iterator[Finding]:
    for document in corpus.all_documents:
        yield from syntax(document)
    for document in corpus.documents:
        yield from _blank_nodes(document)


def syntax(document: Document) -> Iterator[Finding]:
    """The one reason why a file cannot be read, if it cannot."""
    from kbcli.display import printable

    if defect := document.defect:
        message = f"{SYNTAX.what}: {printable(defect.message)}"
        yield Finding(
            SYNTAX.code,
            SYNTAX.slug,
            SYNTAX.severity,
            document.shown,
            defect.line,
            defect.column,
            "",
            message,
            SYNTAX.hint,
        )


def _blank_nodes(document: Document) -> Iterator[Finding]:
    """Each blank node once, where it stands first."""
    seen: set[ox.BlankNode] = set()
    for triple in document.triples:
        for node in (triple.subject, triple.object):
            if isinstance(node, ox.BlankNode) and node not in seen:
                seen.add(node)
                places = document.positions
                place = places.subject(node) or places.object(triple.subject, triple.predicate, node)
                line, column = (place.line, place.column) if place else (0, 0)
                yield Finding(
                    BLANK.code, BLANK.slug, BLANK.severity, document.shown, line, column, "", BLANK.what, BLANK.hint
                )
