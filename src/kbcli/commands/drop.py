"""kb drop: a record taken out again, or another named in its place."""

from __future__ import annotations

import click

from kbcli.commands.additions import finish, project_in_turn
from kbcli.commands.offers import offered


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("record", shell_complete=offered("things"))
@click.option("--for", "heir", metavar="ID", help="Name this one wherever RECORD is named.")
@click.option("--same", is_flag=True, help="With --for: two persons of different names are one and the same.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change.")
@click.pass_context
def command(ctx: click.Context, /, record: str, heir: str | None, *, same: bool, dry_run: bool) -> None:
    """Take out RECORD (an id, or a name): what a draft proposed and you do not accept.

    While something names it, it is refused; --for names another record in its place, which takes over its names;
    what else is said of it must be said of the other first (kb add to), or let go. Two persons of different names are
    not made one unless you say so (--same).
    Spans that nothing else rests on go with a claim. What is published is never named anew: list it in CHANGELOG.md.

    \b
    kb drop ag:velmora --for ag:velmora-pumps
    kb drop cl:welm-dye-spill-3-say
    """
    from kbcli.adding import dialogue
    from kbcli.adding.desk import at_record
    from kbcli.adding.dropping import drop
    from kbcli.adding.identity import two_persons
    from kbcli.adding.things import record as found

    project = project_in_turn(ctx)
    desk, iri = at_record(project, record, [heir] if heir else [])
    successor = found(desk, heir) if heir else None
    if successor and not same and dialogue.is_possible() and (told := two_persons(desk, iri, successor)):
        dialogue.tell(told)
        same = dialogue.is_agreed("Are they one and the same person?")
    finish(drop(desk, iri, successor, same=same), dry_run=dry_run)
