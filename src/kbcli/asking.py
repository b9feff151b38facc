"""Asking a query: the project's data or other files, under limits, the answer to where it is wanted."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kbcli import guard, output, savedquery
from kbcli.errors import UsageError
from kbcli.index import reading as index
from kbcli.names import BASE, prefixes
from kbcli.project import CONFIG, Project, find_project, require_project, resources

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kbcli.answer import Answer
    from kbcli.endpoint import Endpoint
    from kbcli.savedquery import SavedQuery


def project_of(named: str | None) -> Project | None:
    """The project named on the command line, or the one we are in."""
    return require_project(named) if named else find_project()


def folders(project: Project | None) -> list[Path]:
    """Where saved queries are."""
    return [project.queries] if project else [resources() / "queries"]


def ask(  # noqa: PLR0913 the options of the command
    named: str | None,
    *,
    source: str,
    path: str | None,
    timeout: float,
    memory: int,
    endpoint: str | None,
    no_index: bool,
    **options: Any,
) -> int:
    """Run a query in the guarded child, its answer to `path` or stdout; the exit code. `named` is the project."""
    project = project_of(named)
    saved = savedquery.read(source, folders(project))
    if timeout != timeout:  # noqa: PLR0124 not a number
        raise UsageError("--timeout nan: not a number of seconds")
    if "" in options["data"]:
        raise UsageError("--data is empty", "name a file or a folder")
    if endpoint is not None and (options["data"] or options["union"] or options["base"]):
        raise UsageError("--endpoint goes with none of --data, --union and --base", "ask the one or the other")
    saved.query.refuse_unsafe()
    if project is None and not options["data"] and endpoint is None:
        project = require_project()
    own = project if endpoint is None and not options["data"] else None
    with output.target(path, _inputs(saved, project, options["data"])) as stream:
        found = index.held(own, graphs=saved.query.uses_graphs) if own and not no_index else None
        work = partial(_answer, found) if endpoint is None else partial(_answer_of, _endpoint(endpoint, timeout))
        code = guard.run(
            lambda clock: work(saved, project, output.paced(stream, clock), clock, **options),
            timeout=timeout,
            memory=memory,
        )
        if code not in (0, 1):
            raise output.UnfinishedError(code)
    return code


def _inputs(saved: SavedQuery, project: Project | None, data: tuple[str, ...]) -> list[Path]:
    """What the answer must not replace: the query, the data asked, the project's own folders and kb.toml."""
    own = [project.root / part for part in ("data", "ontology", "queries", "seeds", CONFIG)] if project else []
    return [*own, *map(Path, data), *([Path(saved.query.origin)] if saved.name != "-" else [])]


def _answer(  # noqa: PLR0913 the options of the command
    found: index.Held | None,
    saved: SavedQuery,
    project: Project | None,
    stream: BinaryIO,
    clock: guard.Clock,
    *,
    pairs: tuple[str, ...],
    format_: str | None,
    data: tuple[str, ...],
    union: bool,
    base: str | None,
    iris: Any,
    fail_on_rows: bool,
) -> int:
    from kbcli import engine
    from kbcli.answer import labels_in
    from kbcli.store import load_files

    known = project.prefixes if project else prefixes(BASE)
    with index.watched(found):
        if data:
            store = load_files(map(Path, data), base=base, union=union)
        else:
            assert project is not None  # noqa: S101 `ask` made sure
            store = index.stored(found, project, graphs=saved.query.uses_graphs)
        languages, unopened = (found.languages, found.unopened) if found else (None, 0)
        query = engine.prepared(saved, pairs, store, known, strict=not data, languages=languages)
        clock.start()
        answer = engine.ask(query, store, known, base=base, unopened=unopened)
        answer.iris, answer.count, answer.label_of = iris, fail_on_rows, labels_in(store)
        holds = _written(answer, format_, stream)
    if data and not union and _default_graph_hides(store):
        print(
            "note: all the data is in named graphs, the default graph is empty; --union makes them visible",
            file=sys.stderr,
        )
    return 1 if fail_on_rows and holds else 0


def _endpoint(url: str, timeout: float) -> Endpoint:
    from kbcli.endpoint import Endpoint

    return Endpoint(url, timeout)


def _answer_of(  # noqa: PLR0913 the options of the command
    endpoint: Endpoint,
    saved: SavedQuery,
    project: Project | None,
    stream: BinaryIO,
    clock: guard.Clock,
    *,
    pairs: tuple[str, ...],
    format_: str | None,
    iris: Any,
    fail_on_rows: bool,
    **_: Any,
) -> int:
    """The same, of an endpoint; its own time and the network's both count."""
    known = project.prefixes if project else prefixes(BASE)
    clock.start()
    query = endpoint.prepared(saved, pairs, known)
    with endpoint.answer(query, known, labelled=iris == "label") as answer:
        answer.iris, answer.count = iris, fail_on_rows
        holds = _written(answer, format_, stream)
    return 1 if fail_on_rows and holds else 0


def _written(answer: Answer, format_: str | None, stream: BinaryIO) -> bool:
    """Write the answer in its format; whether there is any row, or ASK is true."""
    from kbcli import results

    chosen = format_ or _default_format(answer.form, terminal=os.isatty(stream.fileno()))
    results.write(chosen, answer, stream)
    stream.flush()
    if answer.form == "SELECT" and chosen in ("table", "md"):
        caveat = "" if answer.rows else ": nothing of the kind is recorded here, which does not mean that there is none"
        print(f"{answer.rows} row{'' if answer.rows == 1 else 's'}{caveat}", file=sys.stderr)
    return answer.truth if answer.form == "ASK" else answer.rows > 0


def _default_format(form: str, *, terminal: bool) -> str:
    return "ttl" if form == "graph" else "table" if terminal else "csv"


def _default_graph_hides(store: ox.Store) -> bool:
    import pyoxigraph as ox

    empty = next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is None
    return empty and next(store.named_graphs(), None) is not None
