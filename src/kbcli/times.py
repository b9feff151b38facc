"""The times of a corpus, with bounds that can be compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kbcli.edtf import Day, days_in
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kbcli.corpus import Corpus

_DATE = re.compile(r"(-?\d{4,9})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d|T.*)?", re.ASCII | re.DOTALL)
_DECEMBER = 12


class Time(NamedTuple):
    """A kb:Time as it is written. A bound that is not given is None."""

    node: ox.NamedNode
    text: str
    earliest: Day | None
    latest: Day | None

    @property
    def bounds(self) -> str:
        """As messages say it: `2018-09-22 to 2018-09-30`."""
        if self.earliest == self.latest:
            return shown(self.earliest) if self.earliest else "without bounds"
        begin, end = (shown(bound) if bound else "open" for bound in (self.earliest, self.latest))
        return f"{begin} to {end}"


def times(corpus: Corpus) -> Iterator[Time]:
    """Those whose bounds are sound: one of each at most, days of the calendar, in order. Others are SHACL's to tell."""
    return filter(None, (time_of(corpus, node) for node in corpus.instances(KB + "Time")))


def time_of(corpus: Corpus, node: Any) -> Time | None:
    """What `node` is as a time with sound bounds, if it is one."""
    if not corpus.has_class(node, KB + "Time"):
        return None
    written = [corpus.values(node, KB + name) for name in ("text", "earliest", "latest")]
    if any(len(values) > 1 for values in written):
        return None
    text, earliest, latest = (values[0] if values else None for values in written)
    bounds = [None if bound is None else day(bound) for bound in (earliest, latest)]
    if not all(found or bound is None for found, bound in zip(bounds, (earliest, latest), strict=True)):
        return None
    time = Time(node, text.value if text else "", *bounds)
    return None if time.earliest and time.latest and time.earliest > time.latest else time


def day(literal: Any) -> Day | None:
    """The day of an xsd:date or xsd:dateTime, None if it is none of the calendar's."""
    match = _DATE.fullmatch(getattr(literal, "value", ""))
    if match is None:
        return None
    year, month, number = (int(part) for part in match.groups())
    if 1 <= month <= 12 and 1 <= number <= days_in(year, month):  # noqa: PLR2004
        return year, month, number
    return None


def following(day: Day) -> Day:
    """The day after."""
    year, month, number = day
    if number < days_in(year, month):
        return year, month, number + 1
    return (year, month + 1, 1) if month < _DECEMBER else (year + 1, 1, 1)


def shown(day: Day) -> str:
    year, month, number = day
    return f"{year:04}-{month:02}-{number:02}"
