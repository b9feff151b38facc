"""The card of a place: where it lies, and the claims that locate something in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import phrases
from kbcli.card import Card, each, sections
from kbcli.parts import Thing, Told, telling, thing, things

if TYPE_CHECKING:
    from kbcli.view import View

ONLY_CLAIMS = (
    "A territory, which says and does nothing. That anything happened in it is what somebody is reported to say."
)


@dataclass(frozen=True)
class PlaceCard:
    """`place_of`: the claims that locate what they speak of here."""

    card: str
    place: Thing
    aliases: tuple[str, ...]
    within: tuple[Thing, ...]
    contains: tuple[Thing, ...]
    place_of: tuple[Told, ...]
    notes: tuple[str, ...]


def card(view: View, iri: str) -> Card:
    data = PlaceCard(
        card="place",
        place=thing(view, iri),
        aliases=tuple(view.texts(iri, "skos:altLabel")),
        within=things(view, iri, "kb:within"),
        contains=tuple(thing(view, inner) for inner in view.subjects("kb:within", iri)),
        place_of=telling(view, "kb:place", iri),
        notes=tuple(view.texts(iri, "skos:note")),
    )
    names = [*each(data.aliases, "also"), *each(phrases.all_described(data.within), "within")]
    shown = sections(
        ("Names and surroundings", [*names, *each(phrases.all_described(data.contains), "contains")]),
        phrases.counted("Claims that locate something there", data.place_of),
        ("Notes of the editors", each(data.notes)),
    )
    return Card(f"Place: {data.place.label} [{data.place.id}]", (ONLY_CLAIMS,), shown, data)
