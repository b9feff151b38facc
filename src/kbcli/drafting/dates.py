"""Times as a sentence words them, and their bounds: only what the words say, or what follows from the day of issue.

A weekday is counted back from the day of issue, a day or month without its year too. Nothing is counted from a date
that merely stands somewhere in the text: it may be of another matter.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kbcli.datewords import WEEKDAYS, mentions, years
from kbcli.edtf import days_in, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.datewords import Mention

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\d)"
_WEEKDAY = "|".join(WEEKDAYS)
# “May” and “March” alone are months only behind “in” and the like; a number or a year makes them sure.
_MONTH = (
    rf"(?:{_DAY}(?: of)? (?:{_MONTHS}|{_SHORT})\b\.?(?:,? \d{{4}}\b)?"
    rf"|(?:{_MONTHS}|{_SHORT})\b\.? {_DAY}(?:,? \d{{4}}\b)?"
    rf"|(?:{_MONTHS}) \d{{4}}\b)"
)
# Alone a weekday may be part of a name: “Sunday Sport”, “the Friday Agreement”.
_LED = rf"(?:(?:[Oo]n|[Ee]arl(?:y|ier)|[Ll]ate(?:r)?) (?:[Ll]ast |[Tt]his )?|[Ll]ast |[Tt]his )(?:{_WEEKDAY})\b"
_EXPRESSION = re.compile(
    rf"(?<!\w)(?:{_LED}|(?<!the )(?<!The )(?:{_WEEKDAY})\b(?! (?!{_MONTHS}|{_SHORT})[A-Z]))(?![’'])"
    rf"(?: (?:morning|afternoon|evening|night))?(?:,? (?:the )?{_MONTH})?"
    rf"|(?<!\w)(?:[Oo]n |[Ii]n )?{_MONTH}"
    rf"|(?<!\w)[Ii]n (?:(?:early|mid|late)[ -])?(?:{_MONTHS})\b(?! \d)"
    r"|(?<!\w)[Ii]n (?:1[5-9]|20)\d\d\b"
    r"|(?<!\w)(?:[Ee]arlier|[Ll]ater) in the day\b|(?<!\w)[Ee]arlier today\b"
    r"|(?<!\w)(?:[Tt]oday|[Yy]esterday)\b(?![’'])"
    r"|(?<!\w)(?:[Ll]ast (?:night|week|month|year)|(?:[Ee]arlier )?[Tt]his (?:morning|week|month|year))\b(?![’'])"
    r"|(?<!\w)(?:[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|\d+) (?:hour|day|week|month|year)s? (?:ago|earlier|later)\b"
)
_COMING = re.compile(r"(?<!\w)(?:next|coming|upcoming|until|till)[ \xa0](?:the[ \xa0])?\Z", re.IGNORECASE)
_COMING_WEEK = re.compile(r"[ \xa0](?:(?:of )?next (?:week|month)|week)\b")
# “said yesterday was late”, “said this Sunday it would rain”: of what is said as likely as of the saying.
_SUBJECT = re.compile(r"[ \xa0](?:was|were|is|are|will|would|had|has|could|can|may|might|must|should)\b")
_THIS = re.compile(rf"[Tt]his (?:{_WEEKDAY})\b")
_BESIDE_WEEKDAY = re.compile(r"(?<!\w)([A-Z][\w.’'-]*)[ \xa0]\Z")
_LEADING = frozenset(["after", "before", "by", "every", "from", "next", "since", "until"])
_REACH = 16  # characters in which such a word is looked for
_YEARS_MIDDLE = timedelta(183)
Stretch = tuple[date, date]


class Expression(NamedTuple):
    """Half-open offsets in the whole text, and the words between them."""

    start: int
    end: int
    words: str


class Reckoning(NamedTuple):
    """What is known of a time. Without bounds it is a relative one; a note tells whence the bounds are."""

    basis: str
    bounds: Stretch | None
    edtf: str
    note: str


_UNFIT = Reckoning("relative", None, "", "Its weekday is not that of its date: which is meant is left open.")


def expressions(text: str, start: int, end: int) -> Iterator[Expression]:
    for match in _EXPRESSION.finditer(text, start, end):
        if not _is_named(text, match):
            yield Expression(match.start(), match.end(), match[0])


def _is_named(text: str, match: re.Match[str]) -> bool:
    """Whether the weekday may end a name: “Ruby Tuesday”."""
    before = _BESIDE_WEEKDAY.search(text, max(0, match.start() - _REACH), match.start())
    return match[0] in WEEKDAYS and before is not None and before[1].lower() not in _LEADING


def is_subject(text: str, one: Expression) -> bool:
    """Whether a clause may begin with it behind a verb: “said yesterday was the worst day”."""
    return bool(_SUBJECT.match(text, one.end))


def is_either(one: Expression) -> bool:
    """Whether it may be gone or to come: “this Sunday”."""
    return bool(_THIS.search(one.words))


def is_coming(text: str, one: Expression) -> bool:
    """Whether it was still to come when it was told: “next Monday”, “until December 2026”."""
    before = text[max(0, one.start - _REACH) : one.start]
    return bool(_COMING.search(before) or _COMING_WEEK.match(text, one.end))


def is_ahead(words: str, issued: date | None) -> bool:
    """Whether they name a day or month that begins after the day of issue: nothing was said then yet."""
    named = list(mentions(words))
    if issued is None or not (named or (found := years(words))):
        return False
    if not named:
        return found[0] > issued.year
    if named[0].year:
        bounds = _of_mention(named[0], named[0].year)
        return bool(bounds and bounds[0] > issued)
    return _of_mention(named[0], issued.year) is not None and _last(named[0], issued) is None


def reckoned(words: str, issued: date | None) -> Reckoning:
    """The bounds that the words have, those counted from the day of issue, or none."""
    named = list(mentions(words))
    if named and named[0].year:
        if not _is_its_weekday(words, _of_mention(named[0], named[0].year)):
            return _UNFIT
        return _bounded("stated", _of_mention(named[0], named[0].year), "")
    if not named and (found := years(words)):
        return _bounded("stated", (date(found[0], 1, 1), date(found[0], 12, 31)), "")
    if issued:
        bounds = _counted(words, named[0] if named else None, issued)
        note = f"Counted back from {issued.isoformat()}, the day of issue, which the editor supplied and the text does not give."
        if not _is_its_weekday(words, bounds):
            return _UNFIT
        if bounds:
            return _bounded("inferred", (bounds[0], min(bounds[1], issued)), note)
    what = "A day or month without its year" if named else _kind(words)
    why = "neither the text nor the editor gives a date to count from"
    return Reckoning("relative", None, "", f"{what}; {'which is meant is left open' if issued else why}.")


def _is_its_weekday(words: str, bounds: Stretch | None) -> bool:
    """Whether the day has the name that the words give it: not “Monday 3 March” in 2024."""
    found = [day for day in WEEKDAYS if day in words]
    return not found or bounds is None or bounds[0] != bounds[1] or WEEKDAYS[bounds[0].weekday()] in found


def _kind(words: str) -> str:
    """What a time without a date is."""
    if any(day in words for day in WEEKDAYS):
        return "A weekday only"
    lower = set(words.lower().split())
    if lower & {"ago", "earlier", "later", "after", "before"}:
        return "An order only"
    counted = lower & {"last", "next", "this", "today", "tomorrow", "yesterday"}
    return "Told from another day" if counted else "Words without a date"


def _counted(words: str, named: Mention | None, issued: date) -> Stretch | None:
    """The last such day or month up to the day of issue."""
    if named:
        return _last(named, issued)
    lower = words.lower()
    if {"last", "this"} & set(lower.split()):  # “last Monday” is one of two
        return None
    if day := next((day for day in WEEKDAYS if day in words), None):
        found = issued - timedelta((issued.weekday() - WEEKDAYS.index(day)) % 7)
        return found, found
    if "today" in lower or "yesterday" in lower:
        found = issued - timedelta("yesterday" in lower)
        return found, found
    return None


def _last(named: Mention, issued: date) -> Stretch | None:
    """The last such day or month; none if the next one is nearer: “on Nov. 20” is no year ago on Nov. 14."""
    here, before = _of_mention(named, issued.year), _of_mention(named, issued.year - 1)
    if here and here[0] <= issued:
        return here
    return before if before and issued - before[1] < _YEARS_MIDDLE else None


def _of_mention(named: Mention, year: int) -> Stretch | None:
    longest = days_in(year, named.month)
    if named.day > longest or not 1 <= year <= date.max.year:
        return None
    return date(year, named.month, named.day or 1), date(year, named.month, named.day or longest)


def _bounded(basis: str, bounds: Stretch | None, note: str) -> Reckoning:
    if bounds is None:
        return Reckoning("relative", None, "", "The calendar has no such day.")
    first, last = ((day.year, day.month, day.day) for day in bounds)
    return Reckoning(basis, bounds, written(first, last), note)
