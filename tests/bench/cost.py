"""What cases cost: whole processes, each in turn and again, so that a busy machine slows all alike; medians."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.case import HERE, Case, DifferentError, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True)
class Cost:
    """Seconds of processor, of the clock; MiB of the greediest process."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True)
class Figure:
    """What `runs` runs of a case cost: medians, and the least and most CPU. `weight`: MiB of all its processes.

    `differs`: it gave another answer than the others, so that its cost cannot be compared.
    """

    suite: str
    size: int
    title: str
    cpu: float
    wall: float
    peak: float
    least: float
    most: float
    runs: int
    weight: float | None = None
    differs: str = ""

    def record(self) -> dict[str, object]:
        return asdict(self)


def run(case: Case, output: Path, *, weigh: bool = False) -> Cost:
    """One run. Raises RuntimeError if it fails."""
    case.before()
    result = output.with_suffix(".cost")
    meter = [sys.executable, "-I", "-S", str(HERE / "meter.py"), str(result), str(output), *["--weigh"] * weigh]
    told = subprocess.run(
        [*meter, *case.command], cwd=case.folder, env=environment(), stderr=subprocess.PIPE, check=False
    ).stderr
    found = json.loads(result.read_text()) if result.exists() else {"code": -1}
    result.unlink(missing_ok=True)
    if (code := found.pop("code")) not in case.ends or b"Traceback" in told:
        raise RuntimeError(f"{case.title}: exit code {code}\n{told.decode(errors='replace')}")
    return Cost(**found)


def interleaved(suite: str, size: int, cases: Sequence[Case], rounds: int, tell: Callable[[str], None]) -> list[Figure]:
    """Every case in turn, `rounds` times. Raises DifferentError if answers differ that should not."""
    costs: dict[Case, list[Cost]] = {case: [] for case in cases}
    apart: dict[Case, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        for number in range(rounds):
            answers: dict[str, tuple[Case, object]] = {}
            for case in (case for case in cases if number < case.rounds):
                costs[case].append(run(case, output))
                tell(f"{size:>6,}  {number + 1}/{rounds}  {costs[case][-1].cpu:9.3f} s  {case.title}")
                if difference := compare(case, output.read_bytes(), answers):
                    tell(f"        {difference}")
                    apart[case] = difference
        weights = {case: run(case, output, weigh=True).peak for case in cases if case.weighed}
    return [_figure(suite, size, case, found, weights.get(case), apart) for case, found in costs.items() if found]


def compare(case: Case, output: bytes, answers: dict[str, tuple[Case, object]]) -> str:
    """How it differs from what was answered before to the same question; empty if it does not."""
    if not case.asks:
        return ""
    answer = case.answer(output)
    first, expected = answers.setdefault(case.asks, (case, answer))
    if answer == expected:
        return ""
    difference = f"{case.title} and {first.title} answer differently: {_difference(answer, expected)}"
    if case.outsider:
        return difference
    raise DifferentError(difference)


def _difference(one: object, other: object) -> str:
    if not (isinstance(one, list) and isinstance(other, list)):
        return f"{one!r:.500} is not {other!r:.500}"
    mine, theirs = ([row for row in some if row not in rest] for some, rest in ((one, other), (other, one)))
    counts = f"{len(one)} rows, {len(other)} rows"
    return f"{counts}; {mine[:1]!r:.700} only in the first, {theirs[:1]!r:.700} only in the second"


def _figure(  # noqa: PLR0913, PLR0917 what a figure is made of
    suite: str, size: int, case: Case, runs: list[Cost], weight: float | None, apart: Mapping[Case, str]
) -> Figure:
    names = ("cpu", "wall", "peak")
    cpu, wall, peak = (round(statistics.median(getattr(cost, name) for cost in runs), 4) for name in names)
    least, most = (round(find(cost.cpu for cost in runs), 4) for find in (min, max))
    weight = weight and round(weight, 1)
    return Figure(suite, size, str(case.title), cpu, wall, peak, least, most, len(runs), weight, apart.get(case, ""))
