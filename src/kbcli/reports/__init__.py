"""Formats of `kb validate`: each module here is one, with one function `write(report, stream)`."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from kbcli.finding import SEVERITIES, Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = sorted(module.name for module in pkgutil.iter_modules(__path__))


@dataclass(frozen=True)
class Report:
    """Findings in the order they are printed, what was checked, and the lines of the files that have findings."""

    findings: list[Finding]
    counts: Mapping[str, int]
    lines: Mapping[str, list[str]]

    def totals(self) -> dict[str, int]:
        return {severity: sum(f.severity == severity for f in self.findings) for severity in reversed(SEVERITIES)}


def write(name: str, report: Report, stream: TextIO) -> None:
    import_module(f"{__name__}.{name}").write(report, stream)
