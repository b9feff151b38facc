"""What reaches a terminal: text made harmless, its width in cells, and how wide the terminal is."""

from __future__ import annotations

import contextlib
import os
import sys

_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Of a line of a message, in characters.
_LONGEST, _HEAD, _TAIL = 4000, 1000, 300


def printable(text: str) -> str:
    """`text` on one line without anything a terminal would obey: controls and bidi marks are shown as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u00a0" else _escape(c) for c in text)


def _escape(character: str) -> str:
    """`character` as Python and Turtle would write it. (A codec would have to be imported at the wrong time.)"""
    code = f"{ord(character):x}"
    short = {1: f"\\x0{code}", 2: f"\\x{code}"}.get(len(code))
    return _NAMED.get(character) or short or (f"\\u{code:0>4}" if len(code) <= len("ffff") else f"\\U{code:0>8}")


def safe_lines(text: str) -> str:
    """A message as `printable` makes it, its line breaks kept. Of a line that nobody would read the middle is left out."""
    return "\n".join(printable(_shortened(line)) for line in text.split("\n"))


def _shortened(line: str) -> str:
    if len(line) <= _LONGEST:
        return line
    return f"{line[:_HEAD]} … ({len(line) - _HEAD - _TAIL} characters left out) … {line[-_TAIL:]}"


def cells(text: str) -> int:
    """How many terminal cells `text` takes; wide and combining characters count as they are shown."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    width = wcswidth(text)
    return width if width >= 0 else len(text)


def terminal_width(default: int = 100) -> int:
    """Columns of the terminal, or `default` where stdout is none; COLUMNS overrides both."""
    told = os.environ.get("COLUMNS", "")
    columns = int(told) if told.isdecimal() else 0
    with contextlib.suppress(AttributeError, ValueError, OSError):  # closed, or no terminal
        columns = columns or os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
    return max(20, columns or default)


def wrapped(text: str, width: int) -> list[str]:
    """`text` broken into lines of at most `width` cells, at spaces where there are any."""
    lines, line = [], ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if cells(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        line = word
        while cells(line) > width:
            cut = _fitting(line, width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line]


def _fitting(word: str, width: int) -> int:
    """How many leading characters of `word` fit into `width` cells, at least one."""
    cut = min(len(word), width)
    while cut > 1 and cells(word[:cut]) > width:
        cut -= 1
    return cut
