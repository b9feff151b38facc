"""A server process: started, waited for, stopped; killed if it does not stop. Its output is kept for messages."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

READY = 60.0  # seconds; a busy machine is no defect
STOPPED = 20.0


class ServiceError(Exception):
    """The server died, or does not answer. The message ends with the last of what it wrote."""


class Service:
    """`command` runs in `folder`, in a process group of its own, so that what it started ends with it."""

    def __init__(self, command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None) -> None:
        self._log = folder / "server.log"
        # Where Linux offers it: no server outlives a test run that was killed (or the thread that started it).
        bound = [setpriv, "--pdeathsig", "KILL"] if (setpriv := shutil.which("setpriv")) else []
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*bound, *command],
                cwd=folder,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until(self, ready: Callable[[], bool], limit: float = READY) -> None:
        deadline = time.monotonic() + limit
        while not ready():
            if self._process.poll() is not None:
                raise ServiceError(f"the server ended with {self._process.returncode}:\n{self._told()}")
            if time.monotonic() > deadline:
                self.kill()
                raise ServiceError(f"the server did not answer in {limit:.0f} s:\n{self._told()}")
            time.sleep(0.05)

    def stop(self, politely: Callable[[], object] | None = None) -> None:
        """Ask it to stop, by `politely` or SIGTERM; kill what is left."""
        if self._process.poll() is None:
            if politely:
                politely()
            else:
                self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOPPED)
        self.kill()

    def kill(self) -> None:
        """SIGKILL to the whole group, as a machine that loses power would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _told(self) -> str:
        return "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
