"""The page of every code: its wrong example is found, where it says, and its right one is not."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT, Runner
from kbcli import handbook
from kbcli.handbook import MARK, Example, Page
from kbcli.project import Project
from kbcli.reference import Reference
from kbcli.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    from kbcli.finding import Finding

RULES = {rule.code: rule for rule in Reference.of(Project(ROOT)).rules}
PAGES = sorted(path.name.removesuffix(".md") for path in handbook.folder().iterdir() if path.name.endswith(".md"))
Place = tuple[str, int, int]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample, with the vocabulary, the shapes and the queries that it is checked against."""
    root = tmp_path / "sample"
    shutil.copytree(str(handbook.folder() / "sample"), root)
    for name in ("ontology", "queries"):
        shutil.copytree(ROOT / name, root / name)
    return root


def test_every_code_has_a_page() -> None:
    assert len(RULES) > 125
    assert sorted(RULES) == PAGES


def test_the_sample_is_right(sample: Path, kb: Runner) -> None:
    assert validate(Project(sample), ()).findings == []
    assert kb("--project", str(sample), "fmt", "--check").code == 0


@pytest.mark.parametrize("code", PAGES)
def test_a_page_is_about_its_rule(code: str) -> None:
    page = shown(code)
    assert (page.code, page.slug) == (code, RULES[code].slug)
    assert page.wrong
    assert page.right or len(page.remarks[1]) > 20
    assert all(len(line) <= 120 for line in page.why.splitlines())


@pytest.mark.parametrize("code", PAGES)
def test_the_wrong_example_is_found_at_its_place(code: str, sample: Path) -> None:
    page = shown(code)
    expected = put(sample, page.wrong, page.right)
    found = findings(sample)
    assert {one.code for one in found} == {code, *page.also}
    assert expected
    assert set(expected) <= {(one.path, one.line, one.column) for one in found if one.code == code}


@pytest.mark.parametrize("code", PAGES)
def test_the_right_example_is_clean(code: str, sample: Path) -> None:
    page = shown(code)
    for example in page.right:
        assert MARK not in example.marked
        if example.path and not example.added:
            assert (sample / example.path).read_text(encoding="utf-8").count(example.text) == 1
    put(sample, [example for example in page.right if example.added or not example.path], [])
    assert findings(sample) == []


@pytest.mark.parametrize("text", ["", "# KB001 x\n\nWhy.\n\n## Wrong\n\nno right", "# kb1 x\n\n## Wrong\n\n## Right\n"])
def test_a_text_that_is_no_page_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a page has"):
        Page(text)


def test_a_code_of_a_projects_own_has_no_page() -> None:
    assert handbook.page("KB999") is None


def shown(code: str) -> Page:
    page = handbook.page(code)
    assert page
    return page


def findings(root: Path) -> list[Finding]:
    return validate(Project(root), ()).findings


def put(root: Path, examples: list[Example], instead_of: list[Example]) -> list[Place]:
    """Make the edits of the examples; the places that they mark, in the files as edited."""
    places = []
    for number, example in enumerate(examples):
        if not example.path:
            subprocess.run(["sh", "-eu", "-c", example.text], cwd=root, check=True)
            places += [scripted(line.partition(MARK)[2]) for line in example.marked.splitlines() if MARK in line]
            continue
        path = root / example.path
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if example.added:
            start, rest = len(before), ""
        else:
            old = instead_of[number].text
            start = before.index(old)
            rest = before[start + len(old) :]
        path.write_text(before[:start] + example.text + rest, encoding="utf-8")
        if example.place:
            first = before.count("\n", 0, start)
            places.append((example.path, first + example.place[0], example.place[1]))
    return places


def scripted(place: str) -> Place:
    path, *numbers = place.strip().split(":")
    line, column = (*map(int, numbers), 0, 0)[:2]
    return path, line, column
