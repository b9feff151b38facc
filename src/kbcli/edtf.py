"""Dates in Extended Date/Time Format (EDTF), levels 0 and 1: which days they leave open.

Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, 4 February 2019, now in ISO 8601-2.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Day = tuple[int, int, int]  # year, month, day; years before 1 and after 9999 are years too
Sense = Literal["exact", "about", "season"]

_YEAR = r"(?P<year>Y-?[1-9]\d{4,}|-?\d{4}|-?\d{3}X|-?\d{2}XX|-?\dXXX)"
_DATE = re.compile(_YEAR + r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<qualifier>[?~%])?", re.ASCII)
_CLOCK = re.compile(r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]([01]\d|2[0-3])(:[0-5]\d)?)?", re.ASCII)
_LAST_YEAR = 9999
_MONTHS, _SEASONS = range(1, 13), range(21, 25)


class Extent(NamedTuple):
    """From the `first` day to the `last`, None where an end is open or unknown.

    `about`: qualified by ?, ~ or %, so the time may lie somewhat outside. `season`: somewhere in the year.
    """

    first: Day | None
    last: Day | None
    sense: Sense = "exact"


def extent(text: str) -> Extent:
    """Raises ValueError, with the reason in words, where `text` is no EDTF of level 0 or 1."""
    left, slash, right = text.partition("/")
    if not slash:
        date, clock = _without_clock(text)
        found = _date(date)
        if clock and (len(date) < len("YYYY-MM-DD") or found.first != found.last or found.sense != "exact"):
            raise ValueError("a time of day without its day")
        return found
    if left in ("", "..") and right in ("", ".."):
        raise ValueError("an interval without a beginning and an end")
    begin, end = (Extent(None, None) if side in ("", "..") else _date(side) for side in (left, right))
    if begin.first and end.last and begin.first > end.last:
        raise ValueError("the interval ends before it begins")
    senses = {begin.sense, end.sense} - {"exact"}
    return Extent(begin.first, end.last, "season" if "season" in senses else "about" if senses else "exact")


def written(first: Day | None, last: Day | None) -> str:
    """The shortest EDTF for these bounds; empty where there are none, or where their years have not four digits."""
    if any(bound and abs(bound[0]) > _LAST_YEAR for bound in (first, last)):
        return ""
    if not first or not last:
        return f"{_ends(first, last)[0] or '..'}/{_ends(first, last)[1] or '..'}" if first or last else ""
    begin, end = _ends(first, last)
    return begin if begin == end else f"{begin}/{end}"


def days_in(year: int, month: int) -> int:
    """The last day of a month, in the Gregorian calendar carried back."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]  # noqa: PLR2004


def _ends(first: Day | None, last: Day | None) -> tuple[str, str]:
    """Each bound as written: the year if both are ends of years, the month if both are ends of months, else the day."""
    bounds = (first, last)
    starts_year, ends_year = first is None or first[1:] == (1, 1), last is None or last[1:] == (12, 31)
    starts_month, ends_month = first is None or first[2] == 1, last is None or last[2] == days_in(*last[:2])
    parts = 1 if starts_year and ends_year else 2 if starts_month and ends_month else 3
    begin, end = ("" if day is None else _dashed(day[:parts]) for day in bounds)
    return begin, end


def _dashed(parts: tuple[int, ...]) -> str:
    year, *rest = parts
    return "-".join([f"{'-' if year < 0 else ''}{abs(year):04}", *(f"{part:02}" for part in rest)])


def _without_clock(text: str) -> tuple[str, bool]:
    date, mark, _ = text.partition("T")
    if mark and not _CLOCK.fullmatch(text, len(date)):
        raise ValueError(f"“{text[len(date) :]}” is no time of day")
    return date, bool(mark)


def _date(text: str) -> Extent:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is no date of level 0 or 1")
    year, month, day = match["year"], match["month"], match["day"]
    if month and not year.lstrip("-").isdecimal():
        raise ValueError(f"“{text}” has a month, and its year is not one of four digits")
    if month == "XX" and day not in (None, "XX"):
        raise ValueError(f"“{text}” has a day of a month that is not given")
    years = _years(year)
    first, last, season = _days(*years, month, day, text)
    return Extent(first, last, "season" if season else "about" if match["qualifier"] else "exact")


def _years(text: str) -> tuple[int, int]:
    if text.startswith("Y"):
        return int(text[1:]), int(text[1:])
    ends = sorted((int(text.replace("X", "0")), int(text.replace("X", "9"))))
    return ends[0], ends[1]


def _days(first: int, last: int, month: str | None, day: str | None, text: str) -> tuple[Day, Day, bool]:
    if month in (None, "XX"):
        return (first, 1, 1), (last, 12, 31), False
    number = int(month)
    if number in _SEASONS and day is None:
        return (first, 1, 1), (last, 12, 31), True
    if number not in _MONTHS:
        raise ValueError(f"“{text}” has no such month")
    longest = days_in(first, number)
    if day in (None, "XX"):
        return (first, number, 1), (first, number, longest), False
    if not 1 <= int(day) <= longest:
        raise ValueError(f"“{text}” is no day of the calendar")
    return (first, number, int(day)), (first, number, int(day)), False
