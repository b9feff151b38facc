"""What a TODO comment in a data file leaves to a person is not forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli import undecided
from kbcli.finding import Rule
from kbcli.names import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding
    from kbcli.undecided import Todo

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
            hint = _of_span(corpus, todo)
            yield OPEN.at(document.shown, place.line, place.column, said=todo.words, subject=todo.subject, hint=hint)


def _of_span(corpus: Corpus, todo: Todo) -> str:
    """What asks what a sentence claims stands on a span, which is there for that alone."""
    if todo.property != "kb:evidence" or not todo.subject.startswith(corpus.project.base + FOLDERS["ev"]):
        return ""
    return (
        "kb add claim or kb add nothing answers it; if the sentence is claimed already: "
        f"`kb drop {corpus.short(todo.subject)}`"
    )
