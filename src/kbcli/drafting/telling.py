"""Which of the times of a sentence tells when something in it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.drafting.dates import is_either, is_subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.drafting.cues import Cue
    from kbcli.drafting.dates import Expression
    from kbcli.drafting.reading import Reading
    from kbcli.drafting.subjects import Subject

_NEAR = 10  # words before a cue in which its clause begins
_FEW = 4


class Telling:
    """Of one sentence."""

    def __init__(self, reading: Reading, subjects: Sequence[Subject]) -> None:
        self._reading, self._subjects = reading, subjects
        self._cues = reading.cues

    def said(self, index: int) -> Expression | None:
        """The time that stands with the cue or its subject; that of the cue whose subject it shares."""
        cue, subject, words = self._cues[index], self._subjects[index], self._reading.words
        for time in self._reading.times:
            if is_either(time):
                continue
            first, last = self._reading.index(time.start), self._reading.index(time.end - 1) + 1
            opens = first == 0 and subject.first >= 0 and subject.first - last <= 1 and index == 0
            opens = opens and not (
                self._word(last) == "," and self._word(cue.last) == ","
            )  # “In May, Orm said, it ends”
            apposed = first - 1 >= subject.last >= 0 and self._word(first - 1) == "," and last == cue.first
            between = subject.shared is None and ((first == subject.last and cue.first - last <= 1) or apposed)
            inverted = subject.first >= cue.last and first == subject.last
            if first >= cue.last and is_subject(self._reading.text, time):
                continue
            placed = opens or between or inverted or first == cue.last or self._is_behind_object(cue, first, last)
            if placed or self._is_occasion(cue, first):
                return time if words[first].start == time.start else None
        return self.said(subject.shared) if subject.shared is not None else None

    def is_near(self, time: Expression, index: int) -> bool:
        """Whether the time may be of this cue: no other one stands between, and none is fewer commas away."""
        at = self._reading.index(time.start)
        away = [self._away(at, cue.first) for cue in self._cues]
        between = {i for i, cue in enumerate(self._cues) if i != index and at <= cue.first < self._cues[index].first}
        between |= {i for i, cue in enumerate(self._cues) if i != index and self._cues[index].first < cue.first <= at}
        return not away or (not between and away[index] == min(away))

    def _away(self, at: int, other: int) -> int:
        """The commas between two words."""
        return sum(self._word(i) == "," for i in range(*sorted((at, other))))

    def _is_behind_object(self, cue: Cue, first: int, last: int) -> bool:
        """Whether only whom the verb is of stands between: “accused the club on Thursday of hiding it”."""
        are, inside = self._reading.lexicon.are, self._reading.lower[cue.last : first]
        if not (cue.takes_object and cue.kind == "active" and 0 < len(inside) <= _FEW + 1):
            return False
        other = are("prepositions") | are("starters") | are("relatives") | are("joining") | are("pronouns")
        plain = not any(word.is_mark for word in self._reading.words[cue.last : first]) and not other & set(inside)
        return plain and self._word(last) in are("accusing") - {"that"}

    def _is_occasion(self, cue: Cue, end: int) -> bool:
        """Whether only “reporters” or “in a statement” stands between the cue and what begins at `end`."""
        end = self._unplaced(cue.last, end)
        are, words = self._reading.lexicon.are, self._reading.lower[cue.last : end]
        if words[:1] and words[0] in are("occasioning"):
            return (
                words[1:2] != []
                and words[1] in are("determiners")
                and words[-1] in are("occasions")
                and len(words) <= _FEW
            )
        if (
            cue.lemma not in are("telling")
            or not words
            or any(word.is_mark for word in self._reading.words[cue.last : end])
        ):
            return False
        named = self._reading.beginning.get(cue.last, (-1, None))[0] == end - 1
        return len(words) == 1 or named or (words[0] in are("determiners") and len(words) < _FEW)

    def _unplaced(self, begin: int, end: int) -> int:
        """`end` moved left over a place: “told a conference in Lisbon on Sunday”."""
        at = end
        while at > begin and self._reading.words[at - 1].is_capital and not self._reading.words[at - 1].is_mark:
            at -= 1
        return at - 1 if begin < at < end and self._word(at - 1) in ("at", "in", "outside") else end

    def is_ordered(self, cue: Cue) -> bool:
        """Whether its clause tells when something else was: “after Israeli officials said”."""
        are = self._reading.lexicon.are
        for at in range(cue.first - 1, max(-1, cue.first - 1 - _NEAR), -1):
            if self._word(at) in are("ordering"):
                return True
            if self._reading.words[at].is_mark or self._word(at) in are("starters"):
                break
        return False

    def _word(self, index: int) -> str:
        return self._reading.lower[index] if 0 <= index < len(self._reading.lower) else ""
