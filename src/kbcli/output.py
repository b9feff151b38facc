"""Where results go: stdout, or a file that appears whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kbcli.errors import KbError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


class UnfinishedError(KbError):
    """Raised inside `target` to leave the file as it was; carries the exit code of what was told already."""

    def __init__(self, code: int) -> None:
        super().__init__("")
        self.exit_code = code


@contextlib.contextmanager
def target(path: str | None) -> Iterator[BinaryIO]:
    """A binary stream to `path` (None or "-": stdout), put in place only if the block ends without an error."""
    if path in (None, "-"):
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    goal = Path(str(path))
    if goal.is_dir():
        raise UsageError(f"{goal}: is a folder", "name a file to write to")
    try:
        if goal.exists() and not goal.is_file():  # a pipe or a device: nothing to put in place
            with goal.open("wb") as stream:
                yield stream
            return
        handle, name = tempfile.mkstemp(dir=goal.parent, prefix=f".{goal.name}.")
    except OSError as error:
        raise UsageError(f"{goal}: {error.strerror}") from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        beside.chmod(goal.stat().st_mode & 0o777 if goal.exists() else 0o666 & ~_umask())
        beside.replace(goal)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
