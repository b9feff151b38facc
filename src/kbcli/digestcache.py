"""What files were found to say, kept in .kb/ by their bytes: a push parses only what is new since the last one.

It may be deleted at any time, and is not written where it cannot be.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import TYPE_CHECKING

from kbcli import __version__
from kbcli.errors import UsageError
from kbcli.mark import mark
from kbcli.output import target
from kbcli.readable import obstacle

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".kb"
NAME = "digests.json"


class DigestCache:
    """`known` are digests by `key`. Only what was asked for since it was read is kept."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self._known = _read(self._folder / NAME)
        self._asked: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The digest, if it is known; empty of a file that says nothing."""
        found = self._known.get(key)
        if found is not None:
            self._asked[key] = found
        return found

    def put(self, key: str, digest: str) -> None:
        """`key` may be empty: then it is not kept."""
        if key:
            self._asked[key] = digest

    def keep(self) -> None:
        if self._asked != self._known:
            with contextlib.suppress(OSError, UsageError):
                self._write(json.dumps(self._asked, indent=0, sort_keys=True))

    def _write(self, text: str) -> None:
        if not self._folder.is_dir():
            self._folder.mkdir()
            (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
        with target(str(self._folder / NAME)) as stream:
            stream.write(text.encode())


def key(path: Path, graph: str) -> str:
    """The same for a file of the same bytes and the same graph, read by the same program of the same user.

    Empty if it is unreadable, or if nothing is to be kept.
    """
    if obstacle(path) or not mark():
        return ""
    raw = path.read_bytes()
    return hashlib.sha256(f"{__version__}\n{mark()}\n{graph}\n".encode() + raw).hexdigest()


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: digest for name, digest in found.items() if isinstance(digest, str)}
