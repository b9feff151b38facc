"""Running what is asked for: suite by suite, size by size."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from bench import peers, questions, shapes, validation
from bench.case import ALWAYS
from bench.cost import interleaved
from bench.goal import GUARDS
from bench.knowledge import Edits
from bench.machine import machine
from bench.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bench.case import Case
    from bench.cost import Figure

SUITES = {"questions": questions, "validation": validation, "shapes": shapes}


def measured(
    folder: Path, plan: Iterable[tuple[str, int]], rounds: int, tell: Callable[[str], None], *, quick: bool = False
) -> Record:
    """Suites, each at a size, in `folder`, where the knowledge bases are made and left as they were.

    `quick`: what is slow is run once, and only if a guard needs it.
    """
    figures = [figure for suite, size in plan for figure in one(folder, suite, size, rounds, tell, quick=quick)]
    return Record(str(dt.datetime.now(dt.UTC).date()), rounds, machine(), peers.versions(), figures)


def one(  # noqa: PLR0913 as above
    folder: Path, suite: str, size: int, rounds: int, tell: Callable[[str], None], *, quick: bool
) -> list[Figure]:
    tell(f"{size:>6,}  {suite}")
    edits = Edits(SUITES[suite].ready(folder, size))
    cases = SUITES[suite].cases(folder, size, edits)
    try:
        return interleaved(suite, size, _quick(cases) if quick else cases, rounds, tell)
    finally:
        edits.undo()


def _quick(cases: Iterable[Case]) -> list[Case]:
    needed = {title for guard in GUARDS for title in (guard.ours, guard.theirs)}
    kept = (case for case in cases if case.rounds == ALWAYS or case.title in needed)
    return [replace(case, rounds=1) if case.rounds < ALWAYS else case for case in kept]
