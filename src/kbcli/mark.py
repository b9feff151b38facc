"""What lies in a project's .kb/ is trusted only if it was made here: a word that this user's machine alone knows says so.

A repository can bring a .kb/ of its own, with an index or results of checks that its files do not have.
"""

from __future__ import annotations

import contextlib
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[0-9a-f]{32}")


@cache
def mark() -> str:
    """The word, made when it is first needed; empty where none can be kept: then nothing in .kb/ may be used."""
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kb"
        return _read(folder / "mark") or _made(folder)
    except (OSError, RuntimeError):  # there is no home, or nothing can be written there
        return ""


def _read(path: Path) -> str:
    with contextlib.suppress(FileNotFoundError, UnicodeDecodeError):
        word = path.read_text("ascii").strip()
        return word if _WORD.fullmatch(word) else ""
    return ""


def _made(folder: Path) -> str:
    """Several may make it at once: the first does, and all have its word. What was there and is none gives way."""
    folder.mkdir(parents=True, exist_ok=True)
    path, own = folder / "mark", folder / f"mark.{os.getpid()}"
    with _alone_in(folder):
        if word := _read(path):
            return word
        try:
            own.write_text(os.urandom(16).hex(), "ascii")
            own.chmod(0o600)
            own.replace(path)
        finally:
            own.unlink(missing_ok=True)
        return _read(path)


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, where the system has one."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(ImportError, OSError):  # a system or a file system without locks
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
