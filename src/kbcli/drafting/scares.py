"""Quotation marks around what a thing is called, or around the words of somebody else than whoever speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.drafting.reading import Reading
    from kbcli.drafting.subjects import Subject
    from kbcli.quotemarks import Run

_ENDING = (",", ".", "!", "?", "…", "—", "–")


class Scares:
    """Of one sentence."""

    def __init__(self, reading: Reading, subjects: Sequence[Subject]) -> None:
        self._reading, self._subjects = reading, subjects
        self._words, self._lower = reading.words, reading.lower

    def is_scare(self, run: Run) -> bool:
        """Whether it is not certain that a cue of the sentence quotes it."""
        first = self._reading.index(run.start) - 1  # the opening mark
        return first > 0 and (self._is_called(first) or self._is_owned(first) or self._is_subject(first, run))

    def _is_called(self, opening: int) -> bool:
        return self._lower[opening - 1] in ("so-called", "called", "dubbed", "named", "nicknamed")

    def _is_owned(self, opening: int) -> bool:
        """Whether the words are somebody’s: “and Orm’s ‘no’ was heard”."""
        return self._words[opening - 1].is_possessive

    def _is_subject(self, opening: int, run: Run) -> bool:
        """Whether the words belong to the subject of a cue right behind them: “the ‘Northern Front’ said”."""
        behind = self._reading.index(run.end) + 1
        cue = next((i for i, one in enumerate(self._reading.cues) if one.first == behind), None)
        if (
            cue is None
            or self._reading.text[run.end - 1] in _ENDING
            or self._reading.text[run.end + 1 : run.end + 2] == ","
        ):
            return False
        led = self._lower[opening - 1] in self._reading.lexicon.are("determiners")
        return led and self._subjects[cue].first < self._reading.cues[cue].last
