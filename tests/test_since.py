"""kb validate --changed: only what is new since a commit, whatever else there is."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="there is no git")

ARTICLES = ("data/articles/iran-accuses-mossad.ttl", "data/articles/khodaei-nyt-report.ttl")
LABEL = "# a comment\n"


def git(root: Path, *words: str) -> None:
    name = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
    subprocess.run(["git", "-C", str(root), *name, *words], check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "-m", "change")


def spoil(root: Path, article: str) -> None:
    """A word of a quotation that the article does not have."""
    text = (root / article).read_text(encoding="utf-8")
    start = text.index('kb:quote "') + len('kb:quote "')
    (root / article).write_text(f"{text[:start]}Nonsense {text[start:]}", encoding="utf-8")


@pytest.fixture
def history(project: Path) -> Path:
    """With an old defect in the first article, committed."""
    git(project, "init")
    spoil(project, ARTICLES[0])
    commit(project)
    return project


def test_what_was_there_is_left_out(history: Path, kb: Runner) -> None:
    assert kb("validate", cwd=history).code == 1
    done = kb("validate", "--changed", "HEAD", cwd=history)
    assert done.code == 0
    assert "left out by" in done.out


@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_what_is_new_is_told(history: Path, kb: Runner, cache: tuple[str, ...]) -> None:
    spoil(history, ARTICLES[1])
    first = history / ARTICLES[0]
    first.write_text(LABEL + first.read_text(encoding="utf-8"), encoding="utf-8")  # its old defect is a line lower
    done = kb("validate", "--changed", "HEAD", "-f", "jsonl", *cache, cwd=history)
    assert done.code == 1
    assert ARTICLES[1] in done.out
    assert f'"path":"{ARTICLES[0]}"' not in done.out.replace(" ", "")


def test_a_defect_that_an_edit_causes_elsewhere_is_told(history: Path, kb: Runner) -> None:
    agents = history / "data" / "agents.ttl"
    agents.write_text(agents.read_text(encoding="utf-8").replace("ag:iran a kb:Agent", "ag:iraq a kb:Agent"))
    done = kb("validate", "--changed", "HEAD", cwd=history)
    assert done.code == 1
    assert ARTICLES[0] in done.out
    assert "ag:iran" in done.out


def test_a_commit_further_back(history: Path, kb: Runner) -> None:
    spoil(history, ARTICLES[1])
    commit(history)
    assert kb("validate", "--changed", "HEAD", cwd=history).code == 0
    assert kb("validate", "--changed", "HEAD~1", cwd=history).code == 1
    git(history, "tag", "now")
    assert kb("validate", "--changed", "now", cwd=history).code == 0


def test_a_project_below_the_top_of_its_repository(project: Path, tmp_path: Path, kb: Runner) -> None:
    top = tmp_path / "top"
    shutil.copytree(project, top / "a folder" / "kb")
    git(top, "init")
    commit(top)
    own = top / "a folder" / "kb"
    spoil(own, ARTICLES[1])
    git(top, "commit", "-am", "an old defect")
    assert kb("validate", cwd=own).code == 1
    assert kb("validate", "--changed", "HEAD", cwd=own).code == 0
    assert kb("validate", "--changed", "HEAD~1", cwd=own / "data").code == 1


def test_before_there_was_a_knowledge_base_nothing_was_wrong(project: Path, kb: Runner) -> None:
    git(project, "init")
    git(project, "commit", "--allow-empty", "-m", "empty")
    spoil(project, ARTICLES[1])
    assert kb("validate", "--changed", "HEAD", cwd=project).code == 1


def test_the_repository_stays_as_it_is(history: Path, kb: Runner) -> None:
    spoil(history, ARTICLES[1])
    git(history, "add", ARTICLES[1])
    before = (history / ".git" / "index").read_bytes()
    assert kb("validate", "--changed", "HEAD", cwd=history).code == 1
    assert (history / ".git" / "index").read_bytes() == before
    shown = subprocess.run(["git", "-C", str(history), "status", "--short"], capture_output=True, check=True)
    assert shown.stdout.decode().split() == ["M", ARTICLES[1]]


@pytest.mark.parametrize("revision", ["nothing", "", "--help", "HEAD:data", "HEAD~9", "\x1b[31m"])
def test_an_unknown_commit_is_an_error(history: Path, kb: Runner, revision: str) -> None:
    done = kb("validate", f"--changed={revision}", cwd=history)
    assert done.code == 2
    assert "git knows no such commit" in done.err
    assert "\x1b" not in done.err


def test_without_git_it_cannot_be_known(project: Path, kb: Runner) -> None:
    done = kb("validate", "--changed", "HEAD", cwd=project)
    assert done.code == 2
    assert "not in a git repository" in done.err


def test_it_does_not_go_with_watching(history: Path, kb: Runner) -> None:
    assert kb("validate", "--changed", "HEAD", "--watch", cwd=history).code == 2
