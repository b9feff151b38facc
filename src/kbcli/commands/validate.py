"""kb validate: check the data against the vocabulary, the shapes and the sources."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

import click

from kbcli.commands.offers import files
from kbcli.display import printable, safe_lines
from kbcli.errors import UsageError
from kbcli.project import Project, find_project
from kbcli.reports import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kbcli.reports import Report


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", metavar="[PATH]...", nargs=-1, shell_complete=files)
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
@click.option(
    "--changed",
    metavar="REV",
    help="Tell only the findings that are new since this commit, branch or tag of git.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Check again whenever a file of the project is saved, and tell what has changed, until Ctrl-C (exit code 0).",
)
@click.option(
    "--no-cache",
    is_flag=True,
    help="Check everything anew; nothing is taken from an earlier check, and nothing is kept for a later one.",
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
    changed: str | None,
    watch: bool,
    no_cache: bool,
) -> None:
    """Check the project: syntax, shapes, spans against the sources, coverage.

    What is checked is always the whole knowledge base; PATHs only filter the findings. Outside a project the
    syntax of each PATH is checked, Turtle or .rq. Exit code 1: findings.
    """
    from kbcli import reports, validation
    from kbcli.reports import text
    from kbcli.selection import selected

    for option in (name for name, given in (("--summary", summary), ("--watch", watch)) if given):
        if format_ not in ("auto", "text"):
            raise UsageError(f"{option} is text, not {format_}", f"leave out one of {option} and -f")
    project = _project(ctx.obj, paths, watch=watch, changed=changed is not None)
    if project and watch:
        if summary:
            raise UsageError("--watch tells what changes, not how much", "leave out one of --summary and --watch")
        root = project.root  # each pass has its own Project: kb.toml may change too
        _watch(root, lambda: selected(validation.validate(Project(root), paths, kept=not no_cache), select, ignore))
        return
    report = selected(_report(project, paths, changed, kept=not no_cache), select, ignore)
    with contextlib.suppress(BrokenPipeError):  # whoever stops reading does not make it clean
        if summary:
            text.write_summary(report, sys.stdout)
        else:
            reports.write(_fitting(format_), report, sys.stdout)
    ctx.exit(1 if validation.fails(report.findings, fail_on) else 0)


def _report(project: Project | None, paths: tuple[str, ...], changed: str | None, *, kept: bool) -> Report:
    from kbcli import validation

    if project is None:
        return validation.validate_syntax(paths)
    if changed is None:
        return validation.validate(project, paths, kept=kept)
    from kbcli import since

    return since.changed(project, changed, paths, kept=kept)


def _project(named: str | None, paths: tuple[str, ...], *, watch: bool, changed: bool) -> Project | None:
    """The project; None where files outside any are to be checked."""
    project = find_project(explicit=named)
    if changed and (watch or not project):
        raise UsageError("--changed is for a project, and not for --watch", "leave it out")
    if project is None and watch:
        raise UsageError("no kb project here or above", "--watch is for a project: go into one")
    if project is None and not paths:
        raise UsageError(
            "no kb project here or above, and no file named", "go into a project, or name files: kb validate FILE.ttl"
        )
    return project


def _watch(root: Path, check: Callable[[], Report]) -> None:
    """Tell what each pass finds, until Ctrl-C or until nobody reads."""
    from kbcli.reports import text
    from kbcli.watch import passes

    signal.signal(signal.SIGINT, _end)
    with contextlib.suppress(BrokenPipeError):
        for number, done in enumerate(passes(root, check)):
            if done.error:
                click.echo(f"Error: {safe_lines(str(done.error))}", err=True)
            elif number == 0 and done.report:
                text.write(done.report, sys.stdout)
                click.echo(f"watching {printable(str(root))} ({done.seconds:.1f} s); Ctrl-C ends it")
            else:
                text.write_pass(done, sys.stdout)
            sys.stdout.flush()


def _end(*_: object) -> None:
    """At once and quietly: nothing is left half done, and rdflib would swallow a KeyboardInterrupt."""
    if sys.stderr.isatty():
        os.write(sys.stderr.fileno(), b"\n")  # after the ^C that the terminal shows
    os._exit(0)


def _fitting(format_: str) -> str:
    if format_ != "auto":
        return format_
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
