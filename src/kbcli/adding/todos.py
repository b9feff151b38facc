"""The TODO comments of a record, and taking out those that are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.undecided import Todo, todos

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from kbcli.outline import Comment, Statement


def is_todo(comment: str) -> bool:
    return bool(todos(comment))


def todo(comment: str) -> Todo:
    """What a comment leaves open; nothing, if it is no TODO."""
    return next(iter(todos(comment)), Todo(0, "", ""))


def open_in(statement: Statement) -> list[Todo]:
    """What a record leaves open, in its order."""
    return [todo(comment) for comment in _comments(statement) if is_todo(comment)]


def moot(class_: str, given: Container[str], *, is_new: bool) -> set[str]:
    """What a claim of this class need not have, by the properties that it was given; `is_new`: so is the class."""
    is_general = class_ == "kb:Denial" and "kb:about" in given
    found = ["kb:denies"] if is_general or (is_new and class_ != "kb:Denial") else []
    return {*found, *(["kb:actor"] if is_new and class_ == "kb:Statement" else [])}


def settle(statement: Statement, *properties: str) -> int:
    """Take out the TODOs for these properties (prefixed names). How many there were."""
    return _take(statement, lambda comment: todo(comment).property in properties)


def settle_words(statement: Statement, begins: str) -> int:
    """Take out the TODOs that begin so."""
    return _take(statement, lambda comment: todo(comment).words.startswith(begins))


def _take(statement: Statement, is_answered: Callable[[str], bool]) -> int:
    """A comment that is no TODO is answered by nothing."""

    def is_out(comment: str) -> bool:
        return is_todo(comment) and is_answered(comment)

    before = sum(map(is_out, _comments(statement)))
    statement.above = _left(statement.above, is_out)
    for predicate in statement.predicates:
        predicate.above = _left(predicate.above, is_out)
        predicate.beside = "" if is_out(predicate.beside) else predicate.beside
        for one in predicate.objects:
            one.above = _left(one.above, is_out)
            one.beside = "" if is_out(one.beside) else one.beside
    return before


def _left(comments: list[Comment], is_out: Callable[[str], bool]) -> list[Comment]:
    return [comment for comment in comments if not is_out(comment.text)]


def _comments(statement: Statement) -> Iterator[str]:
    """All of them, as they are written; comments within brackets aside."""
    yield from (comment.text for comment in statement.above)
    for predicate in statement.predicates:
        yield from (comment.text for comment in predicate.above)
        for one in predicate.objects:
            yield from (comment.text for comment in one.above)
            if one.beside and one.beside != predicate.beside:
                yield one.beside
        if predicate.beside:
            yield predicate.beside
