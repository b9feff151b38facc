"""Saved queries: SPARQL files whose `#+` header says what they ask, which parameters they take, what to expect.

The header is grlc's: a YAML block in comments, so that the file runs unchanged on any endpoint. See `header`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kbcli.errors import UsageError
from kbcli.names import nearest
from kbcli.project import files_below
from kbcli.sparql import Query

if TYPE_CHECKING:
    from kbcli.header import Header


@dataclass(frozen=True)
class SavedQuery:
    name: str
    query: Query

    @cached_property
    def header(self) -> Header:
        """The parsed header; empty if there is none. Raises UsageError with the place if it is not valid."""
        from kbcli import header

        return header.read(self.query)


def read(source: str, folders: list[Path]) -> SavedQuery:
    """The query named `source`: "-" for stdin, a path, or a name found in one of `folders`."""
    if source == "-":
        return SavedQuery("-", Query(decoded(sys.stdin.buffer.read(), "<stdin>"), "<stdin>"))
    path = Path(source)
    if source.endswith(".rq") or "/" in source:
        return from_file(path, folders)
    found = next((f for folder in folders if (f := folder / f"{source}.rq").is_file()), None)
    if found is None and not path.exists():
        raise _no_such_query(source, folders)
    return from_file(found or path)


def from_file(path: Path, folders: list[Path] | None = None) -> SavedQuery:
    """The query in a file; `folders` are where its name is looked for if there is no such file."""
    if path.is_dir():
        raise UsageError(
            f"{path}: is a folder", "name one of the .rq files in it; kb query --list shows the saved ones"
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        names = [one.stem for one in paths(folders or [])]
        near = path.stem if path.stem in names else nearest(path.stem, names)
        hint = f"did you mean the saved query {near}? " if near else ""
        raise UsageError(f"{path}: {error.strerror}", f"{hint}kb query --list shows the saved queries") from error
    return SavedQuery(path.stem, Query(decoded(raw, str(path)), str(path)))


def paths(folders: list[Path]) -> list[Path]:
    """The files of the saved queries by name; a name in an earlier folder hides the same name in a later one."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in files_below(folder):
            if path.suffix == ".rq" and path.parent == folder:
                found.setdefault(path.stem, path)
    return [found[name] for name in sorted(found)]


def decoded(raw: bytes, origin: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{origin}:{line}: not UTF-8 (byte 0x{raw[error.start]:02X} at offset {error.start})",
            "save the query as UTF-8",
        ) from error


def _no_such_query(name: str, folders: list[Path]) -> UsageError:
    names = [path.stem for folder in folders for path in folder.glob("*.rq")]
    near = nearest(name, names)
    hint = f"did you mean {near}? " if near else ""
    return UsageError(
        f"no saved query named {name!r}", f"{hint}kb query --list shows the saved queries; a file is FILE.rq"
    )
