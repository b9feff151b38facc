"""Making generations: of all files, or of another generation and the files that changed since."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from kbcli.errors import UsageError
from kbcli.index.content import exchange, read_extra, tags, write_extra
from kbcli.index.texts import Packer, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    import pyoxigraph as ox

    from kbcli.index.content import Reader
    from kbcli.index.generation import Generation
    from kbcli.index.manifest import Snapshot


def build(folder: Path, reader: Reader, snapshot: Snapshot, progress: Callable[[str], None]) -> None:
    """A new generation of all files, but for its manifest."""
    import pyoxigraph as ox

    (folder / "store").mkdir()
    store = ox.Store(str(folder / "store"))
    with Packer(folder) as pack:
        stream = _Stream(reader, snapshot, pack, progress)
        store.bulk_extend(iter(stream))
    store.flush()
    texts = Texts(folder)
    counts = Counter(
        quad
        for name, text in (texts.items() if stream.repeated else ())
        for quad in reader.quads(name, text or b"")
        if quad in stream.repeated
    )
    write_extra(folder / "extra.nq", counts - Counter(set(counts)))
    (folder / "tags").write_text("\n".join(sorted(stream.tags)), "utf-8")


class _Stream:
    """The quads of all files; keeps which of them seem to come again, and the language tags."""

    def __init__(self, reader: Reader, snapshot: Snapshot, pack: Packer, progress: Callable[[str], None]) -> None:
        self._reader, self._snapshot, self._pack, self._progress = reader, snapshot, pack, progress
        self.repeated: set[ox.Quad] = set()
        self.tags: set[str] = set()

    def __iter__(self) -> Iterator[ox.Quad]:
        seen: set[int] = set()
        for name in in_order(self._snapshot.names):
            self._progress(name)
            text = read(self._reader, name)
            self._pack.add(name, text)
            self.tags |= tags(text)
            quads = self._reader.quads(name, text)
            hashes = {hash(quad): quad for quad in quads}
            self.repeated.update(hashes[same] for same in seen.intersection(hashes))
            seen.update(hashes)
            yield from quads


def overlay(folder: Path, base: Generation, reader: Reader, new: Mapping[str, bytes | None]) -> None:
    """A generation of `base` with some files changed (None: gone), but for its manifest. Raises NamelessError."""
    import pyoxigraph as ox

    changed = {name: text for name, text in new.items() if text is not None}
    come = Counter(quad for name in in_order(changed) for quad in reader.quads(name, changed[name]))
    gone = Counter(quad for name in new for quad in reader.named_quads(name, base.texts.get(name) or b""))
    _share(base.store, folder / "store")
    store = ox.Store(str(folder / "store"))
    extra = read_extra(base.folder / "extra.nq")
    exchange(store, extra, (gone - come).elements(), (come - gone).elements())
    store.flush()
    with Packer(folder) as pack:
        for name, text in new.items():
            pack.add(name, text)
    (folder / "tags").write_text("\n".join(sorted(base.tags.union(*map(tags, changed.values())))), "utf-8")
    (folder / "base").write_text(base.folder.name, "utf-8")


def _share(source: Path, target: Path) -> None:
    """The same store in another folder: its tables, which never change, are linked, the little rest is copied."""
    target.mkdir()
    for entry in os.scandir(source):
        if entry.name.endswith(".sst"):
            try:
                os.link(entry.path, target / entry.name)
                continue
            except OSError:  # not every file system has links
                pass
        if not entry.name.startswith("LO"):  # its log and its lock
            (target / entry.name).write_bytes((source / entry.name).read_bytes())


def read(reader: Reader, name: str) -> bytes:
    """What a file of the data holds. Raises UsageError if it cannot be read."""
    try:
        return (reader.project.root / name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from error


def in_order(names: Iterable[str]) -> list[str]:
    """The order in which files are loaded, so that the same mistake is told first: the ontology comes last."""
    return sorted(names, key=lambda name: (not name.startswith("data/"), name.split("/")))
