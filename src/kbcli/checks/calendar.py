"""The words of a time and the order of times agree with the dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli import datewords
from kbcli.finding import Rule
from kbcli.names import KB
from kbcli.times import Time, shown, time_of, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

WEEKDAY = Rule(
    "KB450",
    "weekday-against-date",
    "error",
    "the words name a weekday that the bounds do not hold",
    "correct the date; if the weekday is not that of this time, give kb:text without it",
)
DATE = Rule(
    "KB451",
    "words-against-bounds",
    "error",
    "the words name a date that lies outside the bounds",
    "correct the bounds; if the words name another time, give kb:text without it",
)
ORDER = Rule(
    "KB457",
    "order-against-dates",
    "error",
    "the dates do not allow this order",
    "correct the bounds, or remove the link that the article does not state",
)
RULES = (WEEKDAY, DATE, ORDER)


def check(corpus: Corpus) -> Iterator[Finding]:
    for time in times(corpus):
        for rule, said, hint in _contradictions(time):
            yield corpus.finding(rule, time.node, KB + "text", said=said)._replace(hint=hint)
        yield from _order(corpus, time)


def _contradictions(time: Time) -> Iterator[tuple[Rule, str, str]]:
    """What the words say that cannot be within the bounds, and the remedy. Open bounds hold everything."""
    earliest, latest = time.earliest, time.latest
    if not earliest or not latest:
        return
    for name in datewords.weekdays(time.text):
        if not datewords.has_weekday(name, earliest, latest):
            real = f", a {datewords.weekday(earliest)}" if earliest == latest else ""
            near = shown(datewords.nearest_weekday(name, earliest))
            said = f"{name} in “{time.text}”; the bounds are {time.bounds}{real}"
            yield WEEKDAY, said, f"{WEEKDAY.hint} (the nearest {name} is {near})"
    for mention in datewords.mentions(time.text):
        if not datewords.has_date(mention, earliest, latest):
            yield DATE, f"{mention.words} in “{time.text}”; the bounds are {time.bounds}", DATE.hint
    for year in datewords.years(time.text):
        if not earliest[0] <= year <= latest[0]:
            yield DATE, f"{year} in “{time.text}”; the bounds are {time.bounds}", DATE.hint


def _order(corpus: Corpus, time: Time) -> Iterator[Finding]:
    for name, fits in (("before", _can_precede), ("during", _can_overlap)):
        for other in corpus.values(time.node, KB + name):
            later = time_of(corpus, other)
            if later and not fits(time, later):
                said = f"{time.bounds} {name} {later.bounds} ({corpus.short(other.value)})"
                yield corpus.finding(ORDER, time.node, KB + name, other, said=said)


def _can_precede(time: Time, other: Time) -> bool:
    return not (time.earliest and other.latest) or time.earliest <= other.latest


def _can_overlap(time: Time, other: Time) -> bool:
    return _can_precede(time, other) and _can_precede(other, time)
