"""kb fmt: Turtle files in canonical layout."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kbcli.commands.offers import files
from kbcli.names import prefixes
from kbcli.project import find_project

if TYPE_CHECKING:
    from kbcli.formatting import Formatted


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", metavar="[PATH]...", nargs=-1, shell_complete=files)
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file is not in canonical layout.")
@click.option("--diff", is_flag=True, help="Change nothing; print what would change.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], *, check: bool, diff: bool) -> None:
    """Bring Turtle files into canonical layout: prefixes sorted, `a` first, one predicate a line.

    Comments, the order of subjects and the spelling of every literal stay. A file is written only if its triples
    are the same before and after. Without PATHS: the project's data and ontology.
    """
    from kbcli import formatting
    from kbcli.progress import Progress

    project = find_project(explicit=ctx.obj)
    known = project.prefixes if project else prefixes()
    documents = formatting.files(project, paths)
    changed = broken = 0
    with Progress(len(documents)) as progress:
        for result in formatting.all_formatted(documents, known):
            progress.step(result.document.shown)
            if result.changed or result.defect:
                progress.clear()
                _tell(result, check=check, diff=diff)
            changed += result.changed
            broken += result.defect is not None
    click.echo(formatting.summary(len(documents), changed, done=not (check or diff)), err=True)
    ctx.exit(1 if broken or (changed and (check or diff)) else 0)


def _tell(result: Formatted, *, check: bool, diff: bool) -> None:
    """Say what is to be changed, or change it."""
    from kbcli import formatting

    if result.defect:
        click.echo(formatting.refusal(result), err=True)
    elif diff:
        sys.stdout.write(formatting.difference(result))
    elif check:
        click.echo(f"{result.document.shown}: not in canonical layout")
    else:
        formatting.write(result.document.path, result.after)
        click.echo(f"{result.document.shown}: formatted", err=True)
