"""Where the blocks of a Turtle file seem to begin, told from its layout alone: it need not be readable.

Editors' files have each block begin at the left margin, its other lines indented.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.lexical import often

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_LINE_END = re.compile(r"\r\n?|\n")
_DIRECTIVE = re.compile(r"@(?:prefix|base)\b|(?i:prefix)[ \t]+[\w.\-]*:[ \t]*<|(?i:base)[ \t]*<")
_DECLARED = re.compile(r"^[ \t]*@?prefix[ \t]+([\w.\-]*)", re.IGNORECASE | re.MULTILINE)
_TERM = r"(?:<[^<>\s]*>|[\w.\-]*:[^\s;,<>\"']*)"
_SUBJECT = re.compile(rf"(?:<[^<>\s]*>|(?P<prefix>[\w.\-]*):[^\s;,<>\"']*)[ \t]+(?:a[ \t<]|{_TERM}[ \t\r\n])")
_LEADING = re.compile(r"[<\[(@]|[^\s#;,.:\"'\])}]*:")
_PROPERTY = re.compile(rf"[ \t]+(?:a|{_TERM})[ \t]+[^\s;,.#]")
_QUOTED = re.compile(
    "|".join(rf"{quote}[^{quote}\\]*+" + often(rf"\\.[^{quote}\\]*+") + quote for quote in "\"'") + r"|<[^<>\s]*>",
    re.DOTALL,
)
_LONGEST = 10_000  # what is longer than any line that people write is not looked into


class Blocks:
    """The lines of `text` and those of them that begin a block. `known` are the prefixes that it may use."""

    def __init__(self, text: str, known: Collection[str]) -> None:
        self.text = text
        self.known = {*known, *_DECLARED.findall(text)}
        self.lines = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def line(self, offset: int) -> int:
        """The index of the line that `offset` stands on."""
        return bisect_right(self.lines, offset) - 1

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1."""
        line = self.line(offset)
        return line + 1, offset - self.lines[line] + 1

    def begin(self, line: int) -> int:
        """The offset of a line, that of the text's end below the last one."""
        return self.lines[line] if line < len(self.lines) else len(self.text)

    def words(self, line: int) -> str:
        return self.text[self.begin(line) : self.begin(line + 1)]

    @cached_property
    def starts(self) -> list[int]:
        """The offsets where a block may begin, broken or not."""
        found, ended = [], True
        for line in range(len(self.lines)):
            words = self.words(line)
            if words[:1].strip() and (ended or self._is_sure(words)) and _LEADING.match(words):
                found.append(self.begin(line))
            ended = not words.strip() or words.startswith("#") or _without_comment(words).endswith(".")
        return found

    def is_sure(self, start: int) -> bool:
        """Whether what begins here can hardly be anything but a block: prose does not look like it."""
        return self._is_sure(self.words(self.line(start)))

    def _is_sure(self, words: str) -> bool:
        found = _SUBJECT.match(words)
        if found:
            return found["prefix"] is None or found["prefix"] in self.known
        return _DIRECTIVE.match(words) is not None

    def after(self, offset: int) -> int:
        """Where the next block begins behind `offset`, the end of the text if none does."""
        index = bisect_right(self.starts, offset)
        return self.starts[index] if index < len(self.starts) else len(self.text)

    def sure_after(self, offset: int) -> int:
        """As `after`, but never a line of prose."""
        index = bisect_right(self.starts, offset)
        return next((start for start in self.starts[index:] if self.is_sure(start)), len(self.text))

    def between(self, low: int, high: int) -> Iterator[int]:
        """The starts behind `low` up to `high`."""
        index = bisect_right(self.starts, low)
        yield from self.starts[index : bisect_right(self.starts, high)]

    def is_property(self, line: int) -> bool:
        """Whether an indented line begins with a property and a value of it."""
        return line < len(self.lines) and _PROPERTY.match(self.words(line)) is not None

    def goes_on(self, line: int) -> bool:
        """Whether another property is to follow the line."""
        return _without_comment(self.words(line)).endswith(";")


def is_balanced(text: str) -> bool:
    """Whether every bracket and every long string that is opened in `text` is closed in it."""
    if text.count('"""') % 2:
        return False
    bare = _bare(text)
    return bare.count("[") == bare.count("]") and bare.count("(") == bare.count(")")


def _without_comment(words: str) -> str:
    return _bare(words).partition("#")[0].rstrip()


def _bare(text: str) -> str:
    """`text` without its strings and IRIs, where a # or a bracket is only a character."""
    return _QUOTED.sub("", text) if len(text) < _LONGEST else text
