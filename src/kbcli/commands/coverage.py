"""kb coverage: what is transcribed of the articles, and what is not."""

from __future__ import annotations

import os
import re
import sys
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from kbcli import output
from kbcli.commands.offers import offered
from kbcli.errors import UsageError
from kbcli.project import CONFIG, require_project
from kbcli.transcription.formats import FORMATS

if TYPE_CHECKING:
    from kbcli.project import Project
    from kbcli.transcription.survey import Survey

_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,20})?")
_PARTS = ("data", "ontology", "queries", "seeds", CONFIG)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("article", required=False, shell_complete=offered("articles"))
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", "path", metavar="FILE", help="Write there instead of stdout, whole or not at all.")
@click.option(
    "--fail-under",
    metavar="PERCENT",
    help="Exit code 1 if less of the sentences are claimed or listed, all articles taken together. 100: all of them.",
)
@click.pass_context
def command(ctx: click.Context, article: str | None, format_: str, path: str | None, fail_under: str | None) -> None:
    """What is transcribed of ARTICLE, or of all articles, and what is not.

    A sentence is claimed if a claim rests on a part of it, listed if kb:nothingClaimed names a part of it, else open.
    It is open too while a claim that rests on it has a TODO.
    A sentence touched is not a sentence done: the reporting verbs, hedges and quotations that no claim uses are
    hints of what is missing, not failures. The text of one ARTICLE is shown with all that.

    ARTICLE is an id, slug, file name or title.

    \b
    kb coverage
    kb coverage khodaei-nyt-report
    kb coverage --fail-under 100
    """
    from kbcli.transcription import formats

    wanted = None if fail_under is None else _percent(fail_under)
    project = require_project(ctx.obj)
    survey = _survey(project, article)
    with output.target(path, [project.root / part for part in _PARTS]) as stream:
        is_terminal = path in (None, "-") and sys.stdout.isatty()
        formats.write(format_, survey, stream, formats.View(is_terminal, is_terminal and _has_colours()))
    for kind, told in (("warning", survey.cautions()), ("note", survey.notes())):
        for line in told:
            click.echo(f"{kind}: {_visible(line)}", err=True)
    if wanted is not None and not survey.reaches(wanted):
        click.echo(_too_little(survey, fail_under or ""), err=True)
        ctx.exit(1)


def _survey(project: Project, article: str | None) -> Survey:
    from kbcli import citable
    from kbcli.corpus import Corpus
    from kbcli.progress import Progress
    from kbcli.transcription import survey

    corpus = Corpus.of(project)
    with Progress() as progress:
        if article is None:
            return survey.of_all(corpus, progress)
        cited = citable.article(corpus, article, progress)
        _ = cited.text  # refused if it cannot be read
        return survey.of_one(corpus, cited.node)


def _percent(written: str) -> Fraction:
    found = Fraction(written) if _PERCENT.fullmatch(written) else None
    if found is None or found > 100:  # noqa: PLR2004 percent
        raise UsageError(f"--fail-under {written}: no percentage", "a number from 0 to 100, such as 97.5")
    return found


def _too_little(survey: Survey, wanted: str) -> str:
    shares = survey.sentences
    told = f"{shares.done} of {shares.all} sentences are done ({shares.percent_done}%)"
    seen = "" if survey.is_whole else ", and not all could be seen"
    return f"--fail-under {wanted}: {told}{seen}"


def _has_colours() -> bool:
    return not os.environ.get("NO_COLOR") and (os.environ.get("TERM") or "dumb") != "dumb"


def _visible(text: str) -> str:
    from kbcli.display import printable

    return printable(text)
