"""The benchmark, run small: what is compared answers the same, and costs no more than it should, as ratios."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bench import record as records
from bench.case import Case, DifferentError
from bench.chart import svg
from bench.cost import Figure, interleaved
from bench.goal import GOALS, GUARDS, Goal, outcomes
from bench.record import Record
from bench.report import markdown
from bench.title import Title
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def quick(folder: Path) -> Record:
    """A small run, as its users start it. Its exit code says whether the ratios held; here they are looked at."""
    command = [sys.executable, "-m", "tests.bench", "--quick", "--folder", f"{folder}/kb", "--output", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert "answer differently" not in done.stderr, done.stderr
    return records.read(folder)


def test_no_regression(tmp_path: Path) -> None:
    """Once more if a ratio is too high: a machine may be busy, and not at random."""
    for _ in range(2):
        record = quick(tmp_path)
        found = list(outcomes(GUARDS, record.figures))
        assert len(found) == len(GUARDS), "not all was measured"
        if all(one.reached for one in found):
            break
    assert not [one for one in found if not one.reached]
    assert markdown(record) == (tmp_path / "results.md").read_text(encoding="utf-8")
    assert svg(record) == (tmp_path / "cost.svg").read_text(encoding="utf-8")


def printing(title: Title, text: str, folder: Path, *, outsider: bool = False) -> Case:
    command = (sys.executable, "-S", "-c", f"print({text!r})")
    return Case(title, command, folder, asks="what", outsider=outsider)


def test_other_answers_are_not_compared(tmp_path: Path) -> None:
    one, other = printing(Title.INDEXED, "a", tmp_path), printing(Title.RDFLIB, "b", tmp_path)
    with pytest.raises(DifferentError, match="rdflib, by hand and kb query denials answer differently"):
        interleaved("questions", 2, [one, other], 1, print)
    outsider = printing(Title.JENA, "b", tmp_path, outsider=True)
    figures = interleaved("questions", 2, [one, outsider], 3, print)
    assert [(bool(figure.differs), figure.runs) for figure in figures] == [(False, 3), (True, 3)]
    assert not list(outcomes([Goal(2, Title.INDEXED, Title.JENA, 1000)], figures))


def test_a_failure_is_no_figure(tmp_path: Path) -> None:
    failing = Case(Title.INDEXED, (sys.executable, "-S", "-c", "raise SystemExit('so it is')"), tmp_path)
    with pytest.raises(RuntimeError, match="exit code 1\nso it is"):
        interleaved("questions", 2, [failing], 1, print)
    broken = Case(Title.CHANGED, (sys.executable, "-S", "-c", "1 / 0"), tmp_path, ends=(0, 1))
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        interleaved("validation", 2, [broken], 1, print)


def test_children_count(tmp_path: Path) -> None:
    """CPU of a process that does nothing but wait for one that works; and its memory, if that is asked for."""
    work = "held = bytearray(200 << 20); import time\nwhile time.process_time() < 0.4: pass"
    waiting = f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {work!r}])"
    case = Case(Title.INDEXED, (sys.executable, "-S", "-c", waiting), tmp_path, weighed=True)
    [figure] = interleaved("questions", 2, [case], 1, print)
    assert figure.cpu > 0.4
    assert figure.peak > 200
    assert figure.weight
    assert figure.weight > 200


def figure(title: Title, size: int, cpu: float) -> Figure:
    return Figure("questions", size, title, cpu, 2 * cpu, 50, cpu, cpu, 3)


def made_up(*figures: Figure) -> Record:
    machine = {"processor": "P", "cores": "2", "memory": "8 GiB", "system": "S", "python": "3.11"}
    return Record("2000-01-01", 3, machine, {"rdflib": "7"}, list(figures))


def test_only_what_was_measured_is_shown() -> None:
    record = made_up(figure(Title.INDEXED, 1000, 1.0), figure(Title.PYOXIGRAPH, 1000, 4.0), figure(Title.ONE, 2, 0.1))
    shown = markdown(record)
    assert "| kb query denials : pyoxigraph, by hand | 1,000 | 0.25× | 0.5× | reached |" in shown
    assert "10,000" not in shown
    assert "rdflib, by hand" not in shown
    assert "rdflib, by hand" not in svg(record)
    assert "kb query denials: 1 s at 1,000" in svg(record)


def test_runs_are_added_on_one_machine_only() -> None:
    first = made_up(figure(Title.ONE, 2, 0.1), figure(Title.ONE, 100, 0.2))
    second = made_up(figure(Title.ONE, 100, 0.3))
    assert [one.cpu for one in second.added_to(first).figures] == [0.1, 0.3]
    first.versions["rdflib"] = "8"
    with pytest.raises(ValueError, match="other versions"):
        second.added_to(first)


def test_names_in_the_picture_do_not_overlap() -> None:
    """Though all lines end close together."""
    from bench.chart import panels

    titles = [title for title in Title if title is not Title.INDEX]
    near = made_up(
        *(figure(title, size, size / 1000 + at / 99) for at, title in enumerate(titles) for size in (2, 1000))
    )
    for panel in panels(near):
        boxes = [box for _, box in panel.names()]
        assert not [(one, other) for one in boxes for other in boxes if one is not other and one.meets(other)]


def test_every_goal_can_be_told() -> None:
    figures = [figure(title, size, 1.0) for title in Title for size in (2, 5, 100, 1000, 10_000)]
    assert len(list(outcomes(GOALS, figures))) == len(GOALS)
