"""Subjects of a verb in its base: a plural. Behind a singular a base form is wished, and told by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.drafting.lexicon import Lexicon
    from kbcli.drafting.words import Word

_SOON = 8  # words within which a name ends a subject


class Plurals:
    """Of one sentence."""

    def __init__(self, words: Sequence[Word], lower: Sequence[str], lexicon: Lexicon) -> None:
        self._words, self._lower, self._lexicon = words, lower, lexicon

    def ends(self, index: int, *, sure: bool) -> bool:
        """Whether the word can end the subject of a verb in its base: “officials reveal”, “they say”; if it need not be
        `sure`, a name may: “officials in Faro say”, “Lima and Orm say”, not “that Norland say”."""
        word = self._words[index] if index >= 0 else None
        if word is None or word.is_mark or word.is_possessive:
            return False
        if not sure and word.is_capital and index:
            return self._is_of_several(index)
        return word.lower in self._lexicon.are("plural") or self._is_small(index)

    def _is_of_several(self, index: int) -> bool:
        for at in range(index - 1, max(-1, index - _SOON), -1):
            if self._lower[at] in self._lexicon.are("several"):
                return True
            if self._is_small(at) and self._lower[at] not in self._lexicon.verbs:
                return True
            if self._lower[at] in self._lexicon.are("starters"):
                break
        return False

    def _is_small(self, index: int) -> bool:
        word = self._words[index]
        return (word.text if index else word.text[1:]).islower() and word.text.endswith("s") and not word.is_possessive
