"""The whole draft of an article, as the text of its file in data/articles/."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli import citation
from kbcli.citable import Article
from kbcli.display import printable
from kbcli.drafting.agents import Agents
from kbcli.drafting.article import article, voice
from kbcli.drafting.claims import Claims
from kbcli.drafting.lexicon import lexicon
from kbcli.drafting.parties import Parties
from kbcli.drafting.record import section
from kbcli.drafting.times import Times
from kbcli.drafting.transcript import Transcript
from kbcli.names import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kbcli.corpus import Corpus
    from kbcli.drafting.proposal import Proposal
    from kbcli.drafting.record import Record
    from kbcli.drafting.supplied import Supplied
    from kbcli.source import Source

_MOST_CONTEXT = 240  # of a text that repeats itself no context tells the place
_OPENING = 4  # words of a sentence in the comment above its claims
_OF_SPANS = frozenset(["art", "ev", "kb", "oa", "xsd"])
_OPEN = "# TODO kb:evidence: what does this sentence claim? Write the claim that rests on it, or list it under kb:nothingClaimed"


@dataclass(frozen=True)
class Sheet:
    """`name` is the article's slug, `goal` the file that is to hold it: what stands there already counts for nothing."""

    corpus: Corpus
    source: Source
    supplied: Supplied
    name: str
    goal: Path

    def turtle(self) -> str:
        """In the layout of `kb fmt`."""
        names, doubts = self._transcript.full_names, self._transcript.short_names.doubts
        contested = self._transcript.contested
        agents = Agents(self._parties, names, doubts, self.corpus.project.base, self._taken, contested)
        agents.propose(self._names(), self.source.text)
        outlet = agents.supplied(self.supplied.outlet, "media") if self.supplied.outlet else f"ag:outlet-{self.name}"
        times = Times(self.name, self.supplied.day)
        claims = Claims(self.name, outlet, agents, times, self._parties)
        own = [article(self.name, self.source, self.supplied, agents, outlet)]
        self._ask_to_share(own[0])
        own += [] if self.supplied.outlet else [voice(self.name, self.source)]
        told = list(self._told(claims))
        records = [*own, *agents.records, *times.records.values()]
        return self._prefixes(records, claims.prefixes) + "".join(
            [
                section("Article and outlet", (record.turtle() for record in own)),
                section("Agents", _sorted(agents.records)),
                section("Times", _sorted(list(times.records.values()))),
                section("Claims", told),
            ]
        )

    def _names(self) -> Iterator[tuple[str, int]]:
        """The names that stand as a subject and that nobody known bears, with the numbers of their sentences."""
        for number, found in enumerate(self._transcript.proposals, 1):
            subjects = [subject for one in found for subject in (one.speaker, one.silent) if subject]
            yield from ((subject.name, number) for subject in subjects if subject.name)

    def _ask_to_share(self, record: Record) -> None:
        """What a second article names belongs into the shared files."""
        proposals = [one for found in self._transcript.proposals for one in found]
        named = {
            party.agent for one in proposals for party in (*one.mentions, one.speaker.party) if party and party.agent
        }
        for agent in sorted(named, key=str):
            if home := self._parties.elsewhere(agent):
                what = f"now a second article names it: move it from {home} to data/agents.ttl"
                record.undecided(self._parties.short(agent), what)

    @property
    def proposed(self) -> int:
        return sum(map(len, self._transcript.proposals))

    @cached_property
    def _parties(self) -> Parties:
        return Parties(self.corpus, self.goal)

    @cached_property
    def _transcript(self) -> Transcript:
        return Transcript(self.source, lexicon(self.supplied.language), self._parties)

    @cached_property
    def _taken(self) -> frozenset[str]:
        """The IRIs that other files speak of."""
        others = (document for document in self.corpus.documents if document.path != self.goal)
        return frozenset().union(*(document.subjects for document in others))

    def _told(self, claims: Claims) -> Iterator[str]:
        """The claims and spans, sentence by sentence, each span behind the first that rests on it."""
        written: set[tuple[int, int]] = set()
        used = {span for found in self._transcript.proposals for one in found for span in one.spans}
        sentences = {one[1:] for one in self.source.sentences}
        wide = sorted(used - sentences)
        for sentence, found in zip(self.source.sentences, self._transcript.proposals, strict=True):
            words = self.source.text[slice(*_widest(sentence[1:], found))]
            heading = f"# {sentence.number} {_opening(words)}".rstrip() + "\n"
            records = claims.of(sentence.number, words, found)
            for record, one in zip(records, found, strict=True):
                claims.prefixes |= record.prefixes
                yield heading + record.turtle()
                heading = ""
                for span in one.spans:
                    if span not in written:
                        written.add(span)
                        yield self._span(*span)
            own = (sentence.start, sentence.end)
            if own not in written and (own in used or not _is_in(own, wide)):
                written.add(own)
                yield heading + (self._span(*own) if own in used else f"{_OPEN}\n{self._span(*own)}")

    def _span(self, start: int, end: int) -> str:
        return citation.block(self.corpus, self._cited, start, end, _MOST_CONTEXT)

    @cached_property
    def _cited(self) -> Article:
        node = ox.NamedNode(f"{self.corpus.project.base}{FOLDERS['art']}{self.name}")
        return Article(node, f"art:{self.name}", self.name, (), self.source)

    def _prefixes(self, records: Iterable[Record], more: set[str]) -> str:
        used = _OF_SPANS.union(more, *(record.prefixes for record in records))
        known = self.corpus.project.prefixes
        return "".join(f"@prefix {prefix}: <{known[prefix]}> .\n" for prefix in sorted(used))


def _sorted(records: list[Record]) -> list[str]:
    return [record.turtle() for record in sorted(records, key=lambda record: record.subject)]


def _opening(words: str) -> str:
    first = words.split()
    return printable(" ".join(first[:_OPENING])) + (" …" if len(first) > _OPENING else "")


def _is_in(span: tuple[int, int], wide: list[tuple[int, int]]) -> bool:
    """Whether the span is part of one of the wider ones, which do not overlap."""
    before = bisect_right(wide, (span[0], span[1] + 1))
    return any(start <= span[0] and span[1] <= end for start, end in wide[max(0, before - 1) : before + 1])


def _widest(span: tuple[int, int], found: Iterable[Proposal]) -> tuple[int, int]:
    """The one that a claim of the sentence has in its place, where a quotation runs over more."""
    return next((wide for one in found for wide in one.spans if _is_in(span, [wide])), span)
