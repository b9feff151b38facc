"""An article's text, sentence by sentence, with what is transcribed of it: shaded, or by marks in the margin.

     3 + Ben-Barak slammed the New York Times reporting, saying it “harms trust” between
                                                         vvvvvv
    12 ? A sentence that is open.

Below the words stand the marks of what no claim uses, and dots below words in no claim's span.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kbcli.display import cells, printable, wrapped
from kbcli.transcription.coverage import OPEN
from kbcli.transcription.leftovers import HEDGE, QUOTE, VERB
from kbcli.transcription.spans import CLAIMED, LISTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.transcription.coverage import Coverage, Reading

MARKS = {CLAIMED: "+", LISTED: "-", OPEN: "?"}
BELOW = {VERB: "v", HEDGE: "h", QUOTE: "q"}
_BARE, _NONE = ".", " "
# Black on green, cyan and yellow; below it stands a line.
_COLOURS = {CLAIMED: "30;42", LISTED: "30;46", OPEN: "30;43"}
_UNDERLINED = "4"
_NARROWEST = 8


class Look(NamedTuple):
    """How a character is shown: its colour, and the mark below it."""

    colour: str
    below: str


class Page:
    """The lines of one article's text, none wider than `width` cells."""

    def __init__(self, coverage: Coverage, width: int, *, coloured: bool) -> None:
        self._coverage = coverage
        self._shades = sorted(coverage.shades)
        self._coloured = coloured
        self._digits = len(str(len(coverage.readings)))
        self._width = max(_NARROWEST, width - self._digits - 3)

    def lines(self) -> Iterator[str]:
        for one in self._coverage.readings:
            margin = f"{one.number:>{self._digits}} {MARKS[one.state]} "
            for text, looks in self._wrapped(one):
                yield margin + (_coloured(text, looks) if self._coloured else text)
                margin = " " * len(margin)
                below = _below(text, looks)
                if below and not self._coloured:
                    yield margin + below

    def _wrapped(self, one: Reading) -> Iterator[tuple[str, Sequence[Look]]]:
        """Each line with the looks of its characters; what is shown for one character may be several."""
        glyphs = [" " if character == "\t" else printable(character) for character in one.words]
        looks = [look for glyph, look in zip(glyphs, self._looks(one), strict=True) for _ in glyph]
        text, at = "".join(glyphs), 0
        for line in wrapped(text, self._width):
            at = text.index(line, at)  # between two lines there are only spaces
            yield line, looks[at : at + len(line)]
            at += len(line)

    def _looks(self, one: Reading) -> list[Look]:
        states = self._states(one)
        below = _bare(one, states) if one.state != OPEN else [_NONE] * len(states)
        for own in one.leftovers:
            below[own.start - one.start : own.end - one.start] = BELOW[own.kind] * (own.end - own.start)
        own_colour = _COLOURS[OPEN] if one.state == OPEN else ""
        colours = {**_COLOURS, OPEN: own_colour}
        return [Look(colours[state], mark) for state, mark in zip(states, below, strict=True)]

    def _states(self, one: Reading) -> list[str]:
        states = [OPEN] * (one.end - one.start)
        first = bisect_right(self._shades, (one.start, one.start, "")) - 1
        last = bisect_left(self._shades, (one.end, 0, ""))
        for start, end, state in self._shades[max(0, first) : last]:
            begin, stop = max(start - one.start, 0), max(min(end, one.end) - one.start, 0)
            states[begin:stop] = [state] * (stop - begin)
        return states


def _bare(one: Reading, states: Sequence[str]) -> list[str]:
    """Dots where words stand in no span; a mere full stop or comma may."""
    below = [_NONE] * len(states)
    at = 0
    for state, run in groupby(states):
        end = at + len(list(run))
        solid = [index for index in range(at, end) if one.words[index].isalnum()] if state == OPEN else []
        if solid:
            below[solid[0] : solid[-1] + 1] = _BARE * (solid[-1] + 1 - solid[0])
        at = end
    return below


def _below(text: str, looks: Sequence[Look]) -> str:
    """The marks below a line, each as wide as its character."""
    marks = (
        look.below * (1 if character.isascii() else cells(character))
        for character, look in zip(text, looks, strict=True)
    )
    return "".join(marks).rstrip()


def _coloured(text: str, looks: Sequence[Look]) -> str:
    shown, at = [], 0
    for codes, run in groupby(map(_codes, looks)):
        end = at + len(list(run))
        shown.append(f"\x1b[{codes}m{text[at:end]}\x1b[0m" if codes else text[at:end])
        at = end
    return "".join(shown)


def _codes(look: Look) -> str:
    marked = _UNDERLINED if look.below not in (_NONE, _BARE) else ""
    return ";".join(filter(None, (look.colour, marked)))
