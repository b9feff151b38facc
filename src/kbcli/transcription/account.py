"""What the data says of one article, as far as its text can be held against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kbcli.grounds import sound_piece
from kbcli.names import KB, STANDARD
from kbcli.transcription.spans import CLAIMED, UNDECIDED, Piece, claims_on, placed, use

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kbcli.corpus import Corpus
    from kbcli.transcription.ledger import Ledger


class Words(NamedTuple):
    """What a claim has of the article's words, and the offsets of the spans in which they stand.

    `is_silence`: it reports that somebody does not say something.
    """

    places: tuple[tuple[int, int], ...]
    cues: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    designations: tuple[str, ...] = ()
    is_silence: bool = False


@dataclass(frozen=True)
class Account:
    """`cautions` are what is wrong with the article, as clauses. A span whose words the text does not have is left out;
    if the text has changed, one counts where its words stand now."""

    id: str
    file: str
    language: str = ""
    pieces: tuple[Piece, ...] = ()
    words: tuple[Words, ...] = ()
    cautions: tuple[str, ...] = ()


def account_of(corpus: Ledger, article: ox.NamedNode) -> Account:
    """Of an article whose text can be read."""
    spans = list(placed(corpus, article))
    pieces = [
        piece for span in spans if (place := sound_piece(corpus, span)) for piece in [_piece(corpus, span.node, place)]
    ]
    language = getattr(corpus.value(article, STANDARD["schema"] + "inLanguage"), "value", "")
    source = corpus.source(article)
    return Account(
        corpus.short(article.value),
        source.shown if source else "",
        language,
        tuple(sorted(pieces)),
        tuple(_words(corpus, article)),
        tuple(_cautions(corpus, article, len(spans) - len(pieces))),
    )


def _piece(corpus: Ledger, span: ox.NamedNode, place: tuple[int, int]) -> Piece:
    """A claim with a TODO is a proposal yet: what it rests on is not done."""
    found = use(corpus, span)
    claims = claims_on(corpus, span) if found == CLAIMED else ()
    named = {corpus.short(claim.value): corpus.is_undecided(claim.value) for claim in claims}
    undecided = tuple(name for name, is_open in named.items() if is_open)
    return Piece(*place, UNDECIDED if undecided else found, tuple(named), undecided)


def _words(corpus: Corpus, article: ox.NamedNode) -> Iterator[Words]:
    for ground in corpus.grounds_in(article):
        cues, hedges, quotes, designations = (
            tuple(value.value for value in corpus.values(ground.claim, KB + name) if value.value)
            for name in ("cue", "hedge", "quote", "designates")
        )
        silent = bool(corpus.values(ground.claim, KB + "silent"))
        yield Words(ground.pieces, cues, hedges, quotes, designations, silent)


def _cautions(corpus: Corpus, article: ox.NamedNode, lost: int) -> Iterator[str]:
    if reread := corpus.rereading(article):
        yield f"its file is not the one that was transcribed; {reread.summary}"
    elif lost:
        yield f"the words of {lost} of its spans do not stand at their offsets, and are left out"
