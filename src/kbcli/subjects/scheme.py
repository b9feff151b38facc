"""The card of a scheme of kinds: the kinds in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import phrases
from kbcli.card import Card, each, sections
from kbcli.parts import Thing, thing

if TYPE_CHECKING:
    from kbcli.view import View


@dataclass(frozen=True)
class SchemeCard:
    card: str
    scheme: Thing
    definitions: tuple[str, ...]
    kinds: tuple[Thing, ...]


def card(view: View, iri: str) -> Card:
    definitions = tuple(view.texts(iri, "skos:definition"))
    kinds = tuple(thing(view, one) for one in view.subjects("skos:inScheme", iri))
    data = SchemeCard("scheme", thing(view, iri), definitions, kinds)
    shown = sections(
        ("What it means", each(definitions)), (f"Kinds ({len(kinds)})", each(phrases.all_described(kinds)))
    )
    return Card(f"Scheme: {data.scheme.label} [{data.scheme.id}]", (), shown, data)
