"""Queries run safely: whatever they do, they end with a sentence and their exit code, and nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ROOT, Runner

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TEN = ", ".join(["?{0}"] * 10)
GROWING = (
    'SELECT (STRLEN(?g) AS ?n) { VALUES ?a { "'
    + "x" * 1000
    + '" } '
    + " ".join(f"BIND(CONCAT({TEN.format(a)}) AS ?{b})" for a, b in zip("abcdef", "bcdefg", strict=True))
    + " }"
)


def running(marker: str) -> list[str]:
    """Processes whose environment carries `marker`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if marker.encode() in (entry / "environ").read_bytes() and "kbcli" in (entry / "cmdline").read_text():
                    found.append(entry.name)
            except OSError:
                continue
    return found


def wait_for_child(marker: str) -> None:
    """Wait until the query runs: the parent, its child, and a moment for the engine to be in it."""
    deadline = time.monotonic() + 30
    while len(running(marker)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)


@pytest.mark.parametrize(("depth", "codes"), [(3_000, {0}), (100_000, {0, 3})])
def test_a_deeply_nested_query_is_answered_or_refused(kb: Runner, depth: int, codes: set[int]) -> None:
    result = kb("query", "-", stdin="ASK " + "{" * depth + "?s ?p ?o" + "}" * depth)
    assert result.code in codes
    assert result.out == ("true\n" if result.code == 0 else "")
    assert result.code == 0 or "nested more than" in result.err


@pytest.mark.parametrize(
    "query",
    [
        "ASK { " + "FILTER EXISTS { " * 900 + "?s ?p ?o" + " }" * 900 + " }",
        "SELECT (" + "STR(" * 1000 + "1" + ")" * 1000 + " AS ?x) {}",
        "SELECT * { " + "{ SELECT * { " * 1200 + "?s ?p ?o" + " } }" * 1200 + " }",
        "SELECT * { ?s ?p ?o " + "MINUS { ?s <urn:p> ?o } " * 2700 + "} LIMIT 1",
        "SELECT (" + "1+" * 7000 + "1 AS ?x) {}",
        "ASK { FILTER(" + "false || " * 9500 + "true) }",
    ],
)
def test_deep_and_long_queries_do_not_kill_the_engine(kb: Runner, query: str) -> None:
    result = kb("query", "-", stdin=query)
    assert result.code == 0, result.err


def test_a_query_without_end_is_stopped_by_the_clock(kb: Runner) -> None:
    marker = f"KB_TEST_CLOCK_{os.getpid()}"
    start = time.monotonic()
    result = kb("query", "-", "--timeout", "2", stdin=PRODUCT, env={"MARK": marker})
    assert (result.code, result.out) == (3, "")
    assert "no answer within 2 s" in result.err
    assert time.monotonic() - start < 15
    assert running(marker) == []


def test_a_query_that_outgrows_the_memory_is_stopped(kb: Runner) -> None:
    result = kb("query", "-", "--memory", "600", stdin=GROWING)
    assert (result.code, result.out) == (3, "")
    assert result.err == (
        "Error: the query needs more than the limit of 600 MiB of memory\n"
        "hint: ask for less, or allow more with --memory MIB\n"
    )


def test_an_entity_bomb_in_rdf_xml_is_stopped(kb: Runner, tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "{"x" * 100}">{entities}]>'
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><rdf:value>&e9;</rdf:value></rdf:Description></rdf:RDF>'
    (tmp_path / "bomb.rdf").write_text(bomb + rdf)
    result = kb("query", "-", "--memory", "600", "--data", tmp_path / "bomb.rdf", stdin="ASK {}")
    assert result.code in (2, 3)
    assert len(result.err.splitlines()) == 2


@pytest.mark.parametrize("to_group", [True, False])
def test_an_interrupt_ends_it_at_once(tmp_path: Path, to_group: bool) -> None:
    marker = f"KB_TEST_INTERRUPT_{os.getpid()}"
    query = tmp_path / "q.rq"
    query.write_text(PRODUCT)
    process = subprocess.Popen(
        [sys.executable, "-m", "kbcli", "query", str(query)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "MARK": marker}, start_new_session=True,
    )  # fmt: skip
    wait_for_child(marker)
    if to_group:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err.strip()) == (130, b"", b"Interrupted.")
    assert running(marker) == []


def test_the_child_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    marker = f"KB_TEST_KILL_{os.getpid()}"
    query = tmp_path / "q.rq"
    query.write_text(PRODUCT)
    process = subprocess.Popen(
        [sys.executable, "-m", "kbcli", "query", str(query)], cwd=ROOT, env={**os.environ, "MARK": marker}
    )
    wait_for_child(marker)
    assert len(running(marker)) == 2
    process.kill()
    process.wait()
    deadline = time.monotonic() + 5
    while running(marker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert running(marker) == []


def test_a_pipe_is_no_data(kb: Runner, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ttl")
    result = kb("query", "-", "--data", tmp_path / "pipe.ttl", stdin="ASK {}")
    assert (result.code, "neither a file nor a folder" in result.err) == (2, True)


def test_a_crash_of_the_engine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from kbcli import guard
    from kbcli.errors import LimitError, RemoteError

    with pytest.raises(RemoteError, match="crashed \\(SIGSEGV\\)"):
        guard.run(lambda _: os.kill(os.getpid(), signal.SIGSEGV) or 0, timeout=5, memory=0)
    with pytest.raises(LimitError, match="memory"):
        guard.run(lambda _: os.abort(), timeout=5, memory=100)
    assert guard.run(lambda _: 1, timeout=5, memory=0) == 1
