"""A cue, a hedge and a designation are whole words of the article: the “aid” of “said” is none of its words.

A quotation is compared with what the quotation marks enclose (KB261). Where a script has no capitals, words may stand
together unseparated, or with others prefixed to them, so there nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding
    from kbcli.grounds import Ground
    from kbcli.source import Source

PART = Rule(
    "KB263",
    "words-cut-within-a-word",
    "error",
    "the article has this only as a part of longer words",
    "write the words whole, as printed",
)
RULES = (PART,)
_PROPERTIES = ("cue", "designates", "hedge")


def check(corpus: Corpus) -> Iterator[Finding]:
    for ground in corpus.grounds:
        source = corpus.source(ground.article) if ground.article else None
        if source and ground.pieces:
            for name in _PROPERTIES:
                yield from _parts(corpus, ground, name, source)


def _parts(corpus: Corpus, ground: Ground, name: str, source: Source) -> Iterator[Finding]:
    for words in corpus.values(ground.claim, KB + name):
        places = list(_places(source.text, words.value, ground.pieces)) if words.value else []
        whole = [_whole(source.text, *place) for place in places]
        if places and not set(places) & set(whole):
            start, end = whole[0]
            told = source.comparison.at(start, end)
            found = corpus.finding(PART, ground.claim, KB + name, words, said=f"“{words.value}” {told.said}")
            hint = f"write kb:{name} {ox.Literal(source.text[start:end])}"
            yield found._replace(hint=hint, related=told.related)


def _places(text: str, words: str, pieces: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """Where the words stand in the pieces."""
    for first, last in pieces:
        at = text.find(words, first, last)
        while at >= 0:
            yield at, at + len(words)
            at = text.find(words, at + 1, last)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage, together with the rest of the words that it begins and ends in."""
    while start and _joins(text[start - 1]) and _joins(text[start]):
        start -= 1
    while end < len(text) and _joins(text[end - 1]) and _joins(text[end]):
        end += 1
    return start, end


def _joins(character: str) -> bool:
    """Whether it is a digit, or a letter of a script with capitals."""
    return character.isdecimal() or character.lower() != character.upper()
