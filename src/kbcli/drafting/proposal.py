"""The claims that the words of a sentence propose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbcli.drafting.hedges import hedges
from kbcli.drafting.subjects import Subject, Subjects

if TYPE_CHECKING:
    from kbcli.drafting.cues import Cue
    from kbcli.drafting.dates import Expression
    from kbcli.drafting.parties import Party
    from kbcli.drafting.quotes import Quotes
    from kbcli.drafting.reading import Reading
    from kbcli.quotemarks import Run

_TRAILING = 2  # words behind a cue that ends its sentence
_NEAR = 10  # words between a quotation and the cue behind it
_FEW = 4


@dataclass
class Proposal:
    """A claim as far as the words give it. `through` is the index of the proposal that it may be second-hand from.

    One by the `outlet` reports somebody's silence. `loose` are times that may be of the saying or of the deed, `doubtful`
    are names that may be parts of the longer ones beside them, `beyond` tells that words are quoted which the sentence does not hold whole,
    `ordered` that it stands in a clause with “after” or the like, `timed` that its sentence has a time which may be its.
    `followed` is who speaks in the sentence before a quotation of which nobody is the speaker. `retold` is in `Cue`.
    """

    class_: str
    lemma: str
    cue: str = ""
    speaker: Subject = field(default_factory=Subject)
    outlet: bool = False
    silent: Subject | None = None
    accused: Party | None = None
    said: Expression | None = None
    loose: list[Expression] = field(default_factory=list)
    hedges: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    mentions: list[Party] = field(default_factory=list)
    doubtful: list[tuple[Party, str]] = field(default_factory=list)
    through: int | None = None
    beyond: bool = False
    ordered: bool = False
    timed: bool = False
    followed: Subject | None = None
    retold: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)


class Proposals:
    """Of one sentence."""

    def __init__(self, reading: Reading, quotes: Quotes) -> None:
        self._reading = reading
        self._quotes = quotes
        self._cues = reading.cues
        self._subjects = Subjects(reading).found()

    def found(self) -> list[Proposal]:
        made = [self._proposal(index) for index in range(len(self._cues))] or self._unattributed()
        self._share_out_quotes(made)
        taken = {one.said for one in made if one.said}
        for index, one in enumerate(made):
            free = [time for time in self._reading.times if time not in taken] if one.said is None else []
            one.loose = [time for time in free if self._is_near(time, index)]
            one.timed = bool(free)
            one.mentions, one.doubtful = self._reading.sure, self._reading.doubtful
            one.spans = [(self._reading.sentence.start, self._reading.sentence.end)]
        return made

    def _proposal(self, index: int) -> Proposal:
        cue, subject = self._cues[index], self._subjects[index]
        one = Proposal(cue.class_, cue.lemma, speaker=subject)
        nobody = subject.words.lower().split(" ")[0] in self._reading.lexicon.are("nobody")
        if cue.kind == "silence" or nobody:
            one.class_ = "Statement"
            one.silent, one.outlet, one.speaker = subject, index == 0, Subject()
        elif cue.kind != "unnamed":
            one.cue = self._reading.span(cue.first, cue.last)
        one.hedges, one.retold = self._hedges(index), cue.retold
        one.said = self._said(index)
        one.ordered = self._is_ordered(cue)
        if cue.class_ == "Allegation" and cue.kind == "active":
            one.accused = self._accused(cue)
        one.through = self._through(index)
        if self._is_retold(index) and (one.through is None or self._cues[index - 1].class_ == "Denial"):
            one.through, one.speaker = index - 1, Subject(subject.words, first=subject.first, last=subject.last)
        return one

    def _unattributed(self) -> list[Proposal]:
        """A sentence that is quoted, or begins or ends with a quotation, and has no reporting word."""
        begin, end = self._reading.sentence.start, self._reading.sentence.end
        whole = [run for run in self._reading.runs if run.start <= begin + 1 or run.end >= end]
        return [Proposal("Statement", "quote")] if whole else []

    def _share_out_quotes(self, made: list[Proposal]) -> None:
        """Each quotation goes to the cue before it, or to the one behind it that the comma inside it leads to."""
        begin, end = self._reading.sentence.start, self._reading.sentence.end
        for run in self._reading.runs if made else ():
            one = made[self._quoting(run)] if self._cues else made[0]
            words = self._quotes.words(run)
            if run.start < begin or run.end > end:
                one.beyond = True
            elif words and words not in one.quotes and not one.outlet:
                one.quotes.append(words)
        self._give_denials(made)

    def _give_denials(self, made: list[Proposal]) -> None:
        """A denial has the words that whoever denies goes on with: “denied this, saying “no dye ever left …””."""
        for index, cue in enumerate(self._cues):
            main = self._subjects[index].shared
            if cue.kind == "participle" and main is not None and made[main].class_ == "Denial":
                made[main].quotes += [words for words in made[index].quotes if words not in made[main].quotes]
                made[index].hedges = [words for words in made[index].hedges if words not in made[main].hedges]

    def _quoting(self, run: Run) -> int:
        words = self._reading.words
        before = [i for i, cue in enumerate(self._cues) if words[cue.last - 1].end <= run.start]
        behind = [i for i, cue in enumerate(self._cues) if words[cue.first].start >= run.end and cue.kind != "silence"]
        if not before or not behind:
            return before[-1] if before else behind[0] if behind else 0
        near = self._cues[behind[0]].first - self._reading.index(run.end) <= _NEAR
        ends = self._reading.text[run.end - 1 : run.end] in (",", "?", "!")
        return behind[0] if ends and near and self._cues[behind[0]].kind != "participle" else before[-1]

    def _hedges(self, index: int) -> list[str]:
        """Those between the cue and the next one; before it, if it ends the sentence."""
        cue, words = self._cues[index], self._reading.words
        begin = words[cue.last - 1].end
        behind = [other.first for other in self._cues[index + 1 :]]
        end = words[behind[0]].start if behind else self._reading.sentence.end
        if self._is_trailing(cue):
            begin = words[self._cues[index - 1].last - 1].end if index else self._reading.sentence.start
            end = words[cue.first].start
        if cue.kind == "unnamed":
            begin = words[cue.first].start
        if cue.kind == "silence":
            begin = words[cue.first].start
        if cue.class_ == "Denial" and cue.kind == "active":
            end = self._reading.sentence.end
        return hedges(self._reading.text, begin, end, self._reading.lexicon, denial=cue.class_ == "Denial")

    def _is_trailing(self, cue: Cue) -> bool:
        left = [i for i in range(cue.last, len(self._reading.words)) if i not in self._reading.timed]
        return cue.first > 0 and sum(not self._reading.words[i].is_mark for i in left) <= _TRAILING

    def _said(self, index: int) -> Expression | None:
        """The time that stands with the cue or its subject; that of the cue whose subject it shares."""
        cue, subject, words = self._cues[index], self._subjects[index], self._reading.words
        for time in self._reading.times:
            first, last = self._reading.index(time.start), self._reading.index(time.end - 1) + 1
            opens = first == 0 and subject.first >= 0 and subject.first - last <= 1 and index == 0
            apposed = first - 1 >= subject.last >= 0 and self._word(first - 1) == "," and last == cue.first
            between = subject.shared is None and ((first == subject.last and cue.first - last <= 1) or apposed)
            inverted = subject.first >= cue.last and first == subject.last
            placed = opens or between or inverted or first == cue.last or self._is_behind_object(cue, first, last)
            if placed or self._is_occasion(cue, first):
                return time if words[first].start == time.start else None
        return self._said(subject.shared) if subject.shared is not None else None

    def _is_near(self, time: Expression, index: int) -> bool:
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

    def _is_ordered(self, cue: Cue) -> bool:
        """Whether its clause tells when something else was: “after Israeli officials said”."""
        are = self._reading.lexicon.are
        for at in range(cue.first - 1, max(-1, cue.first - 1 - _NEAR), -1):
            if self._word(at) in are("ordering"):
                return True
            if self._reading.words[at].is_mark or self._word(at) in are("starters"):
                break
        return False

    def _accused(self, cue: Cue) -> Party | None:
        """Israel in “accused Israel of”."""
        begin = cue.last + (self._word(cue.last) == "the")
        last, party = self._reading.beginning.get(begin, (0, None))
        return party if party and party.agent and self._word(last + 1) in ("of", "for") else None

    def _through(self, index: int) -> int | None:
        """The cue before, if this one stands in what it reports: “alleging that Israel had confirmed”."""
        subject = self._subjects[index]
        if not index or subject.shared is not None or subject.first < 0:
            return None
        before = self._cues[index - 1]
        at = before.last + (self._word(before.last) == "that")
        gap = subject.first - at - (self._word(subject.first - 1) == "the")
        clausal = before.kind in ("active", "participle") and not before.takes_object
        return index - 1 if clausal and gap == 0 and subject.first >= before.last else None

    def _is_retold(self, index: int) -> bool:
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
