"""The spans that a claim rests on, and the words that must stand in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kbcli import citation
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import FOLDERS, expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.adding.desk import Desk

_CONTEXT = 240  # of a text that repeats itself no context tells the place
_LONGEST = 120


class Piece(NamedTuple):
    """A half-open range of the article, and the name of its span: one that is there, or a new one."""

    start: int
    end: int
    name: str
    is_new: bool


def pieces(
    desk: Desk, words: Sequence[str], nth: int | None, sentences: Sequence[int], evidence: Sequence[str]
) -> list[Piece]:
    """Those that were asked for, in the order of the text."""
    article = desk.worked_on
    if nth is not None and len(words) != 1:
        raise UsageError("--nth tells which occurrence of one --words is meant", "give longer words instead")
    _ = article.text
    found = [citation.chosen(article, one, citation.occurrences(article, one), nth) for one in words]
    found += [citation.sentence(article, number) for number in sentences]
    own = [_piece(desk, start, end) for start, end in dict.fromkeys(found)]
    own += [_named(desk, name) for name in evidence]
    return sorted({piece.name: piece for piece in own}.values())


def block(desk: Desk, piece: Piece) -> str:
    return citation.block(desk.near, desk.worked_on, piece.start, piece.end, _CONTEXT)


def starts(desk: Desk, *others: Piece) -> dict[str, int]:
    """Where each span of the article begins, by its IRI."""
    own = {
        span.node.value: span.start
        for span in desk.near.spans
        if span.article == desk.worked_on.node and span.start is not None
    }
    return own | {expand(piece.name, desk.project.prefixes) or "": piece.start for piece in others}


def verbatim(option: str, words: str, texts: Sequence[str], remedy: str = "let --words take in more") -> str:
    """`words`, if one of the texts has them. Raises UsageError with the nearest that they have."""
    if not words.strip():
        raise UsageError(f"--{option} is empty", "copy the words, or leave the option out")
    if any(words in text for text in texts):
        return words
    raise _absent(option, words, texts, "the words that the claim rests on", f"copy the words, or {remedy}")


def printed(option: str, words: str, text: str) -> str:
    """`words`, if the article has them as whole words."""
    if not words.strip():
        raise UsageError(f"--{option} is empty", "copy the words, or leave the option out")
    if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        return words
    raise _absent(option, words, [text], "the article (as whole words)", "copy the words as the article prints them")


def _absent(option: str, words: str, texts: Sequence[str], where: str, hint: str) -> UsageError:
    what = f"--{option} “{_short(words)}”: these words do not stand in {where}"
    near = next(_nearest(words, texts), None)
    return UsageError(f"{what}\nthe nearest there: “{_short(near)}”" if near else what, hint)


def _nearest(words: str, texts: Sequence[str]) -> Iterator[str]:
    from kbcli.likeness import nearest

    for text in texts:
        if found := nearest(text, words):
            yield text[found[0] : found[1]]


def _piece(desk: Desk, start: int, end: int) -> Piece:
    """By the name of a span that is there already, else by a new one."""
    there = [
        span.node.value
        for span in desk.near.spans
        if (span.article, span.start, span.end) == (desk.worked_on.node, start, end)
    ]
    iri = f"{desk.project.base}{FOLDERS['ev']}{desk.slug}-{start}-{end}"
    if not there and desk.near.homes_of(iri):
        raise UsageError(
            f"{desk.short(iri)} is something else ({desk.place(iri)})", "kb validate tells what is wrong with it"
        )
    name = min(there, key=lambda one: (one != iri, one), default=iri)
    return Piece(start, end, desk.short(name), not there)


def _named(desk: Desk, name: str) -> Piece:
    iri = expand(name, desk.project.prefixes) or f"{desk.project.base}{FOLDERS['ev']}{name}"
    for span in desk.near.spans:
        if span.node.value == iri and span.article == desk.worked_on.node and None not in (span.start, span.end):
            return Piece(span.start or 0, span.end or 0, desk.short(iri), is_new=False)
    raise UsageError(f"--evidence {name}: {desk.worked_on.id} has no such span", "kb cite ARTICLE finds spans by words")


def _short(words: str) -> str:
    half = _LONGEST // 2
    return printable(words if len(words) <= _LONGEST else f"{words[:half]} … {words[-half:]}")
