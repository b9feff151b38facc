"""What describes a name between commas, and what is inserted between them: “Lima, a teacher, said”, “It, said Lima, is”."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbcli.drafting.cues import Cue
    from kbcli.drafting.reading import Reading

_APPOSITION = 15
_FEW = 4
_SHORT = 8  # words of an office behind its verb
_AGE = 3  # digits


class Appositions:
    """Of one sentence."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._words, self._lower = reading.words, reading.lower
        self._are = reading.lexicon.are

    def follows_quotation(self, cue: Cue) -> bool:
        """Whether the subject of the cue may stand behind it."""
        marks = [self._word(cue.first - 1), self._word(cue.first - 2) if self._word(cue.first - 1) == "," else ""]
        closed = any(mark in ("”", '"', "»", "’", "'") for mark in marks) or self._is_inserted(cue)
        return closed and cue.lemma in self._are("inverting")

    def _is_inserted(self, cue: Cue) -> bool:
        """Of “Norland, said Lima, had lied”."""
        inside = self._words[cue.last : cue.last + _SHORT]
        closed = self._word(cue.first - 1) == "," and any(word.text in (",", ".") for word in inside)
        return closed and not self._is_apposition(cue.first - 1)

    def _is_apposition(self, comma: int) -> bool:
        """Whether what ends at the comma may describe the name before it: “Lima, a teacher, said Orm, too, had lied”."""
        for opening in range(comma - 1, max(0, comma - _APPOSITION), -1):
            if self._lower[opening] == ",":
                first = self._lower[opening + 1]
                described = self._are("determiners") | self._are("numbers") | self._are("relatives")
                return first in described or first[:1].isdecimal() or self.is_plain(opening + 1, comma)
            if self._words[opening].is_mark:
                break
        return False

    def undescribed(self, end: int) -> int:
        """`end` moved left over “, 41” and “, a Democrat”."""
        for comma in range(end - 1, max(0, end - 1 - _SHORT), -1):
            if self._lower[comma] == ",":
                opens = self._lower[comma + 1] if comma + 1 < end else ""
                age = opens.isdecimal() and len(opens) <= _AGE and comma + 2 == end
                return comma if age or opens in ("a", "an", "the") else end
            if self._words[comma].is_mark:
                break
        return end

    def is_described(self, comma: int) -> bool:
        """Whether only “her team” or the like stands before the comma."""
        first = next((i for i in range(comma - 1, -1, -1) if self._words[i].is_mark), -1) + 1
        plain = all(not self._words[i].is_capital for i in range(first + 1, comma))
        return self._lower[first] in self._are("describing") and plain and 1 < comma - first <= _FEW

    def is_plain(self, begin: int, end: int) -> bool:
        """Whether no verb of a clause stands there, as far as its small words tell."""
        links = self._are("auxiliaries") | self._are("modals") | self._are("pronouns") | self._are("starters")
        return not (links | self._are("negations")) & set(self._lower[begin:end])

    def _word(self, index: int) -> str:
        return self._lower[index] if 0 <= index < len(self._lower) else ""
