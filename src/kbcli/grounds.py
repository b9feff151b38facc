"""What each claim rests on: its article and its spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli.names import FOLDERS, KB

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbcli.corpus import Corpus


class Ground(NamedTuple):
    """`article` is that of the spans, `pieces` are the half-open offsets of those that really stand in it.

    A claim with spans of two articles has neither: what is asked of it depends on which of the two it is to be.
    """

    claim: ox.NamedNode
    article: ox.NamedNode | None
    pieces: tuple[tuple[int, int], ...]


def grounds(corpus: Corpus) -> Iterator[Ground]:
    spans = {span.node: span for span in corpus.spans}
    sound = corpus.sound_spans
    for claim in corpus.claims:
        own = [spans[node] for node in corpus.values(claim, KB + "evidence") if node in spans]
        articles = {span.article for span in own if isinstance(span.article, ox.NamedNode)}
        article = articles.pop() if len(articles) == 1 else None
        pieces = (sound[span.node] for span in own if article and span.node in sound and span.article == article)
        yield Ground(claim, article, tuple(pieces))


def article_of_times(corpus: Corpus) -> Mapping[ox.NamedNode, ox.NamedNode]:
    """The article of each time: that of the claims that name it, else the one its own name begins with."""
    times = corpus.instances(KB + "Time")
    found: dict[ox.NamedNode, ox.NamedNode] = {}
    for ground in corpus.grounds:
        for predicate in ("said", "happened"):
            for time in corpus.values(ground.claim, KB + predicate):
                if ground.article:
                    found.setdefault(time, ground.article)
    slugs = {article.value.removeprefix(corpus.project.base + FOLDERS["art"]): article for article in corpus.articles}
    for time in times:
        local = time.value.removeprefix(corpus.project.base + FOLDERS["tm"])
        slug = next((beginning for beginning in _beginnings(local) if beginning in slugs), None)
        if slug:
            found.setdefault(time, slugs[slug])
    return {time: found[time] for time in times if time in found}


def _beginnings(local: str) -> Iterator[str]:
    """What stands before each hyphen, the longest first."""
    at = local.rfind("-")
    while at > 0:
        yield local[:at]
        at = local.rfind("-", 0, at)


def sound_spans(corpus: Corpus) -> dict[ox.NamedNode, tuple[int, int]]:
    """The offsets of the spans whose words stand in the article at these offsets."""
    found = {}
    for span in corpus.spans:
        source = corpus.sources.get(span.article) if span.article else None
        if (
            source
            and span.start is not None
            and span.end is not None
            and source.text[span.start : span.end] == span.exact
        ):
            found[span.node] = (span.start, span.end)
    return found
