"""The portability matrix as a table in Markdown: saved queries down, stores across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stores.differences import reason
from stores.outcome import SAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stores.outcome import Outcome
    from stores.store import Store

Column = tuple[type["Store"], str]  # the store, and how the data came into it


def markdown(results: Mapping[Column, Sequence[Outcome]]) -> str:
    """A cell says how many of the questions got the same rows in the same order; what differs is told below.

    A store has a number for each way in which the data came into it, in the order that the first line says.
    """
    notes: list[str] = []
    stores = list(dict.fromkeys(store for store, _ in results))
    loads = list(dict.fromkeys(load for _, load in results))
    names = list(dict.fromkeys(outcome.case.query for found in results.values() for outcome in found))
    lines = [
        f"| loaded as: {', '.join(loads)} | "
        + " | ".join(f"{store.name} {store.version()}" for store in stores)
        + " |",
        "| --- |" + " --- |" * len(stores),
    ]
    for name in names:
        cells = (
            ", ".join(_cell(column, name, results, notes) for column in results if column[0] is store)
            for store in stores
        )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", *(f"{number}. {note}" for number, note in enumerate(notes, 1))])


def _cell(column: Column, name: str, results: Mapping[Column, Sequence[Outcome]], notes: list[str]) -> str:
    store, load = column
    asked = [outcome for outcome in results[column] if outcome.case.query == name]
    same = sum(outcome.kind == SAME for outcome in asked)
    marks = set()
    for outcome in asked:
        if outcome.kind != SAME:
            note = f"{store.name}: {reason(store, load, outcome) or 'not explained'}"
            if note not in notes:
                notes.append(note)
            marks.add(notes.index(note) + 1)
    return f"{same}/{len(asked)}" + "".join(f" ({number})" for number in sorted(marks))
