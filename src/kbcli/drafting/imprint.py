"""What a text says of itself: who wrote it, whose it is, of which day it is. Nothing of it is taken over: it is quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.datewords import WEEKDAYS, mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIRST, _LAST = 8, 6  # lines in which it stands, empty ones left out
_LONGEST = 160
_NAME = r"[A-Z][\w.’'-]+ (?:[a-z]{1,3} ){0,2}[A-Z]"
_BYLINE = re.compile(rf"(?:By|BY|by|Written by|Text by) (?!{'|'.join(WEEKDAYS)}){_NAME}.{{0,80}}(?<![.!?”])")
_CREDIT = re.compile(rf"\(?(?:(?:Additional )?[Rr]eporting|Writing|Compiled) by {_NAME}.*")
_DATELINE = re.compile(r"(?P<place>[A-Z][\w.’', /-]{1,60}?) ?\((?P<agency>[A-Z][\w .&-]{1,30})\) ?[—–-]{1,2} ")
_PLACED = re.compile(r"[A-Z][A-Z.’'-]+[\w.,’' ]{0,60}? ?[—–-]{1,2} ")  # “LISBON, March 3 — ”
_AGENCY = re.compile(r"(?:©|\(c\)|Copyright|Source:) .{2,80}", re.IGNORECASE)
_DAY = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\b")
_MOST_WORDS = 9  # of a line that is a date


def imprint(lines: Sequence[str]) -> dict[str, str]:
    """The words of the text that may give each property of its article."""
    filled = [line.strip() for line in lines if line.strip()]
    around = filled[:_FIRST] + filled[_FIRST:][-_LAST:]
    found: dict[str, str] = {}
    for line in around:
        for name, words in _told(line[:_LONGEST]):
            found.setdefault(name, words)
    return found


def is_of_it(line: str) -> bool:
    """Whether the line is a byline, a credit or a date, and no headline."""
    return bool(_BYLINE.fullmatch(line) or _CREDIT.match(line) or _DATELINE.match(line) or _is_date(line))


def _told(line: str) -> Iterator[tuple[str, str]]:
    if _BYLINE.fullmatch(line) or _CREDIT.match(line):
        yield "dct:creator", line
    if dateline := _DATELINE.match(line):
        words = dateline[0].rstrip(" —–-")
        yield "dct:publisher", words
        if mentions(dateline["place"]) or _DAY.search(dateline["place"]):
            yield "dct:issued", words
    elif (placed := _PLACED.match(line)) and any(mention.day for mention in mentions(placed[0])):
        yield "dct:issued", placed[0].rstrip(" —–-")
    elif _AGENCY.match(line):
        yield "dct:publisher", line
    if _is_date(line):
        yield "dct:issued", line


def _is_date(line: str) -> bool:
    """Whether the line is little else: “Published: 14 November 2024”."""
    dated = any(mention.day for mention in mentions(line)) or _DAY.search(line)
    return (
        bool(dated) and len(line.split()) <= _MOST_WORDS and "@" not in line and not line.endswith((".", "!", "?", "”"))
    )
