"""What lies in a project's .kb/ is trusted only if it was made here: a word that this user's machine alone knows says so.

A repository can bring a .kb/ of its own, with an index or results of checks that its files do not have.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kbcli.readable import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[0-9a-f]{32}")
_PATIENCE = 5.0  # seconds for which another that makes it is waited for


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
        word = text_of(path).strip()
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
    """Hold the folder's lock, where the system has one. Raises OSError if somebody keeps it for long."""
    descriptor = os.open(folder, os.O_RDONLY)
    until = time.monotonic() + _PATIENCE
    try:
        while not _is_free(descriptor):
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(0.01)
        yield
    finally:
        os.close(descriptor)


def _is_free(descriptor: int) -> bool:
    """Whether we hold the lock now, or there is none to be had."""
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
