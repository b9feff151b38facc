"""The page of each code of `kb validate`: why the rule stands, a wrong example and a right one.

A page is the file <code>.md beside this module. Its examples are edits of the small knowledge base in sample/, which
is right; so they are the rule's tests as well. A page reads:

    # KB110 denies-outside-a-denial

    Why the rule stands, in a paragraph or a few.

    ## Wrong

    ```turtle data/articles/mill-fire.ttl
        ‸kb:denies cl:mill-fire-union ;
    ```

    ## Right

    ```turtle
    …
    ```

The first block of Right stands in the sample's file, and the first of Wrong stands there instead; so do the second
ones. `‸` is before the place that the finding names, and no part of the text. Where nothing is to be replaced, the
file's name is followed by `+`, and both blocks are put at its end. A block of the language `sh` is a script, run in
the folder of the sample; the place is given behind `# ‸`, as path:line:column as far as it is known. Right may be
words alone: then the sample as it stands is right. A line `Also told: KB012.` below Wrong names the other codes.
"""

from __future__ import annotations

import re
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MARK = "‸"
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?( \+)?\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
_ALSO = re.compile(r"^Also told: (.+)\.$", re.MULTILINE)


class Example(NamedTuple):
    """A block of a page. `path` is from the project's root, empty for a script; `added` if it stands at the end."""

    language: str
    path: str
    added: bool
    marked: str

    @property
    def text(self) -> str:
        return self.marked.replace(MARK, "")

    @property
    def place(self) -> tuple[int, int] | None:
        """Line and column of the mark within the block, from 1; None if there is none."""
        before, mark, _ = self.marked.partition(MARK)
        return (before.count("\n") + 1, len(before) - before.rfind("\n")) if mark else None


class Page:
    """The page of one code. Raises ValueError for a text that is no such page."""

    def __init__(self, text: str) -> None:
        parts = re.fullmatch(r"# (KB\d{3}) (\S+)\n\n(.+?)\n\n## Wrong\n\n(.+?)\n\n## Right\n\n(.+)", text, re.DOTALL)
        if parts is None:
            raise ValueError("a page has a heading, the reason, ## Wrong and ## Right")
        self.code, self.slug, self.why, self._wrong, self._right = parts.groups()

    @property
    def paragraphs(self) -> list[str]:
        """Those of the reason, each on one line."""
        return [" ".join(paragraph.split()) for paragraph in self.why.split("\n\n")]

    @cached_property
    def wrong(self) -> list[Example]:
        return _examples(self._wrong + "\n")

    @cached_property
    def right(self) -> list[Example]:
        """The blocks of Right; where one names no file, it stands in that of its partner."""
        pairs = zip(_examples(self._right), self.wrong, strict=False)
        return [one if one.path else one._replace(path=other.path, added=other.added) for one, other in pairs]

    @property
    def also(self) -> frozenset[str]:
        """The other codes that tell of the wrong example."""
        found = _ALSO.search(self._wrong)
        return frozenset(re.findall(r"KB\d{3}", found[1])) if found else frozenset()

    @property
    def remarks(self) -> tuple[str, str]:
        """The words of Wrong and of Right outside the blocks."""
        wrong, right = (" ".join(_BLOCK.sub("", text).split()) for text in (self._wrong + "\n", self._right))
        return wrong, right


def page(code: str) -> Page | None:
    """The page of `code`; None for a code of a project's own shapes."""
    path = folder() / f"{code}.md"
    return Page(path.read_text(encoding="utf-8")) if path.is_file() else None


def folder() -> Traversable:
    return resources.files(__name__)


def _examples(text: str) -> list[Example]:
    return [Example(kind, path, bool(plus), body) for kind, path, plus, body in _BLOCK.findall(text)]
