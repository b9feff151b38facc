"""No article was fetched before it appeared, and none has appeared or been fetched in days to come.

A day's grace: where the article appeared it may have been another day than where it was fetched.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kbcli.finding import Rule
from kbcli.names import STANDARD
from kbcli.times import day, following, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

EARLY = Rule(
    "KB154",
    "retrieved-before-issue",
    "warning",
    "fetched before the article appeared",
    "correct pav:retrievedOn, or dct:issued",
)
AHEAD = Rule(
    "KB155",
    "article-of-the-future",
    "warning",
    "the day is still to come",
    "correct dct:issued or pav:retrievedOn, or the clock of this machine",
)
RULES = (EARLY, AHEAD)
_ISSUED, _RETRIEVED = STANDARD["dct"] + "issued", STANDARD["pav"] + "retrievedOn"


def check(corpus: Corpus) -> Iterator[Finding]:
    now = dt.datetime.now(tz=dt.UTC)
    today = now.year, now.month, now.day
    for article in corpus.articles:
        yield from _early(corpus, article)
        for predicate in (_ISSUED, _RETRIEVED):
            for written in corpus.values(article, predicate):
                found = day(written)
                if found and found > following(today):
                    said = f"{shown(found)}, today is {shown(today)}"
                    yield corpus.finding(AHEAD, article, predicate, written, said=said)


def _early(corpus: Corpus, article: ox.NamedNode) -> Iterator[Finding]:
    """Two days of issue are told elsewhere, and leave nothing to compare with."""
    issued = [found for written in corpus.values(article, _ISSUED) if (found := day(written))]
    for written in corpus.values(article, _RETRIEVED) if len(issued) == 1 else ():
        fetched = day(written)
        if fetched and following(fetched) < issued[0]:
            said = f"{shown(fetched)}, the article is of {shown(issued[0])}"
            yield corpus.finding(EARLY, article, _RETRIEVED, written, said=said)
