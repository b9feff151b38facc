"""Whether a part of a text stands in it only once, asked of many parts of one text."""

from __future__ import annotations

from functools import lru_cache

_STEP = 8
_RUN = 16
_LOOKED_AT = 512  # characters of a part from which its rarest runs are taken
_MANY = 64  # places to look at; a search of the whole text is as good as more


class Uniqueness:
    """Knows where the runs of characters stand that begin at every eighth one.

    Wherever a part stands, such a run begins within its first eight characters, and again eight characters on; so for
    each of the eight ways in which it can lie the rarest of its runs tells all places where it may stand.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[int]] = {}
        for at in range(0, len(text) - _RUN + 1, _STEP):
            self._places.setdefault(text[at : at + _RUN], []).append(at)

    def holds(self, start: int, end: int) -> bool:
        """Whether what stands at these half-open offsets stands nowhere else."""
        part = self._text[start:end]
        places = self._candidates(part)
        if places is None:
            return self._text.find(part) == start and self._text.find(part, start + 1) < 0
        return not any(at != start and self._text.startswith(part, at) for at in places)

    def _candidates(self, part: str) -> list[int] | None:
        """Where it may stand; None if that is not known, or too much."""
        last = min(len(part), _LOOKED_AT) - _RUN
        if last < _STEP - 1:
            return None
        found = []
        for first in range(_STEP):
            runs = ((at, self._places.get(part[at : at + _RUN], [])) for at in range(first, last + 1, _STEP))
            offset, places = min(runs, key=lambda run: len(run[1]))
            if len(places) > _MANY:
                return None
            found += [place - offset for place in places if place >= offset]
        return found


@lru_cache(maxsize=1)
def uniqueness(text: str) -> Uniqueness:
    """That of the text asked about last is kept: a draft asks of one sentence after the other."""
    return Uniqueness(text)
