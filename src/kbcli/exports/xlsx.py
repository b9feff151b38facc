"""A table of the claims as an Excel workbook. Every cell is text: nothing in it is a formula, a link or a date."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, BinaryIO

from kbcli.claimtable import COLUMNS, rows
from kbcli.errors import LimitError, UsageError

if TYPE_CHECKING:
    from kbcli.extract import Extract

LONGEST = 32_767  # characters of a cell, in UTF-16
ROWS = 1_048_576
CUT = " […]"
# A workbook says when it was made: always this, so that the same claims give the same bytes.
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)


def write(extract: Extract, stream: BinaryIO) -> None:
    whole = io.BytesIO()
    book = _library().Workbook(whole, {"constant_memory": True})
    book.set_properties({"title": "Claims, each with its speaker; none of them a fact", "created": MADE})
    sheet = book.add_worksheet("claims")
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 3)
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, bold)
    for number, row in enumerate(rows(extract), 1):
        if number >= ROWS:
            raise LimitError(f"a sheet has no more than {ROWS} rows", "kb export -f csv has no limit")
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, _fitting(cell))
    book.close()
    stream.write(whole.getvalue())


def _library() -> Any:
    try:
        import xlsxwriter
    except ImportError as error:
        raise UsageError("xlsx needs the package XlsxWriter", "pip install 'kbcli[xlsx]', or choose csv") from error
    return xlsxwriter


def _fitting(cell: str) -> str:
    """`cell`, cut where Excel would cut it."""
    units = cell.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST:
        return cell
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT
