"""Text folded for comparison, and the way back from the folded text to the places in the original.

There are two ways of folding. `WORDS` makes equal what reads alike: capitals, accents, ligatures and the rest of
Unicode's compatibility forms, and all that `MARKS` makes equal: the shapes of quotation marks, apostrophes and dashes,
white space of any kind and length, and invisible characters.
"""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHAPES = {
    '"': "“”„‟«»″〝〞＂",
    "'": "‘’‚‛‹›′ʼ´`＇",
    "-": "‐‑‒–—―−",
}
_SHAPE_OF = {shape: plain for plain, shapes in _SHAPES.items() for shape in shapes}
_VARIATION_SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])


class Table(dict[int, str]):
    """What each character is folded to, worked out when it is first met. Fit for `str.translate`."""

    def __init__(self, *, letters: bool) -> None:
        super().__init__()
        self._letters = letters

    def __missing__(self, code: int) -> str:
        self[code] = piece = self._piece(chr(code))
        return piece

    def _piece(self, character: str) -> str:
        if character in _SHAPE_OF:
            return _SHAPE_OF[character]
        if character.isspace():
            return " "
        if unicodedata.category(character) == "Cf" or ord(character) in _VARIATION_SELECTORS:
            return ""
        decomposed = unicodedata.normalize("NFD", character)
        if self._letters:
            folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
            decomposed = "".join(c for c in folded if not unicodedata.combining(c))
        piece = "".join(_SHAPE_OF.get(c, c) for c in decomposed)
        return piece.strip() or piece[:1]


WORDS = Table(letters=True)
MARKS = Table(letters=False)


def fold(text: str, table: Table = WORDS) -> str:
    """`text` folded, without white space at its ends."""
    return " ".join(text.translate(table).split())


@dataclass(frozen=True)
class Folded:
    """A folded text whose every character knows the half-open range of the original that it stands for."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, original: str, table: Table = WORDS) -> Folded:
        pieces: list[str] = []
        starts, ends = array("L"), array("L")
        for index, character in enumerate(original):
            piece = table[ord(character)]
            if not piece:
                if ends and ends[-1] == index and unicodedata.category(character)[0] == "M":
                    ends[-1] = index + 1  # an accent belongs to its letter
            elif piece != " " or (pieces and pieces[-1] != " "):
                pieces.append(piece)
                starts.extend([index] * len(piece))
                ends.extend([index + 1] * len(piece))
        return cls("".join(pieces), starts, ends)

    def find(self, needle: str, *, inside: bool = True) -> Iterator[tuple[int, int]]:
        """Where `needle` (folded, not empty) stands in the original; unless `inside`, only where a word begins."""
        at = self.text.find(needle)
        while at >= 0:
            if inside or at == 0 or not _joined(self.text[at - 1], needle[0]):
                yield self.starts[at], self.ends[at + len(needle) - 1]
            at = self.text.find(needle, at + 1)


def _joined(before: str, first: str) -> bool:
    """Whether two characters are of one word. Scripts without capitals are searched everywhere: many of them
    write no spaces, or join articles and prepositions to the word."""
    if before.isdigit() or first.isdigit():
        return before.isdigit() and first.isdigit()
    return before.isalpha() and first.isalpha() and "Lo" not in map(unicodedata.category, (before, first))
