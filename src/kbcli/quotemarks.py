"""What stands inside quotation marks in an article.

Marks pair within a line. A quotation that goes on in the next paragraph opens there again and is closed only at its
end, so a mark left open reaches to the end of its line if the next line with text begins with the same mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSERS = {"“": "”", "„": "“”", "«": "»", '"': '"'}
_DOUBLE = re.compile('[“”„«»"]')
# An apostrophe looks like a closing mark: it is one only at the end of a word, and what it closes was opened
# before a word. Each such end may be the right one (“the rebels’ camp”), so each makes a run.
_OPEN_SINGLE = re.compile(r"(?<!\w)(?:‘(?=\S)|'(?=\w))")
_CLOSE_SINGLE = re.compile(r"(?<=\S)[’'](?!\w)")
_MAX_SINGLE_ENDS = 4


class Run(NamedTuple):
    """Half-open offsets in code points, the marks left out."""

    start: int
    end: int


class Quotations:
    """The runs of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs = sorted(runs(text))
        self._starts = [run.start for run in self._runs]
        self._reach = list(_reaches(self._runs))

    def around(self, start: int, end: int) -> list[Run]:
        """The runs that hold this piece of the text, the shortest first."""
        found = []
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._reach[at] >= end:
            if self._runs[at].end >= end:
                found.append(self._runs[at])
            at -= 1
        return sorted(found, key=lambda run: run.end - run.start)

    def touched(self, start: int, end: int) -> list[Run]:
        """The runs that begin in this piece of the text, or in which it begins."""
        inside = self._runs[bisect_right(self._starts, start) : bisect_right(self._starts, end)]
        return [*self.around(start, start), *inside]

    def words(self, run: Run) -> str:
        """What the run quotes: without the white space at its ends and the comma before the closing mark."""
        return self._text[run.start : run.end].strip().removesuffix(",")


def runs(text: str) -> Iterator[Run]:
    start = 0
    lines = text.splitlines(keepends=True)
    for line, following in zip(lines, _followers(lines), strict=True):
        for begin, end in (*_double(line, following), *_single(line)):
            yield Run(start + begin, start + end)
        start += len(line)


def _followers(lines: list[str]) -> list[str]:
    """For each line the first character of the next one that is not blank."""
    found, following = [], ""
    for line in reversed(lines):
        found.append(following)
        following = line.lstrip()[:1] or following
    return found[::-1]


def _double(line: str, following: str) -> Iterator[tuple[int, int]]:
    opened: dict[str, int] = {}
    for match in _DOUBLE.finditer(line):
        mark, at = match[0], match.start()
        closed = next((opener for opener in opened if mark in _CLOSERS[opener]), None)
        if closed:
            yield opened.pop(closed), at
        elif mark in _CLOSERS:
            opened.setdefault(mark, at + 1)
    for opener, begin in opened.items():
        if following == opener:
            yield begin, len(line)


def _single(line: str) -> Iterator[tuple[int, int]]:
    ends = [match.start() for match in _CLOSE_SINGLE.finditer(line)]
    openers = list(_OPEN_SINGLE.finditer(line))
    limits = [*(match.start() for match in openers[1:]), len(line)]
    for match, limit in zip(openers, limits, strict=False):
        mark = "’" if match[0] == "‘" else "'"
        first = bisect_right(ends, match.end())
        for end in ends[first : first + _MAX_SINGLE_ENDS]:
            if line[end] == mark and end < limit:
                yield match.end(), end


def _reaches(ordered: list[Run]) -> Iterator[int]:
    """The farthest end of the runs up to each."""
    farthest = 0
    for run in ordered:
        farthest = max(farthest, run.end)
        yield farthest
