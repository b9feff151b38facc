"""What is to be reached, as ratios of CPU within one interleaved run; never as seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bench.cost import Figure

MEMORY = 2048  # MiB


@dataclass(frozen=True)
class Goal:
    """The CPU of `ours` at `size` articles is at most `most` times that of `theirs`, there or at `beside` articles."""

    size: int
    ours: Title
    theirs: Title
    most: float
    beside: int = 0


@dataclass(frozen=True)
class Outcome:
    """A goal, or memory, beside what was found."""

    what: str
    size: int
    found: float
    most: float
    unit: str = "×"

    @property
    def reached(self) -> bool:
        return self.found <= self.most


GOALS = (
    Goal(2, Title.INDEXED, Title.OXIGRAPH, 1.2),
    Goal(1000, Title.SCANNED, Title.PYOXIGRAPH, 1.3),
    Goal(1000, Title.INDEXED, Title.PYOXIGRAPH, 0.5),
    Goal(1000, Title.INDEXED, Title.RDFLIB, 0.04),
    Goal(1000, Title.INDEX, Title.PYOXIGRAPH, 4),
    Goal(10_000, Title.ONE, Title.PYOXIGRAPH_ONE, 0.02),
    Goal(10_000, Title.ONE_EDITED, Title.PYOXIGRAPH_ONE, 0.03),
    Goal(100, Title.SHAPES, Title.PYSHACL, 0.15),
    Goal(100, Title.CHECKED, Title.PYSHACL, 0.15),
    Goal(1000, Title.SHAPES, Title.SHAPES, 10, beside=100),
    Goal(1000, Title.CHANGED, Title.PARSED, 0.4),
    Goal(1000, Title.LINKED, Title.PARSED, 0.4),
    Goal(10_000, Title.CHANGED, Title.PARSED, 0.06),
    Goal(10_000, Title.LINKED, Title.PARSED, 0.06),
)
WEIGHED = (Title.SCANNED, Title.INDEXED, Title.ONE, Title.ONE_EDITED, Title.CHANGED)
# What a small run must keep to, on any machine, however busy: far from what is usual.
GUARDS = (
    Goal(2, Title.INDEXED, Title.PYOXIGRAPH, 2.5),
    Goal(100, Title.SCANNED, Title.PYOXIGRAPH, 2),
    Goal(100, Title.INDEXED, Title.RDFLIB, 0.3),
    Goal(100, Title.CHANGED, Title.WHOLE, 0.5),
    Goal(100, Title.AGAIN, Title.CHANGED, 1.2),
    Goal(5, Title.SHAPES, Title.PYSHACL, 0.6),
)


def outcomes(goals: Iterable[Goal], figures: Iterable[Figure]) -> Iterator[Outcome]:
    """Of the goals for which all was measured."""
    known = {(figure.size, figure.title): figure for figure in figures if not figure.differs}
    for goal in goals:
        ours, theirs = known.get((goal.size, goal.ours)), known.get((goal.beside or goal.size, goal.theirs))
        if ours and theirs:
            beside = f" at {goal.beside}" if goal.beside else ""
            yield Outcome(f"{goal.ours} : {goal.theirs}{beside}", goal.size, ours.cpu / theirs.cpu, goal.most)


def weights(figures: Iterable[Figure]) -> Iterator[Outcome]:
    """Of memory, where it was looked at."""
    known: Mapping[str, Figure] = {figure.title: figure for figure in figures if figure.weight}
    for title in WEIGHED:
        if (figure := known.get(title)) and figure.weight:
            yield Outcome(f"{title}: memory", figure.size, figure.weight, MEMORY, " MiB")
