"""The quoted runs of a text, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from kbcli.quotemarks import Run, runs

# An apostrophe that opens nothing: “the ’90s”, “’em”.
_APOSTROPHE = re.compile(r"\d0s|(?:em|til|tis|twas|cause|bout|round|n)\b", re.IGNORECASE)
_ENDING = (",", ".", "!", "?", "…")


class Quotes:
    """The runs, none within another. Where an apostrophe may be the closing mark too (“the rebels’ camp”), a run reaches
    to the first end behind a comma or full stop, or else to the last one, and is `unsure`."""

    def __init__(self, text: str) -> None:
        ends: dict[int, list[int]] = {}
        for run in runs(text):
            if not (_APOSTROPHE.match(text, run.start) and text[run.start - 1] in "’'‘"):
                ends.setdefault(run.start, []).append(run.end)
        self.runs: list[Run] = []
        self.unsure: set[Run] = set()
        for start in sorted(ends):
            run = Run(start, _end(text, ends[start]))
            if run.end > run.start and (not self.runs or run.start > self.runs[-1].end):
                self.runs.append(run)
                if run.end > min(ends[start]) or not _is_ending(text, run.end, ends[start]):
                    self.unsure.add(run)
        self._starts = [run.start for run in self.runs]
        self._text = text

    def touching(self, start: int, end: int) -> list[Run]:
        """The runs with a part in this piece of the text."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return [run for run in self.runs[first : bisect_left(self._starts, end)] if run.end > start]

    def words(self, run: Run) -> str:
        """What the run quotes, without the comma before the closing mark."""
        return self._text[run.start : run.end].strip().removesuffix(",")


def _end(text: str, ends: list[int]) -> int:
    """The one that a mark before it tells; else the last."""
    return next((end for end in sorted(ends) if text[end - 1] in _ENDING), max(ends))


def _is_ending(text: str, end: int, ends: list[int]) -> bool:
    """Whether it is certain that the quotation ends there."""
    return len(ends) == 1 or text[end - 1] in _ENDING
