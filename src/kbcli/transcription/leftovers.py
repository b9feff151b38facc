"""The reporting words, hedges and quotations of a text that no claim uses.

They are hints. What reports nothing in its place is left out by the word lists of `kbcli.drafting`; so is what stands
in words that are listed as claiming nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from kbcli.drafting.cues import Cues
from kbcli.drafting.quotes import Quotes
from kbcli.drafting.words import words
from kbcli.transcription.spans import LISTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kbcli.drafting.lexicon import Lexicon
    from kbcli.source import Sentence
    from kbcli.transcription.account import Account, Words

VERB, HEDGE, QUOTE = KINDS = ("verb", "hedge", "quote")
_SILENCE, _UNNAMED = "silence", "unnamed"


class Leftover(NamedTuple):
    """Words that no claim uses, half-open. `kind` is one of KINDS."""

    start: int
    end: int
    kind: str
    words: str


class _Places:
    """Pieces of a text, asked whether one of them has a part in a place."""

    def __init__(self, pieces: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(pieces)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def touch(self, start: int, end: int) -> bool:
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start


class Leftovers:
    """Those of one text, sentence by sentence."""

    def __init__(self, text: str, account: Account, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._quotes = Quotes(text)
        self._listed = _Places((piece.start, piece.end) for piece in account.pieces if piece.use == LISTED)
        self._silences = _Places(place for own in account.words if own.is_silence for place in own.places)
        self._cues = self._used(account, lambda own: own.cues)
        self._hedges = self._used(account, lambda own: (*own.hedges, *own.cues))
        self._quoted = self._used(account, lambda own: (*own.quotes, *own.designations))

    def of(self, sentence: Sentence) -> list[Leftover]:
        """In the order of the text."""
        found = (*self._verbs(sentence), *self._hedging(sentence), *self._quotations(sentence))
        return sorted(one for one in found if not self._listed.touch(one.start, one.end))

    def _verbs(self, sentence: Sentence) -> Iterator[Leftover]:
        """What ascribes to nobody (“allegedly”) is a hedge."""
        own = words(self._text, sentence.start, sentence.end)
        runs = self._quotes.touching(sentence.start, sentence.end)
        quoted = frozenset(i for i, word in enumerate(own) if any(run.start <= word.start < run.end for run in runs))
        for cue in Cues(own, self._lexicon, quoted).found():
            start, end = own[cue.first].start, own[cue.last - 1].end
            is_used = self._cues.touch(start, end) or (cue.kind == _SILENCE and self._silences.touch(start, end))
            if cue.kind != _UNNAMED and not is_used:
                yield self._leftover(start, end, VERB)

    def _hedging(self, sentence: Sentence) -> Iterator[Leftover]:
        done = 0
        patterns = (self._lexicon.reservations, self._lexicon.hedges)
        places = {m.span() for pattern in patterns for m in pattern.finditer(self._text, sentence.start, sentence.end)}
        for start, end in sorted(places):
            if start >= done and not self._hedges.touch(start, end):
                done = end
                yield self._leftover(start, end, HEDGE)

    def _quotations(self, sentence: Sentence) -> Iterator[Leftover]:
        """The part of each that stands in the sentence."""
        for run in self._quotes.touching(sentence.start, sentence.end):
            start, end = max(run.start, sentence.start), min(run.end, sentence.end)
            if not self._quoted.touch(start, end) and any(map(str.isalnum, self._text[start:end])):
                yield self._leftover(start, end, QUOTE)

    def _leftover(self, start: int, end: int, kind: str) -> Leftover:
        return Leftover(start, end, kind, self._text[start:end])

    def _used(self, account: Account, chosen: Callable[[Words], Iterable[str]]) -> _Places:
        """Where the chosen words of the claims stand, whole, in the spans of each."""
        return _Places(
            match.span()
            for own in account.words
            for written in set(chosen(own))
            for place in own.places
            for match in re.compile(rf"(?<!\w){re.escape(written)}(?!\w)").finditer(self._text, *place)
        )
