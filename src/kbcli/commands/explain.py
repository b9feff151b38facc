"""kb explain: what a term of the vocabulary or a finding's code means."""

from __future__ import annotations

import sys

import click

from kbcli.commands.offers import offered
from kbcli.project import find_project


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", metavar="[TERM|CODE]", nargs=-1, shell_complete=offered("explained"))
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...]) -> None:
    """What a TERM of the vocabulary or a finding's CODE means; without either, a list of all.

    Outside a project it tells of the vocabulary that kb carries.

    \b
    kb explain via
    kb explain k:unnamed
    kb explain KB211
    """
    from kbcli import cards, explanation
    from kbcli.reference import Reference

    reference = Reference.of(find_project(explicit=ctx.obj))
    name = " ".join(names).strip()
    told = [explanation.card(one, reference) for one in reference.meant(name)] if name else []
    for number, card in enumerate(told or [explanation.contents(reference)]):
        if number:
            click.echo()
        cards.write("text", card, sys.stdout)
    for path in reference.unread:
        click.echo(f"warning: {path} cannot be read (kb validate), so what it has is not counted", err=True)
