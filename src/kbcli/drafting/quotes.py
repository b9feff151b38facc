"""The quoted runs of a text, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from kbcli.quotemarks import Run, runs


class Quotes:
    """The runs, none within another; of single marks only the shortest that opens at a place."""

    def __init__(self, text: str) -> None:
        shortest: dict[int, Run] = {}
        for run in runs(text):
            if run.start not in shortest or run.end < shortest[run.start].end:
                shortest[run.start] = run
        self.runs: list[Run] = []
        for run in sorted(shortest.values()):
            if run.end > run.start and (not self.runs or run.start > self.runs[-1].end):
                self.runs.append(run)
        self._starts = [run.start for run in self.runs]
        self._text = text

    def touching(self, start: int, end: int) -> list[Run]:
        """The runs with a part in this piece of the text."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return [run for run in self.runs[first : bisect_left(self._starts, end)] if run.end > start]

    def words(self, run: Run) -> str:
        """What the run quotes, without the comma before the closing mark."""
        return self._text[run.start : run.end].strip().removesuffix(",")
