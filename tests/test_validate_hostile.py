"""kb validate where the files themselves are at fault: dead shapes, odd files, wrong prefixes, slips of the pen."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kbcli.corpus import Corpus
from kbcli.document import Document
from kbcli.names import prefixes
from kbcli.project import Project
from kbcli.turtlehints import explained

if TYPE_CHECKING:
    from conftest import Runner

A = "data/articles/iran-accuses-mossad.ttl"
B = "data/articles/khodaei-nyt-report.ttl"
AGENTS = "data/agents.ttl"
SHAPES = "ontology/shapes.ttl"
SEED = "seeds/002_67d1941ca2bc8fd9.txt"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(kb: Runner, project: Path, *args: str) -> list[dict[str, Any]]:
    result = kb("validate", "-f", "json", *args, cwd=project)
    assert result.code in (0, 1), result.err
    found: list[dict[str, Any]] = json.loads(result.out)["findings"]
    assert bool(found) == bool(result.code)
    return found


def codes(found: list[dict[str, Any]]) -> set[str]:
    return {finding["code"] for finding in found}


@pytest.mark.parametrize("shapes", ["", "# all gone\n"])
def test_no_shapes_are_told(shapes: str, kb: Runner, project: Path) -> None:
    (project / SHAPES).write_text(shapes)
    assert [(f["code"], f["path"]) for f in told(kb, project)] == [("KB903", SHAPES)]


def test_a_term_that_shacl_lacks_has_a_place_and_a_hint(kb: Runner, project: Path) -> None:
    edit(project / SHAPES, "sh:minCount 1", "sh:mincount 1")
    (found,) = told(kb, project)
    assert (found["code"], found["hint"]) == ("KB902", "did you mean sh:minCount?")
    assert found["line"] > 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sh:minCount 1", 'sh:minCount "x"', "minCount"),
        ("sh:path kb:speaker", 'sh:path "x"', "path"),
        ("?value kb:via* $this", "?value kb:via* *", ""),
        ("sh:property kbs:KB135 , kbs:KB401 , kbs:KB402 ;", "sh:node kbs:Operation ;", ""),
        ('sh:pattern "^[0-9a-f]{64}$"', 'sh:pattern "("', ""),
    ],
)
def test_shapes_that_cannot_be_applied_hide_no_other_finding(
    old: str, new: str, said: str, kb: Runner, project: Path
) -> None:
    edit(project / SHAPES, old, new)
    edit(project / B, "denied the information", "denied the informatian")
    found = told(kb, project)
    assert {"KB905", "KB201"} <= codes(found)
    assert said in next(f["message"] for f in found if f["code"] == "KB905")


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        ('"12/31/1988"^^xsd:date', {"KB411"}),
        ('"1988-02-30"^^xsd:date', {"KB411"}),
        ('"1900-12-31"', {"KB411"}),
        ('"1900-12-31"^^xsd:date', {"KB412"}),
        ('"1988-12-31"^^xsd:date', set()),
    ],
)
def test_bounds_are_compared_only_where_both_are_days(
    latest: str, expected: set[str], kb: Runner, project: Path
) -> None:
    edit(project / B, '"1988-12-31"^^xsd:date', latest)
    found = [f for f in told(kb, project) if f["code"].startswith("KB41")] if expected else told(kb, project)
    assert codes(found) == expected
    assert all(f["path"] == B and f["line"] > 0 for f in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("?value kb:via* $this .", "SERVICE <http://127.0.0.1:9/> { ?value kb:via* $this }"),
        (
            "SELECT DISTINCT $this ?path ?value\n        WHERE {\n            BIND ( kb:via",
            "SELECT DISTINCT $this ?path ?value FROM <http://127.0.0.1:9/> WHERE { BIND ( kb:via",
        ),
        (
            '"http://www.w3.org/ns/oa#"^^xsd:anyURI',
            '"x> SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } #"^^xsd:anyURI',
        ),
    ],
)
def test_a_query_of_the_shapes_that_reaches_outside_is_not_run(old: str, new: str, kb: Runner, project: Path) -> None:
    edit(project / SHAPES, old, new)
    (found,) = told(kb, project)
    assert (found["code"], found["path"]) == ("KB904", SHAPES)
    assert found["line"] > 0


def test_what_is_not_defined_is_told_once(kb: Runner, project: Path) -> None:
    speaker = 'kb:speaker ag:ben-barak ;\n    kb:speakingAs "lawmaker" ;\n    skos:note'
    edit(project / B, speaker, speaker.replace("barak", "barack"))
    assert codes(told(kb, project)) == {"KB010"}


def test_what_a_broken_file_defines_is_not_asked_for(kb: Runner, project: Path) -> None:
    (project / AGENTS).write_text("@prefix x: <urn:x>", encoding="utf-8")
    assert [f for f in told(kb, project) if f["code"] in ("KB010", "KB102", "KB111", "KB403")] == []


def test_a_stray_property_is_told_whatever_its_value(kb: Runner, project: Path) -> None:
    edit(project / B, "ag:kan a kb:Agent ;", "ag:kan a kb:Agent ;\n    kb:speaker ag:nobody ;")
    assert {"KB010", "KB404"} <= codes(told(kb, project))


def test_who_denies_the_own_denial_retracts_nothing(kb: Runner, project: Path) -> None:
    edit(
        project / B,
        "kb:denies cl:khodaei-nyt-report-nyt-report ;",
        "kb:denies cl:khodaei-nyt-report-ben-barak-denial ;",
    )
    assert codes(told(kb, project)) & {"KB127", "KB309"} == {"KB309"}


def test_a_no_break_space_is_seen(kb: Runner, project: Path) -> None:
    edit(project / B, 'kb:quote "we did not', 'kb:quote "we\u00a0did not')
    result = kb("validate", cwd=project)
    assert "KB211" in result.out
    assert r"we\xa0did not" in result.out
    assert "\u00a0" not in result.out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('oa:start "891"', 'oa:start "892"'),
        ("denied the information", "denied the informatian"),
    ],
)
def test_a_span_that_is_wrong_is_not_to_be_renamed(old: str, new: str, kb: Runner, project: Path) -> None:
    edit(project / B, old, new)
    assert "KB201" in (found := codes(told(kb, project)))
    assert not {"KB014", "KB015"} & found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    kb:evidence ev:khodaei-nyt-report-891-1059 ;\n    kb:hedge", "    kb:hedge"),
        ("kb:evidence ev:khodaei-nyt-report-891-1059 ;\n    kb:hedge", "kb:evidence ev:nowhere ;\n    kb:hedge"),
        (
            "ev:khodaei-nyt-report-891-1059 a kb:Evidence ;\n    kb:in art:khodaei-nyt-report ;",
            "ev:khodaei-nyt-report-891-1059 a kb:Evidence ;",
        ),
        (
            "ev:khodaei-nyt-report-891-1059 a kb:Evidence ;\n    kb:in art:khodaei-nyt-report ;",
            "ev:khodaei-nyt-report-891-1059 a kb:Evidence ;\n    kb:in art:iran-accuses-mossad ;",
        ),
    ],
)
def test_a_claim_is_not_to_be_renamed_for_want_of_evidence(old: str, new: str, kb: Runner, project: Path) -> None:
    edit(project / B, old, new)
    assert "KB014" not in (found := codes(told(kb, project)))
    assert found


def test_a_broken_vocabulary_is_all_that_is_told(kb: Runner, project: Path) -> None:
    edit(project / "ontology" / "kb.ttl", "a owl:ObjectProperty ;", "a owl:ObjectProperty")
    assert codes(told(kb, project)) == {"KB001"}


@pytest.mark.parametrize("prefix", ["ag", "kb"])
def test_what_other_files_say_of_a_file_with_a_wrong_prefix_is_let_alone(
    prefix: str, kb: Runner, project: Path
) -> None:
    right = f"@prefix {prefix}: <{prefixes()[prefix]}> ."
    edit(project / AGENTS, right, f"@prefix {prefix}: <http://example.org/> .")
    assert codes(told(kb, project)) == {"KB018"}


@pytest.mark.parametrize("file", [A, AGENTS, SHAPES, "ontology/kb.ttl"])
def test_a_prefix_of_another_namespace_is_all_that_is_told_of_its_file(file: str, kb: Runner, project: Path) -> None:
    right = "@prefix kb: <https://w3id.org/contested-claims/ont#> ."
    edit(project / file, right, "PREFIX # here\n  kb: <http://example.org/ont#>")
    (found,) = told(kb, project)
    assert (found["code"], found["path"], found["hint"]) == ("KB018", file, f"write {right}")
    assert found["line"] > 0


def test_a_source_outside_the_project_is_never_read(kb: Runner, project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes((project / SEED).read_bytes())
    (project / SEED).unlink()
    (project / SEED).symlink_to(outside)
    (found,) = [f for f in told(kb, project) if f["code"] == "KB204"]
    assert "a link to a file outside the project" in found["message"]


def test_pipes_are_refused_and_never_read(kb: Runner, project: Path) -> None:
    os.mkfifo(project / "data" / "pipe.ttl")
    found = told(kb, project)
    assert [(f["code"], f["path"]) for f in found] == [("KB001", "data/pipe.ttl")]
    assert "a pipe or a device, not a file" in found[0]["message"]
    result = kb("validate", "data/pipe.ttl", cwd=project)
    assert (result.code, "neither a file nor a folder" in result.err) == (2, True)
    assert kb("validate", project / "data/pipe.ttl", cwd=project.parent).code == 2
    assert kb("validate", "/dev/null", cwd=project.parent).code == 2


def test_a_source_that_is_a_pipe_is_never_read(kb: Runner, project: Path) -> None:
    (project / SEED).unlink()
    os.mkfifo(project / SEED)
    (found,) = [f for f in told(kb, project) if f["code"] == "KB204"]
    assert "a pipe or a device, not a file" in found["message"]


@pytest.mark.parametrize("name", ["data/x.ttl.bak", "data/.hidden.ttl", "queries/x.txt", "seeds/notes.md"])
def test_a_path_that_no_check_reads_is_wrong_use(name: str, kb: Runner, project: Path) -> None:
    (project / name).write_text("x")
    result = kb("validate", name, cwd=project)
    assert (result.code, f"{name}: nothing to check" in result.err) == (2, True)


@pytest.mark.parametrize("name", ["seeds", SEED, SHAPES, "data", "."])
def test_a_path_that_checks_read_is_a_filter(name: str, kb: Runner, project: Path) -> None:
    assert told(kb, project, name) == []


def test_a_file_that_may_not_be_read_is_told_with_the_reason(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = {"agents.ttl", Path(SEED).name}
    read = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name in shut:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    from kbcli.checks import sources, syntax

    corpus = Corpus.of(Project(project))
    found = [*syntax.check(corpus), *sources.check(corpus)]
    assert [(f.code, f.path) for f in found] == [("KB001", AGENTS), ("KB204", B)]
    assert all("Permission denied" in f.message for f in found)


def test_a_folder_that_may_not_be_entered_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stat = Path.stat

    def refusing(path: Path, **options: bool) -> os.stat_result:
        if path.parent.name == "articles":
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refusing)
    broken = [d for d in Corpus.of(Project(project)).documents if d.defect]
    assert [d.shown for d in broken] == [A, B]


# --- slips of the pen -----------------------------------------------------------------------------------

KNOWN = ("ag", "kb", "rdfs", "xsd")
HEAD = "".join(f"@prefix {prefix}: <{prefixes()[prefix]}> .\n" for prefix in KNOWN)
TYPED = "ag:a a kb:Agent ;\n"
PEN = [
    ("no semicolon", "ag:a a kb:Agent\n    rdfs:label 'A' .\n", 1, "; is missing", "write ;"),
    ("no semicolon behind a string", TYPED + '    rdfs:label "A"@en\n    kb:kind ag:b .\n', 2, "; is missing", "write ;"),
    ("no comma", TYPED + "    kb:kind ag:b\n        ag:c ;\n    rdfs:label 'A' .\n", 2, ", is missing", "write ,"),
    ("no dot", TYPED + "    kb:kind ag:b # so ;\n\n# B\nag:b a kb:Agent .\n", 2, ". is missing", "with ."),
    ("no dot at the end", TYPED + "    kb:kind ag:b\n\n", 2, "the file ends", "with ."),
    ("no dot behind a prefix", "@prefix x: <urn:x>\nag:b a kb:Agent .\n", 1, ". is missing", "with ."),
    ("semicolon for dot", TYPED + "    kb:kind ag:b ;\n\nag:b a kb:Agent .\n", 2, "ends with ;", ". instead of ;"),
    ("dot for semicolon", TYPED + "    kb:kind ag:b .\n    rdfs:label 'A' .\n", 2, "this . ends", "; instead of ."),
    ("comma for semicolon", TYPED + "    kb:kind ag:b ,\n    rdfs:label 'A' .\n", 2, "this , promises", "; instead of ,"),
    ("comma before dot", TYPED + "    kb:kind ag:b , .\n", 2, "no value", "remove it"),
    ("quotes within", TYPED + '    rdfs:label "He said "no" then" .\n', 2, "string ends here", r"write \""),
    ("quotes within, set off", TYPED + '    rdfs:label "He said " no " then" .\n', 2, "string ends here", r"write \""),
    ("curly quotes", TYPED + "    rdfs:label “A”@en .\n", 2, "curly quotation mark", "straight ones"),
    ("a string not closed", TYPED + '    rdfs:label "A ;\n    kb:kind ag:b .\n', 2, "does not end", "close it"),
    ("an IRI not closed", TYPED + "    kb:kind <urn:b .\n", 2, "does not end", "close it with >"),
    ("a prefix not declared", TYPED + "    skos:altLabel 'A' .\n", 2, "prefix skos:", "@prefix skos: <http://www.w3.org/2004/02/"),
    ("a prefix misspelt", TYPED + "    rfds:label 'A' .\n", 2, "prefix rfds:", "did you mean rdfs:?"),
    ("a relative IRI", TYPED + "    kb:kind <b> .\n", 2, "<b> is a relative IRI", "prefixed name"),
    ("both sides of a merge", TYPED + "<<<<<<< HEAD\n    kb:kind ag:b .\n=======\n    kb:kind ag:c .\n>>>>>>> x\n", 2, "merge conflict", "<<<<<<<"),
    ("half of a merge", TYPED + "    kb:kind ag:b .\n=======\n", 3, "merge conflict", "======="),
    ("a no-break space", TYPED + "    kb:kind\u00a0ag:b .\n", 2, "U+00A0", "ordinary space"),
    ("a date without quotes", TYPED + "    kb:latest 2018-10-31 .\n", 2, "a date", '"2018-10-31"^^xsd:date'),
    ("a backslash", TYPED + "    rdfs:label 'C:\\dir' .\n", 2, "no escape", "backslash"),
    ("a word without prefix", "ag:a a Agent .\n", 1, "Agent is neither", "prefix"),
    ("UTF-16 without its mark", "\0a\0g\0", 1, "NUL", "save the file as UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("turtle", "line", "what", "hint"), [row[1:] for row in PEN], ids=[row[0] for row in PEN])
def test_a_slip_of_the_pen_is_explained_where_it_is(
    turtle: str, line: int, what: str, hint: str, tmp_path: Path
) -> None:
    path = tmp_path / "slip.ttl"
    path.write_text(HEAD + turtle, encoding="utf-8")
    document = Document(path, path.name)
    assert document.defect
    found = explained(document.text, document.defect, prefixes())
    assert found
    assert (found.line - len(KNOWN), what in found.what, hint in found.hint) == (line, True, True), found


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_file_in_another_encoding_is_to_be_saved_as_utf8(encoding: str, kb: Runner, project: Path) -> None:
    path = project / AGENTS
    path.write_bytes("# “é”\n".encode(encoding))
    (found,) = [f for f in told(kb, project) if f["code"] == "KB001"]
    assert (found["path"], found["line"]) == (AGENTS, 1)
    assert "save the file as UTF-8" in found["hint"]


@pytest.mark.parametrize("name", ["start", "end"])
def test_one_wrong_number_does_not_keep_all_else_from_being_checked(kb: Runner, project: Path, name: str) -> None:
    """Once arithmetic with it stopped every shape, for every file."""
    text = (project / A).read_text(encoding="utf-8")
    (project / A).write_text(re.sub(rf'oa:{name} "\d+"', f'oa:{name} "said"', text, count=1), encoding="utf-8")
    edit(project / B, 'kb:quote "harms trust"', "kb:quote 7")
    found = codes(told(kb, project))
    assert ("KB209" if name == "start" else "KB210") in found
    assert any(finding["path"] == B for finding in told(kb, project))
    assert "KB905" not in found
    assert told(kb, project, "--no-cache") == told(kb, project)
