"""kb:edtf is EDTF and says the same days as the bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.edtf import Extent, extent, written
from kbcli.finding import Rule
from kbcli.names import KB
from kbcli.times import Time, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

MALFORMED = Rule(
    "KB452",
    "edtf-malformed",
    "error",
    "not EDTF of level 0 or 1",
    'write a date ("2018-10-31", "2018-10", "2018"), an interval ("2018-09-22/2018-09-30", "../2018"), '
    'about ("2010~") or uncertain ("2010?")',
)
AGAINST = Rule(
    "KB453",
    "edtf-against-bounds",
    "error",
    "kb:edtf and the bounds do not say the same days",
    "correct the one that is wrong, or leave kb:edtf out",
)
RULES = (MALFORMED, AGAINST)


def check(corpus: Corpus) -> Iterator[Finding]:
    bounded = {time.node: time for time in times(corpus)}
    for node in corpus.instances(KB + "Time"):
        for edtf in corpus.values(node, KB + "edtf"):
            try:
                meant = extent(edtf.value)
            except ValueError as error:
                yield corpus.finding(MALFORMED, node, KB + "edtf", edtf, said=str(error))
                continue
            if node in bounded and not _agrees(meant, bounded[node]):
                days = Time(node, "", meant.first, meant.last).bounds
                said = f"“{edtf.value}” is {days}, the bounds are {bounded[node].bounds}"
                found = corpus.finding(AGAINST, node, KB + "edtf", edtf, said=said)
                right = written(bounded[node].earliest, bounded[node].latest)
                yield found._replace(hint=f'if the bounds are right, kb:edtf "{right}"') if right else found


def _agrees(meant: Extent, time: Time) -> bool:
    """Exact: the same days. About: within the bounds. A season, whose months are not laid down: in a year of theirs."""
    first, last, sense = meant
    earliest, latest = time.earliest, time.latest
    if sense == "exact":
        return (first, last) == (earliest, latest)
    if not (earliest or latest):
        return False
    if sense == "season":
        return (not (first and latest) or first <= latest) and (not (last and earliest) or last >= earliest)
    return (not (first and earliest) or first >= earliest) and (not (last and latest) or last <= latest)
