"""What the tests share: the installed command, a copy of the project to spoil, and a loud word on what was not run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
# A busy machine is no defect: no example fails for being slow.
settings.register_profile("kb", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kb")
# What a hosted runner sets and changes our output by.
NEUTRAL = {"NO_COLOR": "1", "GITHUB_ACTIONS": "", "GITHUB_WORKSPACE": ""}
PARTS = ("data", "ontology", "queries", "seeds")
# Tests that need more than this package, by marker: the variable that says it is there, and what is left out without.
NEEDS = {
    "remote": ("KB_PUSH_URL", "A STORE THAT RUNS SOMEWHERE"),
    "stores": ("KB_STORES", "TRIPLE STORES"),
    "w3c": ("KB_W3C_TESTS", "W3C SUITES"),
}


@dataclass(frozen=True)
class Result:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Runner = Callable[..., Result]


def run_kb(*args: str | Path, cwd: Path = ROOT, stdin: str | bytes = b"", env: dict[str, str] | None = None) -> Result:
    """Run `kb` as a process of its own, as its users do."""
    done = subprocess.run(
        [sys.executable, "-m", "kbcli", *map(str, args)],
        cwd=cwd,
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        env={**os.environ, **NEUTRAL, **(env or {})},
        timeout=120,
        check=False,
    )
    result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in result.err, result.err
    return result


@pytest.fixture(scope="session")
def kb() -> Runner:
    return run_kb


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this knowledge base that a test may spoil."""
    root = tmp_path / "project"
    for part in PARTS:
        shutil.copytree(ROOT / part, root / part)
    return root


@pytest.fixture(scope="session")
def w3c() -> Path:
    """The folder of the W3C test suites."""
    folder = Path(os.environ["KB_W3C_TESTS"])
    assert (folder / "rdf-tests").is_dir(), f"no rdf-tests in {folder}"
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = config.stash.setdefault(_LEFT_OUT, {})
    for marker, (variable, what) in NEEDS.items():
        found = [item for item in items if item.get_closest_marker(marker)]
        if found and not os.environ.get(variable):
            items[:] = [item for item in items if not item.get_closest_marker(marker)]
            left_out[what] = f"{len(found)} tests, because {variable} is not set"
            config.hook.pytest_deselected(items=found)


_LEFT_OUT = pytest.StashKey[dict[str, str]]()


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> Iterator[None]:
    yield
    for what, why in config.stash.get(_LEFT_OUT, {}).items():
        terminalreporter.write_line(f"{what} NOT RUN: {why}", yellow=True)
    for skipped in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"NOT RUN: {skipped.nodeid}: {skipped.longrepr}", yellow=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
