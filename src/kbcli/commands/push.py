"""kb push: bring a triple store to what the project holds."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from kbcli.display import printable, safe_lines
from kbcli.errors import KbError, RemoteError, UsageError
from kbcli.names import compact
from kbcli.project import require_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.progress import Progress
    from kbcli.push import Difference, Push
    from kbcli.services import Service

NAMED = 3  # graphs that a note names
LOOK = 20.0  # seconds that the store may take for one query after a push


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("url", metavar="URL")
@click.option(
    "--graph",
    "mode",
    metavar="default|IRI|per-article",
    default="per-article",
    show_default=True,
    help="Where it goes: a graph for each file, or one graph for all.",
)
@click.option("--check", "check", is_flag=True, help="Only say whether the store holds exactly this; exit 1 if not.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option(
    "--all", "thorough", is_flag=True, help="Compare every graph, even if nothing changed since the last push."
)
@click.option("--prune", is_flag=True, help="Also delete graphs of articles that are gone, and strange triples.")
@click.option("--query", "query", metavar="URL", help="Where the store takes queries, if URL does not tell.")
@click.option("--update", "update", metavar="URL", help="Where it takes updates, if URL does not tell.")
@click.option("--no-graph-store", is_flag=True, help="Use updates alone: the store has no Graph Store Protocol.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, max=1e6),
    default=60.0,
    show_default=True,
    metavar="S",
    help="Seconds the store may be silent; 0: no limit.",
)
@click.pass_context
def command(  # noqa: PLR0913 click passes every option by name
    ctx: click.Context,
    /,
    url: str,
    *,
    mode: str,
    check: bool,
    dry_run: bool,
    thorough: bool,
    prune: bool,
    query: str | None,
    update: str | None,
    no_graph_store: bool,
    timeout: float,
) -> None:
    """Bring the store at URL to what the project holds: data and vocabulary, and only what differs.

    URL is any of the store's addresses; that of its graphs is the best (…/store, …/data). A graph in the store keeps
    which commit each graph is of. In the default graph, or one that --graph names, the triples of others stay. What
    ends a push before its end does no harm: the same command finishes it. Credentials: KB_USER and KB_PASSWORD,
    KB_TOKEN, ~/.netrc, or asked for.

    \b
    kb push http://localhost:7878/store
    kb push http://localhost:3030/kb/data --dry-run
    """
    if check and (dry_run or prune or thorough):
        raise UsageError("--check reads every graph and changes nothing", "leave --all, --dry-run and --prune out")
    known = _service(url, query, update, no_graph_store=no_graph_store)
    with _progress() as progress:
        push = _push(ctx.obj, known, timeout, mode, progress)
        push.prune, push.thorough = prune, thorough or check
        if check:
            ctx.exit(_checked(push, progress))
        if dry_run:
            _foretell(push, progress)
            return
        _run(push, progress)
    _look(push, known, timeout)


def _service(url: str, query: str | None, update: str | None, *, no_graph_store: bool) -> Service:
    from kbcli.services import service

    known = service(url)
    known = known._replace(query=query or known.query, update=update or known.update)
    if no_graph_store:
        known = known._replace(graphs="")
    if not (known.graphs or (known.update and known.query)):
        raise UsageError("--no-graph-store needs the addresses for updates and queries", "--update URL --query URL")
    return known


def _push(project_dir: str | None, known: Service, timeout: float, mode: str, progress: Progress) -> Push:
    from kbcli.goal import Goal, check_mode
    from kbcli.graphstore import GraphStore
    from kbcli.origin import of_project
    from kbcli.provenance import data_version
    from kbcli.push import Push

    check_mode(mode, known)
    project = require_project(project_dir)

    def note(told: str) -> None:
        progress.clear()
        click.echo(f"note: {printable(told)}", err=True)

    store = GraphStore(known, timeout, note)
    push = Push(Goal(of_project(project, progress=progress), mode), store, data_version(project))
    push.begins = lambda graph: progress.step(_name(push, graph))
    if mode == push.home:
        raise UsageError(f"--graph {printable(mode)}: the record of what was pushed is kept there", "name another")
    return push


def _progress() -> Progress:
    from kbcli.progress import Progress

    return Progress()


def _foretell(push: Push, progress: Progress) -> None:
    progress.count(len(push.changed))
    for difference in push.differences():
        _tell(push, difference, progress)


def _run(push: Push, progress: Progress) -> None:
    """Push, and say what was done."""
    progress.count(len(push.changed))
    push.told = lambda difference: _tell(push, difference, progress)
    with _told_if_unfinished(push, progress):
        push.run()
    progress.clear()
    _say(f"{push.store.shown} holds {_graphs(push)}: {_done(push)}")
    for what, graphs in push.left.items() if not push.prune else ():
        left = [_name(push, graph) for graph in graphs]
        more = f" and {len(left) - NAMED} more" if len(left) > NAMED else ""
        _say(f"note: {what} {', '.join(left[:NAMED])}{more}; --prune deletes what is gone")
    if push.altered:
        one = push.altered[0]
        raise RemoteError(
            f"{push.store.shown}: keeps {_counted(len(push.altered), 'graph')} otherwise than sent: "
            f"{_name(push, one.graph)} lacks {one.added} and has {one.removed} too many",
            "is somebody else writing there? kb push --check shows all",
        )


def _done(push: Push) -> str:
    same = len(push.digests) - push.touched
    parts = [
        f"{_counted(push.touched, 'graph')} changed" if push.touched else "",
        f"{push.emptied} deleted" if push.emptied else "",
        f"{same} as before" if same > 0 else "",
    ]
    return ", ".join(filter(None, parts)) if push.touched or push.emptied else "nothing to do"


@contextlib.contextmanager
def _told_if_unfinished(push: Push, progress: Progress) -> Iterator[None]:
    try:
        yield
    except BaseException:
        progress.clear()
        if push.begun:
            _say("note: the push is not finished; the same command finishes it")
        raise


def _checked(push: Push, progress: Progress) -> int:
    """Every graph is read and compared, whatever the record says."""
    progress.count(len(push.digests))
    strays = list(push.strays())
    progress.clear()
    for stray in strays:
        click.echo(f"{_name(push, stray.graph)}: {stray.added} missing, {stray.removed} too many")
    if strays:
        _say(f"{push.store.shown} differs from {_graphs(push)} in {_counted(len(strays), 'graph')}")
        _say("hint: kb push --all brings what is missing, and --prune removes what is too much")
    else:
        _say(f"{push.store.shown} holds exactly {_graphs(push)}")
    if push.respelt:
        _say(f"note: the store spells {_counted(push.respelt, 'value')} in its own way, the same in meaning")
    return 1 if strays else 0


def _tell(push: Push, difference: Difference, progress: Progress) -> None:
    progress.clear()
    if difference.added or difference.removed:
        click.echo(f"{_name(push, difference.graph)}: +{difference.added} -{difference.removed}")
        sys.stdout.flush()
    if difference.spared:
        what = f"{_counted(difference.spared, 'triple')} of somebody else's there, which --prune would remove"
        _say(f"note: {_name(push, difference.graph)}: {what}")


def _look(push: Push, known: Service, timeout: float) -> None:
    """Whether a query that names no graph sees what was pushed. The push is done, whatever comes of it."""
    if not known.query:
        _say("note: where the store takes queries is not known (--query URL), so it was not asked what they see")
        return
    from kbcli.endpoint import Endpoint
    from kbcli.visibility import warning

    try:
        found = warning(push.goal.extract, Endpoint(known.query, min(timeout or LOOK, LOOK)), known)
    except KbError as error:
        _say(f"note: what queries see there is not known: {error.what}")
        return
    if found:
        _say(f"warning: {found[0]}\nhint: {found[1]}")


def _say(text: str) -> None:
    click.echo(safe_lines(text), err=True)


def _graphs(push: Push) -> str:
    what = f"the {len(push.digests)} graphs"
    if len(push.digests) == 1:
        (graph,) = push.digests
        what = f"the graph {_name(push, graph)}" if graph else _name(push, graph)
    return what + (f" of commit {push.version}" if push.version else "")


def _name(push: Push, graph: str) -> str:
    return printable(compact(graph, push.goal.extract.project.prefixes)) if graph else "the default graph"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
