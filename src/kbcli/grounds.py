"""What each claim rests on: its article and its spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kbcli.names import FOLDERS, KB, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbcli.corpus import Corpus
    from kbcli.rereading import Rereading

LONGEST_NUMBER = 16  # digits of an offset: no text is longer


class Span(NamedTuple):
    """A kb:Evidence as it is written. Offsets and words are None where they are missing or no numbers."""

    node: ox.NamedNode
    article: ox.NamedNode | None
    start: int | None
    end: int | None
    exact: str | None
    prefix: str | None
    suffix: str | None


class Ground(NamedTuple):
    """`article` is that of the spans, `pieces` are the half-open offsets of those that really stand in it.

    A claim with spans of two articles has neither: what is asked of it depends on which of the two it is to be.
    """

    claim: ox.NamedNode
    article: ox.NamedNode | None
    pieces: tuple[tuple[int, int], ...]


def span_of(corpus: Corpus, node: ox.NamedNode) -> Span:
    oa = STANDARD["oa"]
    start, end, exact, prefix, suffix = (
        corpus.value(node, oa + name) for name in ("start", "end", "exact", "prefix", "suffix")
    )
    return Span(
        node,
        corpus.value(node, KB + "in"),
        _number(start),
        _number(end),
        *(v and v.value for v in (exact, prefix, suffix)),
    )


def ground_of(corpus: Corpus, claim: ox.NamedNode) -> Ground:
    own = [span for node in corpus.values(claim, KB + "evidence") if (span := corpus.span(node))]
    articles = {span.article for span in own if isinstance(span.article, ox.NamedNode)}
    article = articles.pop() if len(articles) == 1 else None
    sound = (sound_piece(corpus, span) for span in own if article and span.article == article)
    pieces = (piece for piece in sound if piece)
    return Ground(claim, article, tuple(pieces))


def sound_piece(corpus: Corpus, span: Span) -> tuple[int, int] | None:
    """The offsets of a span, if its words stand in the article at these offsets, or where they can be found again if
    the article has changed."""
    source = corpus.source(span.article) if span.article else None
    if source is None or span.start is None or span.end is None:
        return None
    if reread := corpus.rereading(span.article):
        fated = reread.fates.get(span.node.value)
        return fated.place if fated and fated.fate in ("same", "moved") else None
    return (span.start, span.end) if source.text[span.start : span.end] == span.exact else None


def claimed_place(corpus: Corpus, span: Span) -> tuple[int, int] | None:
    """The offsets of a span as they are written; if the article has changed, of what stands there of it now."""
    if reread := corpus.rereading(span.article):
        fated = reread.fates.get(span.node.value)
        return fated.place if fated else None
    return None if span.start is None or span.end is None else (span.start, span.end)


def rereading_of(corpus: Corpus, article: Any) -> Rereading | None:
    """None where the text is the one that was transcribed, or cannot be read, or no checksum says which it was."""
    from kbcli.rereading import Rereading

    source = corpus.source(article)
    sums = corpus.values(article, KB + "sha256") if source else []
    if source is None or not sums or any(sum_.value == source.sha256 for sum_ in sums):
        return None
    spans = (corpus.span(node) for node in corpus.subjects(KB + "in", article))
    return Rereading(source, [span for span in spans if span and span.article == article])


def grounds_naming(corpus: Corpus, time: ox.NamedNode) -> list[Ground]:
    """What the claims rest on that were made or speak of what happened at this time."""
    from kbcli.corpus import CLAIM_CLASSES

    claims = {claim for name in ("said", "happened") for claim in corpus.subjects(KB + name, time)}
    return [corpus.ground(claim) for claim in sorted(claims, key=str) if corpus.has_class(claim, *CLAIM_CLASSES)]


def article_of_times(corpus: Corpus) -> Mapping[ox.NamedNode, ox.NamedNode]:
    """The article of each time: that of the claims that name it, else the one its own name begins with."""
    found = {}
    for time in corpus.instances(KB + "Time"):
        article = next((ground.article for ground in grounds_naming(corpus, time) if ground.article), None)
        local = time.value.removeprefix(corpus.project.base + FOLDERS["tm"])
        called = (corpus.article_called(slug) for slug in beginnings(local))
        if article := article or next(filter(None, called), None):
            found[time] = article
    return found


def beginnings(local: str) -> Iterator[str]:
    """What stands before each hyphen, the longest first."""
    at = local.rfind("-")
    while at > 0:
        yield local[:at]
        at = local.rfind("-", 0, at)


def _number(literal: Any) -> int | None:
    text = getattr(literal, "value", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else None
