"""Every syntax error of a file is told, each where it is, and none that follows from another."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbcli.document import Document
from kbcli.names import prefixes
from kbcli.recovery import MOST, defects
from kbcli.turtlehints import explained

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Runner
    from kbcli.turtlehints import Explained

AGENTS = "data/agents.ttl"
A, B = "data/articles/iran-accuses-mossad.ttl", "data/articles/khodaei-nyt-report.ttl"
KNOWN = ("ag", "k", "kb", "rdfs", "skos", "xsd")
HEAD = "".join(f"@prefix {prefix}: <{prefixes()[prefix]}> .\n" for prefix in KNOWN) + "\n"
TOP = HEAD.count("\n")
MEGABYTE = 1_000_000

TEN = """\
ag:a a kb:Agent
    rdfs:label "A"@en ;
    kb:kind k:state .

ag:b a kb:Agent ;
    rdfs:label "B"@en ;
    kb:kind k:state

ag:c a kb:Agent ;
    rdfs:label "C ;
    kb:kind k:state .

ag:d a kb:Agent ;
    dct:title "D"@en ;
    kb:kind k:state .

ag:e a kb:Agent ;
    rdfs:label “E”@en ;
    kb:kind k:state .

ag:f a kb:Agent ;
    rdfs:label "C:\\data"@en ;
    kb:kind k:state .

ag:g a kb:Agent ;
    rdfs:label "G"@12 ;
    kb:kind k:state .

ag:h a kb:Agent ;
    rdfs:label "H"@en ;
    kb:kind <https://example.org/h .

ag:i a kb:Agent ;
    rdfs:label ;
    kb:kind k:state .

ag:j a kb:Agent ;
    skos:note [ rdfs:label "J"@en ;
    kb:kind k:state .
"""
PLACES = [
    (1, 16, "; is missing"),
    (7, 20, ". is missing"),
    (10, 16, "does not end"),
    (14, 5, "prefix dct:"),
    (18, 16, "curly"),
    (22, 19, "no escape"),
    (26, 19, "no language tag"),
    (31, 13, "IRI does not end"),
    (34, 5, "rdfs:label has no value"),
    (38, 15, "[ is not closed"),
]


def found(folder: Path, text: str) -> list[Explained]:
    path = folder / "x.ttl"
    path.write_bytes(text.encode())
    return defects(Document(path, path.name), prefixes())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("syntax")


def told(kb: Runner, project: Path) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(kb("validate", "-f", "json", cwd=project).out)["findings"]
    return findings


def test_a_file_with_ten_errors_shows_ten(kb: Runner, project: Path) -> None:
    (project / "data" / "ten.ttl").write_text(HEAD + TEN, encoding="utf-8")
    findings = told(kb, project)
    assert {(f["code"], f["path"]) for f in findings} == {("KB001", "data/ten.ttl")}
    assert [(f["line"] - TOP, f["column"]) for f in findings] == [place[:2] for place in PLACES]
    assert all(what in f["message"] and f["hint"] for f, (_, _, what) in zip(findings, PLACES, strict=True))


def test_a_broken_file_hides_no_finding_of_another_and_causes_none(kb: Runner, project: Path) -> None:
    path = project / A
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('"2018-10-31"^^xsd:date', '"2018-02-30"^^xsd:date'), encoding="utf-8")
    before = told(kb, project)
    agents = (project / AGENTS).read_text(encoding="utf-8")
    (project / AGENTS).write_text(agents.replace("a kb:Agent ;", "a kb:Agent"), encoding="utf-8")
    after = told(kb, project)
    broken = [f for f in after if f["path"] == AGENTS]
    assert "KB410" in {f["code"] for f in before}
    assert [f for f in after if f["path"] != AGENTS] == before
    assert ({f["code"] for f in broken}, len(broken)) == ({"KB001"}, agents.count("a kb:Agent ;"))


def test_outside_a_project_every_error_is_told(kb: Runner, tmp_path: Path) -> None:
    (tmp_path / "ten.ttl").write_text(HEAD + TEN, encoding="utf-8")
    result = kb("validate", "ten.ttl", cwd=tmp_path)
    assert (result.code, result.out.count(": KB001 error: ")) == (1, len(PLACES))


# --- no error that follows from another -----------------------------------------------------------------

REST = "\nag:y a kb:Agent ;\n    rdfs:label “Y” ;\n    kb:kind k:state .\n\nag:z a kb:Agent .\n"
ONE = [
    ("no dot", "ag:a a kb:Agent\n"),
    ("a semicolon for the dot", "ag:a a kb:Agent ;\n"),
    ("no dot behind a prefix", "@prefix x: <urn:x>\nx:a a kb:Agent .\n"),
    ("a prefix without colon", "@prefix x <urn:x> .\nx:a a kb:Agent .\n"),
    ("a directive misspelt", "@perfix x: <urn:x> .\nx:a a kb:Agent .\n"),
    ("a dot behind PREFIX", "PREFIX x: <urn:x> .\nx:a a kb:Agent .\n"),
    ("a long string not closed", 'ag:a skos:note """He said:\n\nNot so: he never did. "No." ;\n    kb:kind k:b .\n'),
    ("a long string closed with one sign", 'ag:a skos:note """He said:\nso." ;\n    kb:kind k:b .\n'),
    ("a long string closed by another", 'ag:a skos:note """A" .\n\nag:b skos:note """B""" ;\n    kb:kind k:b .\n'),
    ("a prefix used often", "ag:a a zz:b ;\n" + "    zz:c zz:d , zz:e ;\n" * 20 + "    zz:f zz:g .\n" + "\nzz:h a zz:i .\n"),
    ("an address", "ag:a kb:url http://example.org/a ;\n    kb:kind k:b .\n"),
    ("dot for semicolon", "ag:a a kb:Agent .\n    kb:kind k:a , k:b ;\n    kb:kind k:c .\n"),
    ("comma for semicolon", "ag:a a kb:Agent ,\n    kb:kind k:b ;\n    kb:kind k:c .\n"),
    ("no value", "ag:a a kb:Agent ;\n    kb:kind\n    rdfs:label 'A' ;\n    kb:kind k:c .\n"),
    ("no comma", "ag:a kb:kind k:a ,\n        k:b\n        k:c ;\n    kb:kind k:d .\n"),
    ("inside of brackets", "ag:a kb:kind [\n    rdfs:label “A” ;\n    kb:kind k:b ;\n    ] ;\n    kb:kind k:c .\n"),
    ("an open bracket", "ag:a kb:kind [\n    rdfs:label 'A' ;\n    kb:kind k:b .\n"),
    ("an open list", "ag:a kb:kind ( k:a k:b ;\n    kb:kind k:c .\n"),
    ("escapes of a path", "ag:a kb:file 'C:\\data\\queries\\x' ;\n    kb:kind k:c .\n"),
    ("both sides of a merge", "ag:a a kb:Agent ;\n<<<<<<< x\n    kb:kind k:a .\n=======\n    kb:kind k:b .\n>>>>>>> y\n"),
    ("a number", "ag:a kb:count 12o5 ;\n    kb:kind k:c .\n"),
    ("a string within a string", 'ag:a skos:note "He said "no" then" ;\n    kb:kind k:c .\n'),
    ("an escape in a name", "ag:a kb:kind k:person\\x ;\n    kb:kind k:c .\n"),
    ("a percent sign in a name", "ag:a kb:kind k:person%x ;\n    kb:kind k:c .\n"),
    ("two colons", "ag:a a:kb:Agent ;\n    kb:kind k:c .\n"),
    ("a directive with a slip", "@pre\\fix x: <urn:x> .\nx:a a kb:Agent .\n"),
    ("a prefix with a slip", "@prefix d]ct: <http://purl.org/dc/terms/> .\ndct:a a kb:Agent .\n"),
    ("a stray dot", "ag:a a kb:Agent . .\n"),
]  # fmt: skip


