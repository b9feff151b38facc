"""What is missing of a new record, asked on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli import citation
from kbcli.adding import claims, dialogue, pegs, spans, things, times
from kbcli.adding.fields import BASES, CLASSES, OF_CLAIM, OF_TIME
from kbcli.adding.sorts import fitting
from kbcli.completion import names
from kbcli.names import STANDARD, expand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.adding.desk import Desk
    from kbcli.citable import Article
from kbcli.adding.fields import Field

Given = dict[str, tuple[str, ...]]
_MEANS = {
    "Allegation": "the speaker holds somebody responsible for something blameworthy",
    "Denial": "the speaker rejects what another claim says",
    "Admission": "the speaker confirms a contested deed as its own",
    "Statement": "anything else; in doubt this one",
}
_BASIS = {
    "stated": "the text has the date",
    "inferred": "it follows from the text, with a calendar",
    "relative": "a weekday or an order only, no bounds",
    "external": "known from elsewhere, with its source",
}
_OPTIONAL = ("label", "quote", "cue", "hedge")


def class_(given: str | None) -> str:
    return given or dialogue.choose("Class", [(one, _MEANS[one]) for one in CLASSES])


def for_peg(desk: Desk, sort: str, given: Given) -> Given:
    """What such a record cannot be without."""
    lacking = pegs.missing(sort, given)
    found = dict(given)
    if any(one.startswith("--kind") for one in lacking):
        found["kind"] = (dialogue.choose("Kind", kinds(desk, sort)),)
    if any(one.startswith("--definition") for one in lacking):
        found["definition"] = (dialogue.ask("Definition (what is spoken of; it asserts nothing)"),)
    return found


def for_time(given: Given) -> Given:
    found = dict(given)
    if not found.get("basis"):
        found["basis"] = (dialogue.choose("Basis", [(one, _BASIS[one]) for one in BASES]),)
    basis = found["basis"][0].removeprefix("kb:")
    wanted = (() if basis == "relative" else ("earliest", "latest"), () if basis == "stated" else ("note",))
    for option in (one for group in wanted for one in group if not found.get(one)):
        field = next(one for one in OF_TIME if one.option == option)
        if answer := dialogue.ask(field.help, optional=option != "note"):
            found[option] = (answer,)
    return found


def words(desk: Desk) -> tuple[str, int | None]:
    """Words that the article has, and which of them are meant if it has them more than once."""
    cited = desk.worked_on
    typed = dialogue.asked(lambda typed: citation.occurrences(cited, typed), "The words that it rests on, as printed")
    starts = citation.occurrences(cited, typed)
    return typed, which(cited, typed, starts) if len(starts) > 1 else None


def which(cited: Article, typed: str, starts: list[int]) -> int:
    """The number of the occurrence that is meant."""
    dialogue.tell("\n".join(citation.listing(cited, typed, starts)))
    return dialogue.number(f"They stand there {len(starts)} times; which are meant", len(starts))


def for_claim(desk: Desk, sort: str, given: Given, pieces: Sequence[spans.Piece]) -> Given:
    """What the claim cannot be without, then the article’s words, which may be left out."""
    found = dict(given)
    if not claims.missing(desk, sort, found, spoken=True):
        return found
    texts = [desk.worked_on.text[one.start : one.end] for one in pieces]
    for option in ("speaker", "actor", "denies", "about"):
        field = _field(option)
        lacking = claims.missing(desk, sort, found, spoken=True)
        lacks = any(one.startswith(f"--{option}") or f"(or --{option} " in one for one in lacking)
        if lacks and (answer := _thing(desk, field, optional=option == "denies")):
            found[option] = (answer,)
    if any(one.startswith("--said") for one in claims.missing(desk, sort, found, spoken=True)):
        answer = dialogue.asked(
            lambda typed: times.time(desk, _field("said"), typed), _field("said").help, optional=True
        )
        found |= {"said": (answer,)} if answer else {"not-stated": (*found.get("not-stated", ()), "said")}
    for field in (_field(option) for option in _OPTIONAL if not found.get(option)):
        if answer := _words(field, texts):
            found[field.option] = (answer,)
    return found


def kinds(desk: Desk, sort: str) -> list[tuple[str, str]]:
    """The kinds that are for such things, each with what it means."""
    import pyoxigraph as ox

    found = []
    for name in fitting(desk, sort):
        node = ox.NamedNode(expand(name, desk.project.prefixes) or name)
        means = desk.near.value(node, STANDARD["skos"] + "definition")
        found.append((name.removeprefix("k:"), means.value if means else ""))
    return found


def _thing(desk: Desk, field: Field, *, optional: bool = False) -> str:
    wanted = things.Wanted(field.option, field.classes)
    return dialogue.asked(
        lambda typed: things.thing(desk, wanted, typed),
        field.help,
        sorted(names(desk.near, field.classes)),
        optional=optional,
    )


def _words(field: Field, texts: Sequence[str]) -> str:
    if field.takes != "verbatim":
        return dialogue.ask(field.help, optional=True)
    return dialogue.asked(lambda typed: spans.verbatim(field.option, typed, texts), field.help, optional=True)


def _field(option: str) -> Field:
    return next(one for one in OF_CLAIM if one.option == option)
