"""kb stats: what the knowledge base holds, counted."""

from __future__ import annotations

from pathlib import Path

import click

from kbcli.figures import WRITERS
from kbcli.project import Project, find_project, require_project


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-f", "--format", "format_", type=click.Choice(list(WRITERS)), default="text", show_default=True)
@click.option(
    "--data",
    multiple=True,
    metavar="PATH",
    help="Count these RDF files or folders instead of the project's data, without any article's text.",
)
@click.pass_context
def command(ctx: click.Context, format_: str, data: tuple[str, ...]) -> None:
    """Count what is recorded, as a whole and by article.

    A restatement is a claim that tells an utterance again, a second-hand one comes through another claim, a hedged
    one has a reservation. An allegation without a recorded denial may have been denied elsewhere. An agent or
    operation may be of several kinds. White space is left out of characters.
    """
    from kbcli.census import Census
    from kbcli.store import load_files, load_project
    from kbcli.view import View

    if data:
        store = load_files(map(Path, data), base=None, union=True)
        project = find_project(explicit=ctx.obj) or Project(Path.cwd())  # for its prefixes only
    else:
        project = require_project(ctx.obj)
        store = load_project(project, graphs=False)
    view = View(store, project)
    census = Census(view, texts=not data)
    by_article = {view.id(article): census.article(article) for article in census.articles}
    click.echo(WRITERS[format_](census.whole(), by_article), nl=False)
    for article in census.unread():
        click.echo(
            f"warning: {view.id(article)}: its text cannot be read, so it is not counted (kb validate)", err=True
        )
