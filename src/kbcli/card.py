"""A card: one thing, told to a stranger. `data` is what programs read, `sections` what people read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Line(NamedTuple):
    """One item of a section. `name` says what the text is; `depth` how deep the item stands below others.

    A `verbatim` line is one of a file: its spaces count, and it is not wrapped.
    """

    text: str
    name: str = ""
    depth: int = 0
    verbatim: bool = False


class Section(NamedTuple):
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Card:
    """`cautions` say, before anything else, what the card must not be taken for. `data` is a dataclass."""

    title: str
    cautions: tuple[str, ...]
    sections: tuple[Section, ...]
    data: Any


def sections(*pairs: tuple[str, Iterable[Line]]) -> tuple[Section, ...]:
    """The sections that have something in them."""
    made = (Section(heading, tuple(lines)) for heading, lines in pairs)
    return tuple(section for section in made if section.lines)


def each(texts: Iterable[str], name: str = "", depth: int = 0) -> list[Line]:
    return [Line(text, name, depth) for text in texts]
