"""Bringing the index up to date: done by one process at a time, which holds the lock and is not the one that asks."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from typing import TYPE_CHECKING

from kbcli.errors import UsageError
from kbcli.index import manifest
from kbcli.index.building import build, in_order, overlay, read
from kbcli.index.content import NamelessError, Reader
from kbcli.index.generation import Generation, current
from kbcli.index.manifest import Snapshot
from kbcli.output import note
from kbcli.progress import Progress
from kbcli.store import no_data

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from kbcli.project import Project

# Above this share of changed files a new whole generation costs less than what each edit would cost from then on.
SHARE, FEW = 0.05, 50
TICK = 20_000_000  # ns: how coarse a system's clock may be
ATTEMPTS = 20  # how often files may change while they are read
# Seconds for which another process that builds is waited for: some, and for each file as much as building may take.
# Who has waited longer reads all files.
PATIENCE, PER_FILE = 5.0, 0.01
SILENCE = 1.0  # seconds after which it is said why there is no answer yet


class BusyError(Exception):
    """Another process builds for too long, or the files change faster than they are read."""


class Upkeep:
    """The index in `folder`."""

    def __init__(self, folder: Path, project: Project, *, graphs: bool) -> None:
        self._folder = folder
        self._project = project
        self._reader = Reader(project, graphs)

    def update(self, snapshot: Snapshot, taken: int) -> None:
        """Make the current generation that of the files. `snapshot` is of the time `taken`, by our own clock.

        Raises OSError, BusyError, and UsageError for broken data.
        """
        _make_home(self._folder)
        with locked(self._folder, PATIENCE + PER_FILE * len(snapshot.names)) as waited:
            if waited:
                taken, snapshot = time.time_ns(), Snapshot.of(self._project)
            for _ in range(ATTEMPTS):
                now = taken + self._skew()
                try:
                    wrong, fresh = None, self._follow(snapshot, now)
                except UsageError as error:  # it counts only if the files are still so afterwards
                    wrong, fresh = error, None
                if fresh is not None and self._stood_still(fresh, now):
                    return
                done, taken, snapshot = snapshot, time.time_ns(), Snapshot.of(self._project)
                if snapshot == done:
                    if wrong:
                        raise wrong
                    return
        raise BusyError("the files change while they are read")

    def _stood_still(self, fresh: Mapping[str, str], now: int) -> bool:
        """These files, the only ones not known from earlier, changed before `now` and not since: no need to look at all.

        Then all files were, at `now`, what they were found to be.
        """
        return all(
            manifest.changed(line) < now - TICK and manifest.line(self._project, name) == line
            for name, line in fresh.items()
        )

    def _skew(self) -> int:
        """How far the file system's clock is ahead of ours."""
        lock = self._folder / "lock"
        os.utime(lock)
        return lock.stat().st_mtime_ns - time.time_ns()

    def _is_current(self, snapshot: Snapshot) -> bool:
        with contextlib.suppress(OSError):
            found = current(self._folder)
            return found is not None and found.manifest == manifest.head(self._project, found.folder) + snapshot.text
        return False

    def _follow(self, snapshot: Snapshot, now: int) -> Mapping[str, str] | None:
        """Record that only times differ, or make a new generation and switch to it.

        The lines that were not known before, by name; None if they are many, or files came or went.
        """
        if self._is_current(snapshot):
            return {}
        old = self._sound()
        if old is None:
            self._build(snapshot, now)
            return None
        before, after = manifest.differences(old.files, snapshot.text)
        new = self._changes(old, before, after)
        files = snapshot.recorded(now, after.values())
        if not new:
            old.record(manifest.head(self._project, old.folder), files)
        elif not self._overlay(old, new, files):
            self._build(snapshot, now)
        return after if before.keys() == after.keys() else None

    def _overlay(self, old: Generation, new: Mapping[str, bytes | None], files: str) -> bool:
        """Switch to a generation with these changes on top of the base; False if a whole new one is better."""
        base = old.base or old
        changed = {**(old.texts if old.base else {}), **new}
        changed = {name: text for name, text in changed.items() if base.texts.get(name) != text}
        if len(changed) > max(FEW, SHARE * len(base.texts)):
            return False
        try:
            with self._fresh_folder() as folder:
                overlay(folder, base, self._reader, changed)
                self._switch(folder, files)
        except NamelessError:
            return False
        return True

    def _sound(self) -> Generation | None:
        """The current generation, if it is whole, undamaged and of this version."""
        found = current(self._folder)
        if found is None:
            return None
        for one in (found, *([found.base] if found.base else [])):
            with contextlib.suppress(OSError, ValueError):
                if one.manifest.startswith(manifest.head(self._project, one.folder)):
                    continue
            note("the index is damaged, of another version or base IRI, or was not made here")
            return None
        return found

    def _changes(self, old: Generation, before: Collection[str], after: Collection[str]) -> dict[str, bytes | None]:
        """The files whose text differs from that in `old`, of those whose line does; None for those that are gone."""
        found: dict[str, bytes | None] = dict.fromkeys(set(before).difference(after))
        for name in in_order(after):
            text = read(self._reader, name)
            if name not in before or old.text(name) != text:
                found[name] = text
        return found

    def _build(self, snapshot: Snapshot, now: int) -> None:
        if not snapshot.text:
            raise no_data(self._project)
        note(f"building an index of {len(snapshot.names):,} files in .kb/, once")
        with self._fresh_folder() as folder:
            with Progress(len(snapshot.names)) as progress:
                build(folder, self._reader, snapshot, progress.step)
            self._switch(folder, snapshot.recorded(now))

    @contextlib.contextmanager
    def _fresh_folder(self) -> Iterator[Path]:
        """A folder for a new generation. What others have left half-built makes room for it, and so does it if it
        fails."""
        with contextlib.suppress(OSError):
            clean(self._folder)
        numbers = [int(path.name) for path in self._folder.iterdir() if path.name.isdigit()]
        folder = self._folder / str(max(numbers, default=0) + 1)
        folder.mkdir()
        try:
            yield folder
        except BaseException:
            with contextlib.suppress(OSError):
                _remove(folder)
            raise

    def _switch(self, folder: Path, files: str) -> None:
        Generation(folder).record(manifest.head(self._project, folder), files)
        beside = self._folder / "current.new"
        beside.write_text(folder.name, "utf-8")
        beside.replace(self._folder / "current")
        with contextlib.suppress(OSError):  # what is left goes with the next change
            clean(self._folder)


