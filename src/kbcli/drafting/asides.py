"""Reporting words put in beside what they report: “Norland, Kos claimed, denied it”, “Norland denied it, a source said”."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.drafting.reading import Reading
    from kbcli.drafting.subjects import Subject

_LONGEST = 15  # words of such a subject
_OPENING = frozenset([",", "—", "–", "-", "(", "”", '"', "’"])
_CLOSING = frozenset([",", ".", ";", ":", "—", "–", "-", ")", "!", "…"])


class Asides:
    """Of one sentence."""

    def __init__(self, reading: Reading, subjects: Sequence[Subject]) -> None:
        self._reading, self._subjects = reading, subjects
        self._words, self._lower = reading.words, reading.lower

    def is_aside(self, index: int) -> bool:
        """Whether nothing but the cue and its subject stands between two marks."""
        cue, subject = self._reading.cues[index], self._subjects[index]
        if cue.kind not in ("active", "passive") or cue.class_ != "Statement" or cue.takes_object:
            return False
        first = self._first(cue.first)
        return first > 0 and self._opens(first) and self._is_closed(max(cue.last, subject.last))

    def _first(self, end: int) -> int:
        """The first word behind the mark before; 0 where none is near."""
        for at in range(end - 1, max(0, end - 1 - _LONGEST), -1):
            if self._words[at].is_mark:
                return at + 1
        return 0

    def _opens(self, first: int) -> bool:
        joined = self._reading.lexicon.are("joining") | self._reading.lexicon.are("relatives")
        clause = self._lower[first] in joined and self._lower[first + 1 : first + 2] != ["so"]
        return self._words[first - 1].text in _OPENING and not clause

    def _is_closed(self, end: int) -> bool:
        while end in self._reading.timed or self._lower[end : end + 1] == ["so"]:
            end += 1
        return end >= len(self._words) or self._words[end].text in _CLOSING
