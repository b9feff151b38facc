"""Where sentences begin that a segmenter misses behind an abbreviation, and where none does that it finds there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_REACH = 24  # characters in which the word before is looked for
_WORD_BEFORE = re.compile(r"(?<![\w.])([A-Z][\w.]*)\.[ \t\xa0]+\Z")
_WORD = re.compile(r"([A-Z][\w’'-]*)(\.?)")
# “WASHINGTON (AP) — ”, “LISBON, March 3 (Reuters) - ” begin the first sentence.
_DATELINE = re.compile(
    r"[^\W\d_a-z][A-Z.’'-]+(?:[ \xa0,/]{1,2}[\w.’'-]+){0,8}[ \xa0]\([A-Z][\w .&-]{1,30}\)[ \xa0]*[—–-]{1,2}[ \xa0]+"
)


class _Stops(NamedTuple):
    """The lists of fullstops.toml; `ends` matches from an abbreviation up to the sentence behind it."""

    before_names: frozenset[str]
    states: frozenset[str]
    openers: frozenset[str]
    ends: re.Pattern[str]


def begun(content: str, proposed: Iterable[int]) -> list[int]:
    """Where the sentences of one line begin, by the `proposed` places."""
    stops, dateline = _stops(), _DATELINE.match(content)
    behind = dateline.end() if dateline else 0
    kept = {at for at in proposed if at == 0 or not (at < behind or _is_within(content, at, stops))}
    return sorted(kept | {match.end() for match in stops.ends.finditer(content, behind)})


def _is_within(content: str, at: int, stops: _Stops) -> bool:
    """Whether what stands there goes on behind a title: “Gov. Ellen Stroud”, “Mass. Gov. Ellen Stroud”."""
    before, word = _WORD_BEFORE.search(content[max(0, at - _REACH) : at]), _WORD.match(content, at)
    if before is None or word is None:
        return False
    titled = bool(word[2]) and word[1] in stops.before_names
    return (before[1] in stops.before_names and word[1] not in stops.openers) or (before[1] in stops.states and titled)


@lru_cache(None)
def _stops() -> _Stops:
    import tomllib
    from importlib import resources

    lists = tomllib.loads((resources.files("kbcli") / "fullstops.toml").read_text(encoding="utf-8"))
    ending, openers = _any_of([*lists["ending"], *lists["states"]]), _any_of(lists["openers"])
    ends = re.compile(rf"(?<![\w.])(?:{ending})\.[ \t\xa0]+(?=(?:{openers})[ \t\xa0,])")
    names, states, starts = (frozenset(lists[name]) for name in ("before_names", "states", "openers"))
    return _Stops(names, states, starts, ends)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words)
