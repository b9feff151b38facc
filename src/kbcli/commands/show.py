"""kb show: one thing of the knowledge base as a card."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from kbcli import guard
from kbcli.cards import FORMATS
from kbcli.commands.offers import offered
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import FOLDERS
from kbcli.project import Project, find_project, require_project, resources

if TYPE_CHECKING:
    from kbcli.candidates import Entry, Meant
    from kbcli.endpoint import Endpoint
    from kbcli.view import View

LISTED = 30


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", metavar="ID|NAME", nargs=-1, shell_complete=offered("things"))
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How the card is written.",
)
@click.option("--no-index", is_flag=True, help="Read all files, without the index that large data has.")
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead of the project's data.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, max=1e6),
    default=guard.DEFAULT_TIMEOUT,
    show_default=True,
    metavar="S",
    help="Seconds an endpoint may take in all; 0: no limit.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=0, max=1 << 30),
    default=guard.DEFAULT_MEMORY,
    show_default=True,
    metavar="MIB",
    help="Memory for what an endpoint answers; 0: no limit.",
)
@click.pass_context
def command(  # noqa: PLR0913 click passes every option by name
    ctx: click.Context,
    /,
    names: tuple[str, ...],
    *,
    format_: str,
    no_index: bool,
    endpoint: str | None,
    timeout: float,
    memory: int,
) -> None:
    """Show one claim, agent, operation or article (or a place, time, span of text or kind) as a readable card.

    ID is an IRI, a prefixed name or the last part of an IRI; NAME is a label or an alias. Where nothing has
    the name exactly, case, accents and punctuation are left out of account, then parts of names are tried.

    \b
    kb show ben-barak
    kb show khodaei-killing
    kb show "New York Times"
    """
    name = " ".join(names).strip()
    if not name:
        raise UsageError("show what?", "kb show ID|NAME, as in: kb show ag:iran; kb query claims lists the claims")
    if endpoint is None:
        _show_own(require_project(ctx.obj), name, format_, indexed=not no_index)
        return
    house = find_project(explicit=ctx.obj) or Project(resources())
    asked = _endpoint(endpoint, timeout)

    def work(clock: guard.Clock) -> int:
        clock.start()
        card = _card(name, *_views(name, house, asked))
        clock.pause()  # whoever reads may take their time
        _write(format_, card)
        return 0

    ctx.exit(guard.run(work, timeout=timeout, memory=memory))


def _show_own(project: Project, name: str, format_: str, *, indexed: bool) -> None:
    from kbcli.index.reading import opened

    with opened(project, indexed=indexed) as view:
        _write(format_, _card(name, view, view))


def _card(name: str, view: View, around: View) -> Any:
    """`view` is where the name is looked for, `around` what the card is made from."""
    from kbcli.subjects import card_of

    return card_of(around, _one(name, view).iri)


def _write(format_: str, card: Any) -> None:
    from kbcli import cards

    cards.write(format_, card, sys.stdout)


def _endpoint(url: str, timeout: float) -> Endpoint:
    from kbcli.endpoint import Endpoint

    return Endpoint(url, timeout)


def _views(name: str, house: Project, endpoint: Endpoint) -> tuple[View, View]:
    from kbcli.neighbourhood import Neighbourhood, named
    from kbcli.view import View

    return View(named(endpoint, name, house.prefixes), house), View(Neighbourhood(endpoint), house)


def _one(name: str, view: View) -> Entry:
    """The thing that is meant; raises UsageError where that is none or several."""
    from kbcli.candidates import entries, exactly, meant

    found, known = exactly(name, view), []
    if not found.found:
        known = entries(view)
        found = meant(name, view, known)
    match found.found:
        case ():
            raise _unknown(name, view, known)
        case (one,):
            _talk(name, found, view)
            return one
        case several:
            raise _ambiguous(name, several, view)


def _talk(name: str, found: Meant, view: View) -> None:
    if found.partial:
        click.echo(f"note: nothing is named {_said(name)}; this is the only thing whose name has it in it", err=True)
    for place in found.besides:
        click.echo(f"note: the place {printable(view.id(place.iri))} has this name too", err=True)


def _ambiguous(name: str, several: tuple[Entry, ...], view: View) -> UsageError:
    lines = [_listed(entry, view) for entry in several[:LISTED]]
    if len(several) > LISTED:
        lines.append(f"… and {len(several) - LISTED} more")
    what = "\n  ".join([f"{_said(name)} may be any of {len(several)}:", *lines])
    return UsageError(what, "name one of them by its id, or more of its name")


def _listed(entry: Entry, view: View) -> str:
    """Id, type and name; a claim with its speaker and those it comes through."""
    from kbcli import parts, phrases

    if view.is_claim(entry.iri):
        return printable(f"{view.id(entry.iri)}  {phrases.without_id(parts.told(view, entry.iri))}")
    if entry.type == "time":
        return printable(f"{view.id(entry.iri)}  time  {phrases.quoted(view.text(entry.iri, 'kb:text'))}")
    return printable(f"{view.id(entry.iri)}  {entry.type}  {phrases.named(parts.thing(view, entry.iri))}")


def _unknown(name: str, view: View, known: list[Entry]) -> UsageError:
    from kbcli.candidates import similar
    from kbcli.names import expand
    from kbcli.view import is_term

    what = f"nothing is named {_said(name)}"
    if is_term(expand(name, view.project.prefixes) or "") or re.fullmatch(r"KB\d{3}.*", name):
        return UsageError(f"{what} in the data", f"kb explain {printable(name)} tells of the vocabulary and its codes")
    prefix, colon, _ = name.partition(":")
    if colon and re.fullmatch(r"[\w.\-]+:[\w.\-]+", name) and prefix not in view.project.prefixes:
        own = " ".join(f"{known}:" for known in FOLDERS)
        return UsageError(f"{what}: the prefix {printable(prefix)}: is not known", f"the data has {own}")
    near = "\n  ".join(_listed(entry, view) for entry in similar(name, known))
    return UsageError(what, f"did you mean\n  {near}" if near else "kb find WORDS looks for words anywhere")


def _said(name: str) -> str:
    return f"“{printable(name)}”"
