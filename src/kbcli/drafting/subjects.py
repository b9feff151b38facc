"""Who stands as the subject of a reporting word. Where that is not certain, nobody is named: only the words are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kbcli.drafting.appositions import Appositions
from kbcli.drafting.descriptions import Descriptions
from kbcli.drafting.limits import Limits
from kbcli.drafting.propernames import ProperNames

if TYPE_CHECKING:
    from kbcli.drafting.cues import Cue
    from kbcli.drafting.parties import Party
    from kbcli.drafting.reading import Reading

_LONGEST = 8  # words before a name in which another is excepted
_LISTED = 12  # words that are shown of several
_APPOSITION = 15
_FEW = 4
_SHORT = 8  # words of an office behind its verb


@dataclass(frozen=True)
class Subject:
    """A known `party`, or a `name` that nobody known bears, or only the `words` that stand there.

    `first` and `last` are the words' indices, half-open. One that is `shared` is that of an earlier cue, by its index.
    """

    words: str = ""
    party: Party | None = None
    name: str = ""
    first: int = -1
    last: int = -1
    shared: int | None = None

    @property
    def is_named(self) -> bool:
        return bool(self.name or (self.party and self.party.agent))


class Subjects:
    """Of the cues of one sentence."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._words, self._lower = reading.words, reading.lower
        self._are = reading.lexicon.are
        self._names, self._limits = ProperNames(reading), Limits(reading)
        self._descriptions, self._appositions = Descriptions(reading), Appositions(reading)

    def found(self) -> list[Subject]:
        known: list[Subject] = []
        for index, cue in enumerate(self._reading.cues):
            known.append(self._included(self._of(cue, index, known)))
        return known

    def charged(self, index: int) -> Subject:
        """Who is the subject of a passive: “Orm was accused by Lima of theft”."""
        cue = self._reading.cues[index]
        end = self._skipped(cue.first)
        before = self._word(end - 1)
        if cue.kind != "passive" or self._word(cue.first) not in self._are("auxiliaries"):
            return Subject()
        if before in self._are("relatives") | self._are("joining") or before in self._are("subjects"):
            return Subject()
        return self._included(self._apposed(end - 1) if before == "," else self._named(end, index))

    def _included(self, subject: Subject) -> Subject:
        """Without its name, if the clause speaks of others than it: “everyone but Orm said”."""
        for at in range(subject.first - 1, max(0, subject.first - 1 - _LONGEST), -1):
            if self._words[at].is_mark:
                break
            if self._lower[at] in self._are("excluding") and not self._words[at - 1].is_mark:
                return Subject(subject.words or subject.name, first=subject.first, last=subject.last)
        return subject

    def _of(self, cue: Cue, index: int, known: list[Subject]) -> Subject:
        if cue.kind == "ascription":
            return self._unlisted(self._behind(cue.last))
        if cue.kind == "passive":
            by = self._word(cue.last) == "by"
            return self._unlisted(self._behind(cue.last + 1, self._are("accusing"))) if by else Subject()
        if cue.kind == "unnamed":
            return Subject()
        if cue.kind == "noun":
            return self._owner(cue.first - 1)
        return self._before(cue, index, known)

    def _before(self, cue: Cue, index: int, known: list[Subject]) -> Subject:
        end = self._skipped(cue.first)
        before = self._word(end - 1)
        inverted = self._behind(cue.last) if self._appositions.follows_quotation(cue) else Subject()
        if inverted.is_named:
            return inverted
        joined = before in self._are("joining") or (cue.kind == "participle" and before in (",", "while", "”", '"'))
        if joined:
            return self._inherited(cue, index, known)
        if before == "who":
            return self._strict(end - (2 if self._word(end - 2) == "," else 1))
        if before == "which" and self._word(end - 2) == ",":
            return self._strict(end - 2)
        if before in self._are("relatives"):
            return Subject()
        found = self._apposed(end - 1) if before == "," else self._named(end, index)
        return found if found.is_named or found.words else inverted

    def _skipped(self, end: int) -> int:
        """`end` moved left over adverbs and times, and over what stands in brackets: “The agency (NADA) said”."""
        while end > 0 and (end - 1 in self._reading.timed or self._lower[end - 1] in self._are("adverbs")):
            end -= 1
        opening = next((at for at in range(end - 2, max(-1, end - 3 - _FEW), -1) if self._words[at].text == "("), 0)
        return opening if opening and self._word(end - 1) == ")" else end

    def _named(self, end: int, index: int = 0) -> Subject:
        """The name whose last word is before `end`, if nothing before it makes it a part of something else."""
        words = self._description(end, index)
        if end < 1 or end - 1 not in self._reading.ending:
            name = self._names.ending(end, index)
            return replace(words, name=name.text, first=name.first) if name else words
        first, party = self._reading.ending[end - 1]
        whole = " " in party.name and self._limits.is_led_up_to(first, index)
        if whole or self._limits.is_bounded(first, index):
            return Subject(party.name, party, first=first, last=end)
        return words

    def _strict(self, end: int) -> Subject:
        """As `_named`, only where the name begins the sentence; an age or another description may stand behind it."""
        end = self._appositions.undescribed(end)
        found = self._named(end)
        begins = found.is_named and not self._limits.clause(found.first)
        return found if begins else Subject(self._description(end).words)

    def _apposed(self, comma: int) -> Subject:
        """Of “Zarif, the foreign minister, said” and “the foreign minister, Zarif, said” the name."""
        for opening in range(comma - 1, max(0, comma - _APPOSITION), -1):
            if self._lower[opening] == ",":
                return self._explaining(opening, comma) or self._strict(opening)
            if self._words[opening].is_mark:
                break
        return self._description(comma)

    def _explaining(self, opening: int, comma: int) -> Subject | None:
        """The name between the two commas, if nothing else is there and an office stands before it."""
        first = opening + 1 + (self._word(opening + 1) == "the")
        office = self._words[opening - 1]
        if office.is_capital or not (
            self._reading.lexicon.is_title(office.lower) or self._appositions.is_described(opening)
        ):
            return None
        last, party = self._reading.beginning.get(first, (-1, None))
        if party and last + 1 == comma:
            return Subject(party.name, party, first=first, last=comma)
        name = self._names.beginning(first)
        return Subject(name.text, None, name.text, first, comma) if name and name.last == comma else None

    def _behind(self, begin: int, more: frozenset[str] = frozenset()) -> Subject:
        """The name that begins there and is followed by nothing that it could be a part of; behind a known one may stand
        what is in `more`."""
        if found := self._behind_office(begin):
            return found
        first = begin
        while first < len(self._words) and (self._lower[first].rstrip(".") in ("the", *self._are("titles"))):
            first += 1
        if begin in self._reading.beginning:
            first = begin
        elif first - 1 >= begin and first - 1 in self._reading.beginning:
            first -= 1
        if first in self._reading.beginning:
            last, party = self._reading.beginning[first]
            if self._limits.is_closed(last + 1, more):
                return Subject(party.name, party, first=first, last=last + 1)
        elif (name := self._names.beginning(first)) and self._closes(name.last, more):
            return Subject(name.text, None, name.text, name.first, name.last)
        stops = more | self._are("modals") if more else frozenset()
        return Subject(self._descriptions.behind(begin, stops))

    def _closes(self, last: int, more: frozenset[str]) -> bool:
        """Whether a name that nobody known bears ends there: not “Bank” in “accused by Bank of Oss”."""
        behind = self._words[last + 1] if last + 1 < len(self._words) else None
        return self._limits.is_closed(last) or (
            self._word(last) in more and behind is not None and not behind.is_capital
        )

    def _unlisted(self, subject: Subject) -> Subject:
        """Without its name, if it is the first of several: “according to Lima, the envoy and two aides”."""
        comma = subject.last if subject.is_named and self._word(subject.last) == "," else -1
        end = self._descriptions.listed(comma) if comma >= 0 else 0
        return Subject(self._reading.span(subject.first, min(end, subject.first + _LISTED))) if end else subject

    def _behind_office(self, begin: int) -> Subject | None:
        """The name in “said the Rosario United president, Inés Roldán.”"""
        comma = next((i for i in range(begin, min(begin + _SHORT, len(self._words))) if self._lower[i] == ","), 0)
        if comma <= begin or self._lower[comma - 1] not in self._are("titles") or self._words[comma - 1].is_capital:
            return None
        if not self._appositions.is_plain(begin, comma):  # “said she had met the owner, Orm.”
            return None
        last, party = self._reading.beginning.get(comma + 1, (-1, None))
        if party and self._limits.is_closed(last + 1):
            return Subject(party.name, party, first=comma + 1, last=last + 1)
        name = self._names.beginning(comma + 1)
        whole = name and " " in name.text and self._limits.is_closed(name.last)
        return Subject(name.text, None, name.text, name.first, name.last) if name and whole else None

    def _owner(self, index: int) -> Subject:
        """The name of “Denmark’s accusations”."""
        word = self._words[index]
        for party in self._reading.parties:
            if (
                party.end <= word.end
                and party.end > word.start
                and self._limits.is_bounded(self._reading.index(party.start), 0)
            ):
                return Subject(party.name, party, first=self._reading.index(party.start), last=index + 1)
        return Subject(word.text)

    def _inherited(self, cue: Cue, index: int, known: list[Subject]) -> Subject:
        """The subject of the cue before, where nobody else can be meant: “Iran denied it, saying …”."""
        for earlier in range(index - 1, -1, -1):
            main, subject = self._reading.cues[earlier], known[earlier]
            if main.kind not in ("active", "silence") or subject.shared is not None or not subject.words:
                continue
            begins = subject.first >= 0 and not self._limits.clause(subject.first)
            coordinated = self._lower[cue.first - 1] in self._are("joining") and earlier == index - 1
            trailing = self._word(min(subject.first, main.first) - 1) in ("”", '"', "»", "’", "'")
            if (begins or coordinated or trailing) and self._limits.goes_on(main, cue, trailing=trailing):
                return replace(subject, shared=earlier)
        return Subject()

    def _description(self, end: int, index: int = 0) -> Subject:
        """The words that stand as a subject, back to where their clause begins."""
        if end and self._lower[end - 1] in self._are("subjects"):
            return Subject(self._reading.span(end - 1, end), first=end - 1, last=end)
        first = self._descriptions.before(end, index)
        return Subject(self._descriptions.shown(first, end), first=first, last=end)

    def _word(self, index: int) -> str:
        return self._lower[index] if 0 <= index < len(self._lower) else ""
