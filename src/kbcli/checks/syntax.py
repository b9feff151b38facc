"""Every file can be read as Turtle, and says what every store would keep the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding

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
UNREAD = "make it a file that can be read, or take it away; nothing of it is checked or asked until then"
RULES = (SYNTAX, BLANK)


def check(corpus: Corpus) -> Iterator[Finding]:
    for document in corpus.all_documents:
        yield from syntax(document, corpus.project.prefixes)
    for document in corpus.documents:
        yield from _blank_nodes(document)


def syntax(document: Document, known: Mapping[str, str]) -> Iterator[Finding]:
    """Every reason why a file cannot be read, if it cannot. `known` are the prefixes it may use."""
    if document.defect is None:
        return
    from kbcli.display import printable
    from kbcli.recovery import defects

    for line, column, what, hint in defects(document, known):
        found = SYNTAX.at(document.shown, line, column, said=printable(what), hint=printable(hint))
        yield found if line else found._replace(message=f"the file {printable(what)}", hint=UNREAD)


def _blank_nodes(document: Document) -> Iterator[Finding]:
    """Each blank node once, where it stands first."""
    seen: set[ox.BlankNode] = set()
    for triple in document.triples:
        for node in (triple.subject, triple.object):
            if isinstance(node, ox.BlankNode) and node not in seen:
                seen.add(node)
                places = document.positions
                place = places.subject(node) or places.object(triple.subject, triple.predicate, node)
                yield BLANK.at(document.shown, *(place[:2] if place else ()))
