"""No article reports what was said after it appeared; what it tells as past had happened by then.

A day's grace: where the article appeared it may still have been the day before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.finding import Rule
from kbcli.names import KB, STANDARD
from kbcli.times import Time, day, following, shown, time_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kbcli.corpus import Corpus
    from kbcli.edtf import Day
    from kbcli.finding import Finding
    from kbcli.grounds import Ground

SAID = Rule(
    "KB151",
    "said-after-issue",
    "warning",
    "said after the article that reports it appeared",
    "correct the bounds of the time, or dct:issued",
)
HAPPENED = Rule(
    "KB152",
    "happened-after-issue",
    "warning",
    "the outlet tells as past what happened after the article appeared",
    "correct the bounds of the time, or dct:issued",
)
RULES = (SAID, HAPPENED)
_AHEAD = re.compile(
    r"\b(will|would|shall|next|tomorrow|soon|upcoming|coming|expect\w*|schedul\w*|set to|to be|due(?! to))\b"
    r"|\bplan\w* (to|for)\b|[’']ll\b",
    re.IGNORECASE,
)


def check(corpus: Corpus) -> Iterator[Finding]:
    for ground in corpus.grounds:
        if issued := _issued(corpus, ground.article):
            yield from _late(corpus, ground, issued)


def _issued(corpus: Corpus, article: ox.NamedNode | None) -> Day | None:
    return day(corpus.value(article, STANDARD["dct"] + "issued")) if corpus.has_class(article, KB + "Article") else None


def _late(corpus: Corpus, ground: Ground, issued: Day) -> Iterator[Finding]:
    for name, rule in (("said", SAID), ("happened", HAPPENED)):
        for node in corpus.values(ground.claim, KB + name):
            time = time_of(corpus, node)
            if time and time.earliest and time.earliest > following(issued):
                if rule is HAPPENED and (not _own_voice(corpus, ground) or _looks_ahead(corpus, ground, time)):
                    continue
                said = f"{time.bounds}, the article is of {shown(issued)}"
                yield corpus.finding(rule, ground.claim, KB + name, node, said=said)


def _own_voice(corpus: Corpus, ground: Ground) -> bool:
    outlets = corpus.values(ground.article, KB + "outlet") if ground.article else []
    return corpus.value(ground.claim, KB + "speaker") in outlets


def _looks_ahead(corpus: Corpus, ground: Ground, time: Time) -> bool:
    """Whether the words speak of something to come, as far as a list of English words can tell."""
    language = corpus.value(ground.article, STANDARD["schema"] + "inLanguage") if ground.article else None
    if language is not None and not language.value.lower().startswith("en"):
        return True
    source = corpus.source(ground.article) if ground.article else None
    words = [source.text[start:end] for start, end in ground.pieces] if source else []
    return any(_AHEAD.search(text) for text in (time.text, *words))
