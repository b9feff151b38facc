"""A command whose stderr is a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from conftest import NEUTRAL, ROOT

if TYPE_CHECKING:
    from pathlib import Path

ERASE = "\r\x1b[K"
# The command with a line of progress that comes after so many seconds.
_WITH_DELAY = "import sys; from kbcli import progress, start; progress.DELAY = float(sys.argv.pop(1)); start.main()"


def on_a_terminal(
    delay: float, *args: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> tuple[bytes, str]:
    """What a command writes to stdout, a pipe, and to stderr, a terminal."""
    ours, theirs = pty.openpty()
    asked = [sys.executable, "-c", _WITH_DELAY, str(delay), *map(str, args)]
    known = {**os.environ, **NEUTRAL, "TERM": "xterm", "COLUMNS": "80", **(env or {})}
    told: list[bytes] = []
    with subprocess.Popen(asked, cwd=cwd, stderr=theirs, stdout=subprocess.PIPE, env=known) as process:
        os.close(theirs)
        reader = threading.Thread(target=_drain, args=(ours, told))
        reader.start()
        out = process.communicate(timeout=120)[0]
        reader.join()
    os.close(ours)
    assert process.returncode == 0, told
    return out, b"".join(told).decode().replace("\r\n", "\n")


def _drain(terminal: int, told: list[bytes]) -> None:
    while True:
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:  # nobody has its other end any longer
            return
        if not part:
            return
        told.append(part)
