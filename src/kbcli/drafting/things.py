"""What a verb is of: its objects, or in the passive its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.drafting.lexicon import Lexicon
    from kbcli.drafting.words import Word

_NEAR = 4  # words in which the object of a verb is found
_SOON = 8  # words in which a longer one is found


class Things:
    """Of the verbs of one sentence, by their index among its words."""

    def __init__(self, words: Sequence[Word], lower: Sequence[str], lexicon: Lexicon) -> None:
        self._words, self._lower, self._are = words, lower, lexicon.are

    def has(self, index: int, things: frozenset[str]) -> bool:
        """Whether one of these is the verb's object: “denied her entry”, not “denied the entry was his”."""
        behind = self._next(index)
        if behind not in things and (behind in ("that", "it", "he", "she", "they", "we") or behind.endswith("ing")):
            return False
        for at in range(index + 1, min(index + 1 + _NEAR, len(self._words))):
            if self._words[at].is_mark:
                return False
            if self._lower[at] in things:
                return self._next(at) not in self._are("auxiliaries") | self._are("modals") - {"to"}
        return False

    def is_doubled(self, index: int) -> bool:
        """Whether the verb has two objects, a party and a thing: “denied Alder Group a licence”, “denied them”,
        “denied the guests a goal”."""
        determiners = self._are("determiners")
        if self._next(index) in determiners and self._lower[index + 3 : index + 4]:
            given = self._lower[index + 3] in determiners and not self._words[index + 2].is_mark
            if given and not self._are("stretches") & set(self._lower[index + 4 : index + 5]):
                return True
        at = index + 1 + (self._next(index) == "the")
        while at < len(self._words) and self._words[at].is_capital and not self._words[at].is_possessive:
            at += 1
        behind = self._lower[at] if at < len(self._words) else ""
        named = at > index + 1 and behind in self._are("determiners")
        return named or self._next(index) in ("him", "me", "them", "us")

    def is_about(self, index: int, things: frozenset[str]) -> bool:
        """Whether one of these is the object of the verb: “rejected the claims”, not “a question about the claims”."""
        stops = self._are("prepositions") - {"of"}
        for at in range(index + 1, min(index + 1 + _SOON, len(self._words))):
            if self._words[at].is_mark or self._lower[at] in stops:
                return False
            if self._lower[at] in things and not self._words[at].is_possessive:
                return self._next(at) != "for"  # “rejected claims for damages”
        return False

    def is_of(self, end: int, things: frozenset[str]) -> bool:
        """Whether one of these is the subject before `end`: “the claims were dismissed”, not “after claims he was”."""
        governing = self._are("prepositions") | self._are("starters")
        for at in range(end - 1, max(-1, end - 1 - _SOON), -1):
            if self._lower[at] in things:
                return not governing & set(self._lower[max(0, at - _NEAR + 1) : at])
        return False

    def is_by(self, end: int, parties: frozenset[str]) -> bool:
        """Whether one of these is in the subject before `end`: “the judge denied it”, not “told the judge he denied it”."""
        bounds = self._are("starters") | self._are("pronouns")
        for at in range(end - 1, max(-1, end - 1 - _SOON), -1) if parties else ():
            if self._lower[at] in parties:
                return True
            if self._words[at].is_mark or self._lower[at] in bounds:
                break
        return False

    def _next(self, index: int) -> str:
        return self._lower[index + 1] if index + 1 < len(self._lower) else ""
