"""One panel of the picture: lines over two logarithmic axes, each with its name at its end."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SIZE = 12.5  # of the letters
WIDE, HIGH = 0.62 * SIZE, 1.3 * SIZE  # a letter's width at most, and a line's height
GAP = 9.0  # between a line's end and its name
FAR = 4  # steps from which on a name needs a line that leads to it


class Point(NamedTuple):
    x: float
    y: float


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, point: Point) -> bool:
        return self.left < point.x < self.right and self.top < point.y < self.bottom


@dataclass(frozen=True)
class Line:
    """`values` by number of articles. `kind` is its class in the style sheet."""

    name: str
    kind: str
    values: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    heading: str
    frame: Box
    across: tuple[float, float]
    up: tuple[float, float]
    lines: Sequence[Line]
    marks: Sequence[tuple[float, str]] = field(default=())  # of the horizontal axis
    heights: Sequence[tuple[float, str]] = field(default=())

    def drawn(self) -> Iterator[str]:
        frame = self.frame
        yield f'<text class="head" x="{frame.left:.1f}" y="{frame.top - 16:.1f}">{escape(self.heading)}</text>'
        for value, name in self.heights:
            y = self._y(value)
            yield f'<path class="grid" d="M{frame.left:.1f} {y:.1f}H{frame.right:.1f}"/>'
            yield f'<text class="axis" text-anchor="end" x="{frame.left - 8:.1f}" y="{y + 4:.1f}">{escape(name)}</text>'
        for value, name in self.marks:
            x = self._x(value)
            yield f'<path class="grid" d="M{x:.1f} {frame.top:.1f}V{frame.bottom:.1f}"/>'
            yield f'<text class="axis" text-anchor="middle" x="{x:.1f}" y="{frame.bottom + 18:.1f}">{name}</text>'
        for line in self.lines:
            yield from self._line(line)
        for line, box in self.names():
            yield from self._name(line, box)

    def _line(self, line: Line) -> Iterator[str]:
        points = self._points(line)
        path = " ".join(f"{point.x:.1f},{point.y:.1f}" for point in points)
        yield f'<polyline class="{line.kind}" points="{path}"/>'
        for point in points:
            yield f'<circle class="{line.kind}" cx="{point.x:.1f}" cy="{point.y:.1f}" r="3"/>'

    def _name(self, line: Line, box: Box) -> Iterator[str]:
        end, middle = self._points(line)[-1], (box.top + box.bottom) / 2
        if box.left > end.x and abs(middle - end.y) > HIGH / 2:
            start = f"M{end.x + 4:.1f} {end.y:.1f}"
            yield f'<path class="lead {line.kind}" d="{start}L{box.left - 2:.1f} {middle:.1f}"/>'
        yield f'<text class="{line.kind}" x="{box.left:.1f}" y="{middle + 4:.1f}">{escape(line.name)}</text>'

    def names(self) -> list[tuple[Line, Box]]:
        """Where the names stand: those of lines that end at the edge first, then where there is most room."""
        edge = max(point.x for line in self.lines for point in self._points(line))
        ends = [(self._points(line)[-1], line) for line in self.lines]
        placed: list[tuple[Line, Box]] = []
        for end, line in sorted(ends, key=lambda one: (one[0].x < edge, one[0].y)):
            boxes = list(_beside(line, end) if end.x == edge else [*_beside(line, end), *_around(line, end)])
            placed.append((line, min(boxes, key=lambda box: self._harm(box, end, [one for _, one in placed]))))
        return placed

    def _harm(self, box: Box, end: Point, taken: Iterable[Box]) -> float:
        """How ill a name would stand there: on others, over lines, far from its line, near to the end of another."""
        outside = box.top < self.frame.top - HIGH / 2 or box.bottom > self.frame.bottom + HIGH / 2
        others = sum(box.meets(other) for other in taken)
        covered = sum(box.holds(point) for one in self.lines for point in _walk(self._points(one)))
        near = Box(box.left - GAP, box.top - 8, box.right + GAP, box.bottom + 8)
        ends = [last for one in self.lines if (last := self._points(one)[-1]) != end]
        away = abs((box.top + box.bottom) / 2 - end.y)
        return 10_000 * (others + outside) + 10 * covered + 25 * sum(map(near.holds, ends)) + away

    def _points(self, line: Line) -> list[Point]:
        return [Point(self._x(x), self._y(y)) for x, y in line.values]

    def _x(self, value: float) -> float:
        return self.frame.left + (self.frame.right - self.frame.left) * _share(value, *self.across)

    def _y(self, value: float) -> float:
        return self.frame.bottom - (self.frame.bottom - self.frame.top) * _share(value, *self.up)


def _share(value: float, least: float, most: float) -> float:
    return math.log(value / least) / math.log(most / least)


def _box(line: Line, left: float, middle: float) -> Box:
    return Box(left, middle - HIGH / 2, left + WIDE * len(line.name), middle + HIGH / 2)


def _beside(line: Line, end: Point) -> Iterator[Box]:
    """To the right of the end, as high as it or farther up or down."""
    for step in range(80):
        yield from (_box(line, end.x + GAP + (9 if step > FAR else 0), end.y + 2.5 * step * sign) for sign in (-1, 1))


def _around(line: Line, end: Point) -> Iterator[Box]:
    """Above or below the end, or to its left."""
    for left in (end.x - WIDE * len(line.name) - GAP, end.x - WIDE * len(line.name) / 2, end.x - GAP):
        yield from (_box(line, left, end.y + sign * (HIGH / 2 + 6)) for sign in (-1, 1))


def _walk(points: Sequence[Point]) -> Iterator[Point]:
    """Close points along a line."""
    for one, next_ in itertools.pairwise(points):
        for step in range(61):
            yield Point(one.x + (next_.x - one.x) * step / 60, one.y + (next_.y - one.y) * step / 60)
    yield from points[-1:]
