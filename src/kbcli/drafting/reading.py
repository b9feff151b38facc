"""One sentence, read: its words, and which of them are quoted, tell a time, or name somebody known."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.drafting.cues import Cue, Cues
from kbcli.drafting.dates import Expression, expressions, is_coming

if TYPE_CHECKING:
    from kbcli.drafting.lexicon import Lexicon
    from kbcli.drafting.parties import Party
    from kbcli.drafting.words import Word
    from kbcli.quotemarks import Run
    from kbcli.source import Sentence

_SENTENCE_ENDS = ".!?…”\"’'»)"


@dataclass(frozen=True)
class Reading:
    """`runs` are the quotations that touch the sentence, `parties` the known names in it, in order.

    `capitals` are the words that the text has with a capital inside of a sentence, `small` those that it has without.
    `times` may be when something was told; those `coming` are not.
    """

    text: str
    sentence: Sentence
    lexicon: Lexicon
    words: list[Word]
    runs: list[Run]
    parties: list[Party]
    capitals: frozenset[str]
    small: frozenset[str]
    times: list[Expression] = field(init=False)
    coming: list[Expression] = field(init=False)

    def __post_init__(self) -> None:
        found = expressions(self.text, self.sentence.start, self.sentence.end)
        unquoted = [one for one in found if not any(run.start <= one.start < run.end for run in self.runs)]
        coming = [one for one in unquoted if is_coming(self.text, one)]
        object.__setattr__(self, "coming", coming)
        object.__setattr__(self, "times", [one for one in unquoted if one not in coming])

    @cached_property
    def vague(self) -> list[Expression]:
        """Times that name no day: “at the time”."""
        found = self.lexicon.vague.finditer(self.text, self.sentence.start, self.sentence.end)
        unquoted = [one for one in found if not any(run.start <= one.start() < run.end for run in self.runs)]
        return [Expression(one.start(), one.end(), one[0]) for one in unquoted]

    @cached_property
    def lower(self) -> list[str]:
        return [word.lower for word in self.words]

    @cached_property
    def quoted(self) -> frozenset[int]:
        return self._within([(run.start, run.end) for run in self.runs])

    @cached_property
    def timed(self) -> frozenset[int]:
        return self._within([(time.start, time.end) for time in (*self.times, *self.coming)])

    def first_of_time(self, index: int) -> int:
        """The first word of the time that this word is of."""
        start = next(
            time.start for time in (*self.times, *self.coming) if time.start <= self.words[index].start < time.end
        )
        return self.index(start)

    @cached_property
    def cues(self) -> list[Cue]:
        return list(Cues(self.words, self.lexicon, self.quoted).found())

    @cached_property
    def is_headline(self) -> bool:
        """Whether capitals mean nothing in it: most of its longer words have one, and no full stop ends it."""
        long = [word for word in self.words if len(word.text) > 3]  # noqa: PLR2004 “the” and the like stay small
        ended = self.text[self.sentence.end - 1] in _SENTENCE_ENDS
        return not ended and sum(word.is_capital for word in long) > 0.7 * len(long)

    @cached_property
    def ending(self) -> dict[int, tuple[int, Party]]:
        """The known names by the index of their last word, with that of their first."""
        return {last: (first, party) for first, last, party in self._placed()}

    @cached_property
    def beginning(self) -> dict[int, tuple[int, Party]]:
        """The known names by the index of their first word, with that of their last."""
        return {first: (last, party) for first, last, party in self._placed()}

    @cached_property
    def sure(self) -> list[Party]:
        """The known names that are no part of a longer one."""
        unsure = {party for party, _ in self.doubtful}
        return [party for party in self.parties if party not in unsure]

    @cached_property
    def doubtful(self) -> list[tuple[Party, str]]:
        """The known names with another capitalized word beside them, and the whole: “Washington Post”."""
        found = []
        for first, last, party in self._placed():
            begin = first - (self._is_name(first - 1) and not self.words[first - 1].is_possessive)
            end = last + 1 + (self._is_name(last + 1))
            if (begin, end) != (first, last + 1):
                found.append((party, self.span(begin, end)))
        return found

    def _is_name(self, index: int) -> bool:
        """Whether there is a capitalized word that is no title, no time, no known name and no mere beginning."""
        if not 0 <= index < len(self.words) or self.is_headline:
            return False
        word, lists = (
            self.words[index],
            ("determiners", "prepositions", "starters", "adverbs", "auxiliaries", "nobody", "opening"),
        )
        if word.is_mark or not word.is_capital or index in self.timed:
            return False
        known = any(party.start <= word.start < party.end for party in self.parties)
        light = self.lexicon.is_title(word.lower) or any(word.lower in self.lexicon.are(name) for name in lists)
        return not (known or light or (index == 0 and word.lower in self.small))

    def span(self, first: int, last: int) -> str:
        """The text from one word up to another, the last left out."""
        return self.text[self.words[first].start : self.words[last - 1].end] if first < last else ""

    def index(self, offset: int) -> int:
        """The first word that ends behind `offset`."""
        return next((i for i, word in enumerate(self.words) if word.end > offset), len(self.words))

    def _placed(self) -> list[tuple[int, int, Party]]:
        starts = {word.start: i for i, word in enumerate(self.words)}
        ends = {word.end: i for i, word in enumerate(self.words)}
        stands = ((starts.get(party.start), ends.get(party.end), party) for party in self.parties)
        return [(first, last, party) for first, last, party in stands if first is not None and last is not None]

    def _within(self, spans: list[tuple[int, int]]) -> frozenset[int]:
        return frozenset(i for start, end in spans for i, word in enumerate(self.words) if start <= word.start < end)
