"""A card for a terminal: wrapped to its width, and nothing in it that the terminal would obey."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from kbcli.display import printable, terminal_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.card import Card, Line

IN, HANG = 4, 2  # cells by which each depth stands further in, and what is wrapped than its first line


def write(card: Card, stream: TextIO) -> None:
    stream.writelines(f"{line}\n" for line in _lines(card, terminal_width()))


def _lines(card: Card, width: int) -> Iterator[str]:
    yield from wrapped(printable(card.title), width)
    for caution in card.cautions:
        yield from wrapped(printable(caution), width)
    for section in card.sections:
        yield ""
        yield from wrapped(printable(section.heading), width)
        nested = any(line.depth for line in section.lines)
        for number, line in enumerate(section.lines):
            if nested and number and not line.depth:
                yield ""  # what has something below it stands apart from the next
            yield from _item(line, width)


def _item(line: Line, width: int) -> Iterator[str]:
    text = printable(f"{line.name}: {line.text}" if line.name else line.text)
    indent = " " * min(HANG + IN * line.depth, width // 2)
    if line.verbatim:
        yield (indent + text).rstrip()
        return
    first, *rest = wrapped(text, max(width - len(indent) - HANG, 1))
    yield indent + first
    yield from (indent + " " * HANG + more for more in rest)
