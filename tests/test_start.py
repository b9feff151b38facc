"""A plain `kb query` is answered without click: what reads its command line agrees with click on every other."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import NEUTRAL, ROOT, run_kb
from kbcli import asking, queryline
from kbcli.commands import query

WORDS = [
    *(name for option in queryline.OPTIONS for name in option.names),
    *queryline.FORMATS,
    *("denials", "a.rq", "-", "--", "", "agent=Iran", "x=-1", "full", "label", "prefixed", "nan", "-1", "1e6", "1_0"),
    *("--format=csv", "--format=", "--format=no", "-fcsv", "-f=csv", "--iri=label", "--timeout=5", "--timeout=1e7"),
    *("--memory=0x10", "--memory=7", "--union=yes", "--param=a=b", "--no-index=1", "--form", "--nothing", "-pf", "٣"),
]
LINES = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=6)


def by_click(args: list[str], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any] | None:
    """What click makes of the arguments; None if it is an error, or no query is asked."""
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(asking, "ask", lambda _, **values: told.append(values) or 0)
    with contextlib.suppress(Exception), query.command.make_context("query", list(args)) as context:
        query.command.invoke(context)
    return told[0] if told else None


@given(LINES)
@example(["denials"])
@example(["denials", "-f", "csv"])
@example(["-p", "agent=Iran", "denials", "--param=until=2020-01-01", "--timeout", "5"])
def test_both_read_the_same(args: list[str]) -> None:
    ours = queryline.read(args)
    with pytest.MonkeyPatch.context() as patch:
        theirs = by_click(args, patch)
    assert ours is None or repr(ours) == repr({key: theirs[key] for key in ours} if theirs else None)
    assert ours is None or (theirs and ours.keys() == theirs.keys())


@pytest.mark.parametrize(
    "args",
    [
        ("denials",),
        ("denials", "-f", "csv"),
        ("-f", "json", "queries/denials.rq"),
        ("denials", "-p", "agent=Iran", "--format=csv", "--no-index"),
    ],
)
def test_the_plain_calls_need_no_click(args: tuple[str, ...]) -> None:
    assert queryline.read(args)
    command = [sys.executable, "-X", "importtime", "-m", "kbcli", "query", *args]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert done.returncode == 0
    assert "kbcli.asking" in loaded
    assert not loaded & {"click", "rdflib", "pyshacl"}


def test_mistakes_are_told_as_click_tells_them(tmp_path: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kbcli", "query", "denials", "-f", "nothing"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**NEUTRAL, "PATH": ""},
    )
    assert done.returncode == 2
    assert b"Usage: kb query" in done.stderr


@pytest.mark.parametrize("command", [("show",), ("coverage",), ("explain",), ("query",), ("validate", "--select")])
def test_a_message_is_one_that_somebody_can_read(command: tuple[str, ...]) -> None:
    """Once an argument of a hundred thousand characters was repeated whole."""
    result = run_kb(*command, "some words " * 10_000)
    assert result.code == 2
    assert "Error: " in result.err
    assert "characters left out" in result.err
    assert len(result.err) < 3000
