"""kb index: build the index of a large knowledge base by hand, or drop it."""

from __future__ import annotations

import time

import click

from kbcli.project import require_project


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--graphs", is_flag=True, help="The index for queries that name graphs, too.")
@click.option("--drop", is_flag=True, help="Remove the index instead.")
@click.pass_context
def command(ctx: click.Context, *, graphs: bool, drop: bool) -> None:
    """Bring the index in .kb/ up to date, so that the next question need not.

    It holds the triples of all files in an on-disk store, is never older than the files, and can be deleted at any
    time. Small data is read as quickly without one: then none is used. In kb.toml `index` says from which size on
    one is: a number of bytes, "always" or "never".
    """
    from kbcli.index import reading
    from kbcli.index.manifest import Snapshot
    from kbcli.output import UnfinishedError
    from kbcli.store import no_data

    project = require_project(ctx.obj)
    if drop:
        if not reading.drop(project):
            click.echo("note: some of it is being read, and goes with the next change", err=True)
        return
    for kind in (False, True) if graphs else (False,):
        taken, snapshot = time.time_ns(), Snapshot.of(project)
        if not snapshot.text:
            raise no_data(project)
        if not reading.update(project, snapshot, taken, graphs=kind):
            raise UnfinishedError(2)
    size = f"{snapshot.size / 1e6:,.1f} MB"
    click.echo(f"the index is up to date: {len(snapshot.names):,} files, {size}", err=True)
    if snapshot.size < project.index_from:
        click.echo('note: so little is read as quickly without it; in kb.toml, index = "always" uses it', err=True)
