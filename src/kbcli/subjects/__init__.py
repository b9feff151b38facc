"""What has a card: each module here makes the cards of one type of thing, with one function `card(view, iri)`.

The module is named after the type (view.TYPES); the four classes of claims share one, and what is of no known type
goes to `thing`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kbcli.view import CLAIM_TYPES

if TYPE_CHECKING:
    from kbcli.card import Card
    from kbcli.view import View


def card_of(view: View, iri: str) -> Card:
    """The card of one of view.things."""
    type_ = view.type(iri)
    name = "claim" if type_ in CLAIM_TYPES else type_
    made: Card = import_module(f"{__name__}.{name}").card(view, iri)
    return made
