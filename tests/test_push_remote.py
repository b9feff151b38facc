"""Push to a store that runs somewhere, and ask it: run where $KB_PUSH_URL and $KB_PUSH_QUERY are its two addresses.

The store must be an empty one made for this, and show its named graphs to a query that names none.
"""

from __future__ import annotations

import csv
import io
import os
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT, Runner

if TYPE_CHECKING:
    from pathlib import Path

URL, QUERY = os.environ.get("KB_PUSH_URL", ""), os.environ.get("KB_PUSH_QUERY", "")
pytestmark = pytest.mark.remote
QUERIES = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def pushed(kb: Runner) -> str:
    """The address of queries, once everything is there."""
    result = kb("push", URL, "--query", QUERY, "--prune")
    assert result.code == 0, result.err
    assert "warning" not in result.err
    return QUERY


def test_the_store_holds_it(kb: Runner, pushed: str) -> None:
    assert kb("push", URL, "--query", pushed, "--check").code == 0
    assert "nothing to do" in kb("push", URL, "--query", pushed).err


@pytest.mark.parametrize("name", QUERIES)
def test_the_answers_are_the_same(name: str, kb: Runner, pushed: str) -> None:
    here, there = (kb("query", name, "-f", "csv", *more) for more in ((), ("--endpoint", pushed)))
    assert (there.code, rows(there.out)) == (0, rows(here.out)), there.err


def rows(text: str) -> list[list[frozenset[str]]]:
    """As sets, of rows and of what is joined in a cell: engines have orders of their own."""
    return sorted(([frozenset(cell.split(" | ")) for cell in row] for row in csv.reader(io.StringIO(text))), key=str_of)


def str_of(row: list[frozenset[str]]) -> str:
    return str([sorted(cell) for cell in row])


def test_an_edit_is_pushed_alone(kb: Runner, project: Path, pushed: str) -> None:
    with (project / "data/articles/khodaei-nyt-report.ttl").open("a", encoding="utf-8") as file:
        file.write('\n<http://example.org/a> <http://example.org/b> "edited" .\n')
    options = (URL, "--query", pushed)
    assert kb("push", *options, cwd=project).out == "art:khodaei-nyt-report: +1 -0\n"
    assert kb("push", *options, "--check", cwd=project).code == 0
    assert kb("push", *options).out == "art:khodaei-nyt-report: +0 -1\n"
