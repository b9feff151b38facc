"""kb completion: the script that lets a shell complete names."""

from __future__ import annotations

import click

from kbcli.cli import COMPLETING
from kbcli.commands.shells import SHELLS


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """The script by which SHELL completes commands, options, and the names of what the project holds.

    \b
    echo 'eval "$(kb completion bash)"' >> ~/.bashrc
    echo 'eval "$(kb completion zsh)"' >> ~/.zshrc
    kb completion fish > ~/.config/fish/completions/kb.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found  # noqa: S101 it is one of SHELLS
    click.echo(found(ctx.find_root().command, {}, "kb", COMPLETING).source(), nl=False)
