"""A source: the text of one article, byte for byte, and its sentences.

Offsets are Unicode code points of the decoded file, from 0, half-open. Lines and columns count from 1, as editors do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kbcli.fullstops import begun
from kbcli.readable import obstacle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kbcli.comparison import Comparison
    from kbcli.project import Project

_BREAK = re.compile(r"\r\n?|\n")
_BLANK = "\ufeff \t\r\n\v\f\x1c\x1d\x1e\x85\xa0\u2028\u2029"


class SourceError(Exception):
    """Why a source cannot be had, in words."""


class Sentence(NamedTuple):
    """The `number`th sentence (from 1) of a text, from `start` up to `end`."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """`text` keeps every character of the file, line ends and a byte order mark among them.

    `shown` is the path as messages print it.
    """

    path: Path
    shown: str = ""

    @cached_property
    def raw(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def text(self) -> str:
        """Raises UnicodeDecodeError where the file is not UTF-8."""
        return self.raw.decode("utf-8")

    @cached_property
    def sha256(self) -> str:
        import hashlib

        return hashlib.sha256(self.raw).hexdigest()

    @cached_property
    def sentences(self) -> list[Sentence]:
        return segmented(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The lines as an editor shows them, without their ends and without a byte order mark."""
        return _BREAK.split(self.text.removeprefix("\ufeff"))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset`. A line may end in CR, LF or both; a byte order mark takes
        no column."""
        offset = min(offset, len(self.text))
        line = bisect_right(self._starts, offset)
        return (line, offset - self._starts[line - 1] + 1) if line else (1, 1)

    @cached_property
    def comparison(self) -> Comparison:
        """What the data says the text has can be held against it."""
        from kbcli.comparison import Comparison

        return Comparison(self)

    @cached_property
    def _starts(self) -> list[int]:
        return [int(self.text.startswith("\ufeff")), *(match.end() for match in _BREAK.finditer(self.text))]


def source_of(project: Project, name: str) -> Source:
    """The file `name` of seeds/, read. Raises SourceError if there is none, or none that may be read."""
    if name in ("", ".", "..") or set(name) & set("/\\\0"):
        raise SourceError("not the name of a file")
    path = project.seeds / name
    if reason := obstacle(path, project.root):
        raise SourceError(reason)
    source = Source(path, project.relative(path))
    try:
        _ = source.raw
    except OSError as error:
        raise SourceError(error.strerror or str(error)) from error
    return source


def segmented(text: str) -> list[Sentence]:
    """The sentences of `text`, line by line: a line break always ends one. White space around them is left out."""
    bounds: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        bounds += ((start + first, start + last) for first, last in _in_line(line))
        start += len(line)
    return [Sentence(number, *bound) for number, bound in enumerate(bounds, 1)]


def _in_line(line: str) -> Iterator[tuple[int, int]]:
    """The sentences of one line. Only their starts are the segmenter's, mended at abbreviations: an end is where the
    next one starts."""
    from syntok import segmenter
    from syntok.tokenizer import Tokenizer

    content = line.strip(_BLANK)
    if not content:
        return
    first = line.index(content)
    tokenizer = Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)
    starts = [tokens[0].offset for tokens in segmenter.split(tokenizer.tokenize(content)) if tokens]
    for start, end in pairwise([0, *begun(content, starts[1:]), len(content)]):
        yield first + start, first + start + len(content[start:end].rstrip(_BLANK))
