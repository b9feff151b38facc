"""Embedded posts: the line that signs one, and the lines of text that it signs.

Solid relations w/neighbors our priority.
— Javad Zarif (@JZarif) October 31, 2018
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SIGNATURE = re.compile(
    r"^[—–-]{1,2} ?(?P<name>[^\n()@]{2,60}?) \((?P<handle>@\w{1,20})\)(?: (?P<date>[A-Z][a-z]+ \d{1,2}, \d{4}))?\s*$",
    re.MULTILINE,
)


class Post(NamedTuple):
    """`start` and `end` are those of the text that is signed, the signature's own follow; all half-open."""

    start: int
    end: int
    signature: tuple[int, int]
    name: tuple[int, int]
    handle: str
    date: str


def posts(text: str) -> list[Post]:
    """Each with the one line above its signature: where a post begins that has more of them, nothing tells."""
    found, floor = [], 0
    for match in _SIGNATURE.finditer(text):
        above = match.start()
        while above > floor and text[above - 1].isspace():
            above -= 1
        start = max(floor - 1, text.rfind("\n", floor, above), text.rfind("\r", floor, above)) + 1
        signature = (match.start(), match.start() + len(match[0].rstrip()))
        if start < above:
            found.append(Post(start, above, signature, match.span("name"), match["handle"], match["date"] or ""))
        floor = match.end()
    return found
