"""The words of a piece of text that limit what is claimed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from kbcli.drafting.lexicon import Lexicon


def hedges(text: str, start: int, end: int, lexicon: Lexicon, *, denial: bool) -> list[str]:
    """As printed, each once. What is denied may be hedged by others: a denial has only reservations of its own."""
    patterns = (lexicon.reservations,) if denial else (lexicon.reservations, lexicon.hedges)
    found = {
        match.start(): match[0]
        for pattern in patterns
        for match in pattern.finditer(text, start, end)
        if not _is_aside(text, start, match)
    }
    return list(dict.fromkeys(found[at] for at in sorted(found)))


def _is_aside(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether it limits what the outlet puts in: “(a phrase typically …)”, “sanctions, most of which …”."""
    bracketed = text.count("(", start, match.start()) > text.count(")", start, match.start())
    return bracketed or text.startswith((" which", " whom"), match.end())
