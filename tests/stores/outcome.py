"""How a store answered compared with the reference, which is pyoxigraph, the engine of `kb query`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from stores.answer import comparable
from stores.cases import cases
from stores.dataset import push, write_quads, write_triples
from stores.inprocess import Pyoxigraph
from stores.store import Server, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from stores.answer import Answer
    from stores.cases import Case
    from stores.store import Store

# How the data comes into the store: N-Triples or N-Quads by its own loader, or `kb push`.
LOADS = ("triples", "graphs", "push")
SAME = "same"


class Outcome(NamedTuple):
    """`kind` is same, order (the same rows in another order), rows or error; `detail` is for a person."""

    case: Case
    kind: str
    detail: str = ""


def columns(stores: Iterable[type[Store]]) -> list[tuple[type[Store], str]]:
    """Each store with each way in which data comes into it."""
    return [(store, load) for store in stores for load in LOADS if load != "push" or _can_be_pushed_to(store)]


def _can_be_pushed_to(store: type[Store]) -> bool:
    return issubclass(store, Server) and store.gsp_url is not Server.gsp_url


def outcomes(store_class: type[Store], load: str, folder: Path) -> list[Outcome]:
    """Start the store, load, ask everything, stop. Parameters are tried with one way of loading: once is enough."""
    asked = [case for case in cases() if load == "triples" or not case.parameter]
    file = write_triples(folder) if load == "triples" else write_quads(folder)
    reference = Pyoxigraph(folder)
    reference.load(file)
    with store_class(folder) as store:
        if load == "push":
            push(store)
        else:
            store.load(file)
        return [compared(case, store, reference) for case in asked]


def compared(case: Case, store: Store, reference: Store) -> Outcome:
    expected = reference.rows(case.text)
    try:
        found = store.rows(case.text)
    except (StoreError, OSError) as error:
        return Outcome(case, "error", str(error))
    return Outcome(case, *_difference(expected, found))


def _difference(expected: Answer, found: Answer) -> tuple[str, str]:
    if expected.columns != found.columns:
        return "rows", f"columns {found.columns} instead of {expected.columns}"
    wanted, got = comparable(expected.rows), comparable(found.rows)
    if wanted == got:
        return SAME, ""
    lost, gained = Counter(wanted) - Counter(got), Counter(got) - Counter(wanted)
    if not lost and not gained:
        return "order", ""
    examples = [f"{sign} {row}" for sign, rows in (("-", lost), ("+", gained)) for row in list(rows)[:1]]
    return "rows", "\n".join([f"{lost.total()} rows lost, {gained.total()} gained", *examples])
