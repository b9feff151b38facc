"""What a repository brings in its own .kb/ is not trusted: only what was made here is."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

from conftest import run_kb
from kbcli import mark

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "data/articles/khodaei-nyt-report.ttl"


def spoil(root: Path) -> None:
    path = root / ARTICLE
    path.write_text(path.read_text(encoding="utf-8").replace('kb:quote "', 'kb:quote "Nonsense ', 1), encoding="utf-8")


def forge(root: Path) -> None:
    """Results that say that nothing is wrong."""
    with sqlite3.connect(root / ".kb" / "validation" / "results.sqlite") as results:
        tables = [name for (name,) in results.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {name: [row[1] for row in results.execute(f"PRAGMA table_info({name})")] for name in tables}
        told = [name for name, own in columns.items() if "told" in own]
        assert told
        for name in told:
            results.execute(f"UPDATE {name} SET told = ''")  # noqa: S608 names of our own tables


def test_forged_results_of_another_maker_are_not_used(project: Path, tmp_path: Path) -> None:
    spoil(project)
    theirs, ours = ({"XDG_CACHE_HOME": str(tmp_path / name)} for name in ("theirs", "ours"))
    assert run_kb("validate", cwd=project, env=theirs).code == 1
    forge(project)
    assert run_kb("validate", cwd=project, env=theirs).code == 0  # who makes the results can make anything of them
    assert run_kb("validate", cwd=project, env=ours).code == 1
    assert run_kb("validate", cwd=project, env=ours).code == 1


def test_an_index_of_another_maker_is_built_anew(project: Path, tmp_path: Path) -> None:
    (project / "kb.toml").write_text('index = "always"\n')
    theirs, ours = ({"XDG_CACHE_HOME": str(tmp_path / name)} for name in ("theirs", "ours"))
    first = run_kb("query", "denials", cwd=project, env=theirs)
    assert "building an index" in first.err
    assert not run_kb("query", "denials", cwd=project, env=theirs).err
    again = run_kb("query", "denials", cwd=project, env=ours)
    assert "not made here" in again.err
    assert again.out == first.out


def test_where_nothing_can_be_kept_nothing_is_trusted(project: Path, tmp_path: Path) -> None:
    (project / "kb.toml").write_text('index = "always"\n')
    (tmp_path / "file").write_text("")
    nowhere = {"XDG_CACHE_HOME": str(tmp_path / "file")}
    asked = run_kb("query", "denials", "-f", "csv", cwd=project, env=nowhere)
    assert (asked.code, asked.err.count("note:")) == (0, 1)
    assert asked.out == run_kb("query", "denials", "-f", "csv", "--no-index", cwd=project).out
    assert run_kb("index", cwd=project, env=nowhere).code == 2
    assert run_kb("validate", cwd=project, env=nowhere).code == 0
    assert not list(project.glob(".kb/*/*.sqlite"))


def _marked(_: int) -> str:
    return mark.mark()


@pytest.mark.parametrize("before", [None, b"no word"])
def test_all_who_make_it_at_once_have_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if before is not None:
        (tmp_path / "kb").mkdir()
        (tmp_path / "kb" / "mark").write_bytes(before)
    mark.mark.cache_clear()
    with get_context("fork").Pool(8) as pool:
        found = set(pool.map(_marked, range(64), 1))
    mark.mark.cache_clear()
    assert len(found) == 1
    assert "" not in found
    assert (tmp_path / "kb" / "mark").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "kb").iterdir()] == ["mark"]


def test_who_comes_second_has_the_word_of_the_first(tmp_path: Path) -> None:
    """Once the second, who had found none, took what the first had made meanwhile for a damaged one."""
    first = mark._made(tmp_path)
    assert mark._made(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["mark"]


@pytest.mark.parametrize("spoilt", [b"", b"no word", b"\xff" * 32])
def test_a_damaged_one_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: bytes) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "mark").write_bytes(spoilt)
    mark.mark.cache_clear()
    assert len(mark.mark()) == 32
    mark.mark.cache_clear()


def test_who_holds_it_for_ever_is_not_waited_for(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "kb"
    folder.mkdir(parents=True)
    held = os.open(folder, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        done = run_kb("query", "denials", "-f", "csv", cwd=project, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
        assert "as far as he knew" in done.out
        (project / "kb.toml").write_text('index = "always"\n')
        done = run_kb("query", "denials", "-f", "csv", cwd=project, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
        assert "as far as he knew" in done.out
    finally:
        os.close(held)


def test_a_pipe_is_not_waited_for(project: Path, tmp_path: Path) -> None:
    (tmp_path / "kb").mkdir()
    os.mkfifo(tmp_path / "kb" / "mark")
    (project / "kb.toml").write_text('index = "always"\n')
    done = run_kb("query", "denials", "-f", "csv", cwd=project, env={"XDG_CACHE_HOME": str(tmp_path)})
    assert "as far as he knew" in done.out
    assert run_kb("validate", cwd=project, env={"XDG_CACHE_HOME": str(tmp_path)}).code == 0
