"""The Time that an editor means by its id or by the article’s words: one that is there, or a new one.

For new words the bounds are reckoned as in a draft: only what the words say, or what follows from the day of issue.
"""

from __future__ import annotations

import contextlib
import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kbcli.adding import minting, spans, things
from kbcli.adding.ahead import reckoned_there
from kbcli.citation import literal
from kbcli.datewords import mentions, years
from kbcli.display import printable
from kbcli.drafting.record import Record
from kbcli.drafting.slug import plain
from kbcli.errors import UsageError
from kbcli.names import KB, expand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kbcli.adding.desk import Desk
    from kbcli.adding.fields import Field


class Time(NamedTuple):
    """`record` is that of a new one, `note` what is to be said of it."""

    name: str
    record: Record | None = None
    note: str = ""


def time(desk: Desk, field: Field, typed: str, at: int = 0) -> Time:
    """`at` is where the claim that has it begins."""
    if expand(typed, desk.project.prefixes) is not None or _is_end(desk, typed):
        return Time(desk.short(things.thing(desk, things.Wanted(field.option, field.classes), typed)))
    words = spans.printed(field.option, typed, desk.worked_on.text)
    there = called(desk, words)
    if len(there) > 1:
        raise UsageError(
            f"--{field.option} “{printable(words)}”: the article has {len(there)} times with these words: {', '.join(there)}",
            "name the one that is meant by its id",
        )
    return Time(there[0]) if there else _new(desk, words, at, spoken=field.option == "said")


def elsewhere(desk: Desk, option: str, typed: str, ranges: Sequence[tuple[int, int]]) -> str:
    """What to say of words that stand in no sentence of a claim, which rests on these ranges; else nothing."""
    found = [one.start() for one in re.finditer(rf"(?<!\w){re.escape(typed)}(?!\w)", desk.worked_on.text)]
    own = {_number(desk, place) for start, end in ranges for place in _places(desk, start, end)}
    others = sorted({_number(desk, place) for place in found})
    if not own or not others or own & set(others):
        return ""
    return (
        f"--{option} “{printable(typed)}”: these words stand in {_listed(others)}, not in this claim’s "
        f"({_listed(sorted(own))}); a --note tells why they hold for it too"
    )


def _places(desk: Desk, start: int, end: int) -> list[int]:
    """An offset in each sentence that a range touches."""
    return [max(start, one.start) for one in desk.source.sentences if one.start < end and start < one.end]


def _listed(numbers: Sequence[int]) -> str:
    told = ", ".join(map(str, numbers[:_FEW]))
    return f"sentence{'s' * (len(numbers) > 1)} {told}{', …' * (len(numbers) > _FEW)}"


def unstated(words: str, given: Mapping[str, Sequence[str]]) -> str:
    """What to say of bounds that are said to be stated where the words have no such date; else nothing."""
    bounds = [one for option in ("earliest", "latest") for one in given.get(option, ())]
    if not bounds or [one.removeprefix("kb:") for one in given.get("basis", ())] != ["stated"]:
        return ""
    own = {one[:4] for one in bounds}
    has = years(words) or [mention.year for mention in mentions(words) if mention.year]
    if has and min(has) <= int(min(own)) <= int(max(own)) <= max(has):
        return ""
    if not has and re.search(r"\d{4}", words):  # in another calendar, or another script
        return ""
    return (
        f"“{printable(words)}” does not have the year {' or '.join(sorted(own))}: stated means that the text has the "
        "date; what follows from it with a calendar is inferred, what is known from elsewhere external"
    )


def called(desk: Desk, words: str) -> list[str]:
    """The times of the article that have these words."""
    import pyoxigraph as ox

    found = desk.near.subjects(KB + "text", ox.Literal(words))
    return [desk.short(one.value) for one in found if desk.home in desk.near.homes_of(one.value)]


def name_of(desk: Desk, words: str, at: int = 0) -> str:
    """A free name, with the number of the sentence where the words stand: the first one behind `at` that has them."""
    number, ending = _number(desk, _offset(desk, words, at)), plain(words)
    return minting.numbered(desk, f"tm:{desk.slug}-{number}{'-' * bool(ending)}{ending[:_LONGEST].strip('-')}")


_LONGEST, _FEW = 40, 3


def _offset(desk: Desk, words: str, at: int) -> int:
    """Where words stand: from the sentence on in which `at` is, if they do; else the first time."""
    text = desk.worked_on.text
    begin = next((one.start for one in desk.source.sentences if at < one.end), 0)
    found = text.find(words, begin)
    return found if found >= 0 else text.find(words)


def _new(desk: Desk, words: str, at: int, *, spoken: bool) -> Time:
    text, offset = desk.worked_on.text, _offset(desk, words, at)
    found, is_open = reckoned_there(words, _day(desk.issued), text, offset, spoken=spoken)
    record = Record(name_of(desk, words, at), "kb:Time")
    record.add("kb:text", literal(words))
    record.add("kb:basis", f"kb:{found.basis}")
    for name, bound in zip(("kb:earliest", "kb:latest"), found.bounds or (), strict=False):
        record.add(name, f'"{bound.isoformat()}"^^xsd:date')
    record.add("kb:edtf", *([literal(found.edtf)] if found.edtf else []))
    record.add("skos:note", *([f"{literal(found.note)}@en"] if found.note else []))
    options = '--basis inferred --earliest YYYY-MM-DD --latest YYYY-MM-DD --note "…" --instead'
    note = f"“{printable(words)}” lies ahead and is not counted back: kb add to {record.subject} {options}"
    return Time(record.subject, record, note if is_open else "")


def _day(issued: str) -> date | None:
    with contextlib.suppress(ValueError):  # what is no day is told by kb validate
        return date.fromisoformat(issued)
    return None


def _is_end(desk: Desk, typed: str) -> bool:
    """Whether an id is typed without `tm:`, or without the article’s slug."""
    return any(desk.near.homes_of(f"{desk.project.base}time/{end}") for end in (typed, f"{desk.slug}-{typed}"))


def _number(desk: Desk, offset: int) -> int:
    return next((one.number for one in desk.source.sentences if offset < one.end), len(desk.source.sentences))
