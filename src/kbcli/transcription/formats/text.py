"""For people: one article as its text, shaded, with the figures; all articles as a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.display import cells, printable, terminal_width, wrapped
from kbcli.transcription.coverage import OPEN
from kbcli.transcription.leftovers import HEDGE, KINDS, QUOTE, VERB
from kbcli.transcription.page import BELOW, MARKS, Page
from kbcli.transcription.spans import CLAIMED, LISTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.transcription.coverage import Coverage, Shares
    from kbcli.transcription.formats import View
    from kbcli.transcription.survey import Survey

_NAMES = {VERB: "verb", HEDGE: "hedge", QUOTE: "quotation"}
_HEAD = ("article", "sentences", "done", "text claimed", "listed", "neither", *(f"{kind}s" for kind in KINDS))
_KEY = "text: its characters without white space; verbs, hedges, quotes: those that no claim uses"
_EXCERPT = 60
_LONGEST = 1000
_HANG = "    "


def parts(survey: Survey, view: View) -> Iterator[str]:
    """A table that goes to a pipe has a line for each article, however long."""
    width = terminal_width()
    found = [_article(one, width, view) for one in survey.coverages]
    for lines in found if survey.is_single else [_table(survey, width if view.is_terminal else None)]:
        yield from (f"{line}\n" for line in lines)


def _article(one: Coverage, width: int, view: View) -> Iterator[str]:
    yield from wrapped(printable(f"{one.id} ({one.file})"), width)
    yield ""
    yield from Page(one, width, coloured=view.is_coloured).lines()
    yield ""
    below = "underlined: no claim uses it" if view.is_coloured else _legend_below()
    marks = f"{MARKS[CLAIMED]} claimed, {MARKS[LISTED]} listed as claiming nothing, {MARKS[OPEN]} open"
    yield from wrapped(f"{marks}; {below}", width)
    yield ""
    for line in _figures(one):
        yield from _hanging(line, width)
    for reading in one.readings:
        for own in reading.leftovers:
            told = f"{reading.number} {_NAMES[own.kind]} “{_short(own.words)}”"
            yield from (f"  {line}" for line in _hanging(told, width - 2))


def _hanging(text: str, width: int) -> Iterator[str]:
    """All lines but the first stand further in."""
    first, *more = wrapped(printable(text), width - len(_HANG))
    yield first
    yield from (_HANG + line for line in more)


def _legend_below() -> str:
    kinds = ", ".join(f"{mark} {_NAMES[kind]}" for kind, mark in BELOW.items())
    return f"below the words: {kinds} that no claim uses, . in no claim’s span"


def _figures(one: Coverage) -> Iterator[str]:
    shares = one.sentences
    states = ", ".join(f"{number} {state}" for state, number in shares._asdict().items())
    yield f"sentences: {shares.done} of {shares.all} done ({shares.percent_done}%): {states}"
    named = ", ".join(str(reading.number) for reading in one.readings if reading.state == OPEN)
    if named:
        yield f"open sentences: {named}"
    claimed, listed, neither = _percents(one.characters)
    yield f"text: {claimed} claimed, {listed} listed, {neither} neither, of {one.characters.all} characters without white space"
    if one.unused is not None:
        yield f"no claim uses: {', '.join(_counted(number, _NAMES[kind]) for kind, number in one.unused.items())}"


def _table(survey: Survey, width: int | None) -> Iterator[str]:
    rows = [_row(printable(one.id), one.sentences, one.characters, one.unused) for one in survey.coverages]
    total = f"all {_counted(len(rows), 'article')}"
    whole = _row(total, survey.sentences, survey.characters, survey.unused)
    widths = [max(map(cells, column)) for column in zip(_HEAD, whole, *rows, strict=True)]
    limit = width or sum(widths) + 2 * len(widths) + _LONGEST
    fits = sum(widths) + 2 * (len(widths) - 1) <= limit
    if fits:
        yield _aligned(_HEAD, widths)
    for one, row in zip((*survey.coverages, None), (*rows, whole), strict=True):
        yield from [_aligned(row, widths)] if fits else _told(row, limit)
        yield from _open(one, limit) if one else ()
    yield ""
    yield from wrapped(_KEY, limit)


def _row(name: str, sentences: Shares, characters: Shares, unused: dict[str, int] | None) -> tuple[str, ...]:
    left = [str(number) for number in unused.values()] if unused is not None else ["–"] * len(_NAMES)
    done = f"{sentences.done} of {sentences.all}"
    return (name, done, f"{sentences.percent_done}%", *_percents(characters), *left)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *figures = row
    first = name + " " * (widths[0] - cells(name))
    return "  ".join([first, *(f"{figure:>{width}}" for figure, width in zip(figures, widths[1:], strict=True))])


def _told(row: Sequence[str], width: int) -> Iterator[str]:
    """Where the terminal is too narrow for a table."""
    yield from wrapped(row[0], width)
    told = ", ".join(f"{name} {figure}" for name, figure in zip(_HEAD[1:], row[1:], strict=True))
    yield from (f"  {line}" for line in wrapped(told, width - 2))


def _open(one: Coverage, width: int) -> Iterator[str]:
    for reading in one.readings:
        if reading.state == OPEN:
            told = f"open {reading.number} ({reading.start}–{reading.end}) “{_short(reading.words)}”"
            told += f": TODO at {', '.join(reading.undecided)}" * bool(reading.undecided)
            yield from (_HANG + line for line in wrapped(printable(told), width - len(_HANG)))


def _percents(shares: Shares) -> tuple[str, ...]:
    return tuple(f"{percent}%" for percent in shares.percents.values())


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _short(words: str) -> str:
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…"
