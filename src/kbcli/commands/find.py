"""kb find: where words occur."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kbcli.hits import FORMATS
from kbcli.project import require_project

if TYPE_CHECKING:
    from kbcli.hits import Hit
    from kbcli.view import View


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--inside", is_flag=True, help="Find the words also inside of longer words.")
@click.option("--no-index", is_flag=True, help="Read all files, without the index that large data has.")
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...], format_: str, *, inside: bool, no_index: bool) -> None:
    """Where WORDS occur: in labels, aliases, quotations and the articles' texts.

    All of them must occur in the same label, quotation or sentence, each at the beginning of a word. An argument
    with a space in it is a phrase. Capitals, accents and the shapes of quotation marks do not matter.

    \b
    kb find mossad denmark
    kb find "as far as he knew"
    """
    from kbcli.index.reading import opened

    with opened(require_project(ctx.obj), indexed=not no_index) as view:
        _find(view, words, format_, inside=inside)


def _find(view: View, words: tuple[str, ...], format_: str, *, inside: bool) -> None:
    from kbcli.search import search, unread

    hits = search(view, words, inside=inside)
    _write(hits, words, format_)
    for article in unread(view):
        click.echo(f"warning: {article}: its text cannot be read, so it was not searched (kb validate)", err=True)
    if not hits:
        others = 0 if inside else len(search(view, words, inside=True))
        more = f"; inside of longer words there are {others}: kb find --inside" if others else ""
        click.echo(f"no hits{more}", err=True)


def _write(hits: list[Hit], words: tuple[str, ...], format_: str) -> None:
    from kbcli import hits as told
    from kbcli.jsontext import dumps

    if format_ == "json":
        sys.stdout.write(dumps({"words": list(words), "hits": told.objects(hits)}))
    else:
        sys.stdout.writelines(f"{line}\n" for line in told.lines(hits, _width()))


def _width() -> int | None:
    """What a terminal can show; a pipe gets one line for each hit."""
    from kbcli.display import terminal_width

    return terminal_width() if sys.stdout.isatty() else None
