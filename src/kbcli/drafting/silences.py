"""Words by which somebody is reported not to have said something."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.drafting.auxiliaries import Auxiliaries
    from kbcli.drafting.lexicon import Lexicon
    from kbcli.drafting.words import Word

_SOON = 10  # words in which “no one” stands before


class Silence(NamedTuple):
    """The words from `first` up to `last`."""

    first: int
    last: int
    lemma: str


class Silences:
    """Of one sentence."""

    def __init__(self, words: Sequence[Word], lower: Sequence[str], lexicon: Lexicon, verbs: Auxiliaries) -> None:
        self._words, self._lower, self._lexicon, self._verbs = words, lower, lexicon, verbs

    def at(self, index: int) -> Silence | None:
        """What begins there, its auxiliaries left out."""
        verb = self._lexicon.silent.get(self._lower[index])
        behind = self._lower[index + 1 : index + 3]
        if verb and len(behind) > 1 and behind[0] == "to" and behind[1] in self._lexicon.silence("to"):
            group = self._verbs.of(index)
            return None if group.modal else Silence(group.first, index + 3, verb.lemma)
        for phrase, denied in self._lexicon.silences:
            last = index + len(phrase)
            if tuple(self._lower[index:last]) == phrase:
                group = self._verbs.of(index)
                if not denied or group.negated or self._is_nobodys(group.first):
                    return Silence(group.first, last, "silence")
        return None

    def _is_nobodys(self, end: int) -> bool:
        """Whether “no one at the club” stands before."""
        for at in range(end - 1, max(-1, end - 1 - _SOON), -1):
            if self._words[at].is_mark:
                break
            if self._lower[at] in self._lexicon.are("nobody"):
                return True
        return False
