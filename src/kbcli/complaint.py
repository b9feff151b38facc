"""What the parser complains of, with the text around the place: the tokens before it, the one at it, their layout."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.bindings import legible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbcli.document import SyntaxDefect
    from kbcli.turtle import Token

_LINE_END = re.compile(r"\r\n?|\n")


class Complaint:
    """`what` in the parser's words, at `offset` of `text`. `known` are the prefixes that the file may use."""

    def __init__(self, text: str, defect: SyntaxDefect, known: Mapping[str, str]) -> None:
        self.text = text
        self.what = defect.message
        self.known = known
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(text))]
        start = self._lines[defect.line - 1] if 0 < defect.line <= len(self._lines) else len(text)
        self.offset = min(len(text), start + max(0, defect.column - 1))

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    @cached_property
    def tokens(self) -> list[Token]:
        return legible(self.text)

    @cached_property
    def before(self) -> list[Token]:
        return [token for token in self.tokens if token.start < self.offset]

    @cached_property
    def here(self) -> Token | None:
        return next((token for token in self.tokens if token.start >= self.offset), None)

    @cached_property
    def after(self) -> Token | None:
        return next((token for token in self.tokens if self.here and token.start > self.here.start), None)

    def words(self, token: Token) -> str:
        return self.text[token.start : token.end]

    def line(self, offset: int) -> int:
        return self.place(offset)[0]

    def is_indented(self, token: Token) -> bool:
        return self.place(token.start)[1] > 1

    @cached_property
    def block(self) -> int:
        """The index in `tokens` of the last token at the left margin up to the place, -1 if there is none."""
        upto = len(self.before) + bool(self.here)
        return next((i for i in range(upto - 1, -1, -1) if not self.is_indented(self.tokens[i])), -1)

    @cached_property
    def statement(self) -> int:
        """The index in `tokens` of what follows the last dot before the place."""
        return next((i + 1 for i in range(len(self.before) - 1, -1, -1) if self.before[i].kind == "dot"), 0)