@pytest.mark.parametrize("text", [row[1] for row in ONE], ids=[row[0] for row in ONE])
def test_one_error_is_told_once_and_hides_none_below(text: str, folder: Path) -> None:
    whole = HEAD + text + REST
    one, *others = found(folder, whole)
    assert one.line <= TOP + text.count("\n")
    assert one.hint
    below = whole[: whole.index("“Y”")].count("\n") + 1
    assert [(d.line, d.column, d.what) for d in others] == [(below, 16, "a curly quotation mark begins no string")]


def test_several_errors_of_a_block_are_told(folder: Path) -> None:
    text = 'ag:a a kb:Agent ;\n    rdfs:label “A” ;\n    skos:note "B ;\n    kb:kind k:b\n    kb:kind <b> ;\n    x:y k:c .\n'
    assert [d.line - TOP for d in found(folder, HEAD + text)] == [2, 3, 4, 5, 6]


def test_errors_behind_a_byte_order_mark_are_told(folder: Path) -> None:
    mark, *others = found(folder, "\ufeff" + HEAD + TEN)
    assert (mark.what, mark.line) == ("a byte order mark", 1)
    assert [(d.line - TOP, d.column) for d in others] == [place[:2] for place in PLACES]


def test_a_block_in_a_long_string_is_no_block(folder: Path) -> None:
    text = 'ag:a skos:note """Like this:\n\nag:b a kb:Agent\n\nag:c a kb:Agent ;\n""" ;\n    kb:kind k:b k:c .\n'
    assert [d.line - TOP for d in found(folder, HEAD + text)] == [7]


# --- bounds ---------------------------------------------------------------------------------------------


def test_no_more_than_a_hundred_are_told_and_that_there_are_more(folder: Path) -> None:
    listed = found(folder, HEAD + "ag:a a “A” .\n" * 300)
    assert len(listed) == MOST + 1
    assert listed[-1].line == TOP + MOST + 1
    assert f"the first {MOST}" in listed[-1].what
    assert len(found(folder, HEAD + "ag:a a “A” .\n" * MOST)) == MOST


