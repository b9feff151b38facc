"""The texts that a generation was built from, packed: what an edit removed is known only from the text before it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

_PACK, _NAMES = "texts", "names"


class Texts(Mapping[str, bytes | None]):
    """The packed texts in a folder, by name; None for a file that is gone."""

    def __init__(self, folder: Path) -> None:
        self._pack = folder / _PACK
        self._names = (folder / _NAMES).read_text("utf-8", "surrogateescape")

    def __contains__(self, name: object) -> bool:
        return f"\0{name}\0" in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names.split("\0")[1::2])

    def __len__(self) -> int:
        return self._names.count("\0") // 2

    def __getitem__(self, name: str) -> bytes | None:
        key = f"\0{name}\0"
        place = self._names.find(key)
        if place < 0:
            raise KeyError(name)
        place += len(key)
        end = self._names.find("\0", place)
        start, length = map(int, self._names[place : end if end > 0 else None].split(" "))
        if not length:
            return None
        with self._pack.open("rb") as pack:
            pack.seek(start)
            return zlib.decompress(pack.read(length))


class Packer:
    """Writes the texts, one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pack = (folder / _PACK).open("wb")
        self._names: list[str] = []

    def add(self, name: str, text: bytes | None) -> None:
        packed = b"" if text is None else zlib.compress(text, 1)
        self._names.append(f"\0{name}\0{self._pack.tell()} {len(packed)}")
        self._pack.write(packed)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pack.close()
        if error is None:
            (self._folder / _NAMES).write_text("".join(self._names), "utf-8", "surrogateescape")
