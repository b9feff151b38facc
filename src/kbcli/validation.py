"""Checking a project, or single files outside one."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from kbcli import checks
from kbcli.corpus import Corpus
from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.finding import SEVERITIES, Finding
from kbcli.names import KB, prefixes
from kbcli.project import resources
from kbcli.readable import below
from kbcli.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kbcli.project import Project
    from kbcli.queryfile import QueryFile
    from kbcli.rulebook import Ruling

# All that is told of a file with a prefix of another namespace: what else is found there follows from it.
_FIRST = ("KB001", "KB018")
# What is told of a value only if nothing else is: that it is none of its datatype.
_LAST = "KB465"


def validate(project: Project, paths: Sequence[str]) -> Report:
    """What every check finds in the project. `paths` filter what is told; what is checked is always the whole."""
    wanted = [_inside(project, path) for path in paths]
    corpus = Corpus.of(project)
    read = _read(corpus)
    for path, folder in zip(paths, wanted, strict=True):
        if not any(_is_below(file, [folder]) for file in read):
            raise UsageError(
                f"{path}: nothing to check",
                "the checks read data/, seeds/, queries/*.rq, ontology/kb.ttl and shapes.ttl",
            )
    found = (finding for finding in checks.run(corpus) if not wanted or _is_below(finding.path, wanted))
    told = _once([finding for finding in found if finding.path not in corpus.misbound or finding.code in _FIRST])
    return Report(
        _ordered(told),
        corpus.counts(),
        {file.shown: _lines(file) for file in _files(corpus)} | _sources(corpus, told),
        tuple(file for file in read if not wanted or _is_below(file, wanted)),
        _rules(corpus.shapes, project),
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
        _rules(None, None),
        _folder(Path.cwd()),
    )


def fails(findings: Iterable[Finding], threshold: str) -> bool:
    """Whether any finding is as severe as `threshold` (a severity, or "never")."""
    if threshold == "never":
        return False
    return any(SEVERITIES.index(finding.severity) >= SEVERITIES.index(threshold) for finding in findings)


def _once(told: list[Finding]) -> list[Finding]:
    places = {finding.place for finding in told if finding.code != _LAST}
    return [finding for finding in told if finding.code != _LAST or finding.place not in places]


def _rules(shapes: Document | None, project: Project | None) -> dict[str, Ruling]:
    """The rules by code; those of the shapes that the program carries where there are no others to be read."""
    from kbcli.rulebook import rulings

    own = shapes.triples if shapes else []
    triples = own or Document(resources() / "ontology" / "shapes.ttl", "").triples
    return {rule.code: rule for rule in rulings(triples, project.prefixes if project else prefixes())}


def _folder(root: Path) -> str:
    """Where `root` lies below the folder that GitHub Actions checked out, empty if it is that one or elsewhere."""
    top = os.environ.get("GITHUB_WORKSPACE")
    if not top or not root.resolve().is_relative_to(Path(top).resolve()):
        return ""
    return root.resolve().relative_to(Path(top).resolve()).as_posix().removeprefix(".")


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.path, f.line, f.column, f.code, f.subject, f.message))


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


def _read(corpus: Corpus) -> list[str]:
    """The files that some check reads, as findings name them."""
    sources = (corpus.project.relative(path) for path in below(corpus.project.seeds, ""))
    named = {getattr(name, "value", "") for article in corpus.articles for name in corpus.values(article, KB + "file")}
    texts = (path for path in sources if path.endswith(".txt") or Path(path).name in named)
    return [*(file.shown for file in _files(corpus)), *texts]


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


def _sources(corpus: Corpus, told: Iterable[Finding]) -> dict[str, list[str]]:
    """The lines of the sources that findings point into."""
    wanted = {place.path for finding in told for place in finding.related}
    return {source.shown: source.lines for source in corpus.sources.values() if source.shown in wanted}


def _files(corpus: Corpus) -> list[Document | QueryFile]:
    return [*corpus.all_documents, *corpus.queries]


def _lines(file: Document | QueryFile) -> list[str]:
    return file.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
