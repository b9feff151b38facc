"""A finding: one defect of the data, where it is, and what to do about it.

Findings are values, gathered and never raised, so that one bad file hides no other.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


class Rule(NamedTuple):
    """What a code stands for. `slug` names the defect; `hint` is the remedy."""

    code: str
    slug: str
    severity: Severity
    what: str
    hint: str


class Finding(NamedTuple):
    """`path` is relative to the project; `line` and `column` count from 1, columns in code points, 0 where unknown.

    `subject` is the IRI the finding is about, empty if it is about a file.
    """

    code: str
    slug: str
    severity: Severity
    path: str
    line: int
    column: int
    subject: str
    message: str
    hint: str

    @property
    def place(self) -> str:
        """`path:line:column`, as far as it is known."""
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])
