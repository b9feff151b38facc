"""One after another: who adds a record sees what the one before has written, and never the half of it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kbcli.project import Project

_FOLDER = (".kb", "adding")


@contextlib.contextmanager
def in_turn(project: Project) -> Iterator[None]:
    """Wait until nobody else is at it. Where the system has no locks, or somebody takes too long, all go on at once."""
    from kbcli.incremental.library import Undecided
    from kbcli.incremental.lock import locked

    with contextlib.ExitStack() as stack:
        with contextlib.suppress(Undecided):
            stack.enter_context(locked(project.root.joinpath(*_FOLDER)))
        yield


def states(project: Project) -> Mapping[Path, tuple[int, ...]]:
    """By which it is told whether a data file has been written since."""
    found: dict[Path, tuple[int, ...]] = {}
    for path in project.data_files():
        with contextlib.suppress(OSError):  # gone in the meantime
            stat = path.stat()
            found[path] = stat.st_mtime_ns, stat.st_size, stat.st_ino
    return found
