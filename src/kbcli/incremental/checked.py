"""A project checked: what an edit cannot have changed is taken from what was kept of an earlier check."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from kbcli.document import Document
from kbcli.incremental import version
from kbcli.incremental.content import Content
from kbcli.incremental.edit import Edit, tallied, together
from kbcli.incremental.files import Scan
from kbcli.incremental.index import Overlay
from kbcli.incremental.library import Library, Undecided
from kbcli.incremental.lock import locked, tidy
from kbcli.incremental.results import Results
from kbcli.incremental.shelf import PROJECT, Shelf, named
from kbcli.incremental.sight import Sight
from kbcli.incremental.unit import told
from kbcli.incremental.workers import outcomes
from kbcli.readable import obstacle

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from kbcli.incremental.unit import Outcome
    from kbcli.project import Project

FOLDER = (".kb", "validation")
_SUFFIX = ".sqlite"
_NAME = f"results{_SUFFIX}"


def check_project(project: Project) -> Results:
    """Raises Undecided for what only the whole can be checked for."""
    if any(obstacle(path) for path in (project.ontology, project.shapes)):
        raise Undecided
    folder = project.root.joinpath(*FOLDER)
    with locked(folder):
        tidy(folder, _SUFFIX)
        return _checked(project, folder / _NAME)


def _checked(project: Project, path: Path) -> Results:
    rules = version.of_rules(project)
    if not obstacle(path):
        with contextlib.suppress(Exception), contextlib.closing(Shelf(path)) as shelf:  # damaged: whatever that raises
            if shelf.meta("rules") == rules:
                return _edited(project, shelf)
    return _afresh(project, path, rules)


def _edited(project: Project, shelf: Shelf) -> Results:
    """What an edit can have changed is checked again."""
    scan = Scan.of(project.root, shelf.states(), shelf.sum)
    if not scan.paths:
        raise Undecided
    edit = Edit(project, shelf, scan)
    found = list(outcomes(edit.library, edit.another, edit.stale))
    results = _results(shelf, edit.library, found, edit)
    if (scan.states or scan.gone or found) and edit.is_true():
        with contextlib.suppress(sqlite3.Error):  # no room, or read-only: who comes next finds it out again
            edit.write(found)
            shelf.commit()
    return results


def _afresh(project: Project, path: Path, rules: str) -> Results:
    """All is checked, and kept beside what others may be reading until it is complete."""
    scan = Scan.of(project.root, {}, str)
    if not scan.paths:
        raise Undecided
    aside, queries = path.with_name(f"{os.getpid()}{_SUFFIX}"), version.of_queries(project)
    try:
        shelf = Shelf(aside, create=True)
        _put_all(project, shelf, scan)
        shelf.commit()
        library = _library(project, shelf, scan)
        another = partial(_another, project, aside, scan)
        found = list(outcomes(library, another, [PROJECT, *scan.paths]))
        shelf.begin()
        shelf.note(rules=rules, reads=together({}, found), **tallied(project, library, queries))
        shelf.note(sight=Sight.of(library.shapes.triples).written(), misbound=json.dumps(sorted(library.misbound)))
        for outcome in found:
            shelf.put_unit(outcome.path, outcome)
        results = _results(shelf, library, [], None)
        if (version.of_rules(project), version.of_queries(project)) == (rules, queries):  # as they were all the time
            shelf.publish(path)
    except (OSError, sqlite3.Error) as error:
        raise Undecided from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
    return results


def _put_all(project: Project, shelf: Shelf, scan: Scan) -> None:
    shelf.put_file(PROJECT, ("", True, ""))
    old: dict[str, Content] = {}
    empty = Overlay(shelf, scan, old, old)
    for path, (state, trusted) in scan.states.items():
        shelf.put_file(path, (state, trusted, scan.sums[path]))
        if path in scan.held:
            content = Content(project, Document.holding(project.root / path, path, scan.held[path]))
            if content.odd:
                raise Undecided
            shelf.put_content(path, scan.held[path], content)
            empty.all_terms.update(content.terms)
            empty.languages.update(content.languages)
    shelf.put_tallies(empty.all_terms, empty.languages)


def _library(project: Project, shelf: Shelf, scan: Scan) -> Library:
    """Of what is on the shelf."""
    return Library.over(project, Overlay(shelf, scan, {}, {}))


def _another(project: Project, path: Path, scan: Scan) -> Library:
    return _library(project, Shelf(path), scan)


def _results(shelf: Shelf, library: Library, found: Collection[Outcome], edit: Edit | None) -> Results:
    replaced = {outcome.path for outcome in found} | (edit.gone if edit else set())
    kept = [one for path, text in shelf.told() if path not in replaced for one in told(text)]
    counts = shelf.counts(replaced)
    for outcome in found:
        counts = {name: number + more for (name, number), more in zip(counts.items(), outcome.counts, strict=True)}
    return Results.of(
        library,
        kept + [one for outcome in found for one in told(outcome.told)],
        edit.unsound if edit else shelf.unsound(),
        counts,
        shelf.named_files(replaced) | {name for one in found for name in named(one.files)},
    )
