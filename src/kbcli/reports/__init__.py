"""Formats of `kb validate`: each module here is one, with one function `write(report, stream)`."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from kbcli.finding import SEVERITIES, Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbcli.rulebook import Ruling

FORMATS = sorted(module.name for module in pkgutil.iter_modules(__path__))


@dataclass(frozen=True)
class Report:
    """Findings in the order they are printed, what was checked, and the lines of the files that have findings.

    `files` are those whose findings are told, clean or not; `rules` are all there are, by code; `folder` is where the
    project lies below the repository that a hosted run has checked out, empty at its top; `withheld` counts the
    findings that a selection left out.
    """

    findings: list[Finding]
    counts: Mapping[str, int]
    lines: Mapping[str, list[str]]
    files: tuple[str, ...] = ()
    rules: Mapping[str, Ruling] = field(default_factory=dict)
    folder: str = ""
    withheld: int = 0

    def totals(self) -> dict[str, int]:
        return {severity: sum(f.severity == severity for f in self.findings) for severity in reversed(SEVERITIES)}

    def located(self, path: str) -> str:
        """`path` of a finding as the repository's host knows it; an absolute path and none at all stay."""
        return path if not path or not self.folder or path.startswith("/") else f"{self.folder}/{path}"


def write(name: str, report: Report, stream: TextIO) -> None:
    import_module(f"{__name__}.{name}").write(report, stream)
