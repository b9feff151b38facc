"""A row for each sentence; CRLF line ends. Several values of one cell have a semicolon between them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.transcription.leftovers import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.transcription.coverage import Reading
    from kbcli.transcription.formats import View
    from kbcli.transcription.survey import Survey

_UNUSED = tuple(f"unused {kind}s" for kind in KINDS)
COLUMNS = ("article", "number", "start", "end", "state", "claims", *_UNUSED, "words")


def parts(survey: Survey, view: View) -> Iterator[str]:
    stream = io.StringIO(newline="")
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for coverage in survey.coverages:
        for one in coverage.readings:
            cells = [coverage.id, *_cells(one)]
            rows.writerow([printable(cell) for cell in cells] if view.is_terminal else cells)
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()


def _cells(one: Reading) -> list[str]:
    unused = ("; ".join(own.words for own in one.leftovers if own.kind == kind) for kind in KINDS)
    return [*map(str, one[:3]), one.state, "; ".join(one.claims), *unused, one.words]
