"""Which files are read: regular ones. A pipe would keep its reader waiting, a device never ends."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def obstacle(path: Path, root: Path | None = None) -> str:
    """Why `path` is not read, empty if it is: no regular file, out of reach, or a link that leads out of `root`."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return error.strerror or str(error)
    except ValueError:  # a NUL in the name
        return "no name that a file can have"
    if stat.S_ISDIR(mode):
        return "a folder, not a file" if os.access(path, os.R_OK | os.X_OK) else "the folder cannot be opened"
    if not stat.S_ISREG(mode):
        return "a pipe or a device, not a file"
    if root is not None and not path.resolve().is_relative_to(root.resolve()):
        return "a link to a file outside the project"
    return ""


def shown_below(root: Path, folder: str) -> list[str]:
    """What `below` finds in a folder, of any suffix, as messages print it: from `root`, with forward slashes."""
    start = len(os.path.join(root, ""))  # noqa: PTH118 thousands of paths are not worth an object each
    shut: list[str] = []
    found = [
        f"{top[start:]}/{name}"
        for top, _, names in os.walk(root / folder, onerror=lambda error: _note(error, shut))
        for name in names
        if name[0] != "."
    ]
    shown = [path.replace(os.sep, "/") for path in (*found, *(path[start:] for path in shut))]
    return sorted(shown, key=lambda path: path.replace("/", "\0"))


def text_of(path: Path, errors: str = "strict") -> str:
    """What a regular file holds, in UTF-8. Raises OSError for anything else, which is not waited for."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, encoding="utf-8", errors=errors) as stream:  # noqa: PTH123 a descriptor
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "a pipe or a device, not a file", str(path))
        return stream.read()


def _note(error: OSError, shut: list[str]) -> None:
    if not isinstance(error, FileNotFoundError):
        shut.append(str(error.filename))


def below(folder: Path, suffix: str) -> list[Path]:
    """What is called `*suffix` below `folder`, sorted, readable or not, and the folders that cannot be opened.

    The suffix may be in capitals.
    """
    shut: list[OSError] = []
    found = [
        Path(top, name)
        for top, _, names in os.walk(folder, onerror=shut.append)
        for name in names
        if name.lower().endswith(suffix) and not name.startswith(".")
    ]
    return sorted([*found, *(Path(error.filename) for error in shut if not isinstance(error, FileNotFoundError))])
