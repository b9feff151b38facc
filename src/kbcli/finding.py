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

    def at(  # noqa: PLR0913 a place has three parts, each optional
        self, path: str, line: int = 0, column: int = 0, *, said: str = "", subject: str = "", hint: str = ""
    ) -> Finding:
        """A finding at a known place. `said` is added to the rule's own words, `hint` stands in their stead."""
        message = f"{self.what}: {said}" if said else self.what
        return Finding(self.code, self.slug, self.severity, path, line, column, subject, message, hint or self.hint)


class Related(NamedTuple):
    """Another place that a finding speaks of, and what stands there: `text` begins at the column and is as written."""

    path: str
    line: int
    column: int
    text: str

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Finding(NamedTuple):
    """`path` is relative to the project; `line` and `column` count from 1, columns in code points, 0 where unknown.

    `subject` is the IRI the finding is about, empty if it is about a file. `related` are places in the sources.
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
    related: tuple[Related, ...] = ()

    @property
    def place(self) -> str:
        """`path:line:column`, as far as it is known."""
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])

    def record(self) -> dict[str, object]:
        """As JSON has it: `related` is left out where there is none."""
        fields: dict[str, object] = self._asdict()
        del fields["related"]
        return {**fields, "related": [one._asdict() for one in self.related]} if self.related else fields
