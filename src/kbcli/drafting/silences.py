"""Words by which somebody is reported not to have said something."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.drafting.auxiliaries import Auxiliaries
    from kbcli.drafting.lexicon import Lexicon
    from kbcli.drafting.words import Word

_FEW = 4  # words in which “nothing” follows whom it is told
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
        if last := self._of_nothing(index):
            group = self._verbs.of(index)
            past = bool(self._lexicon.silence("past_modals") & set(self._lower[group.first : index]))
            idle = group.passive or group.negated or (group.modal and not past)
            return None if idle else Silence(group.first, last, "silence")
        for phrase, denied in self._lexicon.silences:
            last = index + len(phrase)
            if tuple(self._lower[index:last]) == phrase:
                group = self._verbs.of(index)
                if not denied or group.negated or self._is_nobodys(group.first):
                    return Silence(group.first, last, "silence")
        return None

    def is_void(self, index: int) -> bool:
        """Whether what the verb is of is nothing, so that nothing is reported by it: “accused nobody”."""
        return bool(self._void(index, index + 1))

    def _of_nothing(self, index: int) -> int:
        """Where “said nothing”, “told reporters nothing” ends; 0 if nothing of it is there."""
        verb = self._lexicon.verbs.get(self._lower[index])
        if verb is None or verb.lemma not in self._lexicon.silence("of_nothing") or self._words[index].is_capital:
            return 0
        told = verb.lemma in self._lexicon.are("telling")
        for at in range(index + 1, index + 1 + (_FEW if told else 1)):
            if at >= len(self._words) or self._words[at].is_mark:
                break
            if last := self._void(index, at):
                return last
        return 0

    def _void(self, verb: int, at: int) -> int:
        """Where “nothing”, “no one”, “neither the one nor …” ends that begins there and is no subject of a clause."""
        word = self._lower[at] if at < len(self._lower) else ""
        last = at + 1 + (self._lower[at : at + 2] == ["no", "one"])
        if word == "no" and last == at + 1:
            return self._nothing_of_it(verb, at)
        if last == at + 1 and word not in self._lexicon.silence("nothing") | self._lexicon.are("nobody") - {"no"}:
            return 0
        known = self._lexicon.verbs.get(self._lower[verb])
        lemma = known.lemma if known else ""
        if word != "nothing" and lemma in self._lexicon.silence("telling_clauses"):
            return 0
        behind = self._lower[last] if last < len(self._lower) else ""
        if word == "neither":
            return last if behind in self._lexicon.are("determiners") or "nor" in self._lower[last:] else 0
        return 0 if self._begins_clause(last) else last

    def _nothing_of_it(self, verb: int, at: int) -> int:
        """Where “no wrongdoing” ends, in “admitted no wrongdoing”."""
        known = self._lexicon.verbs.get(self._lower[verb])
        sparse = known is not None and known.class_ in ("Admission", "Denial")
        return at + 1 if sparse and not self._has_verb(at + 1) else 0

    def _begins_clause(self, at: int) -> bool:
        """Whether what stands before it is the subject of what follows: “said nothing had changed”."""
        are = self._lexicon.are
        ends = are("starters") | are("joining") | are("relatives")
        if at < len(self._words) and not (
            self._words[at].is_mark
            or self._lower[at] in ends | are("prepositions") | are("daytimes") | self._lexicon.silence("more")
        ):
            return True
        return self._has_verb(at)

    def _has_verb(self, at: int) -> bool:
        """Whether a clause goes on with a verb of its own."""
        are = self._lexicon.are
        for index in range(at, len(self._words)):
            if self._words[index].is_mark or self._lower[index] in are("starters") | are("joining") | are("relatives"):
                break
            if self._lower[index] in are("auxiliaries") | are("modals") - {"to"}:
                return True
        return False

    def _is_nobodys(self, end: int) -> bool:
        """Whether “no one at the club” stands before."""
        for at in range(end - 1, max(-1, end - 1 - _SOON), -1):
            if self._words[at].is_mark:
                break
            if self._lower[at] in self._lexicon.are("nobody"):
                return True
        return False
