"""A table of the claims as CSV, in UTF-8 with CRLF line ends.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, as spreadsheets themselves write it.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

from kbcli.claimtable import COLUMNS, rows

if TYPE_CHECKING:
    from kbcli.extract import Extract

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(extract: Extract, stream: BinaryIO) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([_inert(cell) for cell in row] for row in rows(extract))
    text.detach()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
