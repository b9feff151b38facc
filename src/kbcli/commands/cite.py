"""kb cite: the Evidence block for words of an article."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kbcli.errors import UsageError
from kbcli.project import require_project

if TYPE_CHECKING:
    from kbcli.citable import Article


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("article")
@click.argument("words", required=False)
@click.option("--sentence", type=int, metavar="N", help="Cite the whole N-th sentence instead of words.")
@click.option("--nth", type=int, metavar="N", help="Which occurrence is meant where the words stand more than once.")
@click.pass_context
def command(ctx: click.Context, article: str, words: str | None, sentence: int | None, nth: int | None) -> None:
    """The kb:Evidence block for WORDS of ARTICLE, ready for its file in data/articles/.

    ARTICLE is an id, slug, file name or title. WORDS are taken as the article prints them, character for character;
    what is not there is refused, and the nearest passage shown.

    \b
    kb cite khodaei-nyt-report "as far as he knew"
    kb cite 002_67d1941ca2bc8fd9.txt --sentence 3
    """
    from kbcli import citable, citation
    from kbcli.corpus import Corpus
    from kbcli.progress import Progress

    corpus = Corpus.of(require_project(ctx.obj))
    with Progress() as progress:
        cited = citable.article(corpus, article, progress)
        near = citable.near(corpus, cited)
    start, end = _span(cited, words, sentence, nth)
    click.echo(citation.block(corpus, cited, start, end), nl=False)
    for told in citation.known(near, cited, start, end):
        click.echo(f"note: {told}", err=True)
    for document in near.documents:
        if document.defect:
            click.echo(f"warning: {document.shown} cannot be read (kb validate); what it has was not seen", err=True)


def _span(cited: Article, words: str | None, sentence: int | None, nth: int | None) -> tuple[int, int]:
    from kbcli import citation

    if sentence is not None:
        if words is not None or nth is not None:
            raise UsageError("--sentence takes neither words nor --nth", "a sentence is cited whole, by its number")
        return citation.sentence(cited, sentence)
    starts = citation.occurrences(cited, words or "")
    if len(starts) > 1 and nth is None and sys.stdin.isatty() and sys.stderr.isatty():
        click.echo("\n".join(citation.listing(cited, words or "", starts)), err=True)
        nth = click.prompt("Which one", type=click.IntRange(1, len(starts)), err=True)
    return citation.chosen(cited, words or "", starts, nth)
