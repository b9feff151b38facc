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


PATHS = "a property path that may have no step, (p|^p)*, loses its start when the default graph is a union"
GARBLED = "letters beyond ASCII are garbled where CONCAT joins a label that has some to text of the query that has some"
OPTIONALS = "of twelve OPTIONALs some that match are taken for unmatched: the status lacks a denial or a rival claim"
COLLATION = "ORDER BY sorts strings by the rules of a language, not by code point: “ stands before a"
STATUS = ("accused=ag:israel", "operation=op:ahvaz-attack", "kind=k:killing", "article=art:khodaei-nyt-report")
CHAINS = ("through=ag:nyt", "operation=op:khodaei-killing", "article=art:khodaei-nyt-report")
DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "Virtuoso", "triples", "rows", frozenset(["status", *(f"status {value}" for value in STATUS)]), OPTIONALS
    ),
    Difference("Virtuoso", "graphs", "rows", frozenset(["status"]), OPTIONALS),
    Difference("Virtuoso", "push", "rows", frozenset(["status"]), OPTIONALS),
    Difference("Virtuoso", "triples", "rows", frozenset(["chains", *(f"chains {value}" for value in CHAINS)]), GARBLED),
    Difference("Virtuoso", "graphs", "rows", frozenset(["chains"]), GARBLED),
    Difference("Virtuoso", "push", "rows", frozenset(["chains"]), GARBLED),
    Difference("Comunica", "triples", "order", frozenset(["status"]), COLLATION),
    Difference("Comunica", "graphs", "rows", frozenset(["admissions", "allegations", "competing", "status"]), PATHS),
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
