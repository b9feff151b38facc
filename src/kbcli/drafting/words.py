"""The words and marks of a piece of text, with their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

_TOKEN = re.compile(
    r"(?:[A-Z]\.)+(?![a-z])|[A-Z][a-z]{1,4}\.(?=[ \xa0][A-Z])|(?:Bros|Co|Corp|Inc|Ltd)\.(?=[ \xa0,’'])|\d+(?:,\d{3})+(?![\w,])|@?\w+(?:[-’'&./]\w+)*|[^\w\s]|[\x1c-\x1f\x85]"
)
_POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$")


class Word(NamedTuple):
    """A word, or a single mark. Offsets are half-open, in the whole text. A short word before a name keeps its full stop:
    within a sentence that is an abbreviation. So does “Inc.”. One that is `proper`, a known name, is no other word: “IS”."""

    start: int
    end: int
    text: str
    proper: bool = False

    @property
    def lower(self) -> str:
        return self.text if self.proper else self.text.lower()

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper() or (self.text[:1].isdecimal() and any(map(str.isupper, self.text)))

    @property
    def is_mark(self) -> bool:
        return not (self.text[:1].isalnum() or self.text[:1] in "@_")

    @property
    def is_possessive(self) -> bool:
        return bool(_POSSESSIVE.search(self.text))


def words(text: str, start: int, end: int, proper: Collection[tuple[int, int]] = ()) -> list[Word]:
    """`proper` are the places of known names."""
    found = (match.span() for match in _TOKEN.finditer(text, start, end))
    return [Word(*place, text[slice(*place)], place in proper) for place in found]
