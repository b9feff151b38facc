"""The card of a kind: what it means, and the agents and operations that are of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import phrases
from kbcli.card import Card, each, sections
from kbcli.parts import Thing, thing

if TYPE_CHECKING:
    from kbcli.view import View

FOR_FINDING = "A kind sorts agents and operations so that they can be found. It judges nobody and establishes nothing."


@dataclass(frozen=True)
class KindCard:
    card: str
    kind: Thing
    definitions: tuple[str, ...]
    scope_notes: tuple[str, ...]
    of_this_kind: tuple[Thing, ...]
    notes: tuple[str, ...]


def card(view: View, iri: str) -> Card:
    data = KindCard(
        card="kind",
        kind=thing(view, iri),
        definitions=tuple(view.texts(iri, "skos:definition")),
        scope_notes=tuple(view.texts(iri, "skos:scopeNote")),
        of_this_kind=tuple(thing(view, one) for one in view.subjects("kb:kind", iri)),
        notes=tuple(view.texts(iri, "skos:note")),
    )
    shown = sections(
        ("What it means", [*each(data.definitions), *each(data.scope_notes)]),
        (f"Of this kind ({len(data.of_this_kind)})", each(phrases.all_described(data.of_this_kind))),
        ("Notes of the editors", each(data.notes)),
    )
    return Card(f"Kind: {data.kind.label} [{data.kind.id}]", (FOR_FINDING,), shown, data)
