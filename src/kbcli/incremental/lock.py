"""Who reads or writes what is kept holds the lock: one run at a time, so each finds it as the last one left it."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from typing import TYPE_CHECKING

from kbcli.incremental.library import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME, _IGNORED = "lock", ".gitignore"
_PATIENCE = 10.0  # seconds that another run is waited for; who waits longer checks by itself and keeps nothing
_GLANCE = 0.02


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make the folder and hold its lock. Raises Undecided where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(folder / _IGNORED):
            (folder / _IGNORED).write_text("*\n", encoding="utf-8")
        descriptor = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0), 0o666)
    except OSError as error:
        raise Undecided from error
    try:
        _hold(descriptor)
        yield
    finally:
        os.close(descriptor)


def _hold(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError as error:  # a system without it
        raise Undecided from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise Undecided
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise Undecided from error
            time.sleep(_GLANCE)
        except OSError as error:  # a file system without locks
            raise Undecided from error
        else:
            return


def tidy(folder: Path, suffix: str) -> None:
    """Remove what runs have left that were killed: `<number of the process><suffix>`, and what belongs to it.

    Raises Undecided for what is no file: SQLite would wait for a pipe that has the name of its journal.
    """
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError as error:
        raise Undecided from error
    for entry in found:
        number, _, rest = entry.name.partition(".")
        if not entry.is_file():
            raise Undecided
        if number.isdigit() and f".{rest}".startswith(suffix) and not _runs(int(number)):
            with contextlib.suppress(OSError):
                os.unlink(entry.path)  # noqa: PTH108 there is no path yet


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # another user's
        return True
    return True
