"""A table for people: labels instead of IRIs, columns wrapped to the terminal, or one block a row where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox
import wcwidth  # noqa: F401 nothing can be imported while rows are read

from kbcli.display import cells, printable, terminal_width, wrapped

if TYPE_CHECKING:
    from kbcli.answer import Answer

GAP = 2
NARROWEST = 14  # cells a column must have to be read; below it a row becomes a block
TALLEST = 6  # lines a row may take to be read across; above it a row becomes a block


def write(answer: Answer, stream: BinaryIO) -> None:
    if answer.form == "graph":
        raise answer.refuse("table", "cannot hold the triples of")
    if answer.form == "ASK":
        stream.write(b"true\n" if answer.truth else b"false\n")
        return
    header, rows = read_grid(answer)
    width = terminal_width()
    widths = fit([max(map(cells, column)) for column in zip(header, *rows, strict=True)], width)
    grid = _is_readable(rows, widths) or not header
    text = _grid(header, rows, widths) if grid else _blocks(header, rows, width)
    stream.write(text.encode())


def read_grid(answer: Answer) -> tuple[list[str], list[list[str]]]:
    """Header and cells as people read them: where a column X has an XLabel beside it, X shows that label."""
    names = answer.columns
    labels = {name: names.index(f"{name}Label") for name in names if f"{name}Label" in names}
    if answer.iris not in (None, "label"):
        labels = {}
    shown = [name for name in names if name.removesuffix("Label") not in labels or name in labels]
    rows = []
    for solution in answer.solutions():
        row = []
        for name in shown:
            own = solution[names.index(name)]
            label = solution[labels[name]] if name in labels else None
            row.append(_cell(answer, own if label is None else label))
        rows.append(row)
    return shown, rows


def fit(natural: list[int], width: int) -> list[int]:
    """Column widths that fill at most `width` cells with gaps between; empty if some could not be read."""
    room = width - GAP * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    fixed: dict[int, int] = {}
    while True:  # narrow columns keep their width, the others share what is left
        others = [index for index in range(len(natural)) if index not in fixed]
        share, rest = divmod(room - sum(fixed.values()), len(others)) if others else (0, 0)
        narrow = {index: natural[index] for index in others if natural[index] <= share}
        if not narrow:
            break
        fixed |= narrow
    if share < NARROWEST:
        return []
    return [
        fixed.get(index, share + (others.index(index) < rest if index in others else 0))
        for index in range(len(natural))
    ]


def _is_readable(rows: list[list[str]], widths: list[int]) -> bool:
    cells_of = (pair for row in rows for pair in zip(row, widths, strict=False))
    return bool(widths) and all(len(wrapped(cell, width)) <= TALLEST for cell, width in cells_of)


def _grid(header: list[str], rows: list[list[str]], widths: list[int]) -> str:
    rule = ["─" * width for width in widths]
    lines = [*_lines(header, widths), (" " * GAP).join(rule)]
    for row in rows:
        lines += _lines(row, widths)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _lines(row: list[str], widths: list[int]) -> list[str]:
    columns = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(map(len, columns), default=0)
    padded = [column + [""] * (height - len(column)) for column in columns]
    return [
        (" " * GAP).join(cell + " " * (width - cells(cell)) for cell, width in zip(line, widths, strict=True))
        for line in zip(*padded, strict=True)
    ]


def _blocks(header: list[str], rows: list[list[str]], width: int) -> str:
    """One block a row: a name and its value a line, empty values left out."""
    margin = max(map(cells, header)) + GAP
    blocks = []
    for row in rows:
        lines = []
        for name, cell in zip(header, row, strict=True):
            if cell:
                first, *more = wrapped(cell, max(width - margin, NARROWEST))
                lines += [name + " " * (margin - cells(name)) + first, *(" " * margin + line for line in more)]
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)


def _cell(answer: Answer, term: object) -> str:
    match term:
        case None:
            return ""
        case ox.NamedNode():
            return printable(answer.iri(term, "prefixed"))
        case ox.Literal():
            return printable(term.value)
        case _:
            return printable(str(term))
