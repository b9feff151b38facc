"""kb init: a new knowledge base, or the ontology of one brought up to date."""

from __future__ import annotations

import sys

import click

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.project import Project, require_project


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", metavar="[DIR]", required=False)
@click.option("--base", metavar="IRI", help="Where your own data is named: an absolute IRI that ends in / or #.")
@click.option("--title", metavar="TEXT", help="What the knowledge base is called. Default: the folder's name.")
@click.option(
    "--upgrade", is_flag=True, help="Bring ontology/ of a knowledge base up to date, and show the difference."
)
@click.option("--dry-run", is_flag=True, help="With --upgrade: show the difference, and change nothing.")
@click.pass_context
def command(  # noqa: PLR0913 click passes every option by name
    ctx: click.Context, folder: str | None, *, base: str | None, title: str | None, upgrade: bool, dry_run: bool
) -> None:
    """Make a new, empty knowledge base in DIR, which is missing or empty, or has only .git in it.

    It has the vocabulary, the rules and the saved queries of this kb, folders for data and texts, settings (kb.toml),
    and checks for pre-commit and GitHub. Without --base you are asked for one, or, where nobody can be asked, a
    stand-in is taken.

    With --upgrade the ontology of the knowledge base that you are in (or of DIR) becomes that of this kb. What it does
    not know stays, behind its own: terms and shapes that you have added. Nothing else of yours is changed.
    """
    if folder == "":
        raise UsageError("DIR is empty", "name a folder; kb init . fills the one you are in")
    if upgrade:
        if base is not None or title is not None:
            raise UsageError("--base and --title are for a new knowledge base", "in this one they stand in kb.toml")
        _upgrade(require_project(ctx.obj if folder is None else folder), dry_run=dry_run)
        return
    if dry_run:
        raise UsageError("--dry-run is for --upgrade", "a new knowledge base never replaces anything")
    if ctx.obj is not None:
        raise UsageError(
            "--project is for a knowledge base that is there", "name the new one's folder alone: kb init DIR"
        )
    if folder is None:
        raise UsageError("init which folder?", "kb init DIR makes it; kb init . fills the one you are in")
    _new(folder, base, title)


def _new(name: str, base: str | None, title: str | None) -> None:
    from kbcli import founding, skeleton

    folder = founding.new_folder(name)
    called = founding.checked_title(printable(folder.name) or "kb" if title is None else title)
    suggested = founding.stand_in(folder)
    chosen = _asked(suggested) if base is None else founding.checked_base(base)
    files = skeleton.files(chosen, called)
    founding.put(files, folder)
    click.echo(
        f"{printable(name)}: a new knowledge base, {len(files)} files; its data is named below {chosen}", err=True
    )
    if base is None and chosen == suggested:
        click.echo(
            "note: that address is a stand-in. Choose one that is yours before the first article: remove the folder and "
            "make it again with --base IRI, or see kb.toml",
            err=True,
        )


def _asked(suggested: str) -> str:
    """The base that somebody at a terminal gives; the one suggested where nobody sits there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return suggested

    def right(text: str) -> str:
        from kbcli import founding

        try:
            return founding.checked_base(text)
        except UsageError as error:
            raise click.BadParameter(f"{error.what}: {error.hint}") from error

    question = "Below which IRI is your own data named (it should stay yours)"
    answer: str = click.prompt(question, default=suggested, value_proc=right, err=True)
    return answer


def _upgrade(project: Project, *, dry_run: bool) -> None:
    from kbcli.formatting import difference
    from kbcli.upgrade import upgrade

    found = upgrade(project)
    for change in found.changes:
        sys.stdout.write(difference(change))
    sys.stdout.flush()
    if not dry_run:
        found.carry_out()
    for path, thing in found.own:
        click.echo(f"{path}: kept as your own: {_short(project, thing)}", err=True)
    for said, names in (("yours, and not this kb's", found.other), ("this kb has it, yours has not", found.absent)):
        for query in names:
            click.echo(f"queries/{query}: {said}; left so", err=True)
    click.echo(_summary([change.document.shown for change in found.changes], dry_run=dry_run), err=True)


def _short(project: Project, thing: str) -> str:
    from kbcli.names import compact

    return "a nameless one" if thing.startswith("_:") else printable(compact(thing, project.prefixes))


def _summary(changed: list[str], *, dry_run: bool) -> str:
    if not changed:
        return "ontology/ is up to date"
    return f"{', '.join(changed)}: {'to be brought' if dry_run else 'brought'} up to date"
