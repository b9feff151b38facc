"""kb add: new agents, operations, places, kinds, times and claims, and what is missing in those that there are."""

from __future__ import annotations

from typing import Any

import click

from kbcli.adding.fields import AGENT, CLAIM, CLASSES, KIND, OF, OPERATION, PLACE, TIME, every
from kbcli.commands.additions import HELP, common, desk_for, finish, given_in, has_words, pieces_in, put_peg, said_by
from kbcli.commands.offers import offered
from kbcli.errors import UsageError

_ARTICLE = "The article whose file it goes into: an id, slug, file name or title."
_PEG_ARTICLE = "Put it into this article’s file, if no other names it. Default: the shared file."
_DISTINCT = "It is another one than those that are like it."
_ID = click.option("--id", "chosen", metavar="ID", help="The id, if the one made from the name will not do.")


@click.group(context_settings=HELP)
def command() -> None:
    """A new record, or what is missing in one: written where a person would have put it, in canonical form.

    What is there already is refused, and so is what would not be valid. On a terminal kb asks for what is missing.

    \b
    kb add agent "Calder Dye Works" --kind organization
    kb add operation "alleged spill in the River Welm" --kind plot --article welm-dye-spill
    kb add claim --article welm-dye-spill --class Denial --speaker "Ada Quill" \\
        --words "Ada Quill denied this" --cue denied --denies inspector --not-stated said
    kb add to cl:welm-dye-spill-2-deny --denies inspector
    kb add nothing --article welm-dye-spill --sentence 3 --note "A pointer to another page."
    """


@command.command(context_settings=HELP)
@click.argument("name", required=False)
@said_by(one for one in OF[AGENT] if one.option != "label")
@_ID
@common(article=_PEG_ARTICLE, distinct=_DISTINCT)
@click.pass_context
def agent(ctx: click.Context, /, name: str | None, **options: Any) -> None:
    """Whoever speaks, acts or is acted upon.

    \b
    kb add agent "Ada Quill" --kind person --alias Quill --article welm-dye-spill
    """
    put_peg(ctx, AGENT, name, options)


@command.command(context_settings=HELP)
@click.argument("label", required=False)
@said_by(one for one in OF[OPERATION] if one.option != "label")
@_ID
@common(article=_PEG_ARTICLE, distinct=_DISTINCT)
@click.pass_context
def operation(ctx: click.Context, /, label: str | None, **options: Any) -> None:
    """A deed, real, planned or only alleged. Its label asserts nothing.

    \b
    kb add operation "alleged spill in the River Welm" --kind plot --id river-welm-spill
    """
    put_peg(ctx, OPERATION, label, options)


@command.command(context_settings=HELP)
@click.argument("name", required=False)
@said_by(one for one in OF[PLACE] if one.option != "label")
@_ID
@common(article=_PEG_ARTICLE, distinct=_DISTINCT)
@click.pass_context
def place(ctx: click.Context, /, name: str | None, **options: Any) -> None:
    """A place. A state that speaks or acts is an agent.

    \b
    kb add place "River Welm" --article welm-dye-spill
    """
    put_peg(ctx, PLACE, name, options)


@command.command(context_settings=HELP)
@click.argument("label", required=False)
@said_by(one for one in OF[KIND] if one.option != "label")
@_ID
@common(distinct=_DISTINCT)
@click.pass_context
def kind(ctx: click.Context, /, label: str | None, **options: Any) -> None:
    """A kind of agents or operations, where none fits.

    \b
    kb add kind pollution --definition "An operation spoken of as letting something harmful into the air." \\
        --scope-note "For operations. It does not say that the operation took place."
    """
    put_peg(ctx, KIND, label, options)


@command.command(context_settings=HELP)
@click.argument("words")
@said_by(one for one in OF[TIME] if one.option != "text")
@_ID
@common(article=_ARTICLE)
@click.pass_context
def time(ctx: click.Context, /, words: str, **options: Any) -> None:
    """A time, by the article’s WORDS for it. (--said and --happened of a claim make one too.)

    \b
    kb add time "on Tuesday" --article welm-dye-spill --basis inferred --earliest 2024-03-05 \\
        --latest 2024-03-05 --note "The day after March 4, 2024."
    """
    from kbcli.adding import asking, dialogue, pegs

    chosen = options["chosen"]
    given = given_in(OF[TIME], options)
    desk = desk_for(ctx, options, given)
    if dialogue.is_possible():
        given = asking.for_time(given)
    finish(pegs.time(desk, words, given, language=options["lang"], chosen=chosen), dry_run=options["dry_run"])


