"""Words that the data takes from an article, beside those that the article has: where they differ, and in what.

Nothing here says what is wrong; the checks do. A place is told as `seeds/file.txt:line:column`.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kbcli.finding import Related
from kbcli.folding import Folded
from kbcli.likeness import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kbcli.finding import Finding
    from kbcli.source import Source

AROUND = 12  # characters shown on either side of a difference
LONGEST = 60  # characters shown of the difference itself
CHANCE = 5  # characters that two texts may have in common by chance
KEPT = 200  # characters of the source that go with a finding
SOUGHT = 1000  # characters of long words that are looked for
# What searches for something alike may cost in one article, in characters read: about two seconds.
BUDGET = 4_000_000
LETTER = 500  # what a letter that is looked for costs, in the same coin


class Told(NamedTuple):
    """A clause for a message, empty if there is nothing to say, and the places it speaks of."""

    said: str
    related: tuple[Related, ...] = ()

    def onto(self, finding: Finding) -> Finding:
        """The finding with this at the end of its message."""
        message = f"{finding.message}; {self.said}" if self.said else finding.message
        return finding._replace(message=message, related=self.related)


class Comparison:
    """One article's text. It remembers what was looked for, and stops looking for what is alike beyond `BUDGET`."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self._found: dict[str, tuple[int, int] | None] = {}
        self._spent = 0

    def passage(self, start: int, end: int) -> Related:
        """What stands there, with its place."""
        return Related(self._source.shown, *self._source.place(start), self._text[start : min(end, start + KEPT)])

    def at(self, start: int, end: int) -> Told:
        """Where this passage stands."""
        there = self.passage(start, end)
        return Told(f"at {there.place}", (there,))

    def difference(self, start: int, end: int, words: str) -> Told:
        """What the article has there, and what the record has instead of it."""
        there = self._text[start:end]
        if not there:
            here = self.passage(start, end)
            return Told(f"at {here.place} the article has nothing, the record {_quoted(words)}", (here,))
        (left, right), own = _differing(there, words)
        here = self.passage(start + left, start + right)
        article = _quoted(there, left, right)
        return Told(f"the article has {article} at {here.place}, the record {_quoted(words, *own)}", (here,))

    def nearest(self, words: str, pieces: Iterable[tuple[int, int]] = ()) -> Told:
        """What is most like words that stand nowhere: in one of the pieces if it stands there too."""
        found = self.alike(words)
        if found is None:
            return Told("nothing in the article is like it" if words in self._found else "")
        start, end = found
        passage = self._text[start:end]
        inside = (self._text.find(passage, first, last) for first, last in pieces)
        start = next((at for at in inside if at >= 0), start)
        if len(passage) <= LONGEST and len(words) <= LONGEST:
            there = self.passage(start, start + len(passage))
            return Told(f"the nearest in the article is {_quoted(passage)} at {there.place}", (there,))
        return self.difference(start, start + len(passage), words)

    def outside(self, words: str, pieces: Iterable[tuple[int, int]]) -> Told:
        """Where words stand that stand in none of the pieces; or what is most like them."""
        at = self._text.find(words)
        if at < 0 or not words:
            return self.nearest(words, pieces)
        told = self.at(at, at + len(words))
        return told._replace(said=f"it stands {told.said}, outside of them")

    def span(self, start: int, end: int, words: str) -> Told:
        """Why these are not the words at these offsets: they stand elsewhere, or differ from what stands there."""
        places = self._places(words)
        if places:
            at = min(places, key=lambda place: abs(place - start))
            told = self.at(at, at + len(words))
            more = " among other places" if len(places) > 1 else ""
            said = f"they stand {told.said} ({at}–{at + len(words)}){more}, not at {start}–{end}"
            return told._replace(said=said)
        there = self._text[start:end]
        if 2 * sum(_common(there, words)) < max(len(there), len(words)) and (found := self.alike(words)):
            start, end = found
        return self.difference(start, end, words)

    def _places(self, words: str) -> list[int]:
        places: list[int] = []
        at = self._text.find(words) if words else -1
        while at >= 0:
            places.append(at)
            at = self._text.find(words, at + len(words))
        return places

    def alike(self, words: str) -> tuple[int, int] | None:
        """The passage that is most like them, if one is; None too when enough was looked for."""
        if words in self._found:
            return self._found[words]
        if self._spent >= BUDGET:
            return None
        self._spent += len(self._text) + LETTER * min(len(words), SOUGHT)
        self._found[words] = nearest(self._folded, words[:SOUGHT])
        return self._found[words]

    @cached_property
    def _folded(self) -> Folded:
        return Folded.of(self._text)


def _common(one: str, other: str) -> tuple[int, int]:
    """How many characters both begin with, and how many of the rest both end with."""
    shorter = min(len(one), len(other))
    first = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    last = next((i for i in range(shorter - first) if one[-1 - i] != other[-1 - i]), shorter - first)
    return first, last


def _differing(one: str, other: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The part of each that differs, or the first of several, with a word or two around it."""
    first, last = _common(one, other)
    ends = _first_ends(one[first : len(one) - last], other[first : len(other) - last])
    return _around(one, first, first + ends[0]), _around(other, first, first + ends[1])


def _first_ends(one: str, other: str) -> tuple[int, int]:
    """Where both are the same again, not only by chance; their ends if they are not soon, or are short."""
    if max(len(one), len(other)) > AROUND:
        blocks = SequenceMatcher(None, one[:LONGEST], other[:LONGEST], autojunk=False).get_matching_blocks()
        again = next((block for block in blocks if block.size >= CHANCE), None)
        if again:
            return again.a, again.b
    return len(one), len(other)


def _around(text: str, first: int, last: int) -> tuple[int, int]:
    """This part of `text` and some characters more on either side, whole words if there is a space among them."""
    left, right = max(0, first - AROUND), min(len(text), last + AROUND)
    if left:
        left = next((i + 1 for i in range(left - 1, first) if text[i].isspace()), left)
    if right < len(text):
        right = next((i for i in range(right, last - 1, -1) if text[i].isspace()), right)
    return left, right


def _quoted(text: str, left: int = 0, right: int | None = None) -> str:
    """A part of `text`, in quotation marks, with dots where it is cut."""
    right = len(text) if right is None else right
    end = min(right, left + LONGEST + 2 * AROUND)
    return f"“{'…' if left else ''}{text[left:end]}{'…' if end < len(text) else ''}”"