HOSTILE: dict[str, Callable[[int], str]] = {
    "quotation marks": lambda n: '"' * n,
    "lines of one": lambda n: '"\n' * (n // 2),
    "angles": lambda n: "<\n" * (n // 2),
    "brackets": lambda n: "[" * n,
    "colons": lambda n: ":\n" * (n // 2),
    "prefixes": lambda n: "".join(f"p{i}:a a q{i}:b ;\n" for i in range(n // 18)),
    "declared": lambda n: "".join(f"PREFIX p{i}: <urn:{i}>\n" for i in range(n // 25)) + "p1:a “a” .\n" * 200,
    "long strings": lambda n: HEAD + "ag:a kb:b '''x .\n\nag:a kb:b \"\"\"y .\n\n" * (n // 38),
    "open lines": lambda n: HEAD + "ag:a a “a” ;\n" + "    kb:b “a” ;\n" * (n // 15),
    "escapes": lambda n: HEAD + 'ag:a kb:b "' + "\\d" * (n // 2) + '" .',
    "escaped marks": lambda n: HEAD + 'ag:a kb:b "' + '\\"' * (n // 2),
    "a late error": lambda n: HEAD + "ag:a a kb:b .\n" * (n // 14) + "ag:a a “a” .\n" * 200,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_takes_time_by_its_length(kind: str, folder: Path) -> None:
    begin = time.process_time()
    assert found(folder, HOSTILE[kind](MEGABYTE))
    assert time.process_time() - begin < 10


# --- any text -------------------------------------------------------------------------------------------

BLOCK = "ag:n{n} a kb:Agent ;\n    rdfs:label \"Agent {n}\"@en ;\n    skos:note '''He: “no”.'''@en ;\n    kb:kind k:person , k:state .\n"
BREAKS: dict[str, tuple[str, str]] = {
    "no semicolon": ("@en ;\n    skos", "@en\n    skos"),
    "no dot": ("k:state .", "k:state"),
    "semicolon for dot": ("k:state .", "k:state ;"),
    "no quotation mark": ('"@en ;\n    skos', "@en ;\n    skos"),
    "another prefix": ("rdfs:label", "zz{n}:label"),
    "curly quotation marks": ('"Agent {n}"', "“Agent {n}”"),
    "an escape": ("Agent {n}", "Agent \\d {n}"),
    "a language": ('"@en', '"@_'),
    "an open IRI": ("k:person", "<urn:x"),
    "no value": ("k:person , k:state", ""),
    "an open bracket": ("k:person", "[ rdfs:label k:person"),
    "a number": ("k:person", "12o5"),
    "no property": ("rdfs:label ", ""),
    "a word": ("kb:Agent", "Agent"),
}


@given(st.lists(st.none() | st.sampled_from(sorted(BREAKS)), min_size=1, max_size=12))
def test_each_broken_block_is_told_within_it_and_no_other(folder: Path, breaks: list[str | None]) -> None:
    blocks = [broken(n, name) for n, name in enumerate(breaks)]
    wrong = [n for n, name in enumerate(breaks) if name]
    listed = found(folder, HEAD + "\n".join(blocks))
    height = BLOCK.count("\n") + 1
    assert [(d.line - TOP - 1) // height for d in listed] == wrong
    assert all((d.line - TOP - 1) % height < height - 1 and d.column > 0 and d.hint for d in listed)


def broken(n: int, name: str | None) -> str:
    old, new = BREAKS[name] if name else ("", "")
    return (BLOCK.replace(old, new, 1) if name else BLOCK).replace("{n}", str(n))


PIECES = [
    *HEAD.splitlines(keepends=True),
    *TEN.splitlines(keepends=True),
    '"""',
    "'''",
    '"',
    "<",
    "[",
    "]",
    " ;\n",
    " .\n",
]
PIECES += [
    "PREFIX ",
    "@base <urn:b> .\n",
    "\\",
    "\\u12",
    "\r",
    "\ufeff",
    "\0",
    "<<<<<<< x\n",
    "=======\n",
    ">>>>>>> y\n",
    "@",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8"), max_size=5)).map("".join))
def test_any_text_is_told_of_or_is_turtle(folder: Path, text: str) -> None:
    listed = found(folder, text)
    document = Document(folder / "x.ttl", "x.ttl")
    lines = text.count("\n") + text.replace("\r\n", "\n").count("\r") + 1
    assert bool(listed) == (document.defect is not None)
    assert len(listed) == len(set(listed)) <= MOST + 2
    assert all(0 < d.line <= lines + 1 and d.column > 0 and d.what for d in listed)


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_a_single_error_is_told_as_the_first_one_was(name: str, folder: Path) -> None:
    path = folder / "x.ttl"
    path.write_text(HEAD + BLOCK.replace("{n}", "0") + "\n" + broken(1, name), encoding="utf-8")
    document = Document(path, path.name)
    assert document.defect
    assert found(folder, document.text) == [explained(document.text, document.defect, prefixes())]
