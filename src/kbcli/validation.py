"""Checking a project, or single files outside one."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.finding import SEVERITIES, Finding
from kbcli.names import prefixes
from kbcli.project import resources
from kbcli.readable import below
from kbcli.reports import Report
from kbcli.state import checked, lines
from kbcli.undecided import unexplained

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kbcli.project import Project
    from kbcli.queryfile import QueryFile
    from kbcli.rulebook import Ruling

# All that is told of a file with a prefix of another namespace: what else is found there follows from it.
_FIRST = ("KB001", "KB018")
# What is told of a value only if nothing else is: that it is none of its datatype.
_LAST = "KB465"
# What is told of a file only if nothing else is: that it is not the installed kb's. A slip in it is one of it alone.
_ALONE = "KB908"


def validate(project: Project, paths: Sequence[str], *, kept: bool = True) -> Report:
    """What every check finds in the project. `paths` filter what is told; what is checked is always the whole.

    Unless `kept`, nothing is taken from an earlier check, and nothing is kept for a later one.
    """
    wanted = [_inside(project, path) for path in paths]
    state = checked(project, kept=kept)
    for path, folder in zip(paths, wanted, strict=True):
        if not any(_is_below(file, [folder]) for file in state.files):
            raise UsageError(
                f"{path}: nothing to check",
                "the checks read data/, seeds/, queries/*.rq, ontology/kb.ttl and shapes.ttl",
            )
    found = (finding for finding in state.findings if not wanted or _is_below(finding.path, wanted))
    told = _once([finding for finding in found if finding.path not in state.misbound or finding.code in _FIRST])
    told = unexplained(told)
    shown = {finding.path for finding in told if finding.path}
    shown |= {place.path for finding in told for place in finding.related}
    return Report(
        _ordered(told),
        state.counts,
        {path: lines(project, path, state.texts) for path in shown},
        tuple(file for file in state.files if not wanted or _is_below(file, wanted)),
        Rules(project),
        _folder(project.root),
    )


def validate_syntax(paths: Sequence[str]) -> Report:
    """What is wrong with files outside any project, Turtle or queries: their syntax is all that can be checked."""
    from kbcli.checks.queries import refused
    from kbcli.checks.syntax import syntax
    from kbcli.queryfile import read_files

    read = [file for path in paths for file in _turtle(Path(path))]
    documents = [Document(file, str(file)) for file in read if file.suffix != ".rq"]
    queries = read_files([(file, str(file)) for file in read if file.suffix == ".rq"], prefixes())
    found = [finding for document in documents for finding in syntax(document, prefixes())]
    found += [finding for query in queries for finding in refused(query)]
    files: list[Document | QueryFile] = [*documents, *queries]
    return Report(
        _ordered(found),
        {"files": len(files)},
        {file.shown: _lines(file) for file in files},
        tuple(file.shown for file in files),
        Rules(None),
        _folder(Path.cwd()),
    )


def fails(findings: Iterable[Finding], threshold: str) -> bool:
    """Whether any finding is as severe as `threshold` (a severity, or "never")."""
    if threshold == "never":
        return False
    return any(SEVERITIES.index(finding.severity) >= SEVERITIES.index(threshold) for finding in findings)


def _once(told: list[Finding]) -> list[Finding]:
    places = {finding.place for finding in told if finding.code != _LAST}
    files = {finding.path for finding in told if finding.code != _ALONE}
    return [
        finding
        for finding in told
        if not (finding.code == _LAST and finding.place in places)
        and not (finding.code == _ALONE and finding.path in files)
    ]


class Rules(Mapping[str, "Ruling"]):
    """The rules by code; those of the shapes that the program carries where there are no others to be read.

    They are gathered when one is asked for: most reports need none of them.
    """

    def __init__(self, project: Project | None) -> None:
        self._project = project

    @cached_property
    def _known(self) -> dict[str, Ruling]:
        from kbcli.rulebook import rulings

        own = Document(self._project.shapes, "").triples if self._project else []
        triples = own or Document(resources() / "ontology" / "shapes.ttl", "").triples
        known = self._project.prefixes if self._project else prefixes()
        return {rule.code: rule for rule in rulings(triples, known)}

    def __getitem__(self, code: str) -> Ruling:
        return self._known[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _folder(root: Path) -> str:
    """Where `root` lies below the folder that GitHub Actions checked out, empty if it is that one or elsewhere."""
    top = os.environ.get("GITHUB_WORKSPACE")
    if not top or not root.resolve().is_relative_to(Path(top).resolve()):
        return ""
    return root.resolve().relative_to(Path(top).resolve()).as_posix().removeprefix(".")


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.path, f.line, f.column, f.code, f.subject, f.message, f.hint))


def _inside(project: Project, path: str) -> str:
    """`path` from the project's root. A link is where it stands, unless only what it leads to is in the project."""
    _refuse(path)
    written, root = Path(os.path.normpath(Path(path).absolute())), project.root
    if not written.is_relative_to(root):
        written, root = written.resolve(), root.resolve()
    if not written.is_relative_to(root):
        raise UsageError(
            f"{path}: not in the project {project.root}", "outside a project kb validate FILE checks its syntax"
        )
    return written.relative_to(root).as_posix()


def _turtle(path: Path) -> list[Path]:
    """`path` itself, or the Turtle files below it. Raises UsageError if there is none."""
    _refuse(str(path))
    found = below(path, ".ttl") if path.is_dir() else [path]
    if not found:
        raise UsageError(f"{path}: no Turtle files here")
    return found


def _refuse(path: str) -> None:
    """Raises UsageError for what is neither a file nor a folder that can be read."""
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file or folder") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise UsageError(f"{path}: neither a file nor a folder", "copy what it delivers into a file first")


def _is_below(path: str, wanted: list[str]) -> bool:
    return any(folder in (".", path) or path.startswith(folder + "/") for folder in wanted)


def _lines(file: Document | QueryFile) -> list[str]:
    return file.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
