"""An article whose text has changed: where the words of its spans stand now.

The old text is gone. What is left of it are the words of each span, with those before and behind it: enough to tell
the place where they stand only once, and nothing is guessed where they do not.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from kbcli.correspondence import carried, whole_words
from kbcli.lineends import Plain, plain
from kbcli.surroundings import SIDE, said_as_before
from kbcli.widening import widened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kbcli.grounds import Span
    from kbcli.source import Source

Fate = Literal["same", "moved", "altered", "lost"]
LONG = 40  # characters of words that are not like others by chance


class Fated(NamedTuple):
    """What has become of a span. `place` is where its words stand, or what stands there instead if they were altered.

    `why` tells of a lost one why it has no place, of an altered one what else has changed; `instead` is a span's IRI.
    """

    span: Span
    fate: Fate
    place: tuple[int, int] | None = None
    why: str = ""
    instead: str = ""

    @property
    def found(self) -> bool:
        return self.fate in ("same", "moved")


@dataclass(frozen=True)
class Rereading:
    source: Source
    spans: Sequence[Span]

    @cached_property
    def fates(self) -> Mapping[str, Fated]:
        """By the IRI of the span."""
        found = {span.node.value: self._fate(span) for span in self.spans}
        return {iri: self._second_look(fated, found.values()) for iri, fated in self._contested(found).items()}

    @property
    def summary(self) -> str:
        """How many spans have met with which fate, as a clause."""
        counts = Counter(fated.fate for fated in self.fates.values())
        if counts["same"] == len(self.fates):
            return f"all its {len(self.fates)} spans stand as before" if self.fates else "it has no spans"
        told = (f"{counts[fate]} {words[counts[fate] > 1]}" for fate, words in _TOLD.items() if counts[fate])
        return f"of its {len(self.fates)} spans {', '.join(told)}"

    def _fate(self, span: Span) -> Fated:
        if not span.exact or None in (span.start, span.end):
            return Fated(span, "lost", why="it has no words or no offsets")
        if stands(self.source.text, span):
            return Fated(span, "same", (span.start or 0, span.end or 0))
        places = self._places(span)
        if len(places) != 1:
            return Fated(span, "lost", why=self._why(span, places))
        at, length = places[0], len(plain(span.exact))
        place = (self._plain.back(at), self._plain.back(at + length))
        is_so = said_as_before(self.source, span, *place)
        return Fated(span, "moved", place) if is_so else Fated(span, "altered", place, why=_ANOTHER)

    def _places(self, span: Span) -> list[int]:
        """Where the words can stand, two places at most: with the words on both sides; if they stand there once, with
        those on one side, or by themselves if they are a sentence or are where they were."""
        before, words, behind = (plain(one or "") for one in (span.prefix, span.exact, span.suffix))
        opens, closes = (len(one or "") < SIDE for one in (span.prefix, span.suffix))
        if both := self._find_between(before, words, behind, opens=opens, closes=closes):
            return both
        alone = self._find(words)
        if len(alone) != 1:  # one side is no proof: twins often have it in common
            return alone
        sides = self._find_behind(before, words, opens=opens) + self._find_before(words, behind, closes=closes)
        return alone if sides or self._is_telling(alone[0], words, span) else []

    def _find_between(self, before: str, words: str, behind: str, *, opens: bool, closes: bool) -> list[int]:
        """A text that `opens` with the words has fewer than usual before them, one that `closes` fewer behind."""
        text, whole = self._plain.text, before + words + behind
        if not opens and not closes:
            return self._find(words, before, behind)
        if opens:
            is_there = text.startswith(whole) and (not closes or text == whole)
            return [len(before)] if is_there else []
        return [len(text) - len(words + behind)] if text.endswith(whole) else []

    def _find_behind(self, before: str, words: str, *, opens: bool) -> list[int]:
        found = self._find(words, before)
        return [at for at in found if at == len(before)] if opens else found

    def _find_before(self, words: str, behind: str, *, closes: bool) -> list[int]:
        found = self._find(words, "", behind)
        end = len(self._plain.text) - len(words) - len(behind)
        if not closes:
            return found
        return [end] if found and self._plain.text.endswith(words + behind) else []

    def _is_telling(self, at: int, words: str, span: Span) -> bool:
        """Whether words that stand there once, among others than before, can be no others."""
        start, end = self._plain.back(at), self._plain.back(at + len(words))
        whole = start in self._starts and end in self._ends
        return start == span.start or (whole and len(words) >= SIDE)

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(sentence.start for sentence in self.source.sentences)

    @cached_property
    def _ends(self) -> frozenset[int]:
        return frozenset(sentence.end for sentence in self.source.sentences)

    def _find(self, words: str, before: str = "", behind: str = "") -> list[int]:
        whole, found = before + words + behind, list[int]()
        at = self._plain.text.find(whole)
        while at >= 0 and len(found) < _ENOUGH:
            found.append(at + len(before))
            at = self._plain.text.find(whole, at + 1)
        return found

    def _why(self, span: Span, places: list[int]) -> str:
        if places:
            return "they stand there more than once, and nothing tells which is meant"
        here = self._find(plain(span.exact or ""))
        if here:
            return "they stand there, but not with the words around them"
        return ""

    @cached_property
    def _plain(self) -> Plain:
        return Plain.of(self.source.text)

    def _contested(self, found: Mapping[str, Fated]) -> Mapping[str, Fated]:
        """Two spans that were apart cannot have come to stand in one place."""
        holders: dict[tuple[int, int], list[Fated]] = {}
        for one in found.values():
            if one.place:
                holders.setdefault(one.place, []).append(one)
        return {iri: self._without_rivals(one, holders.get(one.place or (-1, -1), [])) for iri, one in found.items()}

    def _without_rivals(self, one: Fated, holders: Iterable[Fated]) -> Fated:
        own = (one.span.start, one.span.end)
        rivals = [other for other in holders if (other.span.start, other.span.end) != own]
        if one.fate == "same" or not rivals:
            return one
        return Fated(one.span, "lost", why="another span has the only place where they stand")

    def _longest_line(self, start: int, end: int) -> tuple[int, int]:
        """Of a passage that runs on into the next paragraph."""
        lines = [(start + found.start(), start + found.end()) for found in _LINE.finditer(self.source.text[start:end])]
        return max(lines, key=lambda line: line[1] - line[0], default=(start, end))

    def _second_look(self, one: Fated, all_: Iterable[Fated]) -> Fated:
        """Of words that stand nowhere: what stands there instead."""
        if one.fate != "lost" or one.why:
            return one
        words = one.span.exact or ""
        passage = self._alike(one.span)
        if passage is None:  # it is said only if it was looked for: see Comparison
            return one._replace(
                why=_GONE if self.source.comparison.nearest(words).said else "they stand there no longer"
            )
        others = [other.span.node.value for other in all_ if _is_of_another(one.span, other, passage)]
        if others:
            return one._replace(
                why="they stand there no longer; what is most like them has a span", instead=min(others)
            )
        place = passage if "\n" in words else self._longest_line(*passage)
        sentences = [(sentence.start, sentence.end) for sentence in self.source.sentences]
        within = self._within(one.span, place, all_)
        return Fated(one.span, "altered", widened(self.source.text, place, one.span, sentences, within))

    def _within(self, span: Span, place: tuple[int, int], all_: Iterable[Fated]) -> tuple[int, int]:
        """The room around a passage: its lines, up to the words of others that stood apart from it and still do."""
        text, (start, end) = self.source.text, place
        is_one = "\n" not in (span.exact or "")
        least = max(text.rfind(mark, 0, start) for mark in "\r\n") + 1 if is_one else 0
        most = (
            min((at for mark in "\r\n" if (at := text.find(mark, end)) >= 0), default=len(text))
            if is_one
            else len(text)
        )
        for other in all_:
            if other.found and other.place:
                if (other.span.end or 0) <= (span.start or 0) and other.place[1] <= start:
                    least = max(least, other.place[1])
                if (span.end or 0) <= (other.span.start or 0) and end <= other.place[0]:
                    most = min(most, other.place[0])
        return least, most

    def _alike(self, span: Span) -> tuple[int, int] | None:
        """The passage that is most like the words; few words are like many, so those around them are looked for too."""
        words, before, behind = span.exact or "", span.prefix or "", span.suffix or ""
        if len(words) >= LONG:
            return self.source.comparison.alike(words)
        whole = self.source.comparison.alike(before + words + behind)
        if whole is None:
            return None
        old = before + words + behind
        start, end = carried(old, self.source.text[slice(*whole)], len(before), len(before) + len(words))
        return whole_words(self.source.text, whole[0] + start, whole[0] + end) if start < end else None


def stands(text: str, span: Span) -> bool:
    """Whether the words of a span stand at its offsets, with those around them that its record has."""
    start, end = span.start or 0, span.end or 0
    before, behind = span.prefix or "", span.suffix or ""
    return (
        text[start:end] == span.exact
        and text[max(0, start - len(before)) : start] == before
        and text[end : end + len(behind)] == behind
    )


_ENOUGH = 2
_LINE = re.compile(r"[^\r\n]+")
# Of one span, and of several.
_TOLD: Mapping[Fate, tuple[str, str]] = {
    "same": ("stands as before", "stand as before"),
    "moved": ("can be found again", "can be found again"),
    "altered": ("has other words now", "have other words now"),
    "lost": ("cannot be found again", "cannot be found again"),
}
_ANOTHER = "the words are the same, but not the rest of their sentence"
_GONE = "they stand there no longer, and nothing that is like them"


def _is_of_another(span: Span, other: Fated, passage: tuple[int, int]) -> bool:
    """Whether a passage is mostly other words, which stood apart from those of the span."""
    if other.place is None or other.fate not in ("same", "moved"):
        return False
    (start, end), first, last = other.place, other.span.start or 0, other.span.end or 0
    apart = last <= (span.start or 0) or (span.end or 0) <= first
    shared = min(end, passage[1]) - max(start, passage[0])
    return apart and 2 * shared > passage[1] - passage[0]
