"""kb draft: a text file made into a first draft of an article's Turtle."""

from __future__ import annotations

import click

from kbcli.commands.offers import files
from kbcli.project import require_project


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("source", metavar="SOURCE.txt", shell_complete=files)
@click.option("--title", default="", metavar="TEXT", help="The headline. Default: the first line, if it is one.")
@click.option("--outlet", default="", metavar="NAME", help="Who published it; speaks where the article names nobody.")
@click.option("--author", default="", metavar="NAME", help="Who wrote it.")
@click.option("--url", default="", metavar="URL", help="Its address.")
@click.option("--issued", default="", metavar="DATE", help="The day it appeared; weekdays are counted back from it.")
@click.option("--retrieved", default="", metavar="DATE", help="The day on which the text was fetched.")
@click.option("--archived", default="", metavar="URL", help="The address of an archived copy.")
@click.option("--lang", default="", metavar="TAG", help="The text's language (default en). Others get spans only.")
@click.option(
    "-o", "--output", metavar="FILE", help="The file to write. Default: data/articles/ and a name from the text."
)
@click.pass_context
def command(ctx: click.Context, /, source: str, output: str | None, **given: str) -> None:
    """A first draft of an article: its text in seeds/, and its Turtle in data/articles/.

    Every sentence gets its span. Where a sentence reports speech, a claim is proposed, with no more than the words
    tell for certain. What a person must decide is a TODO, and kb validate lists what is left of them (KB020). No
    network, no language model; nothing that is there is overwritten.

    \b
    kb draft river-spill.txt --outlet "Marsham Herald" --issued 2024-03-06
    kb draft 0042.txt -o data/articles/river-spill.ttl
    """
    from kbcli.drafting.draft import draft
    from kbcli.drafting.supplied import Supplied

    done = draft(require_project(ctx.obj), source, Supplied(**given), output)
    if not done.is_new:
        click.echo(f"{done.file}: drafted already, nothing changed", err=True)
        return
    click.echo(done.file)
    made = f"{_counted(done.sentences, 'sentence')}, {_counted(done.proposed, 'claim')} proposed"
    click.echo(f"{done.seed}: {made}, {_counted(done.todos, 'TODO')} (kb validate {done.file} lists them)", err=True)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
