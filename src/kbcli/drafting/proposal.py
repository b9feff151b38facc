"""The claims that the words of a sentence propose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbcli.drafting.channels import Channels
from kbcli.drafting.hedges import hedges
from kbcli.drafting.scares import Scares
from kbcli.drafting.subjects import Subject, Subjects
from kbcli.drafting.telling import Telling

if TYPE_CHECKING:
    from kbcli.drafting.cues import Cue
    from kbcli.drafting.dates import Expression
    from kbcli.drafting.parties import Party
    from kbcli.drafting.quotes import Quotes
    from kbcli.drafting.reading import Reading
    from kbcli.quotemarks import Run

_TRAILING = 2  # words behind a cue that ends its sentence
_NEAR = 10  # words between a quotation and the cue behind it


@dataclass
class Proposal:
    """A claim as far as the words give it. `through` is the index of the proposal that it may be second-hand from.

    `charged` are the words for whom a passive accuses, `office` those for what the speaker is. `channel` are words that may name through whom it is known. One by the `outlet` reports somebody's silence. `loose` are times that may be of the saying or of the deed, `loose_quotes` are somebody's, `doubtful`
    are names that may be parts of the longer ones beside them, `doubted` those that may be another's here, `beyond` tells that words are quoted which the sentence does not hold whole, `unsure` that nothing tells where they end,
    `ordered` that it stands in a clause with “after” or the like, `timed` that its sentence has a time which may be its.
    `followed` is who speaks in the sentence before a quotation of which nobody is the speaker. `retold` is in `Cue`, and `noun` one of its kinds.
    """

    class_: str
    lemma: str
    cue: str = ""
    speaker: Subject = field(default_factory=Subject)
    outlet: bool = False
    silent: Subject | None = None
    accused: Party | None = None
    charged: str = ""
    office: str = ""
    said: Expression | None = None
    loose: list[Expression] = field(default_factory=list)
    hedges: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    loose_quotes: list[str] = field(default_factory=list)
    mentions: list[Party] = field(default_factory=list)
    doubtful: list[tuple[Party, str]] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)
    through: int | None = None
    channel: str = ""
    beyond: bool = False
    unsure: bool = False
    ordered: bool = False
    timed: bool = False
    followed: Subject | None = None
    retold: bool = False
    noun: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)


class Proposals:
    """Of one sentence."""

    def __init__(self, reading: Reading, quotes: Quotes) -> None:
        self._reading = reading
        self._quotes = quotes
        self._cues = reading.cues
        self._asked = Subjects(reading)
        self._subjects = self._asked.found()
        self._telling = Telling(reading, self._subjects)
        self._channels = Channels(reading, self._subjects)
        self._scares = Scares(reading, self._subjects)

    def found(self) -> list[Proposal]:
        made = [self._proposal(index) for index in range(len(self._cues))] or self._unattributed()
        self._share_out_quotes(made)
        taken = {one.said for one in made if one.said}
        for index, one in enumerate(made):
            free = [time for time in self._reading.times if time not in taken] if one.said is None else []
            if one.said is None and not free:
                free = self._reading.vague
            one.loose = [time for time in free if self._telling.is_near(time, index)]
            one.timed = bool(free)
            one.mentions, one.doubtful = self._reading.sure, self._reading.doubtful
            one.spans = [(self._reading.sentence.start, self._reading.sentence.end)]
        return made

    def _proposal(self, index: int) -> Proposal:
        cue, subject = self._cues[index], self._subjects[index]
        one = Proposal(cue.class_, cue.lemma, speaker=subject)
        charged = self._asked.charged(index)
        deny = self._reading.lexicon.are("nobody")
        nobody = any(words.lower().split(" ")[0] in deny for words in (subject.words, charged.words))
        if cue.kind == "silence" or nobody:
            one.class_ = "Statement"
            one.silent, one.outlet, one.speaker = subject, index == 0, Subject()
            one.outlet = one.outlet and self._channels.frame(index) is None
        elif cue.kind != "unnamed":
            one.cue = self._reading.span(cue.first, cue.last)
        one.hedges, one.retold, one.noun = self._hedges(index), cue.retold, cue.kind == "noun"
        one.said = self._telling.said(index)
        one.ordered = self._telling.is_ordered(cue)
        one.office = self._office(subject) if one.silent is None else ""
        if cue.class_ == "Allegation" and cue.kind in ("active", "passive"):
            accused = self._accused(cue) if cue.kind == "active" else None
            one.accused = accused or (charged.party if charged.party and charged.party.agent else None)
            one.charged = charged.name or charged.words
        one.through, one.channel = self._channels.of(index), self._channels.asked(index)
        if self._channels.is_retold(index) and (one.through is None or self._cues[index - 1].class_ == "Denial"):
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
            if run in self._quotes.unsure:
                one.unsure = True
            elif one.lemma in self._reading.lexicon.unnamed or self._scares.is_scare(
                run
            ):  # whoever is quoted is not who “allegedly” leaves unnamed
                one.loose_quotes.append(words)
            elif run.start < begin or run.end > end:
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
        named = {i for i, cue in enumerate(self._cues) if cue.kind != "unnamed"} or set(range(len(self._cues)))
        before = [i for i, cue in enumerate(self._cues) if words[cue.last - 1].end <= run.start and i in named]
        behind = [i for i, cue in enumerate(self._cues) if words[cue.first].start >= run.end and cue.kind != "silence"]
        behind = [i for i in behind if i in named]
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

    def _office(self, subject: Subject) -> str:
        """What stands with a capital before the name: “Mayor”, “US President”."""
        words, first = self._reading.words, subject.first
        before = words[first - 1].lower if subject.is_named and first > 0 and words[first - 1].is_capital else ""
        if not self._reading.lexicon.is_title(before) or before.rstrip(".") in self._reading.lexicon.are("courtesies"):
            return ""
        begin = first
        while begin > 0 and words[begin - 1].is_capital and not words[begin - 1].is_mark:
            begin -= 1
        begin += begin == 0 and words[0].lower in self._reading.lexicon.are("determiners")
        return self._reading.span(begin, first)

    def _accused(self, cue: Cue) -> Party | None:
        """Israel in “accused Israel of”."""
        begin = cue.last + (self._word(cue.last) == "the")
        last, party = self._reading.beginning.get(begin, (0, None))
        return party if party and party.agent and self._word(last + 1) in ("of", "for") else None

    def _word(self, index: int) -> str:
        return self._reading.lower[index] if 0 <= index < len(self._reading.lower) else ""
