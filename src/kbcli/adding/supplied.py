"""What an editor knows of an article that its text does not say: told in a note, as a draft tells it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kbcli.adding.fields import OF_ARTICLE
from kbcli.datewords import mentions
from kbcli.drafting.supplied import NOTED, SHOWN, note_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kbcli.adding.desk import Desk


def supplied(desk: Desk, given: Mapping[str, Sequence[str]], notes: Sequence[str]) -> str:
    """The note; empty where the text has all that is given, or the notes that are there tell of it."""
    text = desk.worked_on.text
    own = [field for field in OF_ARTICLE if field.option in SHOWN and given.get(field.option)]
    told = " ".join(note for note in notes if note.startswith(NOTED))
    new = [field for field in own if not all(_has(text, field.takes, one) for one in given[field.option])]
    names = [field.option for field in new if SHOWN[field.option] not in told]
    return note_of(names) if names else ""


def _has(text: str, takes: str, value: str) -> bool:
    if takes != "day":
        return value in text
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return any((one.day, one.month, one.year) == (day.day, day.month, day.year) for one in mentions(text))
