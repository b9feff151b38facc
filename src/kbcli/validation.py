"""Checking a project, or single files outside one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kbcli import checks
from kbcli.corpus import Corpus
from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.finding import SEVERITIES, Finding
from kbcli.project import Project, turtle_files
from kbcli.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def validate(project: Project, paths: Sequence[str]) -> Report:
    """What every check finds in the project. `paths` filter what is told; what is checked is always the whole."""
    wanted = [_inside(project, path) for path in paths]
    corpus = Corpus.of(project)
    found = [finding for finding in checks.run(corpus) if not wanted or _is_below(finding.path, wanted)]
    lines = {document.shown: _lines(document) for document in corpus.all_documents}
    return Report(_ordered(found), corpus.counts(), lines)


def validate_syntax(paths: Sequence[str]) -> Report:
    """What is wrong with the Turtle of files outside any project: their syntax is all that can be checked."""
    from kbcli.checks.syntax import syntax

    files = [file for path in paths for file in turtle_files(Path(path))]
    documents = [Document(file, str(file)) for file in files]
    found = [finding for document in documents for finding in syntax(document)]
    return Report(_ordered(found), {"files": len(documents)}, {d.shown: _lines(d) for d in documents})


def fails(findings: Iterable[Finding], threshold: str) -> bool:
    """Whether any finding is as severe as `threshold` (a severity, or "never")."""
    if threshold == "never":
        return False
    return any(SEVERITIES.index(finding.severity) >= SEVERITIES.index(threshold) for finding in findings)


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.path, f.line, f.column, f.code, f.subject, f.message))


def _inside(project: Project, path: str) -> str:
    absolute = Path(path).absolute()
    if not absolute.exists():
        raise UsageError(f"{path}: no such file or folder")
    resolved, root = absolute.resolve(), project.root.resolve()
    if not resolved.is_relative_to(root):
        raise UsageError(
            f"{path}: not in the project {project.root}", "outside a project kb validate FILE checks its syntax"
        )
    return resolved.relative_to(root).as_posix()


def _is_below(path: str, wanted: list[str]) -> bool:
    return any(folder in (".", path) or path.startswith(folder + "/") for folder in wanted)


def _lines(document: Document) -> list[str]:
    return document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
