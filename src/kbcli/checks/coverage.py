"""Every sentence of every article is claimed, or listed as claiming nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.classes import is_classless
from kbcli.corpus import CLAIM_CLASSES
from kbcli.finding import Finding, Rule
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

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
    for span in corpus.spans:
        if not _is_used(corpus, span.node):
            yield corpus.finding(IDLE, span.node)
    for article, source in corpus.sources.items():
        covered = list(_covered(corpus, article))
        for sentence in source.sentences:
            if not any(start < sentence.end and sentence.start < end for start, end in covered):
                words = source.text[sentence.start : sentence.end]
                opening = words if len(words) <= _OPENING else f"{words[:_OPENING]}…"
                yield corpus.finding(
                    OPEN, article, said=f"sentence {sentence.number} ({sentence.start}–{sentence.end}) “{opening}”"
                )


def _covered(corpus: Corpus, article: ox.NamedNode) -> Iterator[tuple[int, int]]:
    """The offsets of the spans of an article that are in use."""
    for node in corpus.subjects(KB + "in", article):
        span = corpus.span(node)
        if span and span.article == article and None not in (span.start, span.end) and _is_used(corpus, node):
            yield span.start or 0, span.end or 0


def _is_used(corpus: Corpus, span: ox.NamedNode) -> bool:
    """Whether a claim rests on it, or a node whose class is misspelt or missing (which is told), or it is listed."""
    resting = corpus.subjects(KB + "evidence", span)
    listed = (corpus.has_class(article, KB + "Article") for article in corpus.subjects(KB + "nothingClaimed", span))
    return (
        any(corpus.has_class(node, *CLAIM_CLASSES) for node in resting)
        or any(listed)
        or any(is_classless(corpus, node) for node in resting)
    )
