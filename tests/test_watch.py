"""kb validate --watch, as a real process that is left running while the files change."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import NEUTRAL, Runner
from kbcli.finding import Finding
from kbcli.watch import Files, changes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A = "data/articles/iran-accuses-mossad.ttl"
B = "data/articles/khodaei-nyt-report.ttl"
GENEROUS = 90  # seconds: a loaded machine is no defect
READY, DONE = "Ctrl-C ends it", " s)"
GOOD, BAD = 'kb:quote "we did not', 'kb:quote "we did nct'


class Watcher:
    """The process, and its lines as they come."""

    def __init__(self, project: Path, *args: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kbcli", "validate", "--watch", *args],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, **NEUTRAL},
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def until(self, ending: str) -> list[str]:
        """The lines up to the next one that ends so."""
        lines: list[str] = []
        latest = time.monotonic() + GENEROUS
        while not (lines and lines[-1].endswith(ending)):
            line = self._lines.get(timeout=max(0.1, latest - time.monotonic()))
            assert line is not None, lines
            lines.append(line)
        assert "Traceback" not in "\n".join(lines)
        return lines

    def interrupted(self) -> tuple[int, list[str]]:
        """The exit code after Ctrl-C, and what was still printed."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(GENEROUS)
        return code, list(iter(lambda: self._lines.get(timeout=GENEROUS), None))

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout
        self.process.stdout.close()


Start = Callable[..., Watcher]


@pytest.fixture
def watch(project: Path) -> Iterator[Start]:
    started: list[Watcher] = []

    def start(*args: str) -> Watcher:
        started.append(Watcher(project, *args))
        return started[-1]

    yield start
    for watcher in started:
        watcher.kill()


