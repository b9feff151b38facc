"""What the parser complains of, with the text around the place: the tokens before it, the one at it, their layout."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kbcli.bindings import legible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbcli.document import SyntaxDefect
    from kbcli.turtle import Token

BLANKS = re.compile(r"(?:\s|#[^\n\r]*)*")
_LINE_END = re.compile(r"\r\n?|\n")


class Slip(NamedTuple):
    """What is wrong from `offset` on, and what to do."""

    offset: int
    what: str
    hint: str


class Complaint:
    """`what` in the parser's words, at `offset` of `text`. `known` are the prefixes that the file may use.

    `goes_on` where `text` is only a part of the file, and another block follows it.
    """

    def __init__(self, text: str, defect: SyntaxDefect, known: Mapping[str, str], *, goes_on: bool = False) -> None:
        self.text = text
        self.goes_on = goes_on
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

    @cached_property
    def subject(self) -> int:
        """As `statement`, but directives without a dot have ended too."""
        kinds = [token.kind for token in self.before]
        for i in range(len(kinds) - 1, self.statement, -1):
            if kinds[i] == "iri" and (kinds[i - 1] == "base" or (i > 1 and kinds[i - 2] == "prefix")):
                return i + 1
        return self.statement

    @cached_property
    def open_brackets(self) -> list[Token]:
        """The brackets of the statement that are open at the place."""
        found: list[Token] = []
        for token in self.before[self.subject :]:
            if token.kind in ("open_bracket", "open_paren"):
                found.append(token)
            elif token.kind in ("close_bracket", "close_paren") and found:
                found.pop()
        return found

    @cached_property
    def is_at_end(self) -> bool:
        """Whether every token is read, and the place is behind the last one."""
        if self.here is not None or not self.tokens:
            return False
        found = BLANKS.match(self.text, self.tokens[-1].end)
        return found is not None and found.end() == len(self.text)

    @property
    def begins_block(self) -> bool:
        """Whether the place is that of a token at the left margin."""
        return self.here is not None and not self.is_indented(self.here)

    def is_long_string(self, offset: int) -> bool:
        """Whether the next thing behind `offset` begins a string of several lines."""
        found = BLANKS.match(self.text, offset)
        return found is not None and self.text.startswith(('"""', "'''"), found.end())
