"""Findings for people: `path:line:column: CODE severity: what`, the line with a caret, the remedy."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TextIO

from kbcli.display import cells, printable

if TYPE_CHECKING:
    from kbcli.finding import Finding, Related
    from kbcli.reports import Report
    from kbcli.watch import Pass

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


def write_pass(done: Pass, stream: TextIO) -> None:
    """What has changed since the last pass, then a line on how things stand. Errors are not told here."""
    if not done.report:
        return
    report = done.report
    stream.writelines("\n".join(_told(finding, report)) + "\n\n" for finding in done.new)
    stream.writelines(
        _visible(f"fixed: {finding.place}: {finding.code} {finding.message} [{finding.slug}]") + "\n"
        for finding in done.gone
    )
    stream.write(f"{len(done.new)} new, {len(done.gone)} fixed; {_closing(report).rstrip()} ({done.seconds:.1f} s)\n")


def _closing(report: Report) -> str:
    totals = [_counted(number, severity) for severity, number in report.totals().items() if number]
    counted = ", ".join(_counted(number, name.removesuffix("s")) for name, number in report.counts.items())
    withheld = f" ({report.withheld} left out by --select, --ignore or --changed)" if report.withheld else ""
    return f"checked {counted}: {', '.join(totals) or 'no findings'}{withheld}\n"


def _told(finding: Finding, report: Report) -> list[str]:
    lines = [_visible(f"{finding.place}: {finding.code} {finding.severity}: {finding.message} [{finding.slug}]")]
    if finding.subject:
        lines.append(_visible(f"  subject: {finding.subject}"))
    source = report.lines.get(finding.path, [])
    if 0 < finding.line <= len(source):
        lines += _excerpt(source[finding.line - 1], finding.column)
    for place in finding.related:
        lines += _related(place, report.lines.get(place.path, []))
    if finding.hint:
        lines.append(_visible(f"  hint: {finding.hint}"))
    return lines


def _related(place: Related, source: list[str]) -> list[str]:
    """The place, its line, and a caret below each character of what the finding says stands there."""
    lines = [_visible(f"  source: {place.place}")]
    if not 0 < place.line <= len(source):
        return lines
    return lines + _excerpt(source[place.line - 1], place.column, len(place.text.splitlines()[0]) if place.text else 1)


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 or name == 'info' else 's'}"


def _excerpt(line: str, column: int, width: int = 1) -> list[str]:
    """The line with carets below `width` characters from the column on; a long one is cut around it."""
    left = max(0, column - 1 - WIDTH // 2)
    shown, before, marked = (
        _visible(part.replace("\t", " "))
        for part in (line[left : left + WIDTH], line[left : max(column - 1, 0)], line[column - 1 :][:width])
    )
    carets = "^" * max(1, min(cells(marked), cells(shown) - cells(before)))
    return [f"  | {shown}", *([f"  | {' ' * cells(before)}{carets}"] if column else [])]


def _visible(text: str) -> str:
    """Harmless to a terminal; and a no-break space, which looks like any other and is often why words differ, shows."""
    return printable(text).replace("\u00a0", "\\xa0")
