"""The sections of a data file: runs of records below a comment such as `# Agents`. What stands at their head stays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kbcli.outline import Comment, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.recordfile import RecordFile

TITLES = ("Article and outlet", "Agents", "Operations", "Places", "Times", "Claims")
_NUMBERED = re.compile(r"#+[ \t]*\d")
_NUMBERS = re.compile(r"(?:^#+[ \t]*|[ \t]and[ \t]+)(\d{1,9})(?=\s|$)")


class _Title(NamedTuple):
    """The index of the entry that it stands above (that of the end, if above none), and which of the comments it is."""

    entry: int
    comment: int


@dataclass
class Sections:
    file: RecordFile

    @property
    def above(self) -> list[list[Comment]]:
        """The comments above each entry, and those below the last."""
        return [*(entry.above for entry in self.file.whole.entries), self.file.whole.rest]

    @property
    def titles(self) -> dict[str, _Title]:
        found: dict[str, _Title] = {}
        for index, comments in enumerate(self.above):
            for number, comment in enumerate(comments):
                if title := title_in(comment):
                    found.setdefault(title, _Title(index, number))
        return found

    def range(self, title: str) -> tuple[int, int]:
        """The entries of a section, half-open; all records if there is no such section."""
        titles, end = self.titles, len(self.file.whole.entries)
        if title not in titles:
            return next((i for i, one in enumerate(self.file.whole.entries) if isinstance(one, Statement)), end), end
        begin = titles[title]
        return begin.entry, min((other.entry for other in titles.values() if other > begin), default=end)

    def insert(self, index: int, statement: Statement, above: Sequence[Comment] = ()) -> None:
        statement.above = [*above, *statement.above]
        self.file.whole.entries.insert(index, statement)

    def open(self, title: str, statement: Statement, above: Sequence[Comment] = ()) -> None:
        """A section that is not there yet, before the next one."""
        titles = self.titles
        later = [titles[one] for one in TITLES[TITLES.index(title) + 1 :] if one in titles]
        index, until = min(later, default=_Title(len(self.file.whole.entries), 0))
        kept = _taken(self.above[index], until)
        self.insert(index, statement, [*kept, Comment(f"# {title}", gap=True), *above])

    def begin(self, index: int, title: str, statement: Statement, above: Sequence[Comment] = ()) -> None:
        """First in its section, or in a file without sections."""
        comments, place = self.above[index], self.titles.get(title)
        head = place.comment + 1 if place and place.entry == index else 0
        until = next((i for i in range(head, len(comments)) if title_in(comments[i])), len(comments))
        heads = (i + 1 for i in range(head, until) if comments[i].gap and not numbers_in(comments[i]))
        kept = _taken(comments, max([head, *heads]))
        self.insert(index, statement, [*kept, *above])

    def first_of_all(self, statement: Statement) -> None:
        """Into a file without any: what comments it has stand above."""
        kept = _taken(self.file.whole.rest, len(self.file.whole.rest))
        self.insert(
            len(self.file.whole.entries), statement, [*kept[:-1], *(Comment(one.text, gap=True) for one in kept[-1:])]
        )


def _taken(comments: list[Comment], until: int) -> list[Comment]:
    taken, comments[:until] = comments[:until], []
    return taken


def title_in(comment: Comment) -> str:
    words = comment.text.strip("# \t").casefold()
    return next((title for title in TITLES if title.casefold() == words), "")


def numbers_in(comment: Comment) -> list[int]:
    """The numbers of the sentences whose claims follow: `# 6 “Mossad’s … and 7 Mossad's …`."""
    if not _NUMBERED.match(comment.text):
        return []
    return [int(number) for number in _NUMBERS.findall(comment.text)]
