"""What a service sends, read as it comes in: unpacked, counted, and not for ever.

A limit of silence alone bounds nothing: a line a second is never silent, and a small packed body may be huge unpacked.
"""

from __future__ import annotations

import contextlib
import io
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

from kbcli.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

MOST = 1 << 30  # bytes of one answer, unpacked
PATIENCE = 10  # times the limit of silence: how long one answer may take in all


class Body(io.RawIOBase):
    """The body of a response as a file; `url` as messages show it, `timeout` as of a remote (0: for ever)."""

    def __init__(self, response: requests.Response, url: str, timeout: float) -> None:
        super().__init__()
        self._raw = response.raw
        self._url = url
        self._left = MOST
        self._longest = timeout * PATIENCE
        self._since = time.monotonic()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        """What is there already, without waiting for more: whoever drips is found out."""
        data = self._raw.read1(len(buffer), decode_content=True) or b""
        self._left -= len(data)
        if self._left < 0:
            raise LimitError(f"{self._url}: the answer is larger than {MOST >> 20} MiB", "ask for less")
        if self._longest and time.monotonic() - self._since > self._longest:
            raise _late(self._url, self._longest)
        buffer[: len(data)] = data
        return len(data)


@contextlib.contextmanager
def begun_in_time(url: str, timeout: float) -> Iterator[None]:
    """Within it an answer must begin: its head may drip as well, and the library reads that at one go.

    By an alarm, which only the main thread hears; in any other the guard keeps the clock.
    """
    if not timeout or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise _late(url, timeout * PATIENCE)

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, timeout * PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _late(url: str, longest: float) -> LimitError:
    return LimitError(
        f"{url}: the answer is not there within {longest:g} s",
        f"allow more with --timeout, {PATIENCE} times which one answer may take (0: no limit)",
    )


def body(response: requests.Response, url: str, timeout: float) -> io.BufferedReader:
    """The body of a response as a file, read as it comes in."""
    return io.BufferedReader(Body(response, url, timeout))
