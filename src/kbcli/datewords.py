"""What the words of an English time say of the calendar: weekdays, days of a month, months, years.

Only what stands there in so many words. Words that count from a date to another (“two days after …”) say
nothing of the date they arrive at.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kbcli.edtf import Day, days_in

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June", "July")
_MONTHS += ("August", "September", "October", "November", "December")
_SHORT = {"Sept": 9, **{name[:3]: number for number, name in enumerate(_MONTHS, 1)}}

_COUNTING = re.compile(
    r"\b(after|before|since|until|till|ago|following|prior|than|(?:days?|weeks?|months?|years?) (?:from|of))\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b")
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?(?!\d)"
_DATE = re.compile(
    rf"(?:(?<!\d)(?P<before>{_NUMBER})(?: of)? )?\b(?P<month>{'|'.join((*_MONTHS, *_SHORT))})\b\.?"
    rf"(?: (?P<after>{_NUMBER}))?(?:,? (?P<year>\d{{4}})(?!\d))?"
)
_YEAR = re.compile(r"(?<![\d.,$€£])\b([12]\d{3})\b(?!,\d)")
# May and March are also a name and a deed: alone they are months only behind such a word.
_DOUBTFUL = ("May", "March")
_LEADING = re.compile(r"\b(in|of|this|last|next|during|late|early|mid|and|to|between|through|from)[ -]$", re.IGNORECASE)


class Mention(NamedTuple):
    """A month, or a day of one, as `words` name it. `day` and `year` are 0 where they are not named."""

    words: str
    month: int
    day: int
    year: int


def weekdays(text: str) -> list[str]:
    return [] if _COUNTING.search(text) else _WEEKDAY.findall(text)


def mentions(text: str) -> list[Mention]:
    return [] if _COUNTING.search(text) else list(_mentions(text))


def years(text: str) -> list[int]:
    return [] if _COUNTING.search(text) else [int(year) for year in _YEAR.findall(text)]


def weekday(day: Day) -> str:
    """The name of the weekday; empty outside the years 1 to 9999."""
    return WEEKDAYS[date(*day).weekday()] if 1 <= day[0] <= 9999 else ""  # noqa: PLR2004


def has_weekday(name: str, earliest: Day, latest: Day) -> bool:
    """Whether a day of that name lies within the bounds, both included."""
    if not weekday(earliest) or not weekday(latest):
        return True
    first = date(*earliest)
    return (WEEKDAYS.index(name) - first.weekday()) % 7 <= (date(*latest) - first).days


def nearest_weekday(name: str, day: Day) -> Day:
    """The day of that name at most three days off."""
    there = date(*day)
    distance = (WEEKDAYS.index(name) - there.weekday() + 3) % 7 - 3
    near = date.fromordinal(min(max(1, there.toordinal() + distance), date.max.toordinal()))
    return near.year, near.month, near.day


def has_date(mention: Mention, earliest: Day, latest: Day) -> bool:
    """Whether some day that the words can mean lies within the bounds."""
    wanted = (mention.year,) if mention.year else range(earliest[0], min(latest[0], earliest[0] + 8) + 1)
    for year in wanted:
        longest = days_in(year, mention.month)
        first, last = (mention.day, mention.day) if mention.day else (1, longest)
        real = first <= longest
        if real and (year, mention.month, first) <= latest and (year, mention.month, last) >= earliest:
            return True
    return False


def _mentions(text: str) -> Iterator[Mention]:
    for match in _DATE.finditer(text):
        name, number = match["month"], match["before"] or match["after"]
        alone = not number and not match["year"]
        if alone and (name not in _MONTHS or (name in _DOUBTFUL and not _LEADING.search(_left_of(text, match)))):
            continue
        month = _MONTHS.index(name) + 1 if name in _MONTHS else _SHORT[name]
        yield Mention(match[0], month, int(re.sub(r"\D", "", number or "0")), int(match["year"] or 0))


def _left_of(text: str, match: re.Match[str]) -> str:
    start = match.start("month")
    return text[max(0, start - 10) : start]
