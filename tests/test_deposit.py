"""Files written together: all or none, and what moves from one to another is never in neither."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from kbcli.deposit import Change, write_all
from kbcli.errors import UsageError

OLD, NEW = b"old text\n", "new words\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two files and one that is none yet, in a folder of its own."""
    found = [tmp_path / name / f"{name}.ttl" for name in "abc"]
    for path in found:
        path.parent.mkdir()
    for path in found[:2]:
        path.write_bytes(OLD)
    return found


def changes(files: list[Path]) -> list[Change]:
    return [Change(path, OLD if path.exists() else None, NEW) for path in files]


def test_all_are_written(files: list[Path]) -> None:
    write_all(changes(files))
    assert [path.read_text() for path in files] == [NEW] * 3
    assert not [path for folder in files for path in folder.parent.glob(".kb-*")]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_where_one_cannot_be_all_are_as_they_were(files: list[Path], number: int) -> None:
    """Once a record was taken out of one file, and then the other could not be written: it was in neither."""

    def spoil() -> None:
        """At the last moment, so that only the writing finds it out."""
        files[number].unlink(missing_ok=True)
        files[number].mkdir()

    with pytest.raises(UsageError) as told:
        write_all(changes(files), last=spoil)
    assert files[number].name in str(told.value)
    others = [path for path in files if path != files[number]]
    assert [path.read_bytes() for path in others if path.exists()] == [OLD] * len(
        [p for p in others if p.name != "c.ttl"]
    )
    assert files[2].is_file() is False


def test_what_cannot_be_taken_back_is_told(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    real, left = Path.replace, [1]

    def only_once(self: Path, target: Any) -> Path:
        if not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left.pop()
        return real(self, target)

    monkeypatch.setattr(Path, "replace", only_once)
    with pytest.raises(UsageError, match=r"only a part could be written: .*a\.ttl\n"):
        write_all(changes(files))


def test_who_loses_goes_last(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = Path.replace

    def noted(self: Path, target: Any) -> Path:
        order.append(Path(target).name)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    write_all([Change(files[0], OLD, "\n"), Change(files[1], OLD, "old text\nand the record\n")])
    assert order == ["b.ttl", "a.ttl"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_new_file_is_made_without_links_too(files: list[Path], number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", no_links)
    write_all([Change(files[2], None, NEW)])
    assert files[2].read_text() == NEW
    with pytest.raises(UsageError, match="is there already"):
        write_all([Change(files[2], None, NEW)])
