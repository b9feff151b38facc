"""What may be typed for an argument, when the Tab key is pressed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kbcli.errors import KbError
from kbcli.project import find_project

if TYPE_CHECKING:
    from collections.abc import Callable

    import click
    from click.shell_completion import CompletionItem

    Offer = Callable[[click.Context, click.Parameter, str], list[str]]


def offered(name: str) -> Offer:
    """What the function of this name in kbcli.completion finds in the project."""

    def complete(ctx: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001 click calls it so
        try:
            project = find_project(explicit=ctx.find_root().params.get("project"))
            found: list[str] = getattr(import_module("kbcli.completion"), name)(project, typed) if project else []
        except (KbError, OSError):  # nobody waits for an error at the Tab key
            return []
        return found

    return complete


def files(ctx: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem[str]]:  # noqa: ARG001 click calls it so
    """The names of files, which the shell knows."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="file")]