def edit(path: Path, old: str, new: str) -> None:
    """As an editor saves: a new file, renamed over the old one."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    fresh = path.with_name(f".{path.name}.swp")
    fresh.write_text(text.replace(old, new, 1), encoding="utf-8")
    fresh.replace(path)


def test_only_what_changed_is_told(watch: Start, project: Path) -> None:
    edit(project / A, '"2018-10-31"', '"2018-02-30"')
    watcher = watch()
    first = watcher.until(READY)
    assert any(" KB410 error" in line for line in first)
    assert any(line.startswith("checked 5 files") for line in first)

    edit(project / B, GOOD, BAD)
    second = watcher.until(DONE)
    assert " KB211 error" in second[0]
    assert any("hint:" in line for line in second)
    assert "KB410" not in "\n".join(second)
    assert second[-1].startswith("1 new, 0 fixed; checked 5 files")
    assert "2 errors (" in second[-1]

    edit(project / B, "# Agents", "# Agents\n\n# a line more\n")  # what stands below has moved, and that is all
    assert [line.split(";")[0] for line in watcher.until(DONE)] == ["0 new, 0 fixed"]

    with (project / B).open("r+", encoding="utf-8") as file:  # in place, the file keeps its number
        text = file.read()
        file.seek(0)
        file.write(text.replace(BAD, GOOD))
    third = watcher.until(DONE)
    assert [line.split(" ")[0] for line in third] == ["fixed:", "0"]
    assert third[-1].startswith("0 new, 1 fixed")
    assert third[0].startswith(f"fixed: {B}:")
    assert "KB211" in third[0]
    assert watcher.interrupted() == (0, [])


def test_half_written_broken_and_vanished_files_are_survived(watch: Start, project: Path) -> None:
    watcher = watch()
    watcher.until(READY)
    good = (project / B).read_bytes()
    (project / B).write_bytes(good[: len(good) // 2] + b"\xff")
    assert any(" KB001 error" in line for line in watcher.until(DONE))
    (project / B).unlink()
    assert any(line.startswith(f"fixed: {B}") for line in watcher.until(DONE))
    (project / B).write_bytes(good)
    assert "no findings" in watcher.until(DONE)[-1]
    (project / "data").rename(project / "elsewhere")
    assert "Error: " in watcher.until("a knowledge base has Turtle files in data/")[0]
    (project / "elsewhere").rename(project / "data")
    assert watcher.until(DONE)[-1].startswith("0 new, 0 fixed")
    (project / "kb.toml").write_text("base = [", encoding="utf-8")
    assert "kb.toml" in watcher.until("configuration is optional")[0]
    (project / "kb.toml").unlink()
    watcher.until(DONE)
    assert watcher.interrupted() == (0, [])


def test_a_project_that_changes_all_the_time_is_checked_all_the_same(watch: Start, project: Path) -> None:
    watcher = watch()
    watcher.until(READY)
    stop = threading.Event()

    def restless() -> None:
        text = (project / B).read_bytes()
        while not stop.is_set():
            for content in (text, b"", text[:100]):
                (project / B).write_bytes(content)
                time.sleep(0.01)
            (project / B).unlink()
        (project / B).write_bytes(text)

    writer = threading.Thread(target=restless)
    writer.start()
    watcher.until(DONE)
    stop.set()
    writer.join()
    while "no findings" not in watcher.until(DONE)[-1]:
        pass
    assert watcher.interrupted() == (0, [])


def test_selection_and_paths_are_kept(watch: Start, project: Path) -> None:
    watcher = watch("--ignore", "KB410", B)
    assert len(watcher.until(READY)) == 2
    edit(project / A, '"2018-10-31"', '"2018-02-30"')
    assert "no findings" in watcher.until(DONE)[-1]
    edit(project / B, GOOD, BAD)
    assert " KB211 error" in watcher.until(DONE)[0]
    assert watcher.interrupted() == (0, [])


def test_an_editors_own_files_are_no_change(project: Path) -> None:
    files = Files(project)
    before = files.look()
    for name in (".agents.ttl.swp", "agents.ttl~"):
        (project / "data" / name).write_text("x", encoding="utf-8")
    assert files.look() == before
    (project / "data" / "more").mkdir()
    (project / "data" / "more" / "x.ttl").symlink_to("nowhere")
    assert len(files.look()) == len(before) + 1


def test_wrong_use_ends_it_at_once(kb: Runner, project: Path, tmp_path: Path) -> None:
    for args in (["-f", "json"], ["--summary"], ["--select", "KB2111"], ["nowhere.ttl"]):
        result = kb("validate", "--watch", *args, cwd=project)
        assert (result.code, result.out) == (2, "")
        assert "Error: " in result.err
    (tmp_path / "a.ttl").write_text("", encoding="utf-8")
    assert kb("validate", "--watch", "a.ttl", cwd=tmp_path).code == 2


FINDINGS = st.lists(
    st.builds(
        Finding,
        code=st.sampled_from(["KB001", "KB211"]),
        slug=st.just("x"),
        severity=st.just("error"),
        path=st.sampled_from([A, B]),
        line=st.integers(1, 9),
        column=st.just(1),
        subject=st.just(""),
        message=st.sampled_from("ab"),
        hint=st.just(""),
    )
)


@given(FINDINGS, FINDINGS)
def test_changes_lead_from_one_report_to_the_next(before: list[Finding], after: list[Finding]) -> None:
    def named(findings: list[Finding]) -> list[tuple[str, ...]]:
        return sorted((one.code, one.path, one.message) for one in findings)

    new, gone = changes(before, after)
    assert set(new) <= set(after)
    assert set(gone) <= set(before)
    assert not set(named(new)) & set(named(gone))
    left = named(before)
    for name in named(gone):
        left.remove(name)
    assert sorted(left + named(new)) == named(after)


@given(FINDINGS, st.integers(1, 9))
def test_what_only_moved_is_no_change(findings: list[Finding], lines: int) -> None:
    assert changes(findings, [one._replace(line=one.line + lines) for one in findings]) == ([], [])
