"""Through whom a sentence has what others say in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.drafting.asides import Asides

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.drafting.reading import Reading
    from kbcli.drafting.subjects import Subject

_FEW = 4  # in a sentence with more of them nothing tells which of them is meant


class Channels:
    """Of one sentence."""

    def __init__(self, reading: Reading, subjects: Sequence[Subject]) -> None:
        self._reading, self._subjects = reading, subjects
        self._cues = reading.cues
        self._asides = Asides(reading, subjects)

    def of(self, index: int) -> int | None:
        """The cue through whose subject this one's is known, if it is certain who that is."""
        direct = self._through(index)
        if direct is not None:
            return direct
        frame = self.frame(index)
        if frame is None or self._cues[index].kind == "participle":
            return None
        return frame if self._subjects[frame].is_named and self._is_near(index, frame) else None

    def frame(self, index: int) -> int | None:
        """The cue of somebody else that its sentence may have it from: “according to the Post”, “…, the Post reported”."""
        if self._cues[index].kind == "unnamed" or len(self._frames) > _FEW:
            return None
        others = (other for other in self._frames if other != index and not self._is_same(index, other))
        return next((other for other in others if self._is_frame(index, other)), None)

    @cached_property
    def _frames(self) -> list[int]:
        lemmas = self._reading.lexicon.are("reporting")
        ascribing = [i for i, cue in enumerate(self._cues) if cue.kind == "ascription" or cue.lemma in lemmas]
        return ascribing + [i for i in range(len(self._cues)) if i not in ascribing and self._asides.is_aside(i)]

    def asked(self, index: int) -> str:
        """The words that may name through whom it is known."""
        frame = self.frame(index)
        if frame is not None:
            cue = self._cues[frame]
            return self._subjects[frame].words or self._reading.span(cue.first, cue.last)
        if self._cues[index].kind == "ascription" and self._is_told(index):
            return self._subjects[index - 1].words
        account = self._account()
        if account:
            return "" if account == self._subjects[index].words else account
        return next((self._subjects[other].words for other in self._more(index)), "")

    def _more(self, index: int) -> Iterator[int]:
        """The cues that what this one tells of a deed may be told by: “Norland said Orm was late, and Kos denied it”."""
        if self._cues[index].class_ == "Statement" or len(self._cues) > _FEW or self._through(index) is not None:
            return
        for other, cue in enumerate(self._cues):
            apart = ";" in self._reading.lower[slice(*sorted((cue.first, self._cues[index].first)))]
            told = self._word(cue.last) == "that" or self._word(cue.last) not in self._ending
            clausal = other < index and cue.kind == "active" and not cue.takes_object and cue.class_ == "Statement"
            if clausal and told and not apart and not self._is_same(index, other):
                yield other

    @cached_property
    def _ending(self) -> frozenset[str]:
        """What stands behind a verb that has no clause for its object."""
        return frozenset([",", ".", ";", ":", "so"]) | self._reading.lexicon.are("prepositions")

    def _is_told(self, index: int) -> bool:
        """Whether it stands where what is told begins: “said that, according to the Post, …”."""
        at = self._cues[index].first - 1
        at -= self._word(at) == ","
        return index > 0 and self._word(at) == "that" and self._cues[index - 1].last == at

    def _is_same(self, index: int, other: int) -> bool:
        """Whether both have one subject."""
        one, two = self._subjects[index], self._subjects[other]
        known = one.party is not None and two.party is not None and one.party.agents == two.party.agents
        shared = one.shared == other or two.shared == index
        return known or shared or bool(one.name and one.name == two.name)

    def _is_frame(self, index: int, other: int) -> bool:
        cue, reported = self._cues[other], self._cues[index]
        if cue.kind == "ascription":
            told = any(self._word(i) == "that" for i in range(reported.last, cue.first))
            return other < index or self._is_last(other) or not told
        if self._asides.is_aside(other):
            return True
        if cue.lemma not in self._reading.lexicon.are("reporting") or cue.kind != "active":
            return False
        if other < index:
            return any(self._word(i) == "that" for i in range(cue.last, reported.first))
        before = self._word(self._subjects[other].first - 1)
        before = self._word(self._subjects[other].first - 2) if before == "the" else before
        return self._is_last(other) and self._reading.words[cue.last : cue.last + 1] != [] and before in (",", "”", '"')

    def _is_last(self, other: int) -> bool:
        """Whether nothing but whose words they are stands up to the end of the sentence."""
        end = max(self._cues[other].last, self._subjects[other].last)
        left = [i for i in range(end, len(self._reading.words)) if i not in self._reading.timed]
        return all(self._reading.words[i].is_mark for i in left)

    def _is_near(self, index: int, other: int) -> bool:
        """Whether no other clause begins between the two."""
        first, last = sorted((self._cues[index].first, self._cues[other].first))
        between = self._reading.lower[first:last]
        return not (
            {";", "although", "but", "while", "whereas"} & set(between)
            or ", and" in " ".join(between).replace(" ,", ",")
        )

    def _account(self) -> str:
        """Of “in a report by the Post” the name."""
        are, lower = self._reading.lexicon.are, self._reading.lower
        for at in range(2, len(lower) - 2):
            if (
                lower[at] in are("accounts")
                and lower[at + 1] in ("by", "from", "in")
                and "in" in lower[max(0, at - 3) : at]
            ):
                first = at + 2 + (lower[at + 2] == "the")
                last = first
                while (
                    last < len(lower) and self._reading.words[last].is_capital and not self._reading.words[last].is_mark
                ):
                    last += 1
                if last > first:
                    return self._reading.span(first, last)
        return ""

    def _through(self, index: int) -> int | None:
        """The cue before, if this one stands in what it reports: “alleging that Israel had confirmed”."""
        subject = self._subjects[index]
        if not index or subject.shared is not None or subject.first < 0:
            return None
        at = subject.first - 1 - (self._word(subject.first - 1) == "the")
        if self._word(at) == "that" and self._word(at - 1) in self._reading.lexicon.are("joining"):
            return next((i for i in range(index) if self._word(self._cues[i].last) == "that"), None)
        before = self._cues[index - 1]
        at = before.last + (self._word(before.last) in ("that", ":"))
        gap = subject.first - at - (self._word(subject.first - 1) == "the")
        clausal = before.kind in ("active", "participle") and not before.takes_object
        return index - 1 if clausal and gap == 0 and subject.first >= before.last else None

    def is_retold(self, index: int) -> bool:
        """Whether it stands in what the cue before tells, or rejects: “denied the claim that Smith admitted guilt”. Then
        its speaker may never have said so."""
        subject = self._subjects[index]
        if not index or subject.shared is not None or subject.first < self._cues[index - 1].last:
            return False
        between = range(self._cues[index - 1].last, subject.first)
        apart = any(self._reading.words[i].is_mark or self._word(i) in ("and", "but", "while") for i in between)
        begins = self._word(self._cues[index - 1].last) == "that" or not between
        return not apart and (begins or any(self._word(i) == "that" for i in between))

    def _word(self, index: int) -> str:
        return self._reading.lower[index] if 0 <= index < len(self._reading.lower) else ""
