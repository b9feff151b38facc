"""A quotation stands inside quotation marks, whole; the cue stands outside of them.

Words that an article embeds without marks (a tweet) are quoted by a span of their own: exactly the quotation, from
the beginning of a sentence to a full stop or the end of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import KB
from kbcli.quotemarks import Quotations, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.comparison import Told
    from kbcli.corpus import Corpus
    from kbcli.finding import Finding
    from kbcli.grounds import Ground
    from kbcli.source import Source

UNMARKED = Rule(
    "KB260",
    "quotation-without-marks",
    "error",
    "in the article these words stand in no quotation marks",
    "quote only what stands inside the marks; a text embedded without marks needs a span that is exactly the quotation",
)
PART = Rule(
    "KB261",
    "quotation-cut-short",
    "warning",
    "the quotation is not the whole of what the marks enclose",
    "write the whole run",
)
CUE = Rule(
    "KB262",
    "cue-inside-quotation",
    "warning",
    "the cue stands only inside quotation marks, so it is the speaker's word",
    "take the article's own reporting words, or leave kb:cue out; a claim reported by a speaker has kb:via",
)
RULES = (UNMARKED, PART, CUE)
_STOPS = (".", "!", "?", "…")
_EXCERPT = 60


class _Reading:
    """One article, read once for all its claims."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.comparison = source.comparison
        self.quotations = Quotations(self.text)
        self.starts = {sentence.start for sentence in source.sentences}
        self.ends = {sentence.end for sentence in source.sentences}

    def places(self, words: str, ground: Ground) -> Iterator[tuple[int, int]]:
        """Where `words` stand in the pieces of the claim."""
        for start, end in ground.pieces:
            at = self.text.find(words, start, end)
            while at >= 0:
                yield at, at + len(words)
                at = self.text.find(words, at + len(words), end)

    def whole_words(self, words: str, ground: Ground) -> Iterator[tuple[int, int]]:
        """Where they stand and are not part of longer ones."""
        for start, end in self.places(words, ground):
            if not (self.text[start - 1 : start].isalnum() or self.text[end : end + 1].isalnum()):
                yield start, end

    def literal(self, run: Run) -> str:
        """What the run quotes, as Turtle."""
        return str(ox.Literal(self.quotations.words(run)))

    def embeds(self, place: tuple[int, int], ground: Ground) -> bool:
        start, end = place
        whole = start in self.starts and (end in self.ends or self.text[start:end].endswith(_STOPS))
        return whole and place in ground.pieces


def check(corpus: Corpus) -> Iterator[Finding]:
    readings: dict[ox.NamedNode, _Reading] = {}
    for ground in corpus.grounds:
        source = corpus.source(ground.article) if ground.pieces else None
        if source and ground.article:
            reading = readings.get(ground.article) or readings.setdefault(ground.article, _Reading(source))
            yield from _quotes(corpus, ground, reading)
            yield from _cue(corpus, ground, reading)


def _quotes(corpus: Corpus, ground: Ground, reading: _Reading) -> Iterator[Finding]:
    for quote in corpus.values(ground.claim, KB + "quote"):
        places = list(reading.places(quote.value, ground)) if quote.value else []
        if not places or any(reading.embeds(place, ground) for place in places):
            continue
        around = [run for place in places for run in reading.quotations.around(*place)]
        if not around:
            found = _placed(
                corpus.finding(UNMARKED, ground.claim, KB + "quote", quote, said=f"“{_short(quote.value)}”"),
                reading.comparison.at(*places[0]),
            )
            runs = [run for place in places for run in reading.quotations.touched(*place)]
            yield found._replace(hint=f"write kb:quote {reading.literal(runs[0])}") if runs else found
            continue
        if quote.value not in [reading.quotations.words(run) for run in around]:
            said = f"they enclose “{_short(reading.quotations.words(around[0]))}”"
            found = _placed(
                corpus.finding(PART, ground.claim, KB + "quote", quote, said=said), reading.comparison.at(*around[0])
            )
            yield found._replace(hint=f"write kb:quote {reading.literal(around[0])}")


def _cue(corpus: Corpus, ground: Ground, reading: _Reading) -> Iterator[Finding]:
    if corpus.values(ground.claim, KB + "via"):
        return
    for cue in corpus.values(ground.claim, KB + "cue"):
        places = list(reading.whole_words(cue.value, ground)) if cue.value else []
        if places and all(reading.quotations.around(*place) for place in places):
            found = corpus.finding(CUE, ground.claim, KB + "cue", cue, said=f"“{cue.value}”")
            yield _placed(found, reading.comparison.at(*places[0]))


def _placed(finding: Finding, told: Told) -> Finding:
    return finding._replace(message=f"{finding.message} {told.said}", related=told.related)


def _short(words: str) -> str:
    return words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 20]}…{words[-20:]}"
