"""kb cite: the Evidence block for words of an article, printed or written into the file of a claim."""

from __future__ import annotations

import re
import shlex
import sys
from typing import TYPE_CHECKING, Any

import click

from kbcli.commands.offers import offered
from kbcli.errors import UsageError
from kbcli.project import require_project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.citable import Article
    from kbcli.corpus import Corpus
    from kbcli.progress import Progress

_RANGE = re.compile(r"\s*(\d{1,12})(?:\s*[-–]\s*(\d{1,12}))?\s*")


def _numbers(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int | None] | None:
    """One number, or two with a hyphen between them."""
    if value is None:
        return None
    found = _RANGE.fullmatch(value)
    if found is None or (param.name == "offsets" and found[2] is None):
        wanted = "two numbers, such as 421-488" if param.name == "offsets" else "a number, or two, such as 3-4"
        raise click.BadParameter(f"{value!r} is not {wanted}", ctx, param)
    return int(found[1]), int(found[2]) if found[2] else None


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("article", shell_complete=offered("articles"))
@click.argument("words", required=False)
@click.option("--sentence", callback=_numbers, metavar="N[-M]", help="Cite whole sentences, by their numbers.")
@click.option("--offsets", callback=_numbers, metavar="START-END", help="Cite what stands there; END is left out.")
@click.option("--nth", type=int, metavar="N", help="Which occurrence is meant where the words stand more than once.")
@click.option("--append", "claim", metavar="CLAIM", help="Write it into the claim's file, as its evidence.")
@click.option("--reanchor", is_flag=True, help="Find the spans of an article again whose text has changed.")
@click.option("--accept", multiple=True, metavar="SPAN", help="With --reanchor: what stands there now is meant.")
@click.option("--dry-run", is_flag=True, help="Show what --append or --reanchor would change, and change nothing.")
@click.pass_context
def command(ctx: click.Context, /, article: str, words: str | None, **options: Any) -> None:
    """The kb:Evidence block for WORDS of ARTICLE, ready for its file in data/articles/.

    ARTICLE is an id, slug, file name or title. WORDS are taken as the article prints them, character for character;
    what is not there is refused, and the nearest passage shown. With --append the block is written where it belongs,
    and nothing is written twice.

    \b
    kb cite khodaei-nyt-report "as far as he knew"
    kb cite 002_67d1941ca2bc8fd9.txt --sentence 3
    kb cite khodaei-nyt-report "the Kan broadcaster" --append cl:khodaei-nyt-report-kan
    kb cite --reanchor khodaei-nyt-report --dry-run
    """
    from kbcli import citable
    from kbcli.corpus import Corpus
    from kbcli.progress import Progress

    _refuse_confused(words, options)
    corpus = Corpus.of(require_project(ctx.obj))
    with Progress() as progress:
        cited = _article(corpus, article, words, progress)
        near = citable.near(corpus, cited)
    if options["reanchor"]:
        _reanchor(ctx, near, cited, options["accept"], dry=options["dry_run"])
    place = _span(cited, words, options)
    if options["claim"] is None:
        _print(corpus, near, cited, place)
    else:
        _append(corpus, near, cited, place, options)
    _warn(near)


def _article(corpus: Corpus, name: str, words: str | None, progress: Progress) -> Article:
    """Raises UsageError if there is none; if the words are the name of one, the two have changed places."""
    from kbcli import citable
    from kbcli.display import printable

    try:
        return citable.article(corpus, name, progress)
    except UsageError as error:
        if words and _is_article(corpus, words):
            command = f"kb cite {shlex.quote(words)} {shlex.quote(name)}"
            told = f"{printable(words)}: this is an article; it comes first, then the words"
            raise UsageError(told, printable(command)) from error
        raise


def _is_article(corpus: Corpus, name: str) -> bool:
    from kbcli import citable

    try:
        return bool(citable.article(corpus, name))
    except UsageError:
        return False


def _refuse_confused(words: str | None, options: dict[str, Any]) -> None:
    """What cannot be meant together."""
    for name in ("sentence", "offsets"):
        other = "sentence" if name == "offsets" else "offsets"
        if options[name] is not None and (words is not None or options["nth"] is not None or options[other]):
            raise UsageError(f"--{name} takes neither words nor --nth nor --{other}", "give one of them")
    where = [words, *(options[name] for name in ("sentence", "offsets", "nth", "claim"))]
    if options["reanchor"] and any(one is not None for one in where):
        raise UsageError("--reanchor takes only ARTICLE, --accept and --dry-run", "kb cite --reanchor ARTICLE")
    if options["accept"] and not options["reanchor"]:
        raise UsageError("--accept without --reanchor", "kb cite --reanchor ARTICLE --accept SPAN")
    if options["dry_run"] and not options["reanchor"] and options["claim"] is None:
        raise UsageError("--dry-run without --append or --reanchor", "without them nothing is changed")


def _span(cited: Article, words: str | None, options: dict[str, Any]) -> tuple[int, int]:
    from kbcli import citation

    if options["sentence"] is not None:
        return citation.sentence(cited, *options["sentence"])
    if options["offsets"] is not None:
        place = citation.part(cited, *options["offsets"])
        for slip in citation.cuts(cited, *place):
            click.echo(f"note: {slip}", err=True)
        return place
    starts, nth = citation.occurrences(cited, words or ""), options["nth"]
    if len(starts) > 1 and nth is None and sys.stdin.isatty() and sys.stderr.isatty():
        click.echo("\n".join(citation.listing(cited, words or "", starts)), err=True)
        nth = click.prompt("Which one", type=click.IntRange(1, len(starts)), err=True)
    return citation.chosen(cited, words or "", starts, nth)


def _print(corpus: Corpus, near: Corpus, cited: Article, place: tuple[int, int]) -> None:
    from kbcli import citation

    click.echo(citation.block(corpus, cited, *place), nl=False)
    for told in citation.known(near, cited, *place):
        click.echo(f"note: {told}", err=True)


def _append(corpus: Corpus, near: Corpus, cited: Article, place: tuple[int, int], options: dict[str, Any]) -> None:
    from kbcli import deposit
    from kbcli.attachment import attached
    from kbcli.display import printable

    found = attached(corpus, near, cited, options["claim"], place)
    changes = [found.change] if found.change else []
    if options["dry_run"]:
        sys.stdout.write(deposit.difference(changes, near.project))
    else:
        deposit.write_all(changes)
    for line in found.told if not (options["dry_run"] and changes) else ():
        click.echo(line)
    for line in found.notes:
        click.echo(printable(f"note: {line}"), err=True)


def _reanchor(ctx: click.Context, near: Corpus, cited: Article, accepted: Sequence[str], *, dry: bool) -> None:
    from kbcli import deposit
    from kbcli.reanchoring import reanchoring

    found = reanchoring(near, cited, accepted)
    if dry:
        sys.stdout.write(deposit.difference(found.changes, near.project))
    else:
        deposit.write_all(found.changes)
    for line in found.lines():
        click.echo(line, err=dry)
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(found.summary(cited.id, dry=dry), err=True)
    ctx.exit(1 if found.left else 0)


def _warn(near: Corpus) -> None:
    for document in near.documents:
        if document.defect:
            click.echo(f"warning: {document.shown} cannot be read (kb validate); what it has was not seen", err=True)
