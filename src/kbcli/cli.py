"""The command line: its groups, its global options, and wrong use told as click tells it."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from kbcli import __version__
from kbcli.display import safe_lines
from kbcli.errors import UsageError
from kbcli.process import interrupted

# Commands by group, in the order of `kb --help`. A command `x` is `command` in kbcli.commands.x.
GROUPS: dict[str, dict[str, str]] = {
    "Ask": {
        "query": "Ask a saved query or a SPARQL file.",
        "show": "One claim, agent, operation or article as a readable card.",
        "find": "Where words occur: labels, aliases, quotes, article texts.",
        "stats": "What the knowledge base holds, counted.",
    },
    "Write": {
        "draft": "A text file made into a first draft of an article.",
        "cite": "The Evidence block for words of an article.",
        "add": "A new agent, operation, place, kind, time or claim, or what is missing in one.",
        "drop": "A record taken out again, or another named in its place.",
        "fmt": "Turtle files in canonical layout.",
    },
    "Check": {
        "validate": "Check the data against the vocabulary, the shapes and the sources.",
        "explain": "What a term of the vocabulary or a finding's code means.",
        "coverage": "What is transcribed of the articles, and what is not.",
    },
    "Publish": {
        "export": "The knowledge base, or chosen articles, for other tools.",
        "push": "Bring a triple store to what the project holds.",
    },
    "Project": {
        "init": "A new, empty knowledge base, or the ontology of one brought up to date.",
        "index": "Build the index of a large knowledge base, or drop it.",
        "completion": "The script by which a shell completes names.",
    },
}


COMPLETING = "_KB_COMPLETE"  # the variable in which a shell asks what may be typed next


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
    if project == "":
        raise UsageError("--project is empty", "name a folder, or leave it out")
    ctx.obj = project


def run() -> int:
    """The exit code of the command that the arguments name."""
    if asked := os.environ.get(COMPLETING):
        from kbcli.commands.shells import shell_complete

        return shell_complete(cli, {}, "kb", COMPLETING, asked)
    try:
        with cli.make_context("kb", sys.argv[1:]) as context:
            cli.invoke(context)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.ClickException as error:
        click.echo(safe_lines(f"{_usage(error)}Error: {error.format_message()}"), err=True)
        return error.exit_code
    except click.Abort:
        return interrupted()
    return 0


def _usage(error: click.ClickException) -> str:
    """The lines that say how the command is used, where it was used wrongly."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{context.get_usage()}\nTry '{context.command_path} --help' for help.\n\n" if context else ""
