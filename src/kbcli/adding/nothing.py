"""A sentence listed as claiming nothing, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.adding import spans
from kbcli.adding.change import Edition
from kbcli.adding.claims import settle_sentences
from kbcli.adding.fields import Field
from kbcli.adding.page import Page, with_new
from kbcli.adding.values import Values
from kbcli.aftermath import remedy
from kbcli.errors import UsageError
from kbcli.names import KB, expand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.adding.desk import Desk
    from kbcli.adding.spans import Piece

_NOTE = Field("note", "skos:note", "text", "")


def nothing(desk: Desk, pieces: Sequence[Piece], note: str, language: str = "en") -> Edition:
    """Raises UsageError if a claim rests on a span already."""
    reason = Values(desk, language).turtle(_NOTE, note)
    _refuse_claimed(desk, pieces)
    edition = Edition(desk, [one.name for one in pieces])
    path, known, shown = desk.home.path, desk.project.prefixes, desk.home.shown
    page = Page.of(edition.text(path), known, shown)
    article = page.about(desk.worked_on.node.value)
    assert article is not None  # noqa: S101 it is its home
    page.add(article, "kb:nothingClaimed", *(one.name for one in pieces))
    settle_sentences(desk, page, pieces)
    text = with_new(page.text, (spans.block(desk, one) for one in pieces if one.is_new), known, shown)
    page = Page.of(text, known, shown)
    for piece in pieces:
        block = page.about(expand(piece.name, known) or "")
        if block:
            page.add(block, "skos:note", reason)
    edition.put(path, page.text)
    return edition


def _refuse_claimed(desk: Desk, pieces: Sequence[Piece]) -> None:
    for ground in desk.near.grounds_in(desk.worked_on.node):
        if any(start < one.end and one.start < end for start, end in ground.pieces for one in pieces):
            claim = ground.claim.value
            raise UsageError(
                f"{desk.short(claim)} rests on these words ({desk.place(claim)})",
                f"what claims something is not listed; if that claim is none: kb drop {desk.short(claim)}",
            )
    listed = {one.value for one in desk.near.values(desk.worked_on.node, KB + "nothingClaimed")}
    for piece in pieces:
        if expand(piece.name, desk.project.prefixes) in listed:
            raise UsageError(
                f"{piece.name} is listed already ({desk.place(expand(piece.name, desk.project.prefixes) or '')})",
                _to_do(desk, piece),
            )


def _to_do(desk: Desk, piece: Piece) -> str:
    """A span of these offsets may have the words that stood there before the article changed."""
    reread = desk.near.rereading(desk.worked_on.node)
    fated = reread.fates.get(expand(piece.name, desk.project.prefixes) or "") if reread else None
    return "nothing to do" if fated is None or fated.found else remedy(desk.near, fated)
