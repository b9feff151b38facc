"""The passage of a text that is most like given words, found fast enough for a text of a megabyte."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

from kbcli.folding import Folded, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

GRAM = 3
LONG = 300  # characters from which words are compared, no longer characters
WORD = 30  # characters of a cut word that are looked for; some scripts write no spaces
LEAST = 0.6  # a likeness below this one is chance


def nearest(text: str | Folded, words: str) -> tuple[int, int] | None:
    """The half-open offsets of the passage, from a word's beginning to a word's end; None if nothing is like it.

    A text that is searched more than once is best given folded.
    """
    folded, needle = Folded.of(text) if isinstance(text, str) else text, fold(words)
    if not needle:
        return None
    reach = len(needle) // 4 + 8
    best, found = 0.0, None
    for at in _candidates(folded.text, needle):
        left = max(0, at - reach)
        start, end = _aligned(needle, folded.text[left : at + len(needle) + reach])
        if start < end:
            start, end = _whole_words(needle, folded.text, left + start, left + end)
            likeness = _compared(needle, folded.text[start:end]).ratio()
            if likeness > max(best, LEAST):
                best, found = likeness, (folded.starts[start], folded.ends[end - 1])
    return found


def _candidates(text: str, needle: str) -> Iterable[int]:
    """Where the windows begin that share most short runs of letters with the needle."""
    size = min(GRAM, len(needle))
    grams = {needle[i : i + size] for i in range(len(needle) - size + 1)}
    sums = [0, *accumulate(text[i : i + size] in grams for i in range(len(text) - size + 1))]
    width = min(len(needle) - size + 1, len(sums) - 1)
    scores = list(map(sub, sums[width:], sums))
    step = len(needle) // 2 + 1
    peaks = ((max(scores[i : i + step]), i) for i in range(0, len(scores), step))
    for score, first in nlargest(12 if len(needle) < LONG else 3, peaks):
        if score:
            yield scores.index(score, first)


def _aligned(needle: str, window: str) -> tuple[int, int]:
    """From the first to the last that the window has in common with the needle; empty if there is nothing."""
    blocks = [block for block in _compared(needle, window).get_matching_blocks() if block.size]
    if not blocks:
        return 0, 0
    other = _cut(window, len(needle))
    return other[blocks[0].b].start(), other[blocks[-1].b + blocks[-1].size - 1].end()


def _compared(needle: str, passage: str) -> SequenceMatcher[str]:
    """Letter by letter, or word by word where that would take too long."""
    own, other = ([piece[0] for piece in _cut(text, len(needle))] for text in (needle, passage))
    return SequenceMatcher(None, own, other, autojunk=len(needle) >= LONG)


def _cut(text: str, length: int) -> list[re.Match[str]]:
    return list(re.finditer(r"\S+" if length >= LONG else r"(?s).", text))


def _whole_words(needle: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space, or marks that the needle has not, at the ends; and with the whole of cut words."""
    while start < end - 1 and not text[start].isalnum() and (needle[0].isalnum() or text[start].isspace()):
        start += 1
    while end - 1 > start and not text[end - 1].isalnum() and (needle[-1].isalnum() or text[end - 1].isspace()):
        end -= 1
    least, most = max(0, start - WORD), min(len(text), end + WORD)
    while start > least and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < most and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
