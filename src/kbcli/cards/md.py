"""A card in Markdown: headings and lists. Values are escaped, so that none of them can be markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from kbcli.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.card import Card, Line

EMPTY = "(empty)"  # a list item with nothing in it would make a heading of the one above


def write(card: Card, stream: TextIO) -> None:
    stream.writelines(f"{line}\n" for line in _lines(card))


def _lines(card: Card) -> Iterator[str]:
    yield f"# {escaped(card.title)}"
    for caution in card.cautions:
        yield ""
        yield f"**{escaped(caution)}**"
    for section in card.sections:
        yield ""
        yield f"## {escaped(section.heading)}"
        yield ""
        yield from map(_item, section.lines)


def _item(line: Line) -> str:
    name = f"**{escaped(line.name)}:** " if line.name else ""
    return f"{'  ' * line.depth}- {name}{escaped(line.text) or EMPTY}"