@contextlib.contextmanager
def locked(folder: Path, patience: float = PATIENCE) -> Iterator[bool]:
    """Hold the lock of the index; tells whether it had to be waited for. Raises BusyError if that takes too long, in
    seconds, and OSError where there can be no lock."""
    began, waited, told = time.monotonic(), False, False
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NONBLOCK, 0o666)
    try:
        while not _try(descriptor):
            waited = True
            if time.monotonic() - began > patience:
                raise BusyError("another kb has been building it for long")
            if not told and time.monotonic() - began > SILENCE:
                told = True
                note("waiting for another kb, which is building the index")
            time.sleep(0.02)
        yield waited
    finally:
        os.close(descriptor)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def clean(folder: Path) -> bool:
    """Remove the generations that are neither current nor below it, but for those that somebody reads."""
    found = current(folder)
    kept = {one.folder for one in (found, found and found.base) if one}
    left = [path for path in folder.iterdir() if path.name.isdigit() and path not in kept and not _remove(path)]
    return not left


def _remove(generation: Path) -> bool:
    """Remove a generation unless somebody reads it. First goes its manifest: without it, it is none."""
    descriptor = os.open(generation, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if not _try(descriptor):
            return False
        (generation / "files").unlink(missing_ok=True)
        for folder in (generation / "store", generation):
            if folder.is_dir():
                for path in folder.iterdir():
                    path.unlink()
                folder.rmdir()
    finally:
        os.close(descriptor)
    return True


def _make_home(folder: Path) -> None:
    """The folder, kept out of every repository by a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    home = folder.parents[1]
    for name, text in (
        (".gitignore", "*\n"),
        ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n"),
    ):
        if not (home / name).exists():
            (home / name).write_text(text, encoding="utf-8")
