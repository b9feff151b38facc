"""Words that are given as the article's stand in the article: of a time, of a capacity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.finding import Rule
from kbcli.grounds import article_of_times
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

CAPACITY = Rule(
    "KB153",
    "capacity-not-in-article",
    "error",
    "the article does not have the words of this capacity",
    "copy what the article calls the speaker, apostrophes as printed, or leave kb:speakingAs out",
)
TIME = Rule(
    "KB454",
    "time-words-not-in-article",
    "error",
    "the article does not have the words of this time",
    "copy the article's words for the time; what the editor concludes goes into the bounds and the note",
)
RULES = (CAPACITY, TIME)


def check(corpus: Corpus) -> Iterator[Finding]:
    for ground in corpus.grounds:
        if ground.article:
            yield from _missing(corpus, CAPACITY, ground.claim, KB + "speakingAs", ground.article)
    for time, article in article_of_times(corpus).items():
        yield from _missing(corpus, TIME, time, KB + "text", article)


def _missing(
    corpus: Corpus, rule: Rule, subject: ox.NamedNode, predicate: str, article: ox.NamedNode
) -> Iterator[Finding]:
    source = corpus.source(article)
    if source is None:
        return
    for words in corpus.values(subject, predicate):
        if not re.search(rf"(?<!\w){re.escape(words.value)}(?!\w)", source.text):
            said = f"“{words.value}” (in {corpus.short(article.value)})"
            found = corpus.finding(rule, subject, predicate, words, said=said)
            yield source.comparison.nearest(words.value).onto(found)
