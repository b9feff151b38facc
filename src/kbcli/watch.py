"""Checking a project again and again: whenever one of its files has been saved.

The files are looked at, by time, size and number, every half second. That needs nothing of the operating system, and
works for editors that write a new file and rename it.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from kbcli.errors import KbError, UsageError
from kbcli.project import CONFIG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kbcli.finding import Finding
    from kbcli.reports import Report

WATCHED = ("data", "ontology", "queries", "seeds")
INTERVAL = 0.5  # seconds between two looks
SHARE = 10  # looking takes at most a tenth of the time
SETTLED = 0.1  # seconds without a change after which what is being saved is taken for whole
PATIENCE = 20  # looks after which it is checked although it still changes

NOTHING = (0, 0, 0)

State = dict[str, tuple[int, int, int]]


class Pass(NamedTuple):
    """One check of the whole: what is new in the report and what is gone, in order; or why there is no report."""

    report: Report | None
    new: Sequence[Finding]
    gone: Sequence[Finding]
    seconds: float
    error: KbError | None = None


def passes(root: Path, check: Callable[[], Report]) -> Iterator[Pass]:
    """A pass at once and one after each change, for ever. The first raises what goes wrong, later ones tell it."""
    files = Files(root)
    known: Sequence[Finding] = ()
    for number in count():
        files.mark()
        done = _pass(check, known)
        if done.error and not number:
            raise done.error
        known = done.report.findings if done.report else known
        yield done
        files.wait()


def _pass(check: Callable[[], Report], known: Sequence[Finding]) -> Pass:
    begun = time.monotonic()
    try:
        report = check()
    except KbError as error:
        return Pass(None, (), (), time.monotonic() - begun, error)
    except Exception as error:  # noqa: BLE001 files come and go under it: the next save is another chance
        what = f"the check failed: {error} ({type(error).__name__})"
        return Pass(None, (), (), time.monotonic() - begun, UsageError(what, "it is tried again at the next save"))
    new, gone = changes(known, report.findings)
    return Pass(report, new, gone, time.monotonic() - begun)


def changes(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """What is new and what is gone. A finding that stands at another line now is neither."""
    return _beyond(after, before), _beyond(before, after)


def _beyond(these: Sequence[Finding], those: Sequence[Finding]) -> list[Finding]:
    """Those of `these` that `those` have not; what is told twice counts twice."""
    left = Counter(map(_identity, those))
    found = []
    for finding in these:
        if left[_identity(finding)]:
            left[_identity(finding)] -= 1
        else:
            found.append(finding)
    return found


def _identity(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.path, finding.subject, finding.message


class Files:
    """The project's files as they were when they were last looked at."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._cost = 0.0
        self._marked: State = {}
        self._now = self.look()

    def mark(self) -> None:
        """What is checked next is the state that was last seen."""
        self._marked = self._now

    def wait(self) -> None:
        """Until another state is seen than the marked one, and has stayed as it is for a moment."""
        while self._after(INTERVAL) == self._marked:
            pass
        for _ in range(PATIENCE):
            before = self._now
            if self._after(SETTLED) == before:
                return

    def look(self) -> State:
        """What cannot be looked at just now has an empty state."""
        begun = time.monotonic()
        found = {CONFIG: _state(self._root / CONFIG)}
        for folder in WATCHED:
            found |= _below(self._root / folder)
        self._cost = time.monotonic() - begun
        return found

    def _after(self, interval: float) -> State:
        """The state after this interval, or a longer one where looking takes its time."""
        time.sleep(max(interval, SHARE * self._cost))
        self._now = self.look()
        return self._now


def _below(folder: Path | str) -> State:
    """The state of each file below the folder, by path."""
    found: State = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    found |= _below(entry.path)
                elif not entry.name.startswith(".") and not entry.name.endswith("~"):  # an editor's, not the project's
                    found[entry.path] = _state(entry)
    except OSError:  # not there, or shut
        found[str(folder)] = NOTHING
    return found


def _state(file: os.DirEntry[str] | Path) -> tuple[int, int, int]:
    try:
        status = file.stat()
    except OSError:  # gone since it was listed, or a link to nothing
        return NOTHING
    return status.st_mtime_ns, status.st_size, status.st_ino
