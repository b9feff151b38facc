"""Findings as JUnit XML: a test case for each file, in it a failure for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from kbcli.display import printable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from kbcli.finding import Finding
    from kbcli.reports import Report

# A finding without a file is about all of them.
_WHOLE = "the knowledge base"


def write(report: Report, stream: TextIO) -> None:
    from xml.etree import ElementTree as ET

    cases = dict.fromkeys([*report.files, *(finding.path for finding in report.findings)])
    failed = {finding.path for finding in report.findings}
    counted = {"name": "kb validate", "tests": str(len(cases)), "failures": str(len(failed)), "errors": "0"}
    root = ET.Element("testsuites", counted)
    suite = ET.SubElement(root, "testsuite", {**counted, "skipped": "0"})
    for path in cases:
        suite.append(_case(path, [finding for finding in report.findings if finding.path == path]))
    ET.indent(root)
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n')


def _case(path: str, findings: list[Finding]) -> Element:
    from xml.etree import ElementTree as ET

    # Nothing that XML forbids is printable, and an escape of XML's own would be as forbidden as the character.
    name = printable(path) or _WHOLE
    case = ET.Element("testcase", {"classname": "kb validate", "name": name, **({"file": name} if path else {})})
    for finding in findings:
        told = {"type": f"{finding.code} {finding.slug}", "message": printable(finding.message)}
        ET.SubElement(case, "failure", {key: printable(value) for key, value in told.items()}).text = _text(finding)
    return case


def _text(finding: Finding) -> str:
    place = f"{finding.place}: " if finding.path else ""
    lines = [f"{place}{finding.code} {finding.severity}: {finding.message} [{finding.slug}]"]
    lines += [f"subject: {finding.subject}"] if finding.subject else []
    lines += [f"hint: {finding.hint}"] if finding.hint else []
    return "\n".join(map(printable, lines))
