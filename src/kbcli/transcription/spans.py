"""What the spans of an article are for: claims rest on them, they are listed as claiming nothing, or it is open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from kbcli.classes import is_classless
from kbcli.corpus import CLAIM_CLASSES
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    import pyoxigraph as ox

    from kbcli.corpus import Corpus
    from kbcli.grounds import Span
    from kbcli.source import Sentence

CLAIMED, LISTED, UNDECIDED, IDLE = "claimed", "listed", "undecided", ""


class Piece(NamedTuple):
    """A span of a text, half-open, what it is for, the claims that rest on it, and those of them with a TODO."""

    start: int
    end: int
    use: str = IDLE
    claims: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


def claims_on(corpus: Corpus, span: ox.NamedNode) -> list[ox.NamedNode]:
    """The claims that rest on it; a node whose class is misspelt or missing (which is told) is taken for one."""
    resting = corpus.subjects(KB + "evidence", span)
    return [node for node in resting if corpus.has_class(node, *CLAIM_CLASSES) or is_classless(corpus, node)]


def use(corpus: Corpus, span: ox.NamedNode) -> str:
    """What a span is for. It is undecided where a TODO says that what rests on it is still open (which is told)."""
    if claims_on(corpus, span):
        return CLAIMED
    listing: Iterable[Any] = corpus.subjects(KB + "nothingClaimed", span)
    if any(corpus.has_class(article, KB + "Article") for article in listing):
        return LISTED
    return UNDECIDED if corpus.leaves_open(span.value, "kb:evidence") else IDLE


def placed(corpus: Corpus, article: ox.NamedNode) -> Iterator[Span]:
    """The spans of an article that have offsets."""
    for node in corpus.subjects(KB + "in", article):
        span = corpus.span(node)
        if span and span.article == article and None not in (span.start, span.end):
            yield span


def by_sentence(sentences: Sequence[Sentence], pieces: Iterable[Piece]) -> list[list[Piece]]:
    """For each sentence the pieces that have a part in it."""
    found: list[list[Piece]] = [[] for _ in sentences]
    for piece, indices in _met(sentences, pieces):
        for index in indices:
            found[index].append(piece)
    return found


def touched(sentences: Sequence[Sentence], pieces: Iterable[Piece]) -> list[bool]:
    """For each sentence whether a piece has a part in it."""
    steps = [0] * (len(sentences) + 1)
    for _, indices in _met(sentences, pieces):
        if indices:
            steps[indices.start] += 1
            steps[indices.stop] -= 1
    return [depth > 0 for depth in accumulate(steps[:-1])]


def _met(sentences: Sequence[Sentence], pieces: Iterable[Piece]) -> Iterator[tuple[Piece, range]]:
    """Each piece with the indices of the sentences in which it has a part."""
    starts, ends = [one.start for one in sentences], [one.end for one in sentences]
    return ((piece, range(bisect_right(ends, piece.start), bisect_left(starts, piece.end))) for piece in pieces)
