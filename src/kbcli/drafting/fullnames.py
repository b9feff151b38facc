"""The longer names of a text that end in a shorter one: “Hanne Dreyer” and “Karl Dreyer” beside “Dreyer”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PARTICLES = frozenset(
    {
        "af",
        "al",
        "bin",
        "da",
        "de",
        "del",
        "der",
        "des",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "ter",
        "van",
        "von",
        "zu",
    }
)
_WORD = re.compile(r"\w[\w.’'&-]*")
_WORD_BEFORE = re.compile(r"(?<![\w.’'&-])(\w[\w.’'&-]*)[ \t\xa0]+\Z")
_WORD_BEHIND = re.compile(r"[ \t\xa0]+(?=[^\W\d_])(\w+)")
_SPACES = re.compile(r"[ \t\xa0]+")
_REACH = 60  # characters in which the word before is looked for
_LONGEST = 8  # words of a name
_INITIALS = 3  # letters with their full stop that end no sentence: “St.”
_ABBREVIATED = re.compile(r"[ \t\xa0]\((?P<short>[A-Z][A-Za-z&.-]{1,9})\)")
_INITIAL = re.compile(r"(?<![A-Za-z])[A-Z]")
_END = re.compile(r"(?:[’']s|[’']|\.)\Z")


class FullNames:
    """Of one text. `light` words may stand before a name with a capital too, and be no part of it.

    `short` has what the text gives in brackets behind a name of which it is the initials: “(NADA)”.
    """

    def __init__(self, text: str, light: Collection[str]) -> None:
        self._text, self._light = text, light
        line = text.partition("\n")[0].rstrip()
        self._headline = len(line) if line[-1:].isalnum() else 0
        self._longer: dict[str, dict[str, None]] = {}
        self._beginning: dict[str, dict[str, None]] = {}
        self._ends: dict[str, int] = {}
        self.short: dict[str, str] = {}
        for words, end in self._runs():
            self._keep(words, end)

    def ending_in(self, name: str) -> list[str]:
        """The longer names, each once, in their order; what is a title before a name is none of it."""
        return list(self._longer.get(name, ()))

    def beginning_with(self, name: str) -> list[str]:
        """The longer names that begin with this word."""
        return list(self._beginning.get(name, ()))

    def is_whole(self, start: int, end: int) -> bool:
        """Whether the name that stands there is no part of a longer one."""
        behind = _WORD_BEHIND.match(self._text, end)
        before = _WORD_BEFORE.search(self._text, max(0, start - _REACH), start)
        if behind and behind[1][:1].isupper() and behind[1].lower() not in self._light:
            return False
        return not (before and (before[1] in PARTICLES or (self._is_name(before[1]) and not _ends(before[1]))))

    def is_before(self, name: str, longer: str) -> bool:
        """Whether the name stands alone before the longer one does, the headline left out."""
        first = self._ends.get(name, -1)
        return 0 <= first < self._ends.get(longer, -1)

    def _keep(self, words: list[str], end: int) -> None:
        whole, found = " ".join(words), _ABBREVIATED.match(self._text, end)
        if len(words) > 1 or end > self._headline:
            self._ends.setdefault(whole, end)
        if len(words) > 1:
            self._beginning.setdefault(words[0], {})[whole] = None
        for first in range(len(words)):
            name = " ".join(words[first:])
            if first:
                self._longer.setdefault(name, {})[whole] = None
            if found and re.sub(r"[&.-]", "", found["short"]) == "".join(_INITIAL.findall(name)):
                self.short[name] = found["short"]

    def _runs(self) -> Iterator[tuple[list[str], int]]:
        """The capitalized words that stand together, and where the last one ends."""
        run: list[str] = []
        last = 0
        for match in _WORD.finditer(self._text):
            word, joined = match[0], bool(_SPACES.fullmatch(self._text, last, match.start()))
            inside = self._is_name(word) or (word in PARTICLES and bool(run))
            if run and not (joined and inside):
                yield run[-_LONGEST:], last
                run = []
            if inside and (run or word not in PARTICLES):
                run.append(_END.sub("", word) if _ends(word) else word)
                last = match.end() - (len(word) - len(run[-1]))
            else:
                last = match.end()
        if run:
            yield run[-_LONGEST:], last

    def _is_name(self, word: str) -> bool:
        return word[:1].isupper() and word.lower().rstrip(".") not in self._light


def _ends(word: str) -> bool:
    """Whether no more of a name can follow: it owns what follows, or ends a sentence."""
    return bool(_END.search(word)) and not (word.endswith(".") and len(word) <= _INITIALS)
