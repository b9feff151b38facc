"""The card of a time: the article's words, the bounds, how they are known, and the claims that have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import phrases
from kbcli.card import Card, sections
from kbcli.parts import Moment, Told, moment, telling

if TYPE_CHECKING:
    from kbcli.view import View

NO_DATE = "A time as an article words it. That anything happened then is what somebody is reported to say, not a fact."


@dataclass(frozen=True)
class TimeCard:
    """`said_in`: claims made at this time; `happened_in`: claims that date what they speak of to it."""

    card: str
    time: Moment
    said_in: tuple[Told, ...]
    happened_in: tuple[Told, ...]


def card(view: View, iri: str) -> Card:
    data = TimeCard("time", moment(view, iri), telling(view, "kb:said", iri), telling(view, "kb:happened", iri))
    shown = sections(
        ("The time", phrases.time_lines(data.time)),
        phrases.counted("Claims made then, according to the article", data.said_in),
        phrases.counted("Claims that something happened then", data.happened_in),
    )
    return Card(f"Time: {phrases.quoted(data.time.text)} [{data.time.id}]", (NO_DATE,), shown, data)
