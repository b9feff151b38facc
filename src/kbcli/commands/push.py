"""kb push: bring a triple store to what the project holds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import KB, compact
from kbcli.project import require_project

if TYPE_CHECKING:
    from kbcli.graphstore import GraphStore
    from kbcli.project import Project
    from kbcli.push import Difference, Push
    from kbcli.services import Service


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
@click.option("--prune", is_flag=True, help="Also delete graphs of articles that are gone, and strange triples.")
@click.option("--query", "query", metavar="URL", help="Where the store takes queries, if URL does not tell.")
@click.option("--update", "update", metavar="URL", help="Where it takes updates, if URL does not tell.")
@click.option("--no-graph-store", is_flag=True, help="Use updates alone: the store has no Graph Store Protocol.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
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
    prune: bool,
    query: str | None,
    update: str | None,
    no_graph_store: bool,
    timeout: float,
) -> None:
    """Bring the store at URL to what the project holds: data and vocabulary, and only what differs.

    URL is any of the store's addresses; that of its graphs is the best (…/store, …/data). A graph in the store keeps
    which commit each graph is of. Credentials: KB_USER and KB_PASSWORD, KB_TOKEN, ~/.netrc, or asked for.

    \b
    kb push http://localhost:7878/store
    kb push http://localhost:3030/kb/data --dry-run
    """
    from kbcli.graphstore import GraphStore
    from kbcli.services import service

    if check and (dry_run or prune):
        raise UsageError("--check changes nothing", "leave --dry-run and --prune out")
    if mode not in ("default", "per-article") and ":" not in mode:
        raise UsageError(f"--graph {printable(mode)}: neither default nor per-article nor an IRI")
    known = service(url)
    known = known._replace(query=query or known.query, update=update or known.update)
    if no_graph_store:
        known = known._replace(graphs="")
        if not (known.update and known.query):
            raise UsageError("--no-graph-store needs the addresses for updates and queries", "--update URL --query URL")
    project = require_project(ctx.obj)
    store = GraphStore(known, timeout, lambda told: click.echo(f"note: {printable(told)}", err=True))
    push = _push(project, store, mode, prune=prune)
    push.told = lambda difference: _tell(push, difference)
    if check:
        ctx.exit(_checked(push, url))
    if dry_run:
        for difference in push.differences():
            push.told(difference)
        return
    _run(push, url)
    _look(known, timeout)


def _push(project: Project, store: GraphStore, mode: str, *, prune: bool) -> Push:
    from kbcli.origin import of_project
    from kbcli.provenance import data_version
    from kbcli.push import Push

    return Push(of_project(project), store, mode, data_version(project), prune)


def _run(push: Push, url: str) -> None:
    """Push, and say what was done."""
    changed = len(push.changed)
    push.run()
    version = f" of commit {push.version}" if push.version else ""
    done = (
        f"{_counted(changed, 'graph')} changed, {len(push.digests) - changed} as before" if changed else "nothing to do"
    )
    click.echo(f"{printable(url)} holds {_counted(len(push.digests), 'graph')}{version}: {done}", err=True)
    if left := [_name(push, name) for name in push.gone if name in push.record]:
        remedy = "they hold other triples too, delete them by hand" if push.prune else "--prune deletes what is gone"
        click.echo(f"note: of earlier pushes there are still {', '.join(left[:3])}; {remedy}", err=True)


def _checked(push: Push, url: str) -> int:
    """Every graph is read and compared, whatever the record says."""
    strays = list(push.strays())
    for stray in strays:
        click.echo(f"{_name(push, stray.graph)}: {stray.added} missing, {stray.removed} too many")
    version = f" of commit {push.version}" if push.version else ""
    said = f"differs in {_counted(len(strays), 'graph')} from" if strays else "holds exactly"
    click.echo(f"{printable(url)} {said} the {_counted(len(push.digests), 'graph')}{version}", err=True)
    if push.respelt:
        click.echo(
            f"note: the store has its own spelling of {_counted(push.respelt, 'number')}, the same in value", err=True
        )
    return 1 if strays else 0


def _tell(push: Push, difference: Difference) -> None:
    click.echo(f"{_name(push, difference.graph)}: +{difference.added} -{difference.removed}")
    if difference.spared:
        what = (
            f"{_counted(difference.spared, 'triple')} there are not of this project as it is now; --prune removes them"
        )
        click.echo(f"note: {_name(push, difference.graph)}: {what}", err=True)
    sys.stdout.flush()


def _look(known: Service, timeout: float) -> None:
    """Whether a query that names no graph sees what was pushed."""
    if not known.query:
        click.echo(
            "note: where the store takes queries is not known (--query URL), so what they see was not tried", err=True
        )
        return
    from kbcli.endpoint import Endpoint

    endpoint = Endpoint(known.query, timeout)
    pattern = f"?claim a <{KB}Denial>"
    if endpoint.holds(f"{{ {pattern} }}") or not endpoint.holds(f"{{ GRAPH ?graph {{ {pattern} }} }}"):
        return
    store = f" ({known.store})" if known.store else ""
    click.echo(
        f"warning: a query that names no graph sees nothing of it: the default graph of this store{store} hides the "
        f"named ones\nhint: {known.union}",
        err=True,
    )


def _name(push: Push, graph: str) -> str:
    return printable(compact(graph, push.extract.project.prefixes)) if graph else "the default graph"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
