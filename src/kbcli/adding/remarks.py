"""The comments of a record: whoever wrote them is not asked again, so they stay though what they stood at goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.adding.todos import is_todo
from kbcli.outline import Comment
from kbcli.sections import numbers_in, title_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kbcli.outline import Object, Predicate, Statement


def comments_of(predicate: Predicate) -> list[Comment]:
    """In their order, those beside values as those above; what stands within brackets aside."""
    found = [*predicate.above]
    for one in predicate.objects:
        found += [*one.above, *([Comment(one.beside, gap=False)] if one.beside else [])]
    if predicate.beside and predicate.beside != predicate.objects[-1].beside:
        found.append(Comment(predicate.beside, gap=False))
    return found


def by_hand(statement: Statement) -> list[Comment]:
    """Those of a record that no draft has written: no questions, no titles of what follows."""
    found = [one for one in statement.above if not is_for_others(one)]
    found += [one for predicate in statement.predicates for one in comments_of(predicate)]
    return [Comment(one.text, gap=False) for one in found if not is_todo(one.text)]


def is_for_others(comment: Comment) -> bool:
    """Whether a comment above a record stands there for those that follow as well."""
    return comment.gap or bool(title_in(comment) or numbers_in(comment))


def put_above(statement: Statement, comments: Iterable[Comment]) -> None:
    """Above the record; within it what would be read as a title there."""
    for one in comments:
        is_title = bool(title_in(one) or numbers_in(one))
        (statement.predicates[0] if is_title else statement).above.append(Comment(one.text, gap=False))


def keep_only(predicate: Predicate, left: list[Object]) -> None:
    """Only these values, each with its comment. Those of the others go above the property."""
    last = predicate.objects[-1]
    last.beside = last.beside or predicate.beside
    gone = [one for one in predicate.objects if not any(one is other for other in left)]
    for one in gone:
        predicate.above += [*one.above, *([Comment(one.beside, gap=False)] if one.beside else [])]
    predicate.objects, predicate.beside = left, left[-1].beside
