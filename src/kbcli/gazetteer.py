"""Where the names that a knowledge base knows stand in a text.

Names are matched as printed, whole words only, the longest first, left to right. A name joined to more letters by a
hyphen (“Iran-backed”) is another word; so is an adjective (“Iranian”).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

_WORD = re.compile(r"\w+")
_MARKS = "“”„«»‘’\"' \u00a0"


class Occurrence(NamedTuple):
    """`bearers` are all who have the name; offsets are half-open."""

    start: int
    end: int
    name: str
    bearers: frozenset[ox.NamedNode]


class Gazetteer:
    """Names by their first word."""

    def __init__(self, names: Iterable[tuple[str, ox.NamedNode]]) -> None:
        bearers: dict[str, set[ox.NamedNode]] = {}
        for written, bearer in names:
            for name in spellings(written):
                bearers.setdefault(name, set()).add(bearer)
        self.bearers = {name: frozenset(found) for name, found in bearers.items()}
        self.by_word: dict[str, list[tuple[str, int]]] = {}
        for name in sorted(bearers, key=lambda name: (-len(name), name)):
            if first := _WORD.search(name):
                self.by_word.setdefault(first[0], []).append((name, first.start()))

    def occurrences(self, text: str, *others: Gazetteer) -> Iterator[Occurrence]:
        """The names in `text`, those of `others` among them; none within another."""
        done = 0
        for word in _WORD.finditer(text):
            if word.start() < done:
                continue
            found = self._longest(text, word, (self, *others))
            if found:
                done = found.end
                yield found

    @staticmethod
    def _longest(text: str, word: re.Match[str], known: tuple[Gazetteer, ...]) -> Occurrence | None:
        best: tuple[int, int, str] | None = None
        for gazetteer in known:
            for name, offset in gazetteer.by_word.get(word[0], ()):
                start = word.start() - offset
                if start >= 0 and text.startswith(name, start) and _stands_alone(text, start, start + len(name)):
                    best = max(best or (0, 0, ""), (len(name), start, name))
                    break
        if best is None:
            return None
        length, start, name = best
        bearers = [gazetteer.bearers.get(name, frozenset()) for gazetteer in known]
        return Occurrence(start, start + length, name, frozenset().union(*bearers))


def spellings(written: str) -> Iterator[str]:
    """Without marks around it; with an article in front, as a sentence begins with it too."""
    name = written.strip(_MARKS)
    if name:
        yield name
    if name.startswith("the "):
        yield "The" + name[3:]


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return not (re.search(r"\w-?\Z", before) or re.match(r"-?\w", after))
