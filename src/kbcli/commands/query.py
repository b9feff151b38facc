"""kb query: ask a saved query, a SPARQL file, or what stdin brings."""

from __future__ import annotations

from typing import Any

import click

from kbcli import asking, savedquery
from kbcli.commands.offers import offered
from kbcli.display import safe_lines
from kbcli.errors import UsageError
from kbcli.queryline import OPTIONS, Option


def _declared(option: Option) -> Any:
    """The option as click is told of it."""
    settings: dict[str, Any] = {"help": option.help, "metavar": option.metavar, "is_flag": option.is_switch}
    if option.choices:
        settings["type"] = click.Choice(option.choices)
    if option.number:
        kind = click.IntRange if option.number is int else click.FloatRange
        settings |= {"type": kind(min=0, max=option.most), "default": option.default, "show_default": True}  # type: ignore[arg-type]
    if option.many:
        settings["multiple"] = True
    return click.option(*option.names, option.key, **settings)


def _with_options(function: Any) -> Any:
    for option in reversed(OPTIONS):
        function = _declared(option)(function)
    return function


@click.command(add_help_option=False)
@click.argument("source", metavar="NAME|FILE.rq|-", required=False, shell_complete=offered("queries"))
@_with_options
@click.pass_context
def command(ctx: click.Context, /, source: str | None, *, list_: bool, help_: bool, **options: Any) -> None:
    """Ask a saved query by name, a SPARQL file, or (-) what stdin brings.

    \b
    kb query denials
    kb query denials -p agent=Iran -f csv
    kb query my-question.rq --data other.ttl
    """
    folders = asking.folders(asking.project_of(ctx.obj))
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
        ctx.exit(asking.ask(ctx.obj, source=source, **options))
