"""Findings as workflow commands of GitHub Actions, which it shows beside the lines they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from kbcli.display import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbcli.finding import Finding, Severity
    from kbcli.reports import Report

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def write(report: Report, stream: TextIO) -> None:
    stream.writelines(_command(finding, report) + "\n" for finding in report.findings)


def _command(finding: Finding, report: Report) -> str:
    place = {"file": report.located(finding.path), "line": finding.line, "col": finding.column}
    properties = {**place, "title": printable(f"{finding.code} {finding.slug}")}
    written = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in properties.items() if value)
    return f"::{_COMMANDS[finding.severity]} {written}::{_message(finding).translate(_IN_MESSAGE)}"


def _message(finding: Finding) -> str:
    subject = f"subject: {finding.subject}" if finding.subject else ""
    hint = f"hint: {finding.hint}" if finding.hint else ""
    return "\n".join(printable(line) for line in (finding.message, subject, hint) if line)
