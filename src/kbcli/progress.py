"""How far a long task is: one line on stderr, written over itself, where stderr is a terminal; nothing elsewhere."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TextIO

from kbcli.display import cells, printable, terminal_width

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

PAUSE = 0.1  # seconds between two writings of the line
_ERASE = "\r\x1b[K"


class Progress:
    """Counts to `total`. Whoever writes to the terminal in between calls `clear` before."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._total = total
        self._done = 0
        self._at = 0.0
        self._lit = False
        self._on = self._stream.isatty() and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def step(self, what: str) -> None:
        """One more is begun, that of `what`."""
        self._done += 1
        if not self._on or time.monotonic() - self._at < PAUSE:
            return
        self._at = time.monotonic()
        line = printable(f"{self._done} of {self._total}: {what}")
        while cells(line) >= terminal_width(80):
            line = line[:-1]
        self._stream.write(_ERASE + line)
        self._stream.flush()
        self._lit = True

    def clear(self) -> None:
        if self._lit:
            self._stream.write(_ERASE)
            self._stream.flush()
            self._lit = False
