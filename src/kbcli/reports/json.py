"""Findings as one JSON object: `findings`, `counts` of what was checked, `totals` by severity."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from kbcli.reports import Report


def write(report: Report, stream: TextIO) -> None:
    findings = [finding.record() for finding in report.findings]
    whole = {"findings": findings, "counts": dict(report.counts), "totals": report.totals()}
    stream.write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
