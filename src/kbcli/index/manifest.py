"""Whose triples a generation holds: the files with the size, times and inode they had before they were read.

Whether that is still so is one comparison of texts, because a manifest is written as it is expected:
a stamp, the seal of the generation's own files, then a line for each file of the data.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli.mark import mark
from kbcli.project import entries_below, is_turtle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kbcli.project import Project

VERSION = 1
# The coarsest clock that a file system may keep: a file changed twice within it may look unchanged.
GRANULE = 2_000_000_000
_OWN = ("LOG", "LOCK", "files")  # what RocksDB writes for itself, and the manifest


@dataclass(frozen=True)
class Snapshot:
    """What the system tells of each file of the data: a line for each, and the size of all."""

    text: str
    size: int

    @classmethod
    def of(cls, project: Project) -> Snapshot:
        """The data files and the ontology. Raises UsageError for a folder that cannot be read."""
        start = len(str(project.root)) + 1
        lines, size = [], 0
        for parent, entry in entries_below(project.root / "data"):
            name = entry.name
            if is_turtle(name):
                try:
                    state = entry.stat()
                except FileNotFoundError:  # it went after it was listed
                    continue
                lines.append(_line(f"{parent}/{name}"[start:], state))
                size += state.st_size
        if lines:
            lines.append(line(project, str(project.ontology)[start:]) + "\n")
        return cls("".join(sorted(lines)), size)

    @property
    def names(self) -> list[str]:
        return list(parsed(self.text.split("\n")))

    def recorded(self, now: int, fresh: Iterable[str] | None = None) -> str:
        """The lines as a manifest has them: "?" where a change soon after `now` might not show in the times.

        `fresh` are the lines that were not recorded earlier, where some were.
        """
        lines = self.text.split("\n")[:-1]
        doubts = {line: doubt for line in (lines if fresh is None else fresh) if (doubt := _doubt(line, now))}
        return "".join([f"{doubts.get(line, line)}\n" for line in lines]) if doubts else self.text


def _line(name: str, state: os.stat_result) -> str:
    """A name can have any character but NUL, so NUL stands for the end of a line in it."""
    shown = name.replace("\n", "\0") if "\n" in name else name
    return f"{shown} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}\n"


def line(project: Project, name: str) -> str:
    """The line of one file, without its end."""
    try:
        state = (project.root / name).stat()
    except OSError:  # told when it is loaded
        state = os.stat_result((0,) * 10)
    return _line(name, state)[:-1]


def changed(line: str) -> int:
    """When the file was changed, in ns, at the latest: a disk that counts in seconds or two cuts the rest off."""
    time = int(line.rsplit(" ", 2)[1])
    return time if time % 1_000_000_000 else time + GRANULE


def _doubt(line: str, now: int) -> str:
    """The line without its times, unless they lie well before `now`: then nothing.

    A time of change well after it was set by hand, and tells nothing.
    """
    name, _, modified, changed, _ = line.rsplit(" ", 4)
    settled = int(changed) < now - GRANULE and not now - GRANULE <= int(modified) <= now + GRANULE
    return "" if settled else f"{name} ?"


def parsed(lines: Iterable[str]) -> dict[str, str]:
    """The lines of files by name."""
    found = {}
    for line in filter(None, lines):
        name = line[:-2] if line.endswith(" ?") else line.rsplit(" ", 4)[0]
        found[name.replace("\0", "\n")] = line
    return found


def differences(old: str, new: str) -> tuple[dict[str, str], dict[str, str]]:
    """The lines that only one of two texts has, by name: the old one's, the new one's."""
    before, after = set(old.split("\n")), set(new.split("\n"))
    return parsed(before - after), parsed(after - before)


def head(project: Project, generation: Path) -> str:
    """The stamp and the seal: other versions, another base IRI, another maker or damaged files give another head."""
    import pyoxigraph as ox

    stamp = f"kb index {VERSION}, pyoxigraph {ox.__version__}, {project.base}, {mark()}\n"
    return stamp + "".join(sorted(_sealed([generation, generation / "store"]))) + "\0"


def _sealed(folders: Iterable[Path]) -> Iterable[str]:
    for folder in folders:
        with os.scandir(folder) as found:
            for entry in found:
                if entry.is_file() and not entry.name.startswith(_OWN):
                    state = entry.stat()
                    yield f"{entry.name} {state.st_size} {state.st_mtime_ns}\n"
