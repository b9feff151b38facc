"""One generation of the index: a folder with a store and all that is needed to know what it holds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.readable import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from kbcli.index.texts import Texts


class Generation:
    """A whole generation, as it lies in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @cached_property
    def manifest(self) -> str:
        return text_of(self.folder / "files", "surrogateescape")

    @property
    def files(self) -> str:
        """The part of the manifest that tells of the data."""
        return self.manifest[self.manifest.index("\0") + 1 :]

    @cached_property
    def base(self) -> Generation | None:
        """The generation below this one, if this one was made of it."""
        try:
            name = text_of(self.folder / "base", "replace")
        except FileNotFoundError:
            return None
        return Generation(self.folder.parent / (name if name.isdecimal() else "lost"))

    @cached_property
    def texts(self) -> Texts:
        from kbcli.index.texts import Texts

        return Texts(self.folder)

    @cached_property
    def tags(self) -> frozenset[str]:
        return frozenset(text_of(self.folder / "tags").split())

    def text(self, name: str) -> bytes | None:
        """What the file held when its triples were taken; None if there was none."""
        return self.base.texts.get(name) if self.base and name not in self.texts else self.texts.get(name)

    def record(self, head: str, files: str) -> None:
        """Write the manifest, whole or not at all: with it the generation is complete."""
        beside = self.folder / "files.new"
        beside.write_text(head + files, "utf-8", "surrogateescape")
        beside.replace(self.folder / "files")


def current(folder: Path) -> Generation | None:
    """The current generation, complete or not, if there is one."""
    try:
        name = text_of(folder / "current", "replace")
    except OSError:
        return None
    return Generation(folder / name) if name.isdecimal() else None
