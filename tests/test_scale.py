"""Large knowledge bases: what a command needs of memory does not grow with them, and a terminal shows how far it is."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bench.generate import generate
from conftest import ROOT, Runner
from terminal import ERASE, on_a_terminal

if TYPE_CHECKING:
    from pathlib import Path

FEW, MANY = 100, 400
# What the measured child does not do itself is not counted: its parent's memory at the fork would be.
MEASURE = """
import os, resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "kbcli", *sys.argv[1:]], stdout=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Two knowledge bases, one four times the other."""
    folder = tmp_path_factory.mktemp("sizes")
    found = {number: folder / str(number) for number in (FEW, MANY)}
    for number, root in found.items():
        generate(root, number)
    return found


def peak(root: Path, *args: str) -> int:
    """The memory that a command needs at most."""
    asked = [sys.executable, "-c", MEASURE, "--project", str(root), *args]
    code, most = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    assert code == "0"
    return int(most)


@pytest.mark.parametrize(
    "args",
    [
        *(["export", "-f", name] for name in ("csv", "jsonld", "nq", "webannotation")),
        ["export", "-f", "csv", "aldabridge-ambush-report"],
        ["fmt", "--check"],
        ["cite", "aldabridge-ambush-report", "--sentence", "1"],
    ],
    ids=" ".join,
)
def test_memory_does_not_grow_with_the_knowledge_base(sizes: dict[int, Path], args: list[str]) -> None:
    few, many = (peak(sizes[number], *args) for number in (FEW, MANY))
    assert many < 2 * few, f"{few} KB for {FEW} articles, {many} KB for {MANY}"


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (("export", "-f", "csv"), "data/agents.ttl"),
        (("export", "-f", "nq"), "data/agents.ttl"),
        (("export", "-f", "jsonld", "khodaei-nyt-report"), "data/agents.ttl"),
        (("fmt", "--check"), "data/agents.ttl"),
        (("cite", "khodaei-nyt-report", "as far as he knew"), "data/agents.ttl"),
    ],
)
def test_a_terminal_shows_how_far_it_is_and_nothing_of_it_stays(kb: Runner, args: tuple[str, ...], shown: str) -> None:
    piped = kb(*args)
    out, told = on_a_terminal(0, *args)
    assert out.decode() == piped.out
    first, *lines = told.split(ERASE)
    assert first == ""
    assert f": {shown}" in lines[0]
    assert lines[0].startswith("1 of ")
    assert lines[-1] == piped.err
    assert not any("\n" in line for line in lines[:-1])


def test_what_takes_no_time_shows_nothing(kb: Runner) -> None:
    args = ("export", "-f", "csv")
    assert on_a_terminal(1000, *args) == (kb(*args).out.encode(), "")


def test_files_are_formatted_in_turn_by_several_processes(kb: Runner, tmp_path: Path) -> None:
    names = [f"{number:03}.ttl" for number in range(200)]
    for number, name in enumerate(names):
        (tmp_path / name).write_text("<urn:a> <urn:b> ." if number == 150 else f"<urn:a>  <urn:b> {number} .")
    told = kb("fmt", "--check", ".", cwd=tmp_path)
    assert told.code == 1
    assert [line.partition(":")[0] for line in told.out.splitlines()] == [name for name in names if name != "150.ttl"]
    assert "150.ttl:1:9: left as it is" in told.err
    assert kb("fmt", ".", cwd=tmp_path).code == 1
    assert (tmp_path / "199.ttl").read_text() == "<urn:a> <urn:b> 199 .\n"
    assert kb("fmt", "--check", ".", cwd=tmp_path).out == ""


def test_annotations_one_by_one_are_what_they_are_at_once(sizes: dict[int, Path], kb: Runner) -> None:
    whole = kb("export", "-f", "webannotation", cwd=sizes[FEW]).out
    found = json.loads(whole)
    assert found["total"] == len(found["first"]["items"]) > 1000
    assert json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n" == whole
