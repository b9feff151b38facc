"""kb query: ask a saved query, a SPARQL file, or what stdin brings."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from kbcli import guard, output, savedquery
from kbcli.display import safe_lines
from kbcli.errors import UsageError
from kbcli.names import BASE, prefixes
from kbcli.project import CONFIG, Project, find_project, require_project, resources
from kbcli.results import FORMATS

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kbcli.answer import Answer
    from kbcli.endpoint import Endpoint


@click.command(add_help_option=False)
@click.argument("source", metavar="NAME|FILE.rq|-", required=False)
@click.option(
    "-p",
    "--param",
    "pairs",
    metavar="NAME=VALUE",
    multiple=True,
    help="A parameter: IRI, prefixed name, exact label, or plain value.",
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="Default: table on a terminal, csv when piped, ttl for triples.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write there instead of stdout, whole or not at all.")
@click.option(
    "--data", multiple=True, metavar="PATH", help="Ask these RDF files or folders instead of the project's data."
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead of the project's data.")
@click.option("--union", is_flag=True, help="Make the named graphs of --data visible by default.")
@click.option("--base", metavar="IRI", help="Resolve relative IRIs of --data and the query against this one.")
@click.option(
    "--iri",
    "iris",
    type=click.Choice(["full", "prefixed", "label"]),
    help="How IRIs are shown. Default: full; label in tables.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, max=1e6),
    default=guard.DEFAULT_TIMEOUT,
    show_default=True,
    metavar="S",
    help="Seconds for the query itself; 0: no limit.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=0, max=1 << 30),
    default=guard.DEFAULT_MEMORY,
    show_default=True,
    metavar="MIB",
    help="Memory for loading and the query; 0: no limit.",
)
@click.option("--fail-on-rows", is_flag=True, help="Exit 1 if there is any row (or ASK is true).")
@click.option("--list", "list_", is_flag=True, help="List the saved queries with their parameters.")
@click.option("-h", "--help", "help_", is_flag=True, help="Show this, or with NAME what that query asks and takes.")
@click.pass_context
def command(ctx: click.Context, /, source: str | None, *, list_: bool, help_: bool, **options: Any) -> None:
    """Ask a saved query by name, a SPARQL file, or (-) what stdin brings.

    \b
    kb query denials
    kb query denials -p agent=Iran -f csv
    kb query my-question.rq --data other.ttl
    """
    project = require_project(ctx.obj) if ctx.obj else find_project()
    folders = [project.queries] if project else [resources() / "queries"]
    if help_ and source is None:
        click.echo(ctx.get_help())
    elif list_:
        from kbcli.catalogue import listing

        text, broken = listing(savedquery.paths(folders))
        click.echo(text, nl=False)
        for error in broken:
            click.echo(f"Error: {safe_lines(str(error))}", err=True)
        ctx.exit(2 if broken else 0)
    elif source is None:
        raise UsageError("which query?", "kb query NAME, FILE.rq or -; kb query --list shows the saved ones")
    elif help_:
        from kbcli.catalogue import page

        click.echo(page(savedquery.read(source, folders)), nl=False)
    else:
        ctx.exit(ask(savedquery.read(source, folders), project, **options))


def ask(  # noqa: PLR0913 the options of the command
    saved: savedquery.SavedQuery,
    project: Project | None,
    *,
    path: str | None,
    timeout: float,
    memory: int,
    endpoint: str | None,
    **options: Any,
) -> int:
    """Run the query in the guarded child, its answer to `path` or stdout; the exit code."""
    if timeout != timeout:  # noqa: PLR0124 not a number
        raise UsageError("--timeout nan: not a number of seconds")
    if "" in options["data"]:
        raise UsageError("--data is empty", "name a file or a folder")
    if endpoint is not None and (options["data"] or options["union"] or options["base"]):
        raise UsageError("--endpoint goes with none of --data, --union and --base", "ask the one or the other")
    saved.query.refuse_unsafe()
    if project is None and not options["data"] and endpoint is None:
        project = require_project()
    work = _answer if endpoint is None else partial(_answer_of, _endpoint(endpoint, timeout))
    with output.target(path, _inputs(saved, project, options["data"])) as stream:
        code = guard.run(
            lambda clock: work(saved, project, output.paced(stream, clock), clock, **options),
            timeout=timeout,
            memory=memory,
        )
        if code not in (0, 1):
            raise output.UnfinishedError(code)
    return code


def _inputs(saved: savedquery.SavedQuery, project: Project | None, data: tuple[str, ...]) -> list[Path]:
    """What the answer must not replace: the query, the data asked, the project's own folders and kb.toml."""
    own = [project.root / part for part in ("data", "ontology", "queries", "seeds", CONFIG)] if project else []
    return [*own, *map(Path, data), *([Path(saved.query.origin)] if saved.name != "-" else [])]


def _answer(  # noqa: PLR0913 the options of the command
    saved: savedquery.SavedQuery,
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
    from kbcli.store import load_files, load_project

    known = project.prefixes if project else prefixes(BASE)
    if data:
        store = load_files(map(Path, data), base=base, union=union)
    else:
        assert project is not None  # noqa: S101 `ask` made sure
        store = load_project(project, graphs=saved.query.uses_graphs)
    query = engine.prepared(saved, pairs, store, known, strict=not data)
    clock.start()
    answer = engine.ask(query, store, known, base=base)
    answer.iris, answer.count, answer.label_of = iris, fail_on_rows, labels_in(store)
    found = _written(answer, format_, stream)
    if data and not union and _default_graph_hides(store):
        click.echo(
            "note: all the data is in named graphs, the default graph is empty; --union makes them visible", err=True
        )
    return 1 if fail_on_rows and found else 0


def _endpoint(url: str, timeout: float) -> Endpoint:
    from kbcli.endpoint import Endpoint

    return Endpoint(url, timeout)


def _answer_of(  # noqa: PLR0913 the options of the command
    endpoint: Endpoint,
    saved: savedquery.SavedQuery,
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
        found = _written(answer, format_, stream)
    return 1 if fail_on_rows and found else 0


def _written(answer: Answer, format_: str | None, stream: BinaryIO) -> bool:
    """Write the answer in its format; whether there is any row, or ASK is true."""
    from kbcli import results

    chosen = format_ or _default_format(answer.form, terminal=os.isatty(stream.fileno()))
    results.write(chosen, answer, stream)
    stream.flush()
    if answer.form == "SELECT" and chosen in ("table", "md"):
        caveat = "" if answer.rows else ": nothing of the kind is recorded here, which does not mean that there is none"
        click.echo(f"{answer.rows} row{'' if answer.rows == 1 else 's'}{caveat}", err=True)
    return answer.truth if answer.form == "ASK" else answer.rows > 0


def _default_format(form: str, *, terminal: bool) -> str:
    return "ttl" if form == "graph" else "table" if terminal else "csv"


def _default_graph_hides(store: ox.Store) -> bool:
    import pyoxigraph as ox

    empty = next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is None
    return empty and next(store.named_graphs(), None) is not None
