"""kb fmt: Turtle files in canonical layout."""

from __future__ import annotations

import sys

import click

from kbcli.names import prefixes
from kbcli.project import find_project


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file is not in canonical layout.")
@click.option("--diff", is_flag=True, help="Change nothing; print what would change.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], *, check: bool, diff: bool) -> None:
    """Bring Turtle files into canonical layout: prefixes sorted, `a` first, one predicate a line.

    Comments, the order of subjects and the spelling of every literal stay. A file is written only if its triples
    are the same before and after. Without PATHS: the project's data and ontology.
    """
    from kbcli import formatting

    project = find_project(explicit=ctx.obj)
    known = project.prefixes if project else prefixes()
    results = [formatting.formatted(document, known) for document in formatting.files(project, paths)]
    for result in results:
        if result.defect:
            click.echo(formatting.refusal(result), err=True)
        elif result.changed and diff:
            sys.stdout.write(formatting.difference(result))
        elif result.changed and check:
            click.echo(f"{result.document.shown}: not in canonical layout")
        elif result.changed:
            formatting.write(result.document.path, result.after)
            click.echo(f"{result.document.shown}: formatted", err=True)
    changed = sum(result.changed for result in results)
    click.echo(formatting.summary(len(results), changed, done=not (check or diff)), err=True)
    broken = any(result.defect for result in results)
    ctx.exit(1 if broken or (changed and (check or diff)) else 0)
