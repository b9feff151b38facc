"""Asking the index: it is used where the data is large, its state is that of the files, and it is not switched off."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli.errors import LimitError, RemoteError
from kbcli.index import manifest
from kbcli.index.generation import Generation, current
from kbcli.index.manifest import Snapshot
from kbcli.mark import mark
from kbcli.output import UnfinishedError, note
from kbcli.store import load_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyoxigraph as ox

    from kbcli.project import Project
    from kbcli.view import View

_DAMAGE = re.compile(r"Corruption: |IO error: ")  # RocksDB's words
_NONE = 75  # the exit code of an update that could not be


@dataclass(frozen=True)
class Held:
    """A generation that is not removed as long as `descriptor` is open here or in a child."""

    generation: Generation
    descriptor: int

    def store(self) -> ox.Store:
        import pyoxigraph as ox

        return ox.Store.read_only(str(self.generation.store))

    @property
    def languages(self) -> frozenset[str]:
        """Every language tag that a literal in it may have."""
        return self.generation.tags

    @property
    def unopened(self) -> int:
        """How many files of the store the engine has not opened yet: it opens the first few at once, others late."""
        tables = {entry.path for entry in os.scandir(self.generation.store) if entry.name.endswith(".sst")}
        for descriptor in os.listdir("/dev/fd"):  # noqa: PTH208 names, not paths
            with contextlib.suppress(OSError):  # not every system tells what is open
                tables.discard(os.readlink(f"/dev/fd/{descriptor}"))  # noqa: PTH115
        return len(tables)

    def discard(self) -> None:
        """Let the next who needs it build the index anew."""
        with contextlib.suppress(OSError):
            (self.generation.folder / "files").unlink(missing_ok=True)

    def close(self) -> None:
        os.close(self.descriptor)


def home(project: Project, *, graphs: bool) -> Path:
    return project.root / ".kb" / "index" / ("graphs" if graphs else "union")


def drop(project: Project) -> bool:
    """Remove the index; False if somebody reads it, who keeps it."""
    from kbcli.index.upkeep import BusyError, clean, locked

    whole = True
    for graphs in (False, True):
        folder = home(project, graphs=graphs)
        if folder.is_dir():
            try:
                with locked(folder):
                    (folder / "current").unlink(missing_ok=True)
                    whole &= clean(folder)
            except BusyError as error:
                raise RemoteError(str(error), "wait until it is done, or end that kb; then ask again") from error
    return whole


@contextlib.contextmanager
def opened(project: Project, *, indexed: bool) -> Iterator[View]:
    """The project's triples without their graphs, from its index where that pays."""
    from kbcli.view import View

    found = held(project, graphs=False) if indexed else None
    with watched(found):
        yield View(stored(found, project, graphs=False), project, found.languages if found else None)


def stored(found: Held | None, project: Project, *, graphs: bool) -> ox.Store:
    """The store of a generation, or all files read where there is none."""
    if found:
        try:
            return found.store()
        except (OSError, RuntimeError):
            found.discard()
            note("the index is damaged and will be built anew; now all files are read")
    return load_project(project, graphs=graphs)


@contextlib.contextmanager
def watched(found: Held | None) -> Iterator[None]:
    """Where what is read of a generation turns out to be damaged: say so, and see to it that it is built anew."""
    try:
        yield
    except Exception as error:
        if found and _DAMAGE.search(str(error)):
            found.discard()
            raise RemoteError("the index is damaged", "ask again: it is built anew") from error
        raise


def held(project: Project, *, graphs: bool) -> Held | None:
    """The generation of the present state of the files, brought about if need be; None if none is to be used."""
    taken = time.time_ns()
    snapshot = Snapshot.of(project)
    if not snapshot.text or snapshot.size < project.index_from:
        return None
    folder = home(project, graphs=graphs)
    if mark() and (found := _hold(folder, project, snapshot.text)):
        return found
    return _hold(folder, project) if update(project, snapshot, taken, graphs=graphs) else None


def update(project: Project, snapshot: Snapshot, taken: int, *, graphs: bool) -> bool:
    """Bring the index up to date, in a child: the engine's threads would not live on in those we fork later.

    False if that is not possible. Raises KbError if the data is broken.
    """
    from kbcli import guard
    from kbcli.index.upkeep import BusyError, Upkeep

    if not mark():
        note("there is no index, so all files are read: nothing can be written in your cache folder (XDG_CACHE_HOME)")
        return False

    upkeep = Upkeep(home(project, graphs=graphs), project, graphs=graphs)

    def work(_: guard.Clock) -> int:
        try:
            upkeep.update(snapshot, taken)
        except (OSError, BusyError) as error:
            note(f"there is no index, so all files are read: {getattr(error, 'strerror', None) or error}")
            return _NONE
        return 0

    try:
        code = guard.run(work, timeout=0, memory=0)
    except (LimitError, RemoteError) as error:
        note(f"there is no index, so all files are read: {error.what}")
        return False
    if code not in (0, _NONE):
        raise UnfinishedError(code)
    return code == 0


def _hold(folder: Path, project: Project, files: str = "") -> Held | None:
    """The current generation, if it is sound and (if they are given) of these files, locked against removal."""
    for _ in range(10):
        found = current(folder)
        if found is None:
            break
        with contextlib.suppress(OSError):  # it was removed just before it was locked: then another is current
            held = Held(found, os.open(found.folder, os.O_RDONLY | os.O_DIRECTORY))
            try:
                fcntl.flock(held.descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
                expected = manifest.head(project, found.folder) + files
                if found.manifest == expected or (not files and found.manifest.startswith(expected)):
                    return held
            except OSError:  # somebody is removing it
                held.close()
                continue
            held.close()
            break
    return None
