"""Last names, where the whole name of their one bearer in the text has stood before."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kbcli.drafting.parties import Party
from kbcli.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_WORD_BEFORE = re.compile(r"([\w.’'-]+)[ \t\xa0]+\Z")
_REACH = 60  # characters in which the word before is looked for
_ASCRIBING = ("ccording to ", "ccording to\xa0")
_PLACING = frozenset(["across", "around", "at", "from", "in", "near", "outside", "to"])


def alone(text: str, whole: list[Party], lasts: Mapping[str, Party], light: Collection[str]) -> Iterator[Party]:
    """The last names that stand without a first name, by the parties `whole` that stand there in full.

    One that anybody else seems to bear is nobody's. `light` words may stand before one with a capital too.
    """
    starts = [party.start for party in whole]
    standing: list[Party] = []
    shared = set()
    for found in Gazetteer((last, party.agents[0]) for last, party in lasts.items()).occurrences(text):
        before = bisect_right(starts, found.start) - 1
        if before >= 0 and found.start < whole[before].end:
            continue
        word = _WORD_BEFORE.search(text, max(0, found.start - _REACH), found.start)
        if word and _is_first_name(word[1], light):
            shared.add(found.name)
        ascribed = text.endswith(_ASCRIBING, 0, found.start)
        placed = word is not None and word[1].lower() in _PLACING and not ascribed  # “in Lima” is a town’s
        if found.start > lasts[found.name].start and not placed:
            standing.append(Party(found.start, found.end, found.name, lasts[found.name].agents))
    return (party for party in standing if party.name not in shared)


def _is_first_name(word: str, light: Collection[str]) -> bool:
    small = word.lower().rstrip(".")
    return word[:1].isupper() and small not in light and not word.endswith(("’s", "'s"))
