"""Findings as SARIF 2.1.0, the format that code hosts and editors take in: every rule, and a result for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from kbcli import __version__
from kbcli.display import printable
from kbcli.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbcli.finding import Finding, Related, Severity
    from kbcli.reports import Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def write(report: Report, stream: TextIO) -> None:
    rules = _rules(report)
    places = {rule["id"]: index for index, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "kb", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that the paths start from."}}},
        "results": [_result(finding, places[finding.code], report) for finding in report.findings],
    }
    stream.write(dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}))


def _rules(report: Report) -> list[dict[str, Any]]:
    """The rules by code. A finding may have a code that no rule has: a shape without a label is none."""
    known = {r.code: _rule(r.code, r.slug, r.severity, r.what, r.remedy) for r in report.rules.values()}
    for finding in report.findings:
        if finding.code not in known:
            known[finding.code] = _rule(finding.code, finding.slug, finding.severity, finding.slug, finding.hint)
    return [known[code] for code in sorted(known)]


def _rule(code: str, slug: str, severity: Severity, what: str, remedy: str) -> dict[str, Any]:
    return {
        "id": code,
        "name": slug,
        "shortDescription": {"text": _plain(what or slug)},
        "help": {"text": _plain(remedy or what or slug)},
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }


def _result(finding: Finding, index: int, report: Report) -> dict[str, Any]:
    lines = [finding.message, f"hint: {finding.hint}" if finding.hint else ""]
    told = [_plain(line) for line in lines if line] or [finding.slug]
    told += [f"source: [{_linked(place.place)}]({number})" for number, place in enumerate(finding.related, 1)]
    result = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(told)},
        "locations": [{"physicalLocation": _location(finding, report)}] if finding.path else [],
    }
    if finding.related:
        result["relatedLocations"] = [_related(*one, report) for one in enumerate(finding.related, 1)]
    return {**result, "properties": {"subject": finding.subject}} if finding.subject else result


def _related(number: int, place: Related, report: Report) -> dict[str, Any]:
    """A place that the message links to by its number: only then does GitHub show it."""
    *over, last = place.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = {"endLine": place.line + len(over), "endColumn": len(last) + (1 if over else place.column)}
    region = {"startLine": place.line, "startColumn": place.column, **end}
    where = {"artifactLocation": _artifact(report.located(place.path)), "region": region}
    if place.text:
        where["region"] = {**region, "snippet": {"text": place.text}}
    return {"id": number, "physicalLocation": where, "message": {"text": _plain(f"the article: {place.text}")}}


def _location(finding: Finding, report: Report) -> dict[str, Any]:
    where = {"artifactLocation": _artifact(report.located(finding.path))}
    if not finding.line:
        return where
    column = {"startColumn": finding.column} if finding.column else {}
    return {**where, "region": {"startLine": finding.line, **column}}


def _artifact(path: str) -> dict[str, str]:
    from pathlib import Path
    from urllib.parse import quote

    if Path(path).is_absolute():
        return {"uri": "file://" + quote(path, errors="surrogateescape")}
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": _ROOT}


def _plain(text: str) -> str:
    """`text` without links: SARIF reads `[text](target)` in a message as one, and data must not make any."""
    return text.replace("](", "]\u200b(")


def _linked(text: str) -> str:
    """`text` as what stands for a link: brackets in it would end it."""
    return _plain(printable(text)).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
