"""The process around a command: its streams, its signals, and how it ends: errors as sentences with exit codes."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from typing import TYPE_CHECKING

from kbcli.display import safe_lines
from kbcli.errors import KbError, LimitError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


def main(run: Callable[[], int], *, at_once: bool = False) -> None:
    """Run a command to its exit code, and exit with it; `at_once`: without taking the interpreter down in order."""
    _prepare_streams()
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    code = 0
    try:
        code = _told(run)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader had enough; what was found stays found
        _forget_stdout()
    except OSError as error:
        code = _tell(UsageError(f"{error.filename or 'the output'}: {error.strerror or error}"))
        _forget_stdout()
    if at_once:
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def interrupted() -> int:
    print("Interrupted.", file=sys.stderr)
    return 128 + signal.SIGINT


def _told(run: Callable[[], int]) -> int:
    try:
        return run()
    except KbError as error:
        return _tell(error)
    except MemoryError:
        return _tell(LimitError("this needs more than the machine's memory", "ask for less"))
    except KeyboardInterrupt:
        return interrupted()


def _tell(error: KbError) -> int:
    if error.what:
        with contextlib.suppress(OSError):
            print(f"Error: {safe_lines(str(error))}", file=sys.stderr)
    return error.exit_code


def _prepare_streams() -> None:
    """UTF-8 whatever the locale; a stream that was closed takes what is written and is empty to read."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_stdout() -> None:
    """The reader is gone: let the interpreter's last flush go nowhere, quietly."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
