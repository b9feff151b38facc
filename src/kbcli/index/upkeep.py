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
PATIENCE = 600.0  # seconds to wait for another process that builds


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
        with locked(self._folder) as waited:
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
        folder = self._fresh_folder()
        try:
            overlay(folder, base, self._reader, changed)
        except NamelessError:
            return False
        self._switch(folder, files)
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
        folder = self._fresh_folder()
        with Progress(len(snapshot.names)) as progress:
            build(folder, self._reader, snapshot, progress.step)
        self._switch(folder, snapshot.recorded(now))

    def _fresh_folder(self) -> Path:
        numbers = [int(path.name) for path in self._folder.iterdir() if path.name.isdigit()]
        folder = self._folder / str(max(numbers, default=0) + 1)
        folder.mkdir()
        return folder

    def _switch(self, folder: Path, files: str) -> None:
        Generation(folder).record(manifest.head(self._project, folder), files)
        beside = self._folder / "current.new"
        beside.write_text(folder.name, "utf-8")
        beside.replace(self._folder / "current")
        clean(self._folder)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the lock of the index; tells whether it had to be waited for. Raises BusyError if that takes too long."""
    waited = False
    with (folder / "lock").open("a") as lock:
        until = time.monotonic() + PATIENCE
        while not _try(lock.fileno()):
            if time.monotonic() > until:
                raise BusyError("another kb has been building it for long")
            waited = True
            time.sleep(0.02)
        yield waited


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
