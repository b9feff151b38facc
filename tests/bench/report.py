"""The table: what was measured, beside what was to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.goal import GOALS, outcomes, weights
from bench.knowledge import SEEDS
from bench.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.cost import Figure
    from bench.goal import Outcome
    from bench.record import Record

SUITES = {
    "questions": "Questions: who denies what, as CSV",
    "validation": "All checks",
    "shapes": "Shapes (SHACL)",
}
EXPLAINED = """\
CPU is user and system time of whole processes with their children, the median of several runs; all commands of a
table are run in turn, again and again, so that a busy machine slows all alike. Peak is the memory of the greediest
process. What is compared gave the same answer in every round, or the benchmark fails. “By hand” is a script of a few
lines ([by_hand.py](by_hand.py)): it parses all files, asks, and prints. The index is there and up to date, but for
`--no-index` and `kb index`; `kb validate` has run before, but for “the first time” and `--no-cache`. One article in a
hundred of a generated knowledge base has a fault, one in ten for the shapes.
"""
NOTES = {
    Title.JENA: "a JVM that parses all files and asks",
    Title.COMUNICA: "its command, over all files",
    Title.VIRTUOSO: "the server from start to end, loading one file of N-Triples, and the script that does it",
    Title.OXIGRAPH: "two processes, a store on disk between them",
    Title.PYSHACL: "as it is, called by a script",
    Title.SHAPES: "the engine within `kb validate`, called by a script",
}


def markdown(record: Record) -> str:
    parts = ["# What it costs", _machine(record), EXPLAINED, *_goals(record)]
    for suite, heading in SUITES.items():
        sizes = [size for size in record.sizes if any(record.of(suite, size))]
        if sizes:
            parts += [f"## {heading}", *(_table(record, suite, size) for size in sizes)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _machine(record: Record) -> str:
    held = record.machine
    versions = ", ".join(f"{name} {number}" for name, number in record.versions.items())
    return (
        f"Measured on {record.day} by `python -m tests.bench`: {held['processor']}, {held['cores']} cores, "
        f"{held['memory']}, {held['system']}, Python {held['python']}; {versions}.\n\n"
        "![How the cost grows with the number of articles](cost.svg)"
    )


def _goals(record: Record) -> Iterator[str]:
    found = [*outcomes(GOALS, record.figures), *weights(record.figures)]
    if found:
        yield "## What is to be reached"
        head = ["| CPU of | articles | found | at most | |", "| --- | ---: | ---: | ---: | --- |"]
        yield "\n".join([*head, *map(_goal, found)])


def _goal(one: Outcome) -> str:
    found = f"{one.found:.0f}" if one.unit != "×" else f"{one.found:.3g}"
    marked = "reached" if one.reached else "**not reached**"
    return f"| {one.what} | {shown(one.size)} | {found}{one.unit} | {one.most:g}{one.unit} | {marked} |"


def _table(record: Record, suite: str, size: int) -> str:
    lines = [
        f"**{articles(size)}**\n",
        "| | CPU s | least–most | clock s | peak MiB | runs |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    return "\n".join([*lines, *map(_row, record.of(suite, size))])


def _row(figure: Figure) -> str:
    note = NOTES.get(Title(figure.title), "")
    name = f"{figure.title} ({note})" if note else figure.title
    if figure.differs:
        return f"| {name} | answers otherwise: not compared | | | | {figure.runs} |"
    spread = f"{seconds(figure.least)}–{seconds(figure.most)}"
    numbers = (seconds(figure.cpu), spread, seconds(figure.wall), f"{figure.peak:.0f}", str(figure.runs))
    return f"| {name} | {' | '.join(numbers)} |"


def shown(size: int) -> str:
    return f"{size:,}" + (" (ours)" if size == SEEDS else "")


def articles(size: int) -> str:
    return f"our own {size} articles" if size == SEEDS else f"{size:,} articles"


def seconds(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"
