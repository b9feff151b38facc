"""What the commands of `kb add` share: options made from the properties, and the end of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kbcli.adding.fields import Field
from kbcli.errors import UsageError
from kbcli.project import find_project, require_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kbcli.adding.change import Edition
    from kbcli.adding.desk import Desk
    from kbcli.adding.spans import Piece
    from kbcli.project import Project

HELP = {"help_option_names": ["-h", "--help"]}
_OF_THE_ARTICLE = Field("article", "", "thing", "", ("kb:Article",))


def said_by(fields: Iterable[Field]) -> Callable[[Any], Any]:
    """An option for each property. All may be repeated here: what has one value says so itself."""

    def decorate(function: Any) -> Any:
        for field in reversed([*fields]):
            names = [f"--{field.option}", *([f"--{field.alias}"] if field.alias else []), field.parameter]
            told = field.help + (f" [{'|'.join(field.classes)}]" if field.takes == "choice" else "")
            option = click.option(*names, multiple=True, metavar="…", help=told, shell_complete=_completed(field))
            function = option(function)
        return function

    return decorate


def common(*, article: str = "", distinct: str = "") -> Callable[[Any], Any]:
    """The options that are no properties; `article` and `distinct` are their help, empty where there is no such one."""

    def decorate(function: Any) -> Any:
        function = click.option("--dry-run", is_flag=True, help="Write nothing; print what would change.")(function)
        told = "The language of your own words."
        function = click.option("--lang", default="en", show_default=True, metavar="TAG", help=told)(function)
        if distinct:
            function = click.option("--distinct", is_flag=True, help=distinct)(function)
        if article:
            named = click.option(
                "--article", metavar="ARTICLE", help=article, shell_complete=_completed(_OF_THE_ARTICLE)
            )
            function = named(function)
        return function

    return decorate


def given_in(fields: Iterable[Field], options: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What was said of each property."""
    return {field.option: options[field.parameter] for field in fields if options.get(field.parameter)}


def has_words(options: Mapping[str, Any]) -> bool:
    """Whether it was said what a claim rests on."""
    return bool(options["words"] or options["sentence"] or options.get("evidence"))


def pieces_in(desk: Desk, options: Mapping[str, Any]) -> list[Piece]:
    from kbcli.adding.spans import pieces

    return pieces(desk, options["words"], options["nth"], options["sentence"], options.get("evidence", ()))


def project_in_turn(ctx: click.Context) -> Project:
    """Held until the command ends, so that who adds to it at the same time waits. Nobody waits for who is being asked."""
    from kbcli.adding import dialogue
    from kbcli.adding.turns import in_turn

    project = require_project(ctx.find_root().obj)
    if not dialogue.is_possible():
        ctx.with_resource(in_turn(project))
    return project


def desk_for(ctx: click.Context, options: Mapping[str, Any], given: Mapping[str, Sequence[str]]) -> Desk:
    """With the article, which is asked for on a terminal."""
    from kbcli.adding import dialogue
    from kbcli.adding.desk import Desk

    project = project_in_turn(ctx)
    article = options["article"]
    if not article and dialogue.is_possible():
        from kbcli.completion import articles

        article = dialogue.ask("Article", articles(project))
    if not article:
        raise UsageError("no article", "name it: --article SLUG")
    return Desk.of(project, article, [one for own in given.values() for one in own])


def put_peg(ctx: click.Context, class_: str, name: str | None, options: Mapping[str, Any]) -> None:
    """A new agent, operation, place or kind."""
    from kbcli.adding import asking, dialogue, pegs
    from kbcli.adding.desk import Desk
    from kbcli.adding.fields import OF

    given = given_in([field for field in OF[class_] if field.option != "label"], options)
    typed = [one for own in given.values() for one in own]
    desk = Desk.of(project_in_turn(ctx), options.get("article"), typed)
    if dialogue.is_possible():
        name = name or dialogue.ask("Name")
        given = asking.for_peg(desk, class_, given)
    edition = pegs.peg(
        desk,
        class_,
        name or "",
        given,
        language=options["lang"],
        chosen=options["chosen"],
        distinct=options["distinct"],
    )
    finish(edition, dry_run=options["dry_run"])


def finish(edition: Edition, *, dry_run: bool) -> None:
    """Check it, write it, tell of it."""
    from kbcli.display import safe_lines

    edition.refuse_errors()
    if dry_run:
        click.echo(edition.difference(), nl=False)
    else:
        edition.write()
        for name in edition.ids:
            click.echo(name)
        for place in edition.places():
            click.echo(f"written to {place}", err=True)
        if not edition.changed:
            click.echo("nothing to change: it is so already", err=True)
    for note in edition.notes:
        click.echo(safe_lines(f"note: {note}"), err=True)


def _completed(field: Field) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    def complete(ctx: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001 click calls it so
        from kbcli.completion import beginning

        project = find_project(explicit=ctx.find_root().params.get("project"))
        return beginning(project, field, typed) if project else []

    return complete
