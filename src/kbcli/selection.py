"""Which findings are told and count: those of some codes, or all but those of some codes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kbcli.reports import Report


def selected(report: Report, select: Sequence[str], ignore: Sequence[str]) -> Report:
    """The report with the findings that `select` names (all if it is empty) and `ignore` does not.

    Each word is a code, the beginning of one, or a slug. Raises UsageError for a word that is none of these.
    """
    if not (select or ignore):
        return report
    slugs = {rule.code: rule.slug for rule in report.rules.values()}
    slugs |= {finding.code: finding.slug for finding in report.findings}
    wanted = _codes("--select", select, slugs) or set(slugs)
    wanted -= _codes("--ignore", ignore, slugs)
    told = [finding for finding in report.findings if finding.code in wanted]
    return replace(report, findings=told, withheld=report.withheld + len(report.findings) - len(told))


def _codes(option: str, words: Iterable[str], slugs: Mapping[str, str]) -> set[str]:
    return {code for word in words for code in _meant(option, word, slugs)}


def _meant(option: str, word: str, slugs: Mapping[str, str]) -> list[str]:
    found = [code for code, slug in slugs.items() if slug == word]
    found = found or [code for code in slugs if word and code.startswith(word.upper())]
    if not found:
        near = nearest(word, {*slugs, *slugs.values()}) or nearest(word.upper(), slugs)
        hint = f"did you mean {near}? " if near else ""
        raise UsageError(
            f"{option} {printable(word)}: no such code", f"{hint}a code, its beginning (KB2) or a slug; see kb explain"
        )
    return found
