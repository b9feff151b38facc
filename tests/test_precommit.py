"""The hooks, run by pre-commit itself from the README's configuration, in a knowledge base with a history."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from conftest import PARTS, ROOT, Result
from published import example, publish, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="there is no git")

ARTICLE = "data/articles/khodaei-nyt-report.ttl"
SEED = "seeds/002_67d1941ca2bc8fd9.txt"


@dataclass(frozen=True)
class Repository:
    """A knowledge base under git, with the hooks installed."""

    root: Path
    env: dict[str, str]

    def git(self, *words: str) -> Result:
        return run("git", *words, cwd=self.root, env=self.env)

    def commit(self, *paths: str) -> Result:
        """Stage `paths` and commit. The hooks write to stderr, git's own word goes to stdout."""
        added = self.git("add", "--all", "--", *paths)
        assert added.code == 0, added.err
        return self.git("commit", "-m", "change")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        (self.root / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def commits(self) -> int:
        return len(self.git("log", "--format=%h").out.split())


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the hooks' repository is published; what pre-commit builds from it is built once."""
    folder = tmp_path_factory.mktemp("published")
    return {**publish(folder), "PRE_COMMIT_HOME": str(folder / "cache"), "PRE_COMMIT_COLOR": "never"}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, hooked: dict[str, str]) -> Repository:
    """With one commit, which the hooks have let pass."""
    found = Repository(tmp_path_factory.mktemp("first"), hooked)
    for part in PARTS:
        shutil.copytree(ROOT / part, found.root / part)
    (found.root / ".pre-commit-config.yaml").write_text(example(".pre-commit-config.yaml"), encoding="utf-8")
    found.git("init", "-q")
    installed = run(sys.executable, "-m", "pre_commit", "install", cwd=found.root, env=hooked)
    assert installed.code == 0, installed.out + installed.err
    commit = found.commit(".")
    assert (commit.code, results(commit)) == (0, {"kb fmt": "Passed", "kb validate": "Passed"}), commit.err
    return found


@pytest.fixture
def repository(first: Repository, tmp_path: Path) -> Repository:
    return Repository(shutil.copytree(first.root, tmp_path / "project"), first.env)


def results(commit: Result) -> dict[str, str]:
    """What pre-commit says of each hook."""
    lines = [line for line in commit.err.splitlines() if line.startswith("kb ") and ".." in line]
    return {line.split("..")[0]: line.rsplit(".", 1)[-1].split(")")[-1] for line in lines}


def test_a_misspelt_quotation_is_stopped(repository: Repository) -> None:
    repository.change(ARTICLE, 'kb:quote "we did not inform', 'kb:quote "we did not imform')
    stopped = repository.commit(".")
    assert (stopped.code, results(stopped)) == (1, {"kb fmt": "Passed", "kb validate": "Failed"})
    assert f"{ARTICLE}:" in stopped.err
    assert "KB211 error: the quotation does not stand" in stopped.err
    assert repository.commits() == 1


def test_a_file_out_of_layout_is_mended_and_stopped_once(repository: Repository) -> None:
    before = (repository.root / ARTICLE).read_text(encoding="utf-8")
    repository.change(ARTICLE, "    kb:about ", "  kb:about   ")
    stopped = repository.commit(".")
    assert (stopped.code, results(stopped)) == (1, {"kb fmt": "Failed", "kb validate": "Passed"})
    assert "files were modified by this hook" in stopped.err
    assert (repository.root / ARTICLE).read_text(encoding="utf-8") == before
    repository.change(ARTICLE, "    kb:about ", "    # Looked at again.\n  kb:about   ")
    assert repository.commit(".").code == 1
    assert repository.commit(".").code == 0
    assert "\n    # Looked at again.\n    kb:about " in repository.git("show", f"HEAD:{ARTICLE}").out


def test_only_what_is_staged_counts(repository: Repository) -> None:
    repository.change(ARTICLE, 'kb:quote "we did not inform', 'kb:quote "we did not imform')
    repository.change("data/agents.ttl", "@prefix", "# Looked at again.\n@prefix")
    passed = repository.commit("data/agents.ttl")
    assert (passed.code, repository.commits()) == (0, 2), passed.err
    assert repository.git("diff", "--name-only").out == f"{ARTICLE}\n"
    assert "imform" in (repository.root / ARTICLE).read_text(encoding="utf-8")
    repository.git("add", ARTICLE)
    repository.change(ARTICLE, "imform", "inform")
    stopped = repository.git("commit", "-m", "change")
    assert (stopped.code, "imform" in stopped.err) == (1, True)


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (SEED, "inform anyone", "imform anyone", "KB203"),
        ("ontology/kb.ttl", "kb:hedge a owl:DatatypeProperty", "kb:hegde a owl:DatatypeProperty", "KB901"),
        ("ontology/shapes.ttl", "@prefix", "@perfix", "KB001"),
    ],
)
def test_whatever_a_claim_rests_on_counts(repository: Repository, name: str, old: str, new: str, code: str) -> None:
    repository.change(name, old, new)
    stopped = repository.commit(".")
    assert (stopped.code, results(stopped)["kb validate"], f": {code}" in stopped.err) == (1, "Failed", True)


@pytest.mark.parametrize("name", [SEED, ARTICLE, "data/agents.ttl"])
def test_a_deleted_file_counts(repository: Repository, name: str) -> None:
    (repository.root / name).unlink()
    stopped = repository.commit(".")
    assert (stopped.code, results(stopped)) == (1, {"kb fmt": "Skipped", "kb validate": "Failed"})


def test_a_saved_query_is_no_reason_to_stop(repository: Repository) -> None:
    repository.change("queries/denials.rq", "\n\n", "\n\n# Looked at again.\n\n")
    assert results(repository.commit(".")) == {"kb fmt": "Skipped", "kb validate": "Passed"}


def test_broken_turtle_is_told_by_both(repository: Repository) -> None:
    (repository.root / "data" / "new.ttl").write_text("<urn:a> <urn:b> .\n", encoding="utf-8")
    stopped = repository.commit(".")
    assert results(stopped) == {"kb fmt": "Failed", "kb validate": "Failed"}
    assert "left as it is" in stopped.err
    assert ": KB001 error" in stopped.err


def test_pre_commit_reads_the_manifest(hooked: dict[str, str]) -> None:
    read = run(sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT, env=hooked)
    assert (read.code, read.out + read.err) == (0, "")
