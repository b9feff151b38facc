"""The name of an article in IRIs: one to four words of what it is about, never a number."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kbcli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

FEWEST, MOST = 2, 4
_LIGHT = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "over", "the", "to", "with"]
)
# What a file may be named, whatever is in it.
_IDLE = frozenset([
    "article", "clipboard", "copy", "document", "download", "draft", "file", "index", "input", "item", "news", "output",
    "page", "paste", "sample", "seed", "source", "story", "temp", "test", "text", "untitled",
])  # fmt: skip
_SHORTEST, _LONGEST = 4, 24  # letters of a word
_VOWEL = re.compile("[aeiouy]")
_HEX = re.compile("[a-f]+")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def plain(words: str) -> str:
    """In lower case, ASCII letters and digits, joined by hyphens; empty where there are none."""
    letters = unicodedata.normalize("NFKD", re.sub(r"[’'](?=s\b)|[’']", "", words))
    ascii_ = "".join(c for c in letters if not unicodedata.combining(c)).encode("ascii", "replace").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_.lower()))


def slug(stem: str, title: str, opening: str, taken: Callable[[str], bool]) -> str:
    """Of the file's name if it is words, or one word that is not taken; else of the title, else of the first words of
    the text."""
    named = plain(stem).split("-")
    if len(named) == 1 and _is_word(named[0]) and not taken(named[0]):
        return named[0]
    if FEWEST <= len(named) <= MOST and all(word.isalpha() for word in named):
        return "-".join(named)
    for words in (title, opening):
        found = [word for word in plain(words).split("-") if word and word not in _LIGHT]
        if len(found) >= FEWEST:
            return "-".join(found[:MOST])
    raise UsageError(
        f"{stem}: no name for the article can be made of it", "name it: -o data/articles/TWO-TO-FOUR-WORDS.ttl"
    )


def _is_word(name: str) -> bool:
    """Whether it says something: no number, no checksum, and not just what every text is."""
    spoken = name.isalpha() and _SHORTEST <= len(name) <= _LONGEST and _VOWEL.search(name)
    return bool(spoken) and not _HEX.fullmatch(name) and name not in _IDLE


def named(path_stem: str) -> str:
    """The slug that an output file is named by."""
    if not _NAME.fullmatch(path_stem) or path_stem.isdecimal():
        raise UsageError(
            f"-o {path_stem}.ttl: not the name of an article", "lower case, ASCII letters, digits and hyphens"
        )
    return path_stem
