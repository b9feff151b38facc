"""Ten commands at once while files are edited: each answer is that of some state of the files, and none fails."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from conftest import run_kb

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "data/articles/khodaei-nyt-report.ttl"
COMMANDS = (
    ("query", "denials", "-f", "csv"),
    ("query", "quotes", "-f", "csv", "-p", "article=art:khodaei-nyt-report"),
    ("validate", "-f", "json"),
    ("validate", ARTICLE),
    ("show", "khodaei-nyt-report-ben-barak-denial"),
)
ROUNDS = 4


def put(path: Path, text: str) -> None:
    """As editors save: beside, then renamed."""
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


@pytest.fixture
def states(project: Path) -> tuple[str, str]:
    """The article as it is, and with a word in a quotation that its text does not have."""
    (project / "kb.toml").write_text('index = "always"\n')
    text = (project / ARTICLE).read_text(encoding="utf-8")
    return text, text.replace('kb:quote "we did not', 'kb:quote "we never did not', 1)


def test_all_answers_are_right_and_none_fails(project: Path, states: tuple[str, str]) -> None:
    path = project / ARTICLE
    right: dict[tuple[str, ...], set[tuple[int, str]]] = {command: set() for command in COMMANDS}
    for text in states:
        put(path, text)
        for command in COMMANDS:
            done = run_kb(*command, *(["--no-cache"] if "validate" in command else ["--no-index"]), cwd=project)
            right[command].add((done.code, done.out))
    assert {command: len(answers) for command, answers in right.items()} == dict.fromkeys(COMMANDS, len(states))
    wrong: list[str] = []

    def ask(command: tuple[str, ...]) -> None:
        for _ in range(ROUNDS):
            done = run_kb(*command, cwd=project)
            if (done.code, done.out) not in right[command]:
                wrong.append(f"{command}: {done}")

    askers = [threading.Thread(target=ask, args=[command]) for command in COMMANDS for _ in range(2)]
    for asker in askers:
        asker.start()
    number = 0
    while any(asker.is_alive() for asker in askers):
        number += 1
        put(path, states[number % 2])
        time.sleep(0.2)
    assert not wrong, wrong[0]
    assert number > ROUNDS
