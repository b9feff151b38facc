"""Putting a file in place of what it was made from, at once, and only if that is still what is there."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.output import umask
from kbcli.readable import obstacle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kbcli.project import Project

_CHANGED = "somebody else has changed it in the meantime"
# What file systems without hard links say.
_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK)
_AGAIN = "nothing was written there; run the command again"


@dataclass(frozen=True)
class Change:
    """`before` is what the file holds, None if there is to be none."""

    path: Path
    before: bytes | None
    after: str

    @property
    def is_loss(self) -> bool:
        """Whether the file gets smaller. It may be that another is to have what it loses."""
        return self.before is not None and len(self.after.encode()) < len(self.before)


def write(path: Path, before: bytes | None, after: str) -> None:
    """Put `after` in place of `before`. Raises UsageError if the file no longer holds `before`, or is there already.

    A kill at any time leaves the one or the other. A symbolic link stays one: what it leads to is written.
    """
    write_all([Change(path, before, after)])


def write_all(
    changes: Sequence[Change], *, among: Iterable[Path] = (), last: Callable[[], None] = lambda: None
) -> None:
    """All of them, or none: only a kill between two files can leave some as they were.

    What a file loses goes last, so that a record on its way from one to another may then be in both, never in none.

    `last` is asked when no other writer can touch their folders, or those `among` which they stand, any longer; it
    raises what forbids it.
    """
    changes = sorted(changes, key=lambda change: change.is_loss)
    goals = [_goal(change) for change in changes]
    with contextlib.ExitStack() as stack:
        for folder in sorted({*(goal.parent for goal in goals), *(one.resolve() for one in among)}):
            stack.enter_context(_locked(folder))
        beside = [stack.enter_context(_beside(goal, change)) for goal, change in zip(goals, changes, strict=True)]
        for goal, change in zip(goals, changes, strict=True):
            _compare(goal, change)
        last()
        for number, (goal, change, new) in enumerate(zip(goals, changes, beside, strict=True)):
            try:
                _put(goal, change, new)
            except OSError as error:
                _restore([*zip(goals, changes, strict=True)][:number])
                raise UsageError(f"{printable(str(goal))}: {error.strerror or error}", _AGAIN) from error
        for folder in {goal.parent for goal in goals}:
            _sync(folder)


def difference(changes: Sequence[Change], project: Project) -> str:
    """What would be written, as a unified diff."""
    from kbcli import formatting
    from kbcli.document import Document

    found = []
    for change in changes:
        document = Document(change.path, project.relative(change.path))
        before = (change.before or b"").decode()
        found.append(formatting.difference(formatting.Formatted(document, before, change.after, None)))
    return "".join(found)


def _goal(change: Change) -> Path:
    shown = printable(str(change.path))
    goal = change.path.resolve()
    if change.before is None:
        if os.path.lexists(change.path):
            raise UsageError(f"{shown}: is there already", _AGAIN)
        return goal
    if reason := obstacle(goal):
        raise UsageError(f"{shown}: {reason}", _AGAIN)
    if not os.access(goal, os.W_OK):
        raise UsageError(f"{shown}: may not be written", "change its permissions")
    return goal


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer at a time, where the system can do that."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise UsageError(
            f"{printable(str(folder))}: {error.strerror}", "make it a folder that can be written"
        ) from error
    try:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _beside(goal: Path, change: Change) -> Iterator[Path]:
    """The new text in a file of its own, safe on the disk."""
    try:
        handle, name = tempfile.mkstemp(dir=goal.parent, prefix=".kb-")
    except OSError as error:
        raise UsageError(
            f"{printable(str(goal.parent))}: {error.strerror}", "make it a folder that can be written"
        ) from error
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(change.after.encode())
            stream.flush()
            os.fsync(stream.fileno())
        path.chmod(0o666 & ~umask() if change.before is None else goal.stat().st_mode & 0o7777)
        yield path
    except OSError as error:
        raise UsageError(f"{printable(str(goal))}: {error.strerror or error}", _AGAIN) from error
    finally:
        path.unlink(missing_ok=True)


def _compare(goal: Path, change: Change) -> None:
    try:
        now = goal.read_bytes()
    except FileNotFoundError:
        now = None
    if now != change.before:
        raise UsageError(f"{printable(str(change.path))}: {_CHANGED}", _AGAIN)


def _put(goal: Path, change: Change, new: Path) -> None:
    if change.before is not None:
        new.replace(goal)
        return
    try:
        os.link(new, goal)  # fails if somebody was quicker, where a move would replace
    except FileExistsError as error:
        raise FileExistsError(error.errno, "is there already") from error
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(goal, os.O_CREAT | os.O_EXCL))
        new.replace(goal)


def _restore(done: Iterable[tuple[Path, Change]]) -> None:
    """What was put there before another file could not be. Raises UsageError with what is left as it should not be."""
    left = []
    for goal, change in done:
        try:
            if change.before is None:
                goal.unlink()
            else:
                with _beside(goal, Change(change.path, change.before, change.before.decode())) as old:
                    old.replace(goal)
        except (OSError, UsageError):
            left.append(printable(str(change.path)))
    if left:
        raise UsageError(
            f"only a part could be written: {', '.join(left)}", "git diff shows it; git restore takes it back"
        )


def _sync(folder: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
