"""kb validate: clean where the data is clean, and every slip found with its file and subject."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from conftest import ROOT, Runner

if TYPE_CHECKING:
    from pathlib import Path

A = "data/articles/iran-accuses-mossad.ttl"
B = "data/articles/khodaei-nyt-report.ttl"
DENIAL = "claim/khodaei-nyt-report-ben-barak-denial"
B6 = "evidence/khodaei-nyt-report-891-1059"

Edit = Callable[[str], str]


class Slip(NamedTuple):
    """One slip of an editor: in which file, what is typed, the code and the subject that tell of it."""

    name: str
    file: str
    edit: Edit
    code: str
    subject: str


def replaced(old: str, new: str, block: str = "") -> Edit:
    """Replace `old` once, after the line that begins with `block`."""

    def edit(text: str) -> str:
        start = text.index(f"\n{block}") if block else 0
        return text[:start] + text[start:].replace(old, new, 1)

    return edit


def without(predicate: str, block: str) -> Edit:
    """Drop one predicate of one block."""

    def edit(text: str) -> str:
        start = text.index(f"\n{block}")
        return text[:start] + re.sub(rf"    {predicate} [^;]*;\n", "", text[start:], count=1)

    return edit


CLAIM = "cl:khodaei-nyt-report-ben-barak-denial a kb:Denial"
SPAN = "ev:khodaei-nyt-report-891-1059 a kb:Evidence"
SLIPS = [
    Slip("a quote altered", B, replaced('kb:quote "we did not', 'kb:quote "we did nct', CLAIM), "KB211", DENIAL),
    Slip("a span altered", B, replaced("denied the information", "denied the informatian", SPAN), "KB201", B6),
    Slip("an offset shifted", B, replaced('oa:start "891"', 'oa:start "892"', SPAN), "KB201", B6),
    Slip("an end shifted", B, replaced('oa:end "1059"', 'oa:end "1060"', SPAN), "KB206", B6),
    Slip("a prefix altered", B, replaced("he added", "she added", SPAN), "KB202", B6),
    Slip("a speaker lost", B, without("kb:speaker", CLAIM), "KB101", DENIAL),
    Slip(
        "a denial of an operation",
        B,
        replaced("kb:denies cl:khodaei-nyt-report-nyt-report", "kb:denies op:khodaei-killing", CLAIM),
        "KB304",
        DENIAL,
    ),
    Slip(
        "a denial with an actor",
        B,
        replaced("kb:Denial ;", "kb:Denial ;\n    kb:actor ag:israel ;", CLAIM.removesuffix(" a kb:Denial")),
        "KB108",
        DENIAL,
    ),
    Slip(
        "a day that does not exist", A, replaced('"2018-10-31"^^xsd:date', '"2018-02-30"^^xsd:date'), "KB410", "time/"
    ),
    Slip("a checksum changed", B, replaced("8c71", "8c72"), "KB203", "article/khodaei-nyt-report"),
    Slip(
        "an actor on an operation",
        B,
        replaced("a kb:Operation ;", "a kb:Operation ;\n    kb:actor ag:israel ;", "op:khodaei-killing"),
        "KB405",
        "operation/khodaei-killing",
    ),
    Slip(
        "an operation on an agent",
        B,
        replaced("a kb:Agent ;", "a kb:Agent ;\n    kb:about op:khodaei-killing ;", "ag:ben-barak"),
        "KB404",
        "agent/ben-barak",
    ),
    Slip(
        "a file name misspelt",
        B,
        replaced("002_67d1941ca2bc8fd9.txt", "003.txt"),
        "KB204",
        "article/khodaei-nyt-report",
    ),
    Slip(
        "a hedge that is not there",
        B,
        replaced('kb:hedge "as far as he knew"', 'kb:hedge "as far as we know"', CLAIM),
        "KB213",
        DENIAL,
    ),
    Slip("a blank node", B, replaced("a kb:Agent ;", "a kb:Agent ;\n    skos:note [] ;", "ag:ben-barak"), "KB002", ""),
    Slip(
        "a missing semicolon",
        B,
        replaced("kb:Denial ;", "kb:Denial", "cl:khodaei-nyt-report-ben-barak-denial"),
        "KB001",
        "",
    ),
]


def findings(kb: Runner, project: Path, *args: str) -> tuple[int, dict[str, Any]]:
    result = kb("validate", "-f", "json", *args, cwd=project)
    return result.code, json.loads(result.out)


def test_the_knowledge_base_is_clean_and_counted(kb: Runner) -> None:
    result = kb("validate")
    assert result.code == 0, result.out
    assert re.fullmatch(
        r"checked \d+ files, 2 articles, \d+ claims, \d+ spans, 35 sentences: no findings\n", result.out
    )


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.name for slip in SLIPS])
def test_a_slip_is_found_in_its_file_with_its_subject(slip: Slip, kb: Runner, project: Path) -> None:
    path = project / slip.file
    before = path.read_text(encoding="utf-8")
    after = slip.edit(before)
    assert after != before
    path.write_text(after, encoding="utf-8")
    code, told = findings(kb, project)
    mine = [f for f in told["findings"] if f["code"] == slip.code and slip.subject in f["subject"]]
    assert code == 1
    assert mine, told["findings"]
    assert mine[0]["path"] == slip.file
    assert mine[0]["line"] > 0
    assert mine[0]["hint"]


def test_the_only_span_of_a_sentence_deleted(kb: Runner, project: Path) -> None:
    path = project / A
    text = path.read_text(encoding="utf-8")
    spans = re.findall(r"\nev:iran-accuses-mossad-(\d+)-(\d+) a kb:Evidence ;.*?\.\n", text, re.DOTALL)
    inside = [f"ev:iran-accuses-mossad-{s}-{e}" for s, e in spans if int(s) >= 2598 and int(e) <= 2639]
    assert inside
    for node in inside:
        text = re.sub(rf"\n{node} a kb:Evidence ;.*?\.\n", "\n", text, count=1, flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")
    code, told = findings(kb, project)
    assert code == 1
    open_sentences = [f for f in told["findings"] if f["code"] == "KB250"]
    assert ["sentence 18 (2598–2639)" in f["message"] for f in open_sentences] == [True]
    assert {f["subject"].rpartition("/")[2] for f in told["findings"] if f["code"] == "KB010"}


def test_one_broken_file_hides_no_other(kb: Runner, project: Path) -> None:
    for slip in (SLIPS[-1], Slip("", A, replaced('"2018-10-31"^^xsd:date', '"2018-02-30"^^xsd:date'), "", "")):
        path = project / slip.file
        path.write_text(slip.edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    _, told = findings(kb, project)
    assert {"KB001", "KB410"} <= {f["code"] for f in told["findings"]}


def test_a_file_that_is_not_utf8(kb: Runner, project: Path) -> None:
    path = project / B
    path.write_bytes(path.read_bytes().replace(b"Ben-Barak: as", b"Ben-Barak\xff as", 1))
    code, told = findings(kb, project)
    first = told["findings"][0]
    assert (code, first["code"], first["path"]) == (1, "KB001", B)
    assert first["line"] > 1


def test_findings_stay_findings_when_nobody_reads_them(project: Path) -> None:
    path = project / B
    path.write_text(SLIPS[0].edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    line = f"{sys.executable} -m kbcli validate | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=project, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_nothing_to_check_is_an_error(kb: Runner, project: Path) -> None:
    for path in (project / "data").rglob("*.ttl"):
        path.unlink()
    result = kb("validate", cwd=project)
    assert result.code == 2
    assert "nothing to check" in result.err


def test_a_source_nobody_transcribed(kb: Runner, project: Path) -> None:
    (project / "seeds" / "new.txt").write_text("A new article.", encoding="utf-8")
    code, told = findings(kb, project)
    assert (code, [(f["code"], f["path"]) for f in told["findings"]]) == (1, [("KB241", "seeds/new.txt")])


def test_paths_filter_what_is_told_not_what_is_checked(kb: Runner, project: Path) -> None:
    path = project / B
    path.write_text(SLIPS[0].edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert findings(kb, project, "data/articles")[0] == 1
    code, told = findings(kb, project, A)
    assert (code, told["findings"]) == (0, [])
    assert told["counts"]["articles"] == 2
    assert kb("validate", "nosuch.ttl", cwd=project).code == 2


def test_the_exit_code_follows_the_threshold(kb: Runner, project: Path) -> None:
    path = project / B
    path.write_text(SLIPS[0].edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert kb("validate", "--fail-on", "never", cwd=project).code == 0
    assert kb("validate", "--fail-on", "warning", cwd=project).code == 1


def test_outside_a_project_the_syntax_is_checked(kb: Runner, tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b>\n<urn:c>\n<urn:d> .")
    assert kb("validate", "good.ttl", cwd=tmp_path).code == 0
    result = kb("validate", "good.ttl", "bad.ttl", cwd=tmp_path)
    assert result.code == 1
    assert result.out.startswith("bad.ttl:2:8: KB001 error")
    assert kb("validate", cwd=tmp_path).code == 2


def test_a_terminal_is_not_obeyed(kb: Runner, project: Path) -> None:
    path = project / B
    text = path.read_text(encoding="utf-8").replace(
        'kb:hedge "as far as he knew"', 'kb:hedge "\\u001B[31mred\\u202E"', 1
    )
    path.write_text(text, encoding="utf-8")
    result = kb("validate", cwd=project)
    assert result.code == 1
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out


def test_the_shapes_themselves_are_well_formed() -> None:
    import pyshacl
    import rdflib

    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("args", [(), ("--no-cache",), ("data/articles",), ("data/articles/copy.TTL",)])
def test_what_is_queried_is_checked(kb: Runner, project: Path, args: tuple[str, ...]) -> None:
    """Once a file with its suffix in capitals was asked, and nobody had checked it."""
    text = (project / "data/articles/khodaei-nyt-report.ttl").read_text(encoding="utf-8")
    false = text.replace('kb:quote "harms trust"', 'kb:quote "harms nobody"')
    (project / "data/articles/khodaei-nyt-report.ttl").unlink()
    (project / "data/articles/copy.TTL").write_text(false, encoding="utf-8")
    assert "harms nobody" in kb("query", "quotes", "-p", "contains=harms", cwd=project).out
    result = kb("validate", *args, cwd=project)
    assert (result.code, "KB211" in result.out) == (1, True), result.err
