"""kb validate: check the data against the vocabulary, the shapes and the sources."""

from __future__ import annotations

import contextlib
import os
import sys

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
    type=click.Choice(["auto", *FORMATS]),
    default="auto",
    show_default=True,
    help="How findings are printed; auto: github within GitHub Actions, else text.",
)
@click.option(
    "--select",
    metavar="CODE",
    multiple=True,
    help="Tell and count only findings of this code, beginning of a code (KB2) or slug. May be repeated.",
)
@click.option("--ignore", metavar="CODE", multiple=True, help="Neither tell nor count findings of it. May be repeated.")
@click.option("--summary", is_flag=True, help="Only how many findings there are of each code, as text.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.pass_context
def command(  # noqa: PLR0913 click passes every option by name
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    *,
    format_: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    summary: bool,
    fail_on: str,
) -> None:
    """Check the project: syntax, shapes, spans against the sources, coverage.

    What is checked is always the whole knowledge base; PATHs only filter the findings. Outside a project the
    syntax of each PATH is checked. Exit code 1: findings.
    """
    from kbcli import reports, selection, validation
    from kbcli.reports import text

    if summary and format_ not in ("auto", "text"):
        raise UsageError(f"--summary is text, not {format_}", "leave out one of --summary and -f")
    project = find_project(explicit=ctx.obj)
    if project is None and not paths:
        raise UsageError(
            "no kb project here or above, and no file named", "go into a project, or name files: kb validate FILE.ttl"
        )
    report = validation.validate(project, paths) if project else validation.validate_syntax(paths)
    report = selection.selected(report, select, ignore)
    with contextlib.suppress(BrokenPipeError):  # whoever stops reading does not make it clean
        if summary:
            text.write_summary(report, sys.stdout)
        else:
            reports.write(_fitting(format_), report, sys.stdout)
    ctx.exit(1 if validation.fails(report.findings, fail_on) else 0)


def _fitting(format_: str) -> str:
    if format_ != "auto":
        return format_
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
