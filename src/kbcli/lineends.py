"""A text with line feeds for all its line ends, and the way back to its own offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_END = re.compile(r"\r\n?")


@dataclass(frozen=True)
class Plain:
    """`shortened` are the offsets, in `text`, of the line feeds that were two characters."""

    text: str
    shortened: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Plain:
        pairs = (match.start() for match in _END.finditer(text) if match.end() - match.start() > 1)
        return cls(plain(text), [at - number for number, at in enumerate(pairs)])

    def back(self, offset: int) -> int:
        """Where it is in the text itself."""
        return offset + bisect_left(self.shortened, offset)


def plain(text: str) -> str:
    return _END.sub("\n", text)
