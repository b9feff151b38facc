"""The command line: its groups, its global options, and errors as sentences with exit codes."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from importlib import import_module

import click

from kbcli import __version__
from kbcli.errors import KbError

# Commands by group, in the order of `kb --help`. A command `x` is `command` in kbcli.commands.x.
GROUPS: dict[str, dict[str, str]] = {
    "Ask": {
        "query": "Ask a saved query or a SPARQL file.",
        "show": "One claim, agent, operation or article as a readable card.",
        "find": "Where words occur: labels, aliases, quotes, article texts.",
        "stats": "What the knowledge base holds, counted.",
    },
    "Write": {
        "cite": "The Evidence block for words of an article.",
        "fmt": "Turtle files in canonical layout.",
    },
    "Check": {
        "validate": "Check the data against the vocabulary, the shapes and the sources.",
        "explain": "What a term of the vocabulary or a finding's code means.",
    },
}


class Commands(click.Group):
    """Loads a command's module only when that command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click calls it so
        return [name for group in GROUPS.values() for name in group]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"kbcli.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from kbcli.names import nearest

            near = nearest(args[0], self.list_commands(ctx))
            hint = f" Did you mean {near}?" if near else " kb --help lists the commands."
            raise click.UsageError(f"{error.message.rstrip('.')}.{hint}", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 click calls it so
        for group, commands in GROUPS.items():
            with formatter.section(group):
                formatter.write_dl(list(commands.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--project", metavar="DIR", help="The project's folder. Default: found upward from here, or $KB_PROJECT.")
@click.version_option(__version__, prog_name="kb")
@click.pass_context
def cli(ctx: click.Context, project: str | None) -> None:
    """A knowledge base of contested claims: who said what about whom, when, through whom, in which exact words."""
    ctx.obj = project


def main() -> None:
    """The script `kb`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(prog_name="kb", standalone_mode=False)
    except KbError as error:
        if error.what:
            click.echo(f"Error: {error}", err=True)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        code = 128 + signal.SIGINT
    except BrokenPipeError:
        _forget_stdout()
        code = 0
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
    sys.exit(code if isinstance(code, int) else 0)


def _forget_stdout() -> None:
    """The reader is gone: let the interpreter's last flush go nowhere, quietly."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
