"""kb validate: check the data against the vocabulary, the shapes and the sources."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

import click

from kbcli.errors import UsageError
from kbcli.project import find_project
from kbcli.reports import FORMATS


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], format_: str, fail_on: Any) -> None:
    """Check the project: syntax, shapes, spans against the sources, coverage.

    What is checked is always the whole knowledge base; PATHs only filter the findings. Outside a project the
    syntax of each PATH is checked. Exit code 1: findings.
    """
    from kbcli import reports, validation

    project = find_project(explicit=ctx.obj)
    if project is None and not paths:
        raise UsageError(
            "no kb project here or above, and no file named", "go into a project, or name files: kb validate FILE.ttl"
        )
    report = validation.validate(project, paths) if project else validation.validate_syntax(paths)
    with contextlib.suppress(BrokenPipeError):  # whoever stops reading does not make it clean
        reports.write(format_, report, sys.stdout)
    ctx.exit(1 if validation.fails(report.findings, fail_on) else 0)
