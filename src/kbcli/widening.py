"""The passage that stands in the place of altered words, with the new words at its ends.

What is most like the old words begins and ends with what both have in common. Where the first of them, or the last,
were changed, the passage goes on up to what stands unchanged beside it: the words that stood there before, or the end
of the sentence.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from kbcli.correspondence import whole_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.grounds import Span

_WORD = re.compile(r"\w+|[^\w\s]")
_MARK = re.compile(r"[^\w\s]")
_REACH = 60  # characters that may be new, beside two for each that was there
_LEAST = 3  # letters of the words beside it that tell where a passage ends
_CLOSING = r"[”’»\"')\]]*"
_IS_END = re.compile(rf"[.!?…]{_CLOSING}\s*\Z|[\r\n]\s*\Z")
_IS_OPEN = re.compile(rf"[.!?…]|{_CLOSING}\s*[\r\n]")


class Edge(NamedTuple):
    """One end of a passage, told from left to right: at the left end all is read backwards.

    `lost` are the old words that the passage has nothing of there, `beside` what stood behind them, `beyond` what the
    text has behind the last word in common; up to `rest` it is of the same sentence. `is_whole`: they ended one.
    """

    lost: Sequence[str]
    beside: str
    beyond: str
    rest: int
    is_whole: bool

    def grown(self) -> int:
        """How much of what is beyond belongs to it."""
        if not self.lost:
            return self._put_in()
        reach = min(len(self.beyond), 2 * sum(map(len, self.lost)) + _REACH)
        for known in _beginnings(self.beside):
            found = re.search(re.escape(known) + (r"(?!\w)" if known != self.beside else ""), self.beyond)
            if found and found.start() <= reach:
                return found.start()
        rest = min(max(0, self.rest), len(self.beyond))
        if (self.is_whole or not self.beside) and rest <= reach:
            return rest
        words = [*_WORD.finditer(self.beyond, 0, rest)][: len(self.lost)]
        return words[-1].end() if words else 0

    def _put_in(self) -> int:
        """What stands now between its first word and what stood before that, if it is of the same sentence."""
        at = self.beyond.find(self.beside) if self.beside else -1
        return at if 0 <= at <= min(self.rest, _REACH) else 0


def widened(
    text: str, place: tuple[int, int], span: Span, sentences: Sequence[tuple[int, int]], within: tuple[int, int]
) -> tuple[int, int]:
    """`place` as far as the new words go; `within` is not left. `sentences` are those of the text."""
    old, new = _WORD.findall(span.exact or ""), [*_WORD.finditer(text, *place)]
    matcher = SequenceMatcher(None, old, [one[0] for one in new], autojunk=False)
    common = [block for block in matcher.get_matching_blocks() if block.size]
    if not common:
        return place
    own = [one for one in sentences if one[0] < place[1] and place[0] < one[1]] or [within]
    before, behind, words = span.prefix or "", span.suffix or "", span.exact or ""
    first, last = new[common[0].b].start(), new[common[-1].b + common[-1].size - 1].end()
    least, most = max(0, within[0] - len(before)), within[1] + len(behind)  # what tells the place may be of others
    front, back = text[least:first][::-1], text[last:most]
    left = Edge(old[: common[0].a], before[::-1], front, first - own[0][0], bool(_IS_END.search(before)))
    is_whole = bool(_IS_END.search(words) or _IS_OPEN.match(behind))
    right = Edge(old[common[-1].a + common[-1].size :], behind, back, own[-1][1] - last, is_whole)
    start, end = max(first - left.grown(), min(first, within[0])), min(last + right.grown(), max(last, within[1]))
    return whole_words(text, start, end)


def _beginnings(beside: str) -> Iterator[str]:
    """All of it, then ever less of its words, as long as they tell anything; at last the mark that it begins with."""
    ends = {len(beside), *(one.end() for one in _WORD.finditer(beside))}
    for end in sorted(ends, reverse=True):
        if sum(map(str.isalnum, beside[:end])) >= _LEAST:
            yield beside[:end]
    if mark := _MARK.match(beside):
        yield mark[0]
