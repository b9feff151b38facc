"""The words that stand as a subject where nobody is named for certain: what a TODO shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.drafting.limits import OPENING

if TYPE_CHECKING:
    from kbcli.drafting.reading import Reading

_LONGEST = 8  # words that are shown


class Descriptions:
    """Of one sentence."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._words, self._lower = reading.words, reading.lower
        self._are = reading.lexicon.are

    def before(self, end: int, index: int) -> int:
        """Where the subject begins whose last word is before `end`: back to where its clause does."""
        first, floor = end, self._reading.cues[index - 1].last if index > 0 else 0
        stops = self._are("starters") | {","}
        while first > max(floor, end - _LONGEST) and first - 1 not in self._reading.timed:
            word = self._words[first - 1]
            if word.lower in stops or word.text in OPENING or first - 1 in self._reading.quoted:
                break
            first -= 1
        while first < end and self._lower[first] in self._are("joining"):
            first += 1
        return first

    def shown(self, first: int, end: int) -> str:
        """The words that a TODO asks by; none of what only surrounds a name: “a decision Orm said …”, “it was not Orm who …”."""
        named = end
        while named > first and self._words[named - 1].is_capital and not self._words[named - 1].is_mark:
            named -= 1
        if first < named < end:
            around = self._lower[first:named]
            links = self._are("auxiliaries") | self._are("pronouns")
            if links & set(around):
                return "" if self._are("negations") & set(around) else self._reading.span(named, end)
            before = around[-1]
            light = self._are("prepositions") | self._are("determiners") | self._are("joining") | self._are("titles")
            governed = self._are("prepositions") & set(around)
            if (
                around[0] in ("a", "an")
                and before not in light
                and not governed
                and not self._words[named - 1].is_possessive
            ):
                return self._reading.span(named, end)
        return self._reading.span(first, end)

    def behind(self, begin: int, stops: frozenset[str]) -> str:
        """Those of a subject behind its verb or “by”, up to one of `stops` or a mark."""
        stops |= self._are("negations") | self._are("starters") | self._are("auxiliaries")
        end = begin
        while end < min(len(self._words), begin + _LONGEST) and end not in self._reading.timed:
            named = self._lower[end] == "of" and end + 1 < len(self._words) and self._words[end + 1].is_capital
            if self._words[end].is_mark or (end > begin and self._lower[end] in stops and not named):
                break
            end += 1
        return self._reading.span(begin, end)

    def listed(self, comma: int) -> int:
        """Where a list ends that goes on behind the comma: “Lima, the envoy and two aides”; 0 if none does."""
        joined = False
        for at in range(comma + 1, len(self._words)):
            word = self._lower[at]
            if self._words[at].is_mark and (word != "," or joined):
                return at if joined else 0
            if word in self._are("auxiliaries") | self._are("modals") | self._are("subjects") or word in self._are(
                "starters"
            ):
                return 0
            joined |= word in ("and", "or")
        return 0