@command.command(context_settings=HELP)
@click.option("--class", "class_", type=click.Choice(CLASSES), help="What kind of claim it is.")
@click.option("--words", multiple=True, metavar="…", help="The article’s words that it rests on, as printed.")
@click.option("--nth", type=int, metavar="N", help="Which occurrence of the words, where they stand more than once.")
@click.option("--sentence", multiple=True, type=int, metavar="N", help="A whole sentence, by its number.")
@click.option("--evidence", multiple=True, metavar="ID", help="A span that is there.")
@said_by(OF[CLAIM])
@click.option("--todo", is_flag=True, help="Leave what is missing as TODOs, as a draft does.")
@_ID
@common(article=_ARTICLE, distinct="It is another claim than those of this speaker that rest on these words.")
@click.pass_context
def claim(ctx: click.Context, /, **options: Any) -> None:
    """One thing said by one speaker, resting on words of the article.

    --quote, --cue, --hedge and --designates are words of those words. A party is named by its id, label or other
    name, a claim of the same article by the end of its id; `outlet` is the article’s own voice.

    \b
    kb add claim --article welm-dye-spill --class Statement --speaker outlet --about "Ada Quill" \\
        --words "Ada Quill, the company’s manager" --designates "the company’s manager"
    """
    from kbcli.adding import asking, claims, dialogue

    given, class_ = given_in(OF[CLAIM], options), options["class_"]
    can_ask = dialogue.is_possible() and not options["todo"]
    if not (options["article"] or can_ask):
        claims.refuse(
            ["--article ARTICLE", *claims.missing(None, class_ or "", given, spoken=has_words(options))], class_
        )
    desk = desk_for(ctx, options, given)
    if can_ask and not has_words(options):
        typed, options["nth"] = asking.words(desk)
        options["words"] = (typed,)
    pieces = pieces_in(desk, options) if has_words(options) else []
    if can_ask:
        class_ = asking.class_(class_)
        given = asking.for_claim(desk, class_, given, pieces)
    edition = claims.claim(
        desk, class_ or "", given, pieces, language=options["lang"], chosen=options["chosen"],
        distinct=options["distinct"], todo=options["todo"],
    )  # fmt: skip
    finish(edition, dry_run=options["dry_run"])


@command.command(context_settings=HELP)
@click.option("--words", multiple=True, metavar="…", help="The words that claim nothing.")
@click.option("--nth", type=int, metavar="N", help="Which occurrence of the words, where they stand more than once.")
@click.option("--sentence", multiple=True, type=int, metavar="N", help="A whole sentence, by its number.")
@click.option("--note", metavar="…", help="The reason.")
@common(article=_ARTICLE)
@click.pass_context
def nothing(ctx: click.Context, /, note: str | None, **options: Any) -> None:
    """A sentence that claims nothing, listed with the reason.

    \b
    kb add nothing --article welm-dye-spill --sentence 3 --note "A pointer to another page."
    """
    from kbcli.adding.nothing import nothing as listed

    lacking = [] if options["article"] else ["--article ARTICLE"]
    lacking += [] if has_words(options) else ["--sentence N (or --words …)"]
    lacking += [] if note else ["--note REASON"]
    if lacking:
        raise UsageError(f"it needs more: {', '.join(lacking)}", "kb add nothing --help tells what they are")
    desk = desk_for(ctx, options, {})
    edition = listed(desk, pieces_in(desk, options), note or "", options["lang"])
    finish(edition, dry_run=options["dry_run"])


@command.command("to", context_settings=HELP)
@click.argument("record", shell_complete=offered("things"))
@click.option("--class", "class_", type=click.Choice(CLASSES), help="Another class, for a claim.")
@said_by(every())
@click.option("--keep", multiple=True, metavar="PROPERTY", help="It is right as it stands: the TODO is answered.")
@click.option(
    "--without",
    multiple=True,
    metavar="PROPERTY",
    help="Take out all that it has of this property; of a claim also one span (ev:…).",
)
@click.option("--instead", is_flag=True, help="What is given takes the place of what was there.")
@common()
@click.pass_context
def to(ctx: click.Context, /, record: str, class_: str | None, **options: Any) -> None:
    """What is missing in RECORD: an id, the end of a claim's id, or the name of an agent, operation, place or kind.

    The TODOs that this answers are taken out. A property that has one value is replaced where a TODO asks about it, or
    with --instead; so is kb:notStated.

    An article (art:…) takes what kb draft takes: --title, --author, --url, --issued, --retrieved, --archived. With
    --keep creator it is written that its text names no author.

    \b
    kb add to ag:calder-dye-works --kind organization
    kb add to cl:welm-dye-spill-1-blame --label "An inspector: …" --actor "Calder Dye Works" --keep said
    """
    from kbcli.adding.filling import fill
    from kbcli.adding.wish import Wish

    given = given_in(every(), options)
    wish = Wish(given, options["keep"], options["without"], class_ or "", options["instead"], options["lang"])
    if wish.is_empty:
        raise UsageError("nothing to add", 'for example --label "…", or --keep PROPERTY; kb add to --help lists all')
    from kbcli.adding.desk import at_record
    from kbcli.commands.additions import project_in_turn

    desk, iri = at_record(project_in_turn(ctx), record, [one for own in given.values() for one in own])
    finish(fill(desk, iri, wish), dry_run=options["dry_run"])


@command.command(context_settings=HELP)
@click.argument("record", shell_complete=offered("things"))
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change.")
@click.pass_context
def shared(ctx: click.Context, /, record: str, *, dry_run: bool) -> None:
    """RECORD, an agent, operation or place, into the shared file: a second article names it now.

    \b
    kb add shared ag:calder-dye-works
    """
    from kbcli.adding.desk import at_record
    from kbcli.adding.sharing import share
    from kbcli.commands.additions import project_in_turn

    finish(share(*at_record(project_in_turn(ctx), record)), dry_run=dry_run)
