"""The card of what is of no known type: its name, its classes, and the claims that refer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import phrases
from kbcli.card import Card, each, sections
from kbcli.parts import Thing, Told, all_told, thing

if TYPE_CHECKING:
    from kbcli.view import View

UNKNOWN = "Of no type that the vocabulary knows; kb validate tells more. Nothing said of it is a fact."


@dataclass(frozen=True)
class ThingCard:
    card: str
    thing: Thing
    classes: tuple[str, ...]
    referred_to_in: tuple[Told, ...]


def card(view: View, iri: str) -> Card:
    referring = all_told(view, filter(view.is_claim, view.referring(iri)))
    data = ThingCard("thing", thing(view, iri), tuple(view.classes(iri)), referring)
    shown = sections(
        ("Classes", each(data.classes) or each(["none"])), phrases.counted("Claims that refer to it", referring)
    )
    return Card(f"Thing: {data.thing.label} [{data.thing.id}]", (UNKNOWN,), shown, data)
