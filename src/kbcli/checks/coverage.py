"""Every sentence of every article is claimed, or listed as claiming nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.classes import classless
from kbcli.finding import Finding, Rule
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus

OPEN = Rule(
    "KB250",
    "sentence-not-transcribed",
    "error",
    "no claim rests on this sentence",
    "transcribe what it says, or list it under kb:nothingClaimed with the reason",
)
IDLE = Rule(
    "KB251",
    "span-of-no-claim",
    "warning",
    "no claim rests on this span",
    "name it in a claim's kb:evidence (or kb:nothingClaimed), or remove it",
)
RULES = (OPEN, IDLE)
_OPENING = 60


def check(corpus: Corpus) -> Iterator[Finding]:
    used = _used(corpus)
    if any(span.node not in used for span in corpus.spans):
        used |= _used_perhaps(corpus)
    for span in corpus.spans:
        if span.node not in used:
            yield corpus.finding(IDLE, span.node)
    covered_by = _by_article(corpus, used)
    for article, source in corpus.sources.items():
        covered = covered_by.get(article, [])
        for sentence in source.sentences:
            if not any(start < sentence.end and sentence.start < end for start, end in covered):
                words = source.text[sentence.start : sentence.end]
                opening = words if len(words) <= _OPENING else f"{words[:_OPENING]}…"
                yield corpus.finding(
                    OPEN, article, said=f"sentence {sentence.number} ({sentence.start}–{sentence.end}) “{opening}”"
                )


def _by_article(corpus: Corpus, used: set[ox.NamedNode]) -> dict[ox.NamedNode, list[tuple[int, int]]]:
    """The offsets of the spans in use, by article."""
    found: dict[ox.NamedNode, list[tuple[int, int]]] = {}
    for span in corpus.spans:
        if span.node in used and span.article and span.start is not None and span.end is not None:
            found.setdefault(span.article, []).append((span.start, span.end))
    return found


def _used(corpus: Corpus) -> set[ox.NamedNode]:
    claims = (node for claim in corpus.claims for node in corpus.values(claim, KB + "evidence"))
    listed = (node for article in corpus.articles for node in corpus.values(article, KB + "nothingClaimed"))
    return {*claims, *listed}


def _used_perhaps(corpus: Corpus) -> set[ox.NamedNode]:
    """What nodes rest on whose class is misspelt or missing, which is told: they may be meant as claims."""
    return {node for iri in classless(corpus) for node in corpus.values(ox.NamedNode(iri), KB + "evidence")}
