"""Every sentence of every article is claimed, or listed as claiming nothing."""

from __future__ import annotations

from itertools import compress
from operator import not_
from typing import TYPE_CHECKING

from kbcli.finding import Rule
from kbcli.grounds import claimed_place
from kbcli.transcription.spans import Piece, placed, touched, use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

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
        if not use(corpus, span.node):
            yield corpus.finding(IDLE, span.node)
    for article, source in corpus.sources.items():
        spans = (span for span in placed(corpus, article) if use(corpus, span.node))
        pieces = (Piece(*place) for span in spans if (place := claimed_place(corpus, span)))
        for sentence in compress(source.sentences, map(not_, touched(source.sentences, pieces))):
            words = source.text[sentence.start : sentence.end]
            opening = words if len(words) <= _OPENING else f"{words[:_OPENING]}…"
            yield corpus.finding(
                OPEN, article, said=f"sentence {sentence.number} ({sentence.start}–{sentence.end}) “{opening}”"
            )
