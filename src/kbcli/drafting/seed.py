"""The text to be drafted, refused if it is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.readable import obstacle
from kbcli.source import Source
from kbcli.unseen import UNSEEN

if TYPE_CHECKING:
    from kbcli.project import Project

_REFUSED = "\0"


def seed(project: Project, written: str) -> Source:
    """The source under the name that it has, or is to have, in seeds/. Raises UsageError for what is no text."""
    if not written:
        raise UsageError("SOURCE.txt is empty", "name a text file")
    path, shown = Path(written), printable(written)
    if reason := obstacle(path):
        raise UsageError(f"{shown}: {reason}", "name a text file")
    if not path.name.isprintable() or UNSEEN.search(path.name):
        raise UsageError(f"{shown}: nobody could write this name", "give the file another one")
    raw = _read(path, shown)
    text = _decoded(raw, shown)
    if _REFUSED in text:
        raise UsageError(f"{shown}: no text: character {text.index(_REFUSED)} is U+0000", "name a text file")
    goal = project.seeds / (path.name if path.name.endswith(".txt") else f"{path.stem}.txt")
    source = Source(goal, project.relative(goal))
    vars(source)["raw"] = raw
    if not source.sentences:
        raise UsageError(f"{shown}: no sentence in it", "name a file with the article’s text")
    return source


def _read(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read: {error.strerror or error}", "name a text file") from error


def _decoded(raw: bytes, shown: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        line, column = raw.count(b"\n", 0, at) + 1, at - raw.rfind(b"\n", 0, at)
        what = f"{shown}:{line}: not UTF-8 text (byte {column} of the line is 0x{raw[at]:02X})"
        utf16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        hint = "it is UTF-16: save it as UTF-8" if utf16 else "save it as UTF-8 text, if it is text"
        raise UsageError(what, hint) from error
