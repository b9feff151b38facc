"""kb stats: what the knowledge base holds, counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbcli.figures import WRITERS
from kbcli.project import Project, find_project, require_project

if TYPE_CHECKING:
    from kbcli.view import View


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-f", "--format", "format_", type=click.Choice(list(WRITERS)), default="text", show_default=True)
@click.option(
    "--data",
    multiple=True,
    metavar="PATH",
    help="Count these RDF files or folders instead of the project's data, without any article's text.",
)
@click.option("--no-index", is_flag=True, help="Read all files, without the index that large data has.")
@click.pass_context
def command(ctx: click.Context, format_: str, data: tuple[str, ...], *, no_index: bool) -> None:
    """Count what is recorded, as a whole and by article.

    A restatement is a claim that tells an utterance again, a second-hand one comes through another claim, a hedged
    one has a reservation. An allegation without a recorded denial may have been denied elsewhere. An agent or
    operation may be of several kinds. White space is left out of characters.
    """
    from kbcli.index.reading import opened
    from kbcli.store import load_files
    from kbcli.view import View

    if data:
        project = find_project(explicit=ctx.obj) or Project(Path.cwd())  # for its prefixes only
        _count(View(load_files(map(Path, data), base=None, union=True), project), format_, texts=False)
        return
    with opened(require_project(ctx.obj), indexed=not no_index) as view:
        _count(view, format_, texts=True)


def _count(view: View, format_: str, *, texts: bool) -> None:
    from kbcli.census import Census
    from kbcli.progress import Progress

    census = Census(view, texts=texts)
    by_article = {}
    with Progress(len(census.articles)) as progress:
        for article in census.articles:
            progress.step(view.id(article))
            by_article[view.id(article)] = census.article(article)
    click.echo(WRITERS[format_](census.whole(), by_article), nl=False)
    for article in census.unread():
        click.echo(
            f"warning: {view.id(article)}: its text cannot be read, so it is not counted (kb validate)", err=True
        )
