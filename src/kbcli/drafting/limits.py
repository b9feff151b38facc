"""Where a name stops being a party by itself: what stands before and behind it, and between two verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbcli.drafting.cues import Cue
    from kbcli.drafting.reading import Reading

_SHORT = 4  # words that lead up to a clause
# What does more than to describe.
_LINKS = (
    "adverbs", "auxiliaries", "joining", "modals", "negations", "nobody", "prepositions", "pronouns", "relatives",
    "starters",
)  # fmt: skip
OPENING = "“”\"«»‘’'—–;:()[]*-"


class Limits:
    """Of one sentence."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._words, self._lower = reading.words, reading.lower
        self._are = reading.lexicon.are

    def is_bounded(self, first: int, index: int) -> bool:
        """Whether a known name can begin a clause here, with the cue of this index: it is no part of a longer name, nor
        what a preposition or another verb governs."""
        at = first - 1
        if at >= 0 and self._lower[at] == "the":
            at -= 1
        if at >= 0 and self._is_title(at):
            at = self._before_titles(at)
        if at < 0 or self._words[at].text in OPENING or (at == 0 and self._lower[0] in self._are("opening")):
            return True
        cues, word = self._reading.cues, self._lower[at]
        before = cues[index - 1] if index > 0 else None
        if at in self._reading.timed:  # “On Monday Kestrel said”
            return self._opens(self._reading.first_of_time(at))
        if word == ",":
            return at == 0 or self._is_light(at - 1) or self._is_introduced(at) or self._word(cues[index].last) == ","
        if word in ("and", "but") and self._word(at - 1) == ",":  # a clause, if another came before
            return before is not None and before.last < at and self._is_light(at - 2)
        if word in self._are("starters"):
            return not self._is_idle(at)
        by_participle = word == "with" and cues[index].kind == "participle"
        return (
            by_participle
            or self._is_led(at)
            or (before is not None and before.last == at + 1 and not before.takes_object)
        )

    def is_led_up_to(self, first: int, index: int) -> bool:
        """Whether a name of several words stands where a clause begins but for its owner, “Kestrel’s Ana Lima”, or a small
        office, “harbour master Joris Veldt”. Nothing else may be meant by such words than what the name is."""
        at = first - 1
        if at >= 0 and self._words[at].is_possessive:
            while at > 0 and self._words[at - 1].is_capital and not self._words[at - 1].is_mark:
                at -= 1
            return self._words[at].is_capital and self.is_bounded(at, index)
        if not self._is_office(at):
            return False
        while at >= 0 and first - at <= _SHORT and self._is_plain(at):
            at -= 1
        if self._word(at) in self._are("relatives"):
            return False
        told = self._word(at) != "that" or any(cue.last == at for cue in self._reading.cues)  # not “the club that beat”
        return told and first - at <= _SHORT and self.is_bounded(at + 1, index)

    def _is_office(self, at: int) -> bool:
        """Whether the word is what somebody is: “master”, “trawlerman”."""
        word = self._lower[at] if at >= 0 and self._is_plain(at) else ""
        return (
            self._is_title(at) or (len(word) > _SHORT and word.endswith(tuple(self._are("agentive"))))
            if word
            else False
        )

    def _is_plain(self, at: int) -> bool:
        """Whether it may be a noun of a description: no mark, no name, and none of the words that do something else."""
        word, lower = self._words[at], self._lower[at]
        if word.is_mark or word.is_possessive or at in self._reading.timed or (word.is_capital and at):
            return False
        lexicon = self._reading.lexicon
        other = lower.endswith(("ed", "ing", "ly")) or lower in lexicon.verbs or lower in lexicon.phrases
        return word.text[:1].isalpha() and not (other or any(lower in self._are(name) for name in _LINKS))

    def _opens(self, at: int) -> bool:
        return at == 0 or self._words[at - 1].text in OPENING

    def _is_introduced(self, comma: int) -> bool:
        """Whether all before the comma leads up to what follows: “In a letter to Norland, Kestrel said”."""
        opening = self._lower[0]
        leads = opening in self._are("prepositions") or opening in self._are("leading") or opening.endswith("ing")
        return leads and not any(word in (",", "and", "or") for word in self._lower[:comma])

    def _is_led(self, at: int) -> bool:
        """Whether no more than “In court” stands up to there."""
        begins = self._lower[0] in self._are("prepositions") and at + 1 < _SHORT
        small = all(not (word.is_mark or (word.is_capital and i)) for i, word in enumerate(self._words[: at + 1]))
        return begins and small and at > 0 and self._lower[at] not in self._are("prepositions")

    def _is_idle(self, at: int) -> bool:
        """Whether the word begins no clause: “such as Iran”, “named after Iran”."""
        before = self._word(at - 1)
        return (self._lower[at] == "as" and before in ("as", "known", "same", "such", "well")) or (
            self._lower[at] == "after" and before == "named"
        )

    def _is_light(self, at: int) -> bool:
        return at in self._reading.timed or not self._words[at].is_capital

    def _before_titles(self, at: int) -> int:
        """Where what stands before a title and belongs to it ends: “US President”, “Iran’s foreign minister”."""
        while at >= 0 and (self._is_title(at) or (self._words[at].is_capital and not self._words[at].is_mark)):
            at -= 1
        return at - 1 if at >= 0 and self._lower[at] == "the" else at

    def _is_title(self, at: int) -> bool:
        return self._reading.lexicon.is_title(self._lower[at])

    def is_closed(self, index: int, more: frozenset[str] = frozenset()) -> bool:
        if index >= len(self._words) or index in self._reading.timed:
            return True
        return self._words[index].text in self._are("closing") | more

    def goes_on(self, main: Cue, cue: Cue, *, trailing: bool) -> bool:
        """Whether no clause with another subject begins between the two. What stands behind a `trailing` one, whose
        quotation came before, is none."""
        begin = main.last
        if not (main.takes_object or trailing) and main.kind != "silence" and main.class_ != "Denial":
            begin += self._word(begin) == "that"
            if begin not in self._reading.quoted and self._word(begin) not in (*self._are("pronouns"), "“", '"'):
                return False
        return not any(self._interrupts(i, begin) for i in range(begin, cue.first) if i not in self._reading.quoted)

    def _interrupts(self, i: int, begin: int) -> bool:
        word, behind = self._lower[i], self._word(i + 1)
        if word in self._are("relatives"):
            return behind not in self._are("passive")
        if word in self._are("starters") and word not in ("but", "that"):
            return not (word == "while" and behind.endswith("ing"))
        if not self._words[i].is_capital or i in self._reading.timed or i == begin:
            return False
        before = self._words[i - 1]
        if before.lower == "the":
            before = self._words[i - 2]
        governed = before.lower in self._are("prepositions") or before.lower.endswith("ing") or before.is_possessive
        return not (governed or before.is_capital or i - 1 < begin or before.lower == "and")

    def clause(self, end: int) -> list[int]:
        """The words before `end` that are more than a time, an article or an office before a name."""
        light = {"the", ",", "“", '"', *self._are("titles")}
        return [
            i
            for i in range(end)
            if i not in self._reading.timed and self._lower[i] not in light and not self._words[i].is_capital
        ]

    def _word(self, index: int) -> str:
        return self._lower[index] if 0 <= index < len(self._lower) else ""
