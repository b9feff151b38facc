"""Drafting a source: what is written where, and what keeps it from being written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kbcli.corpus import Corpus
from kbcli.deposit import Change, write_all
from kbcli.display import printable
from kbcli.drafting.article import headline
from kbcli.drafting.seed import seed
from kbcli.drafting.sheet import Sheet
from kbcli.drafting.slug import named, slug
from kbcli.errors import UsageError
from kbcli.names import KB
from kbcli.readable import obstacle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbcli.drafting.supplied import Supplied
    from kbcli.project import Project
    from kbcli.source import Source


_BEGINNING = 200  # characters of a text that has no title, to name it by


class Draft(NamedTuple):
    """What came of it. `seed` and `file` are as messages print them; `is_new` tells whether anything was written."""

    name: str
    seed: str
    file: str
    is_new: bool
    sentences: int
    proposed: int
    todos: int


def draft(project: Project, written: str, supplied: Supplied, output: str | None) -> Draft:
    """Draft the file `written`. Raises UsageError where that cannot be done, or would overwrite something."""
    _refuse_linked(project)
    source = seed(project, written)
    name, goal = _goal(project, source, supplied, output)
    _refuse_other(source, goal)
    corpus = Corpus.of(project)
    _refuse_unread(corpus, goal)
    _refuse_taken(corpus, source, name, goal)
    sheet = Sheet(corpus, source, supplied, name, goal)
    turtle = sheet.turtle()
    if goal.exists() and goal.read_bytes() != turtle.encode():
        raise _other(corpus, source, goal)
    shown, todos = project.relative(goal), turtle.count("# TODO ")
    changes = list(_missing({source.path: source.text, goal: turtle}))
    write_all(changes)
    return Draft(name, source.shown, shown, bool(changes), len(source.sentences), sheet.proposed, todos)


def _refuse_linked(project: Project) -> None:
    """What is written behind a link to a folder would not be read: data and texts are looked for in the project itself."""
    for folder in (project.root / "data", project.root / "data" / "articles", project.seeds):
        if folder.is_symlink():
            hint = "put the folder itself there: kb reads nothing behind a link to one"
            raise UsageError(f"{project.relative(folder)}: is a link to another folder", hint)


def _refuse_other(source: Source, goal: Path) -> None:
    """What is in the way, and no draft."""
    if os.path.lexists(source.path) and (obstacle(source.path) or source.path.read_bytes() != source.raw):
        raise UsageError(f"{source.shown}: is there already, with another text", "give this text another file name")
    if os.path.lexists(goal) and (reason := obstacle(goal)):
        raise UsageError(f"{printable(str(goal))}: is there already: {reason}", "-o data/articles/NAME.ttl")


def _refuse_unread(corpus: Corpus, goal: Path) -> None:
    """A file that may name the parties of this text, or have the article already."""
    for document in corpus.documents:
        if document.defect and document.path != goal:
            line, column, message = document.defect
            place = f":{line}:{column}" if line else ""
            what = f"{document.shown}{place}: {message}; it may name who speaks in this text, or have the text already"
            raise UsageError(what, "kb validate tells how to mend it; then draft the text")


def _other(corpus: Corpus, source: Source, goal: Path) -> UsageError:
    shown = corpus.project.relative(goal)
    sums = {getattr(corpus.value(article, KB + "sha256"), "value", "") for article in corpus.articles}
    if source.sha256 in sums:
        what = "this text is drafted there already, and what it says now is not what this would write"
        return UsageError(f"{shown}: {what}", "nothing was changed: go on there, or remove it to draft the text anew")
    return UsageError(f"{shown}: is there already, and is no draft of this text", "-o data/articles/NAME.ttl")


def _missing(texts: Mapping[Path, str]) -> Iterator[Change]:
    for path, text in texts.items():
        if not os.path.lexists(path):
            yield Change(path, None, text)


def _goal(project: Project, source: Source, supplied: Supplied, output: str | None) -> tuple[str, Path]:
    folder = project.root / "data" / "articles"
    if output is None:
        opening = headline(source) or source.text[:_BEGINNING]
        name = slug(source.path.stem, supplied.title, opening, lambda name: _is_taken(source, folder / f"{name}.ttl"))
        return name, folder / f"{name}.ttl"
    goal = Path(output).absolute()
    if goal.suffix != ".ttl" or goal.parent.resolve() != folder.resolve():
        shown = printable(output) or "(empty)"
        raise UsageError(f"-o {shown}: no file for an article", "name one in data/articles/ that ends in .ttl")
    return named(goal.stem), folder / goal.name


def _is_taken(source: Source, goal: Path) -> bool:
    """Whether another article is in the file."""
    if not os.path.lexists(goal):
        return False
    return bool(obstacle(goal)) or source.sha256.encode() not in goal.read_bytes()


def _refuse_taken(corpus: Corpus, source: Source, name: str, goal: Path) -> None:
    """An article of the same name, or of the same text, that stands in another file."""
    for article in corpus.articles:
        homes = [home for home in corpus.homes_of(article.value) if home.path != goal]
        file = getattr(corpus.value(article, KB + "file"), "value", "")
        sum_ = getattr(corpus.value(article, KB + "sha256"), "value", "")
        if homes and sum_ == source.sha256:
            raise UsageError(f"{corpus.short(article.value)} is this text already ({homes[0].shown})", "edit that one")
        if homes and article.value.rpartition("/")[2] == name:
            raise UsageError(
                f"{corpus.short(article.value)} is another article ({homes[0].shown})", "-o data/articles/NAME.ttl"
            )
        if homes and file == source.path.name:
            raise UsageError(
                f"{source.shown} is the text of {corpus.short(article.value)}", "give this text another file name"
            )
