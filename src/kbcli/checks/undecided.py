"""What a TODO comment in a data file leaves to a person is not forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli import undecided
from kbcli.finding import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

OPEN = Rule(
    undecided.CODE,
    "left-to-decide",
    "warning",
    "a TODO is open",
    "decide it in the record and remove the comment, or let kb add to do both",
)
RULES = (OPEN,)


def check(corpus: Corpus) -> Iterator[Finding]:
    for document in corpus.documents:
        found = () if document.defect else undecided.todos(document.text)
        for todo in found:
            place = document.positions.place(todo.offset, todo.offset)
            yield OPEN.at(document.shown, place.line, place.column, said=todo.words, subject=todo.subject)
