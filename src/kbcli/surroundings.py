"""Whether words that stand in a new text are still said in the same way: what stood beside them in their sentence.

“Israel has confirmed the strike” stands in “It is not true that Israel has confirmed the strike” as well. Of the old
text only some characters before and behind the words are left; they tell nothing of what stood farther away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.lineends import plain

if TYPE_CHECKING:
    from kbcli.grounds import Span
    from kbcli.source import Source

SIDE = 12  # characters on one side of the words that tell their place; fewer are all that there was
_ENDED = re.compile(r"(?:[.!?…:;][”’»\"')\]]*|[\r\n])\s*\Z")  # how a sentence ends


def said_as_before(source: Source, span: Span, start: int, end: int) -> bool:
    """Whether their sentence has the same words beside them as before, as far as that is known."""
    first = max((one.start for one in source.sentences if one.start <= start), default=0)
    last = min((one.end for one in source.sentences if one.end >= end), default=len(source.text))
    before, behind = plain(span.prefix or ""), plain(span.suffix or "")
    return _same_before(plain(source.text[first:start]), before, is_all=len(before) < SIDE) and _same_behind(
        plain(source.text[end:last]), behind, is_all=len(behind) < SIDE
    )


def _same_before(now: str, was: str, *, is_all: bool) -> bool:
    """`now` is what the sentence has before the words, `was` what stood before them; `is_all`: nothing before that."""
    if len(now) >= len(was):
        return now.endswith(was) and not (is_all and now.strip() != was.strip())
    return was.endswith(now) and bool(_ENDED.search(was[: len(was) - len(now)]))


def _same_behind(now: str, was: str, *, is_all: bool) -> bool:
    """The same of what stands behind them, up to the end of the sentence."""
    if len(now) >= len(was):
        return now.startswith(was) and not (is_all and now.strip() != was.strip())
    return was.startswith(now) and was[len(now)].isspace()
