"""Runs of capitalized words that can be a name which the knowledge base does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kbcli.drafting.fullnames import PARTICLES
from kbcli.drafting.limits import Limits

if TYPE_CHECKING:
    from kbcli.drafting.reading import Reading

_LONGEST = 5


class ProperName(NamedTuple):
    """`text` has single spaces; `first` and `last` are the words' indices, half-open."""

    text: str
    first: int
    last: int


class ProperNames:
    """In one sentence. A run with a known name in it is none: nothing tells where the one ends and the other begins."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._words, self._lower = reading.words, reading.lower
        self._are, self._limits = reading.lexicon.are, Limits(reading)

    def ending(self, end: int, index: int) -> ProperName | None:
        """The name whose last word is before `end`, where it can be the subject of the cue of this index."""
        first = end
        while first > 0 and (self._is_part(first - 1) or self._is_particle(first - 1)):
            first -= 1
        for at in range(end - 1, first - 1, -1):
            if self._is_title(at) and not self._is_body(at, end):
                first = at + 1
                break
        while first < end and (self._lower[first] in PARTICLES or self._is_light(first)):
            first += 1
        whole = end - first > 1 and self._limits.is_led_up_to(first, index)
        return self._name(first, end) if whole or self._is_free(first, index) else None

    def beginning(self, first: int) -> ProperName | None:
        """The name whose first word is there."""
        last = first
        while last < len(self._words) and (self._is_part(last) or (last > first and self._is_particle(last))):
            last += 1
        return self._name(first, last)

    def _name(self, first: int, last: int) -> ProperName | None:
        length = last - first
        if not 0 < length <= _LONGEST or self._reading.is_headline:
            return None
        start, end = self._words[first].start, self._words[last - 1].end
        known = any(party.start < end and start < party.end for party in self._reading.parties)
        odd = any(self._lower[i] in self._are("pronouns") or self._is_title(i) for i in range(first, last - 1))
        odd = odd or self._lower[last - 1] in self._are("pronouns")
        odd = odd or (self._is_title(last - 1) and not (length > 1 and self._is_body(last - 1, last)))
        if known or odd or (length > 1 and _is_acronym(self._words[first].text)):
            return None
        return ProperName(" ".join(self._reading.text[start:end].split()), first, last)

    def _is_part(self, index: int) -> bool:
        word = self._words[index]
        hidden = index in self._reading.timed or index in self._reading.quoted
        if word.text == "&":  # “Keystone & Marsh”
            return (
                not hidden
                and 0 < index < len(self._words) - 1
                and all(self._words[i].is_capital and not self._words[i].is_mark for i in (index - 1, index + 1))
            )
        return word.is_capital and not (word.is_mark or word.is_possessive or hidden) and word.text[:1].isalpha()

    def _is_particle(self, index: int) -> bool:
        """Whether it is one of “van der Meulen”."""
        if index + 1 >= len(self._words) or self._lower[index] not in PARTICLES:
            return False
        return self._is_part(index + 1) or self._is_particle(index + 1)

    def _is_title(self, index: int) -> bool:
        return self._reading.lexicon.is_title(self._lower[index])

    def _is_body(self, index: int, end: int) -> bool:
        """Whether it ends a name: “Northern Anti-Doping Agency”."""
        last = index + 1 == end and index > 0 and self._is_part(index) and self._is_part(index - 1)
        return last and self._lower[index] in self._are("bodies")

    def _is_light(self, index: int) -> bool:
        """Whether it has its capital only because a sentence begins with it."""
        word = self._words[index]
        begins = index == 0 or self._words[index - 1].text in '“"«—–*:'
        if not begins or _is_acronym(word.text):
            return False
        small = word.lower in self._reading.small or any(
            word.lower in self._are(name)
            for name in ("determiners", "prepositions", "starters", "adverbs", "pronouns", "opening")
        )
        more = index + 1 < len(self._words) and (self._is_part(index + 1) or self._is_particle(index + 1))
        alone = not more and (index + 1 == len(self._words) or not self._words[index + 1].is_capital)
        return small or (alone and word.text not in self._reading.capitals)

    def _is_free(self, first: int, index: int) -> bool:
        """Whether the name follows an office, or begins a clause."""
        return (first > 0 and self._is_title(first - 1)) or self._limits.is_bounded(first, index)


def _is_acronym(text: str) -> bool:
    return len(text) > 1 and text.replace(".", "").isupper()
