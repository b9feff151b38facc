"""A project as the checks find it: by what has been edited since they last did, or all of it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from kbcli import checks
from kbcli.checks.sources import unnamed
from kbcli.corpus import Corpus
from kbcli.queryfile import paths
from kbcli.readable import obstacle, shown_below
from kbcli.source import Source

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from kbcli.finding import Finding
    from kbcli.incremental.results import Results
    from kbcli.project import Project


class State(NamedTuple):
    """`files` are all that some check reads, `misbound` those with a prefix of another namespace; `texts` has what the
    files of data/ and ontology/ held of which something is told."""

    findings: list[Finding]
    counts: dict[str, int]
    files: list[str]
    misbound: frozenset[str]
    texts: Mapping[str, str]


def checked(project: Project, *, kept: bool) -> State:
    if kept:
        from kbcli.incremental.checked import check_project
        from kbcli.incremental.library import Undecided

        with contextlib.suppress(Undecided):
            return _of(project, check_project(project))
    corpus = Corpus.of(project)
    data = [document.shown for document in corpus.documents]
    return State(
        list(checks.run(corpus)),
        corpus.counts(),
        _files(project, data, shown_below(project.root, project.seeds.name), corpus.named_files),
        frozenset(corpus.misbound),
        {document.shown: document.text for document in corpus.all_documents},
    )


def lines(project: Project, path: str, texts: Mapping[str, str]) -> list[str]:
    """The lines of a file, as editors show them."""
    file = project.root / path
    try:
        if path.startswith("seeds/"):
            return [""] if obstacle(file) else Source(file).lines
        text = texts[path] if path in texts else "" if obstacle(file) else file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return [""]
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _of(project: Project, results: Results) -> State:
    findings = results.findings
    sources = results.sources
    if sources is None:
        sources = shown_below(project.root, project.seeds.name)
    if results.whole and any(_is_unnamed(path, results.named_files) for path in sources):
        findings += unnamed(project, results.named_files)
    nowhere = dict.fromkeys(finding for finding in findings if not finding.path)  # two files may tell of it
    return State(
        [finding for finding in findings if finding.path] + list(nowhere),
        results.counts,
        _files(project, results.data, sources, results.named_files),
        results.misbound,
        results.texts,
    )


def _is_unnamed(source: str, named: Container[str]) -> bool:
    return source.endswith(".txt") and source.rpartition("/")[2] not in named


def _files(project: Project, data: Iterable[str], sources: Iterable[str], named: Container[str]) -> list[str]:
    """The files that some check reads, as findings name them."""
    found = [*data, *(project.relative(path) for path in (project.ontology, project.shapes, *paths(project.queries)))]
    return found + [path for path in sources if path.endswith(".txt") or path.rpartition("/")[2] in named]
