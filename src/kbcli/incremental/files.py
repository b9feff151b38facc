"""The files of a project as they are now, and which of them differ from what was known of them.

A file is taken to be the same if its times, size and inode are, unless it was so fresh when it was read that it may
have been written again within one tick of the clock.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbcli.incremental.library import Undecided
from kbcli.project import is_turtle
from kbcli.readable import obstacle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

_TICK = 2_000_000_000  # nanoseconds: the coarsest clock of a file system


@dataclass
class Scan:
    """`sums` has what was read, with `held` what data files hold; `states` are those to be noted anew, each with
    whether it is trusted. `paths` are the data files in order; `sources` the files of seeds/, None if there are
    folders among them."""

    states: dict[str, tuple[str, bool]] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    held: dict[str, bytes] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    sources: list[str] | None = None
    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    found: frozenset[str] = frozenset()

    @classmethod
    def of(cls, root: Path, kept: Mapping[str, str], sum_before: Callable[[str], str]) -> Scan:
        """`kept` are the states that are trusted, by path, empty for files whose state is not."""
        scan = cls()
        clock = time.time_ns()
        data, seeds = _data(root), _seeds(root)
        found = {**data, **seeds}
        _refuse_unwritable(found)
        states = {path: _state(status) for path, status in found.items()}
        for path, state in sorted(states.items() - kept.items()):
            last = max(found[path].st_mtime_ns, found[path].st_ctime_ns)
            scan.states[path] = state, last < clock - _TICK
            scan.read(root, path, sum_before(path) if path in kept else None)
        scan.paths, scan.found = list(data), frozenset(found)
        folders = any(stat.S_ISDIR(status.st_mode) for status in seeds.values())
        scan.sources = None if folders else sorted(path for path in seeds if path[len("seeds/")] != ".")
        scan.gone = {path for path in kept if path and path not in found}
        return scan

    def read(self, root: Path, path: str, before: str | None) -> None:
        """Look into a file. Raises Undecided for data that cannot be read: that is told by other means."""
        data = path.startswith("data/")
        held, reason = b"", "" if data else obstacle(root / path, root)
        try:
            held = b"" if reason else (root / path).read_bytes()
        except OSError as error:
            if data:
                raise Undecided from error
            reason = error.strerror or str(error)
        self.sums[path] = sum_ = f"! {reason}" if reason else hashlib.sha256(held).hexdigest()
        if before != sum_:
            self.changed.add(path)
            if data:
                self.held[path] = held


def _refuse_unwritable(paths: Iterable[str]) -> None:
    """Raises Undecided for names that cannot be kept: what is no UTF-8."""
    try:
        "".join(paths).encode()
    except UnicodeEncodeError as error:
        raise Undecided from error


def _state(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {status.st_mode}"


def _data(root: Path) -> dict[str, os.stat_result]:
    """The data files, in order. Raises Undecided for what is no regular file, and for a folder that is shut."""

    def refuse(error: OSError) -> None:
        raise Undecided from error

    found = []
    start = len(str(root)) + 1
    for top, _, names in os.walk(root / "data", onerror=refuse):
        folder = top[start:].replace(os.sep, "/")
        found += [f"{folder}/{name}" for name in names if is_turtle(name)]
    try:
        states = {path: os.stat(f"{root}/{path}") for path in sorted(found, key=in_order)}  # noqa: PTH116
    except OSError as error:
        raise Undecided from error
    if not all(stat.S_ISREG(status.st_mode) for status in states.values()):
        raise Undecided
    return states


def _seeds(root: Path) -> dict[str, os.stat_result]:
    found = {}
    try:
        with os.scandir(root / "seeds") as entries:
            for entry in entries:
                try:
                    found[f"seeds/{entry.name}"] = entry.stat()
                except OSError:  # a link to nothing
                    found[f"seeds/{entry.name}"] = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Undecided from error
    return found


def in_order(path: str) -> str:
    """As paths are sorted, folder by folder."""
    return path.replace("/", "\0")
