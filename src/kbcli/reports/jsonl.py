"""Findings as JSON, one a line, and nothing else: no findings, no lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from kbcli.reports import Report


def write(report: Report, stream: TextIO) -> None:
    # ASCII, because some readers take U+2028 or U+0085 within a text for the end of the line.
    stream.writelines(json.dumps(finding.record()) + "\n" for finding in report.findings)
