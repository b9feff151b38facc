"""The auxiliaries, modals, negations and adverbs before a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kbcli.datewords import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kbcli.drafting.lexicon import Lexicon

_DAYS = frozenset(map(str.lower, WEEKDAYS))
_NEAR = 4  # words in which a modal stands before a day


class Group(NamedTuple):
    """`first` is the index where the verb with its auxiliaries begins. A `modal` one is only to be done; of one that is
    `alleged` (“had allegedly asked”) the sentence does not say that it was done."""

    first: int
    passive: bool
    modal: bool
    negated: bool
    alleged: bool


class Auxiliaries:
    """Of one sentence, in lower case."""

    def __init__(self, lower: Sequence[str], lexicon: Lexicon, quoted: Collection[int]) -> None:
        self._lower, self._lexicon, self._quoted = lower, lexicon, quoted

    def of(self, index: int) -> Group:
        are, first, passive, modal, alleged = self._lexicon.are, index, False, False, False
        at = index - 1
        if self._is_put_off(at):
            modal = True
        while at >= 0 and at not in self._quoted:
            word = self._lower[at]
            if word in self._lexicon.unnamed and word.endswith("ly"):
                alleged = True
            elif word in are("auxiliaries"):
                passive |= self._is_light(at + 1, index) and word in are("passive")
            elif word in are("modals") or self._is_weakening(at):
                modal = True
            elif word not in are("negations") and word not in are("adverbs"):
                break
            if word not in are("adverbs"):
                first = at
            at -= 1
        return Group(first, passive, modal, bool(are("negations") & set(self._lower[first:index])), alleged)

    def _is_weakening(self, at: int) -> bool:
        """Whether with the word there the verb is not said to be done: “hardly denied”, “all but admitted”, “as good as admitted”."""
        whole = self._lower[at] == "but" and self._lower[at - 1 : at] == ["all"]
        whole |= self._lower[at] == "as" and self._lower[at - 2 : at - 1] == ["as"]
        return whole or self._lower[at] in self._lexicon.are("weakening")

    def _is_put_off(self, at: int) -> bool:
        """Whether a time parts the verb from its modal: “will on Monday deny it”."""
        if at < 0 or self._lower[at] not in _DAYS | self._lexicon.are("daytimes"):
            return False
        before = at - 1
        while before > max(0, at - _NEAR) and self._lower[before] in ("on", "next", "last", "this", "late", "early"):
            before -= 1
        return before >= 0 and self._lower[before] in self._lexicon.are("modals") - {"to"}

    def _is_light(self, begin: int, end: int) -> bool:
        """Whether all of these words are adverbs or negations."""
        light = self._lexicon.are("adverbs") | self._lexicon.are("negations") | self._lexicon.unnamed.keys()
        return all(word in light for word in self._lower[begin:end])
