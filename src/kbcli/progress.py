"""How far a long task is: one line on stderr, written over itself, where stderr is a terminal; nothing elsewhere.

It appears when the task has taken a while, and is gone when the task is done.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TextIO, TypeVar

from kbcli.display import cells, printable, terminal_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType
    from typing import Self

Item = TypeVar("Item")
DELAY = 1.0  # seconds before the line appears
PAUSE = 0.25  # seconds between two writings of it
_ERASE = "\r\x1b[K"


class Progress:
    """Counts to `total`. Whoever writes to the terminal in between calls `clear` before."""

    def __init__(self, total: int = 0, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._total = total
        self._done = 0
        self._next = time.monotonic() + DELAY
        self._lit = False
        self._on = self._stream.isatty() and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def count(self, total: int) -> None:
        """Count anew, to `total`. What has been waited for the line counts on."""
        self._total, self._done = total, 0

    def over(self, items: Sequence[Item], shown: Callable[[Item], str]) -> Iterator[Item]:
        """The items, counted anew as they are begun; `shown` is what one is called. After the last the line is gone."""
        self.count(len(items))
        for item in items:
            if self._due():
                self.step(shown(item))
            else:
                self._done += 1
            yield item
        self.clear()

    def step(self, what: str) -> None:
        """One more is begun, that of `what`."""
        self._done += 1
        if not self._due():
            return
        self._next = time.monotonic() + PAUSE
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

    def _due(self) -> bool:
        return self._on and time.monotonic() >= self._next
