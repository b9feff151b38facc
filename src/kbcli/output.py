"""Where results go: stdout, or a file that appears whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import select
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kbcli.errors import KbError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kbcli.guard import Clock


class UnfinishedError(KbError):
    """Raised inside `target` to leave the file as it was; carries the exit code of what was told already."""

    def __init__(self, code: int) -> None:
        super().__init__("")
        self.exit_code = code


@contextlib.contextmanager
def target(path: str | None, inputs: Iterable[Path] = ()) -> Iterator[BinaryIO]:
    """A binary stream to `path` (None or "-": stdout), put in place only if the block ends without an error.

    Refuses to replace any of `inputs`, files or folders, or what is in them.
    """
    if path in (None, "-"):
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    import tempfile

    goal = _writable(str(path), inputs)
    if goal.exists() and not goal.is_file():  # a pipe or a device: nothing to put in place
        with goal.open("wb") as stream:
            yield stream
        return
    handle, name = tempfile.mkstemp(dir=goal.parent, prefix=".kb-")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        beside.chmod(goal.stat().st_mode & 0o777 if goal.exists() else 0o666 & ~umask())
        beside.replace(goal)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _writable(path: str, inputs: Iterable[Path]) -> Path:
    """The file that `path` names, through symbolic links; refused if it is an input or cannot be written."""
    goal = Path(path).resolve()
    if not path or goal.is_dir():
        raise UsageError(f"-o {path}: is a folder", "name a file to write to")
    for source in inputs:
        if goal == source.resolve() or source.resolve() in goal.parents:
            raise UsageError(f"-o {path}: would replace what is asked, or a part of the project", "name another file")
    if not goal.parent.is_dir():
        raise UsageError(f"-o {path}: no folder {goal.parent}")
    if not os.access(goal if goal.exists() else goal.parent, os.W_OK):
        raise UsageError(f"-o {path}: Permission denied")
    return goal


class Unhurried(io.RawIOBase):
    """A stream to a pipe that stops the clock while its reader is slow: a query is not to blame for a pager."""

    def __init__(self, stream: BinaryIO, clock: Clock) -> None:
        super().__init__()
        self._descriptor = stream.fileno()
        self._clock = clock
        self._lost = False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, data: Any, /) -> int:
        """A pipe that is ready takes PIPE_BUF bytes at once without blocking, so no more are written at once."""
        if self._lost:  # it was told once; what the buffer still holds goes nowhere when the process ends
            return len(data)
        if not select.select([], [self._descriptor], [], 0)[1]:
            self._clock.pause()
            select.select([], [self._descriptor], [])
            self._clock.resume()
        try:
            return os.write(self._descriptor, data[: select.PIPE_BUF])
        except OSError:
            self._lost = True
            raise


def paced(stream: BinaryIO, clock: Clock) -> BinaryIO:
    """`stream`, or one beside it that stops the clock while whoever reads it does not."""
    stream.flush()
    if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return stream
    return io.BufferedWriter(Unhurried(stream, clock), buffer_size=1 << 16)


def note(text: str) -> None:
    """What the user may want to know beside the result."""
    print(f"note: {text}", file=sys.stderr, flush=True)


def umask() -> int:
    """What the system takes from the permissions of a new file."""
    current = os.umask(0)
    os.umask(current)
    return current
