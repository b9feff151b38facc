"""The sentences of a source with the claims that their words propose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from kbcli.datewords import WEEKDAYS
from kbcli.drafting.contested import contested
from kbcli.drafting.dates import expressions
from kbcli.drafting.fullnames import FullNames
from kbcli.drafting.lastnames import alone
from kbcli.drafting.parties import Party
from kbcli.drafting.proposal import Proposal, Proposals
from kbcli.drafting.quotes import Quotes
from kbcli.drafting.reading import Reading
from kbcli.drafting.running import joined
from kbcli.drafting.shortnames import ShortNames, of_persons
from kbcli.drafting.subjects import Subject
from kbcli.drafting.tweets import Post, posts
from kbcli.drafting.words import Word, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.drafting.lexicon import Lexicon
    from kbcli.drafting.parties import Parties
    from kbcli.source import Sentence, Source

_LONGEST = 4000  # what is longer is no sentence that anybody has written
_BEFORE_A_NAME = (
    "adverbs", "auxiliaries", "daytimes", "determiners", "joining", "modals", "negations", "nobody", "prepositions", "pronouns",
    "starters", "titles",
)  # fmt: skip
_ADDRESS = ("http://", "https://", "www.", "pic.twitter.com", "t.co/")


@dataclass(frozen=True)
class Transcript:
    """Without a lexicon nothing is proposed."""

    source: Source
    lexicon: Lexicon | None
    parties: Parties

    @cached_property
    def proposals(self) -> list[list[Proposal]]:
        """Those of each sentence, in order."""
        if self.lexicon is None:
            return [[] for _ in self.source.sentences]
        quotes = Quotes(self.source.text)
        return joined(self.source, [self._proposed(one, quotes) for one in self.source.sentences], quotes)

    def _proposed(self, sentence: Sentence, quotes: Quotes) -> list[Proposal]:
        if sentence.end - sentence.start > _LONGEST or not self._may_report(sentence, quotes):
            return []
        made = self._posted(sentence) or Proposals(self._reading(sentence, quotes), quotes).found()
        doubted = list(dict.fromkeys(party.name for party in _within(self._doubted, sentence)))
        for one in made:
            one.doubted = doubted
        return made

    def _may_report(self, sentence: Sentence, quotes: Quotes) -> bool:
        """Whether there is anything in it that a claim could be proposed by; of most narration there is nothing."""
        assert self.lexicon is not None  # noqa: S101 as below
        if quotes.touching(sentence.start, sentence.end) or self._posts:
            return True
        return not self.lexicon.triggers.isdisjoint(word.lower for word in self._words[sentence.number - 1])

    def _reading(self, sentence: Sentence, quotes: Quotes) -> Reading:
        assert self.lexicon is not None  # noqa: S101 without one nothing is read
        capitals, small = self._cases
        runs = quotes.touching(sentence.start, sentence.end)
        parties, own = _within(self._parties, sentence), self._words[sentence.number - 1]
        return Reading(self.source.text, sentence, self.lexicon, own, runs, parties, capitals, small)

    def _posted(self, sentence: Sentence) -> list[Proposal]:
        """What an embedded post says is quoted without marks, by whoever signs it."""
        before = bisect_right(self._posts, sentence.start, key=lambda post: post.start)
        post = self._posts[before - 1] if before else None
        if post is None or sentence.end > post.end:
            return []
        said = self.source.text[sentence.start : sentence.end]
        one = Proposal("Statement", "post", speaker=self._signer(post))
        one.quotes = [] if any(address in said for address in _ADDRESS) else [said]
        one.beyond = not one.quotes
        one.spans = [(sentence.start, sentence.end), *self._signature(post)]
        one.said = next(expressions(self.source.text, *post.signature), None)
        one.mentions = _within(self._parties, sentence)
        return [one]

    def _signer(self, post: Post) -> Subject:
        name = self.source.text[slice(*post.name)]
        by_name, by_handle = self.parties.called(name), self.parties.called(post.handle)
        agents = by_handle or (() if name in self.short_names.doubts else by_name)
        if agents:
            return Subject(name, Party(*post.name, name, agents))
        return Subject(name, None, name)

    def _signature(self, post: Post) -> Iterator[tuple[int, int]]:
        begin, end = post.signature
        sentences = self.source.sentences
        for one in sentences[bisect_right(sentences, begin, key=lambda one: one.end) :]:
            if one.start >= end:
                break
            yield one.start, one.end

    @cached_property
    def _posts(self) -> list[Post]:
        return posts(self.source.text)

    @cached_property
    def _parties(self) -> list[Party]:
        """Where known names stand of which it is certain enough whose they are."""
        text, doubts = self.source.text, self.short_names.doubts
        lasts = self.parties.last_names(self._known)
        lasts = {last: party for last, party in lasts.items() if last not in self.contested}
        known = [*self._known, *alone(text, self._known, lasts, self._light)] if lasts else self._known
        assert self.lexicon is not None  # noqa: S101 as above
        sure = (party for party in known if party.name not in doubts)
        return sorted(of_persons(text, sure, self.parties, self.lexicon))

    @cached_property
    def _known(self) -> list[Party]:
        return list(self.parties.standing_in(self.source.text))

    @cached_property
    def short_names(self) -> ShortNames:
        small = frozenset() if self.lexicon is None else self._cases[1]
        return ShortNames(self._known, self.parties, self.full_names, small)

    @cached_property
    def _doubted(self) -> list[Party]:
        """The names that stand alone and may be another's here than elsewhere."""
        doubts, full = self.short_names.doubts, self.full_names
        alone_ = (party for party in self._known if party.name in doubts and full.is_whole(party.start, party.end))
        assert self.lexicon is not None  # noqa: S101 as above
        return list(of_persons(self.source.text, alone_, self.parties, self.lexicon))

    @cached_property
    def full_names(self) -> FullNames:
        return FullNames(self.source.text, self._light - self.lexicon.are("bodies") if self.lexicon else ())

    @cached_property
    def contested(self) -> frozenset[str]:
        return contested(self.source.text, self.lexicon) if self.lexicon else frozenset()

    @property
    def _light(self) -> frozenset[str]:
        """What may stand before a last name, with a capital too, and be no first name."""
        assert self.lexicon is not None  # noqa: S101 as above
        return frozenset(map(str.lower, WEEKDAYS)).union(*(self.lexicon.are(name) for name in _BEFORE_A_NAME))

    @cached_property
    def _words(self) -> list[list[Word]]:
        """Those of each sentence; none of one that is too long to be one."""
        text, proper = self.source.text, self._proper
        return [
            words(text, one.start, one.end, proper) if one.end - one.start <= _LONGEST else []
            for one in self.source.sentences
        ]

    @cached_property
    def _proper(self) -> frozenset[tuple[int, int]]:
        """Where known names in capitals stand, “IS”, “WHO”; not in a line that has nothing but capitals."""
        text = self.source.text
        named = (party for party in self._known if len(party.name) > 1 and party.name.isupper())
        starts = [one.start for one in self.source.sentences]
        mixed = [any(map(str.islower, text[one.start : one.end])) for one in self.source.sentences]
        return frozenset(
            (party.start, party.end) for party in named if mixed[max(0, bisect_right(starts, party.start) - 1)]
        )

    @cached_property
    def _cases(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words that have a capital inside of a sentence, and those that have none."""
        capitals, small = set(), set()
        for found in self._words:
            small |= {word.text for word in found if not word.is_capital}
            capitals |= {word.text for before, word in pairwise(found) if word.is_capital and not before.is_mark}
        return frozenset(capitals), frozenset(small)


def _within(parties: list[Party], sentence: Sentence) -> list[Party]:
    first = bisect_left(parties, sentence.start, key=lambda party: party.start)
    last = bisect_left(parties, sentence.end, key=lambda party: party.start)
    return [party for party in parties[first:last] if party.end <= sentence.end]
