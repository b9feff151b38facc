"""Where a store is known to answer otherwise, and why. A difference that is gone must go from here too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from stores.outcome import Outcome
    from stores.store import Store


class Difference(NamedTuple):
    """`cases` are questions as `Case` prints them; `kind` is what `Outcome` calls it."""

    store: str
    load: str
    kind: str
    cases: frozenset[str]
    reason: str


COLLATION = "ORDER BY sorts strings by the rules of a language, not by code point: “ stands before a"
DIFFERENCES: tuple[Difference, ...] = (
    Difference("Comunica", "triples", "order", frozenset(["status"]), COLLATION),
    Difference("Comunica", "graphs", "order", frozenset(["status"]), COLLATION),
)


def reason(store: type[Store], load: str, outcome: Outcome) -> str | None:
    """Why this store may answer this question so; None if that is not known."""
    known = (one.reason for one in DIFFERENCES if _is(one, store, load) and str(outcome.case) in one.cases)
    return next(known, None)


def expected(store: type[Store], load: str) -> dict[str, str]:
    """The kind of each known difference of a store, by question."""
    return {case: one.kind for one in DIFFERENCES if _is(one, store, load) for case in one.cases}


def _is(one: Difference, store: type[Store], load: str) -> bool:
    return (one.store, one.load) == (store.name, load)
