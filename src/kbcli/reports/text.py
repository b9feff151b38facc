"""Findings for people: `path:line:column: CODE severity: what`, the line with a caret, the remedy."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TextIO

from kbcli.display import printable

if TYPE_CHECKING:
    from kbcli.finding import Finding
    from kbcli.reports import Report

WIDTH = 110


def write(report: Report, stream: TextIO) -> None:
    stream.writelines("\n".join(_told(finding, report)) + "\n\n" for finding in report.findings)
    stream.write(_closing(report))


def write_summary(report: Report, stream: TextIO) -> None:
    """How many findings there are of each code, and nothing of any of them."""
    kinds = Counter((finding.code, finding.severity, finding.slug) for finding in report.findings)
    width = len(str(max(kinds.values(), default=0)))
    lines = (f"{number:>{width}} {' '.join(kind)}" for kind, number in sorted(kinds.items()))
    stream.writelines(_visible(line) + "\n" for line in lines)
    stream.write(_closing(report))


def _closing(report: Report) -> str:
    totals = [_counted(number, severity) for severity, number in report.totals().items() if number]
    counted = ", ".join(_counted(number, name.removesuffix("s")) for name, number in report.counts.items())
    withheld = f" ({report.withheld} left out by --select or --ignore)" if report.withheld else ""
    return f"checked {counted}: {', '.join(totals) or 'no findings'}{withheld}\n"


def _told(finding: Finding, report: Report) -> list[str]:
    lines = [_visible(f"{finding.place}: {finding.code} {finding.severity}: {finding.message} [{finding.slug}]")]
    if finding.subject:
        lines.append(_visible(f"  subject: {finding.subject}"))
    source = report.lines.get(finding.path, [])
    if 0 < finding.line <= len(source):
        lines += _excerpt(source[finding.line - 1], finding.column)
    if finding.hint:
        lines.append(_visible(f"  hint: {finding.hint}"))
    return lines


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 or name == 'info' else 's'}"


def _excerpt(line: str, column: int) -> list[str]:
    """The line with a caret below the column; a long one is cut around it."""
    left = max(0, column - 1 - WIDTH // 2)
    shown = _visible(line[left : left + WIDTH].replace("\t", " "))
    before = _visible(line[left : max(column - 1, 0)].replace("\t", " "))
    return [f"  | {shown}", *([f"  | {' ' * len(before)}^"] if column else [])]


def _visible(text: str) -> str:
    """Harmless to a terminal; and a no-break space, which looks like any other and is often why words differ, shows."""
    return printable(text).replace("\u00a0", "\\xa0")
