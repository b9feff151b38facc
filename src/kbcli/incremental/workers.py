"""Many files checked by as many processes as there are processors."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kbcli.crew import FEW, results
from kbcli.incremental.unit import checked
from kbcli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kbcli.incremental.library import Library
    from kbcli.incremental.unit import Outcome


def outcomes(library: Library, another: Callable[[], Library], paths: Sequence[str]) -> Iterator[Outcome]:
    """What is found in each. `another` library is made for each process: no two may share what they read from."""
    if len(paths) >= 2 * FEW:
        from kbcli.shacl import engine  # noqa: F401 read once, before the processes part
    desk = _Desk(library, another)
    with Progress(len(paths)) as progress:
        for outcome in results(lambda path: checked(desk.library, path), paths):
            progress.step(outcome.path)
            yield outcome


class _Desk:
    """Where a process finds its own library."""

    def __init__(self, library: Library, another: Callable[[], Library]) -> None:
        self._library, self._another, self._process = library, another, os.getpid()

    @property
    def library(self) -> Library:
        if self._process != os.getpid():
            self._library, self._process = self._another(), os.getpid()
        return self._library
