"""What the editor says of an article, beside its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.languagetags import flaw
from kbcli.unseen import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTED = "Supplied by the editor, not taken from the text: "
SHOWN = {
    "title": "title", "outlet": "outlet", "author": "author", "url": "address", "issued": "day of issue",
    "retrieved": "day of retrieval", "archived": "address of the archived copy", "lang": "language",
}  # fmt: skip
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Supplied:
    """Empty where the editor says nothing. Dates are YYYY-MM-DD, addresses are IRIs."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    issued: str = ""
    retrieved: str = ""
    archived: str = ""
    lang: str = ""

    def __post_init__(self) -> None:
        for one in fields(self):
            _words(one.name, getattr(self, one.name))
        for name in ("issued", "retrieved"):
            _day(name, getattr(self, name))
        for name in ("url", "archived"):
            _address(name, getattr(self, name))
        _language(self.lang)

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.issued) if self.issued else None

    @property
    def language(self) -> str:
        return self.lang or "en"

    @property
    def given(self) -> list[str]:
        """The names of what was said."""
        return [one.name for one in fields(self) if getattr(self, one.name)]


def note_of(names: Sequence[str]) -> str:
    """What an article's record says of what stands in it by the editor's word; `names` are keys of SHOWN."""
    shown = [SHOWN[name] for name in names]
    return f"{NOTED}{' and '.join(filter(None, (', '.join(shown[:-1]), shown[-1])))}."


def _words(name: str, written: str) -> None:
    if written and (not written.strip() or not written.replace("\xa0", " ").isprintable() or UNSEEN.search(written)):
        what = "only white space" if not written.strip() else "a line break or a character that nobody sees"
        raise UsageError(f"--{name} {printable(written)}: has {what}", "write it as it is to be read, on one line")


def _language(tag: str) -> None:
    hint = "write the short code: en, fa, en-GB"
    if tag and not _TAG.fullmatch(tag):
        raise UsageError(f"--lang {tag}: not a language tag", hint)
    if tag and (found := flaw(tag)):
        raise UsageError(f"--lang {tag}: {found.what}", f"write {found.right}" if found.right else hint)


def _day(name: str, written: str) -> None:
    try:
        right = not written or date.fromisoformat(written).isoformat() == written
    except ValueError:
        right = False
    if not right:
        raise UsageError(f"--{name} {written}: not a day of the calendar", "write YYYY-MM-DD")


def _address(name: str, written: str) -> None:
    import pyoxigraph as ox

    try:
        right = not written or (bool(ox.NamedNode(written)) and "://" in written and bool(urlsplit(written).hostname))
    except ValueError:
        right = False
    if not right:
        raise UsageError(f"--{name} {written}: not an address", "write it whole, https://…")
