"""A part of a text that was altered: which part of the new text it has become."""

from __future__ import annotations

from difflib import SequenceMatcher


def carried(old: str, new: str, start: int, end: int) -> tuple[int, int]:
    """Where `new` has what stood in `old` at these half-open offsets; nothing if it was only taken out.

    What was put in at its ends belongs to its neighbours.
    """
    first, last = len(new), 0
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = max(start, i1), min(end, i2)
        if left < right or start < i1 == i2 < end:
            is_same = i2 - i1 == j2 - j1
            first = min(first, j1 + (left - i1 if is_same else 0))
            last = max(last, j1 + (right - i1) if is_same else j2)
    return first, max(first, last)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at the ends, and with the whole of cut words."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while 0 < start < end and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
