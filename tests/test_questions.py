"""The forty questions get their whole answers, from saved queries and cards alone, here and through the commands."""

from __future__ import annotations

import json

import pytest

from conftest import ROOT, Runner
from kbcli.project import Project
from kbcli.store import load_project
from kbcli.view import View
from questions import QUESTIONS, TELLINGS, Card, InStore, Question, Reader, Row, tellings

# One of each kind, and those that lean on the cards, on parameters of every sort, and on empty answers.
SAMPLE = ("q03", "q08", "q21", "q28", "q34", "q37")


@pytest.fixture(scope="module")
def store() -> InStore:
    project = Project(ROOT)
    return InStore(View(load_project(project, graphs=False), project))


class Commands:
    """Asks by `kb query` and `kb show`."""

    def __init__(self, kb: Runner) -> None:
        self.kb = kb

    def ask(self, query: str, **values: str) -> list[Row]:
        given = [word for name, value in values.items() for word in ("-p", f"{name}={value}")]
        whole = json.loads(self._out("query", query, *given, "-f", "json"))
        names = whole["head"]["vars"]
        rows = whole["results"]["bindings"]
        return [{name: row[name]["value"] if name in row else "" for name in names} for row in rows]

    def show(self, name: str) -> Card:
        card: Card = json.loads(self._out("show", name, "-f", "json"))
        return card

    def _out(self, *args: str) -> str:
        result = self.kb(*args)
        assert result.code == 0, result.err
        return result.out


def test_there_are_forty() -> None:
    assert list(QUESTIONS) == [f"q{number:02}" for number in range(1, 41)]
    assert all(question.text.endswith((".", "?")) for question in QUESTIONS.values())
    assert len({question.text for question in QUESTIONS.values()}) == 40


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_question_gets_its_whole_answer(question: Question, store: InStore) -> None:
    assert question.ask(Reader(store)) == question.answer
    question.check(store)


def test_every_claim_told_of_is_in_an_answer() -> None:
    used = {one.claim for question in QUESTIONS.values() for one in tellings(question.answer)}
    assert used == set(TELLINGS)


@pytest.mark.parametrize("name", SAMPLE)
def test_commands_give_the_same_answer(name: str, kb: Runner, store: InStore) -> None:
    question = QUESTIONS[name]
    assert question.check(Commands(kb)) == question.check(store)


@pytest.mark.parametrize(("query", "values"), [("denials", {}), ("allegations", {"accused": "Mossad"}), ("across", {})])
def test_commands_give_the_same_rows_and_cards(query: str, values: dict[str, str], kb: Runner, store: InStore) -> None:
    commands = Commands(kb)
    rows = store.ask(query, **values)
    assert commands.ask(query, **values) == rows
    name = rows[0].get("claim", "ag:iran")
    assert commands.show(name) == store.show(name)
