"""The report formats of kb validate, each read back by a reader that knows nothing of how it was written."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import junitparser
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Runner
from kbcli import reports
from kbcli.finding import Finding, Related
from kbcli.reports import Report
from kbcli.selection import selected

if TYPE_CHECKING:
    from pathlib import Path

A = "data/articles/iran-accuses-mossad.ttl"
B = "data/articles/khodaei-nyt-report.ttl"
HOSTILE = "a%0A,b:c::d\r\n::error::x\x00\x1b[31m\u202e\u2028\ud800]]><&\"' [see](http://x) \uffff\U0001f600"
COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
LEVELS = {"error": "error", "warning": "warning", "info": "note"}

PATHS = st.sampled_from([A, "data/ü %:,\n.ttl", "/tmp/x y.ttl", "seeds/[a](b)\\].txt"])  # noqa: S108 only names
RELATED = st.builds(Related, PATHS, st.integers(1, 9), st.integers(1, 9), st.text() | st.just(HOSTILE))
FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(["KB001", "KB211", "KB950"]),
    slug=st.sampled_from(["quote-altered", "an-odd, one: here"]),
    severity=st.sampled_from(["error", "warning", "info"]),
    path=PATHS | st.just(""),
    line=st.integers(0, 3),
    column=st.integers(0, 3),
    subject=st.text() | st.just(""),
    message=st.text(st.characters()) | st.just(HOSTILE),
    hint=st.text() | st.just(HOSTILE),
    related=st.lists(RELATED, max_size=2, unique=True).map(tuple),
)
SCHEMA = json.loads((ROOT / "tests" / "fixtures" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
SARIF = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)


def written(format_: str, *findings: Finding, **more: Any) -> str:
    stream = io.StringIO()
    reports.write(format_, Report(list(findings), {"files": 1}, {}, (A, B), **more), stream)
    return stream.getvalue()


def finding(**changes: Any) -> Finding:
    plain = Finding("KB211", "quote-altered", "error", A, 3, 5, "urn:s", "what", "remedy")
    return plain._replace(**changes)


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """What GitHub's runner makes of the lines of a log: command, properties, message."""
    found = []
    for line in re.split("[\r\n]", text)[:-1]:
        assert line.startswith("::")
        told, message = line[2:].split("::", 1)
        command, properties = told.split(" ", 1)
        pairs = (pair.split("=", 1) for pair in properties.split(","))
        found.append((command, {name: decoded(value) for name, value in pairs}, in_message(message)))
    return found


def decoded(text: str) -> str:
    """A property, in which two marks more are escaped than in a message."""
    return in_message(text.replace("%3A", ":").replace("%2C", ","))


def in_message(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def spoiled(project: Path) -> None:
    """A quote altered, and a day that does not exist: errors of two codes in two files."""
    for name, old, new in ((B, 'kb:quote "we did not', 'kb:quote "we did nct'), (A, '"2018-10-31"', '"2018-02-30"')):
        text = (project / name).read_text(encoding="utf-8")
        assert old in text
        (project / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def told(kb: Runner, project: Path, *args: str) -> tuple[int, set[str]]:
    result = kb("validate", "-f", "jsonl", *args, cwd=project)
    return result.code, {json.loads(line)["code"] for line in result.out.splitlines()}


@given(st.lists(FINDINGS, max_size=4))
def test_jsonl_is_a_finding_a_line(findings: list[Finding]) -> None:
    lines = written("jsonl", *findings).splitlines()
    assert [read_back(json.loads(line)) for line in lines] == findings
    assert [read_back(one) for one in json.loads(written("json", *findings))["findings"]] == findings


def read_back(record: dict[str, Any]) -> Finding:
    related = tuple(Related(**place) for place in record.pop("related", ()))
    return Finding(**record, related=related)


@given(st.lists(FINDINGS, max_size=4))
def test_github_reads_every_annotation(findings: list[Finding]) -> None:
    read = annotations(written("github", *findings))
    assert len(read) == len(findings)
    for one, (command, properties, message) in zip(findings, read, strict=True):
        assert command == COMMANDS[one.severity]
        assert properties["title"] == f"{one.code} {one.slug}"
        assert [properties.get(name, "") for name in ("file", "line", "col")] == [
            one.path,
            *(str(number or "") for number in (one.line, one.column)),
        ]
        assert message.count("\n") == sum(map(bool, (one.message, one.subject, one.hint))) - bool(message)


def test_github_escapes_as_its_runner_expects() -> None:
    line = written("github", finding(path="a,b:c%.ttl", message="50%: x, y", severity="info", subject=""))
    assert line == "::notice file=a%2Cb%3Ac%25.ttl,line=3,col=5,title=KB211 quote-altered::50%25: x, y%0Ahint: remedy\n"


def test_github_knows_paths_from_the_top_of_the_repository() -> None:
    assert annotations(written("github", finding(), folder="kb"))[0][1]["file"] == f"kb/{A}"


@given(st.lists(FINDINGS, max_size=4))
def test_junit_has_a_case_a_file_and_a_failure_a_finding(findings: list[Finding]) -> None:
    root = ET.fromstring(written("junit", *findings).encode("utf-8"))  # noqa: S314 written here
    suite = root[0]
    cases = suite.findall("testcase")
    assert {A, B} <= {case.get("name") for case in cases}
    assert len(cases) == len({A, B} | {one.path for one in findings}) == int(suite.get("tests", ""))
    assert len(suite.findall("testcase/failure")) == len(findings)
    assert len([case for case in cases if len(case)]) == int(suite.get("failures", ""))


@given(st.lists(FINDINGS, max_size=4))
def test_a_junit_reader_finds_every_file_and_failure(findings: list[Finding]) -> None:
    suites = junitparser.JUnitXml.fromstring(written("junit", *findings).encode("utf-8"))
    assert isinstance(suites, junitparser.JUnitXml)
    (suite,) = suites
    cases = list(suite)
    assert (suite.tests, suite.failures, suite.errors) == (len(cases), len([c for c in cases if not c.is_passed]), 0)
    failures = [failure for case in cases for failure in case.result]
    assert {type(failure) for failure in failures} <= {junitparser.Failure}
    assert sorted(failure.type for failure in failures) == sorted(f"{one.code} {one.slug}" for one in findings)


def test_junit_shows_what_xml_forbids() -> None:
    root = ET.fromstring(written("junit", finding(message="a\x00\x1b<&\uffff")))  # noqa: S314 written here
    (failure,) = root.iter("failure")
    assert failure.get("message") == r"a\x00\x1b<&\uffff"
    assert (failure.text or "").splitlines()[1:] == ["subject: urn:s", "hint: remedy"]


@given(st.lists(FINDINGS, max_size=4))
def test_sarif_has_what_the_standard_requires(findings: list[Finding]) -> None:
    log = json.loads(written("sarif", *findings))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert (log["version"], run["columnKind"], run["tool"]["driver"]["name"]) == ("2.1.0", "unicodeCodePoints", "kb")
    assert len(run["results"]) == len(findings)
    for one, result in zip(findings, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.code
        assert result["level"] == LEVELS[one.severity]
        assert result["message"]["text"].replace("\u200b", "").startswith(one.message.replace("\u200b", ""))
        links = re.findall(r"(?<!\\)(?:\\\\)*\]\((.*?)\)", result["message"]["text"])
        assert links == [str(related["id"]) for related in result.get("relatedLocations", [])]
        assert len(links) == len(one.related)
        assert places(result) == ([(one.path, one.line, one.column if one.line else 0)] if one.path else [])


@given(st.lists(FINDINGS, max_size=4), st.sampled_from(["", "kb/ü"]))
def test_sarif_is_valid_by_its_schema(findings: list[Finding], folder: str) -> None:
    SARIF.validate(json.loads(written("sarif", *findings, folder=folder)))


def test_the_schema_is_that_of_oasis_and_refuses_what_is_none() -> None:
    assert SCHEMA["$id"].endswith("/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    log = json.loads(written("sarif", finding()))
    del log["runs"][0]["results"][0]["message"]
    assert not SARIF.is_valid(log)


def sarif_results(kb: Runner, project: Path) -> list[dict[str, Any]]:
    """The results of a report that the schema takes."""
    log = json.loads(kb("validate", "-f", "sarif", cwd=project).out)
    SARIF.validate(log)
    (run,) = log["runs"]
    return list(run["results"])


def test_sarif_of_projects_is_valid_by_its_schema(kb: Runner, project: Path) -> None:
    assert sarif_results(kb, project) == []
    spoiled(project)
    (project / "seeds" / "für niemand.txt").write_text("", encoding="utf-8")
    text = (project / B).read_text(encoding="utf-8")
    text = text.replace('"lawmaker"', '"lawmakers"').replace('oa:start "8', 'oa:start "9')
    (project / B).write_text(text, encoding="utf-8")
    results = sarif_results(kb, project)
    assert {"KB153", "KB201", "KB211", "KB241", "KB410"} <= {result["ruleId"] for result in results}
    assert any("relatedLocations" in result for result in results)
    assert "seeds/für niemand.txt" in {place for result in results for place, _, _ in places(result)}
    (project / "data" / "ü [x](y) %.ttl").write_text("broken", encoding="utf-8")
    assert "data/ü [x](y) %.ttl" in {place for result in sarif_results(kb, project) for place, _, _ in places(result)}


def test_sarif_links_to_the_source_and_marks_what_stands_there() -> None:
    related = Related("seeds/ü.txt", 5, 3, "did not\ninform")
    (run,) = json.loads(written("sarif", finding(related=(related,)), folder="kb"))["runs"]
    (result,) = run["results"]
    assert result["message"]["text"].endswith("\nsource: [seeds/ü.txt:5:3](1)")
    (place,) = result["relatedLocations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "kb/seeds/%C3%BC.txt", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 5, "startColumn": 3, "endLine": 6, "endColumn": 7, "snippet": {"text": related.text}},
    }
    assert (place["id"], place["message"]["text"]) == (1, f"the article: {related.text}")


def places(result: dict[str, Any]) -> list[tuple[str, int, int]]:
    found = []
    for location in result["locations"]:
        artifact = location["physicalLocation"]["artifactLocation"]
        assert re.fullmatch(r"[\w\-.~/%]+", artifact["uri"].removeprefix("file://"), re.ASCII)
        assert ("uriBaseId" in artifact) != artifact["uri"].startswith("file:///")
        region = location["physicalLocation"].get("region", {"startLine": 0})
        assert 0 not in region.values() or region == {"startLine": 0}
        path = unquote(artifact["uri"].removeprefix("file://"))
        found.append((path, region["startLine"], region.get("startColumn", 0)))
    return found


def test_sarif_of_the_project_has_every_rule(kb: Runner, project: Path) -> None:
    spoiled(project)
    (run,) = json.loads(kb("validate", "-f", "sarif", cwd=project).out)["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert len(rules) == len(run["tool"]["driver"]["rules"]) > 80
    assert {"KB001", "KB211", "KB410", "KB905"} <= rules.keys()
    for rule in rules.values():
        assert rule["name"]
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in LEVELS.values()
    assert {result["ruleId"] for result in run["results"]} == {"KB211", "KB410"}


@pytest.mark.parametrize("format_", ["json", "jsonl", "github", "junit", "sarif", "text"])
def test_every_format_tells_the_same_and_exits_alike(format_: str, kb: Runner, project: Path) -> None:
    spoiled(project)
    result = kb("validate", "-f", format_, cwd=project)
    assert result.code == 1
    assert "KB211" in result.out
    assert "KB410" in result.out


def test_junit_lists_the_files_checked_and_no_others(kb: Runner, project: Path) -> None:
    whole = ET.fromstring(kb("validate", "-f", "junit", cwd=project).out)  # noqa: S314 written here
    names = {case.get("name") for case in whole.iter("testcase")}
    assert {A, B, "ontology/kb.ttl", "seeds/002_67d1941ca2bc8fd9.txt"} <= names
    one = ET.fromstring(kb("validate", "-f", "junit", A, cwd=project).out)  # noqa: S314 written here
    assert [case.get("name") for case in one.iter("testcase")] == [A]


def test_auto_follows_where_it_runs(kb: Runner, project: Path) -> None:
    spoiled(project)
    hosted = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(project.parent)}
    files = {properties["file"] for _, properties, _ in annotations(kb("validate", cwd=project, env=hosted).out)}
    assert files == {f"project/{A}", f"project/{B}"}
    assert kb("validate", cwd=project, env={"GITHUB_ACTIONS": ""}).out.startswith(f"{A}:")
    assert kb("validate", "-f", "text", cwd=project, env=hosted).out.startswith(f"{A}:")


@pytest.mark.parametrize(
    ("args", "codes"),
    [
        (["--select", "KB211"], {"KB211"}),
        (["--select", "KB2", "--select", "kb410"], {"KB211", "KB410"}),
        (["--ignore", "KB2"], {"KB410"}),
        (["--select", "KB", "--ignore", "KB410"], {"KB211"}),
        (["--ignore", "KB211", "--ignore", "KB4"], set()),
        (["--select", "KB301"], set()),
    ],
)
def test_selected_codes_are_told_and_count(args: list[str], codes: set[str], kb: Runner, project: Path) -> None:
    spoiled(project)
    assert told(kb, project, *args) == (1 if codes else 0, codes)


def test_a_slug_selects_and_what_is_left_out_is_counted() -> None:
    both = Report([finding(), finding(code="KB410", slug="no-such-day")], {"files": 1}, {})
    report = selected(both, ["no-such-day"], [])
    assert [one.code for one in report.findings] == ["KB410"]
    assert "1 error (1 left out by --select, --ignore or --changed)" in written(
        "text", *report.findings, withheld=report.withheld
    )


@pytest.mark.parametrize(("word", "near"), [("KB2111", "KB211"), ("syntax-eror", "syntax-error"), ("", "")])
def test_an_unknown_code_is_told_with_the_nearest(word: str, near: str, kb: Runner) -> None:
    for option in ("--select", "--ignore"):
        result = kb("validate", option, word)
        assert (result.code, result.out) == (2, "")
        assert (f"did you mean {near}?" in result.err) == bool(near)


def test_codes_are_known_outside_a_project_too(kb: Runner, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b>")
    assert kb("validate", "bad.ttl", "--ignore", "KB001", cwd=tmp_path).code == 0
    assert kb("validate", "bad.ttl", "--ignore", "KB211", cwd=tmp_path).code == 1


def test_codes_are_known_where_the_shapes_are_broken(kb: Runner, project: Path) -> None:
    (project / "ontology" / "shapes.ttl").write_text("broken")
    assert told(kb, project, "--ignore", "KB405") == (1, {"KB001"})


def test_a_summary_only_counts(kb: Runner, project: Path) -> None:
    spoiled(project)
    result = kb("validate", "--summary", cwd=project)
    lines = result.out.splitlines()
    assert result.code == 1
    assert [line.split()[:3] for line in lines[:-1]] == [["1", "KB211", "error"], ["1", "KB410", "error"]]
    assert lines[-1].endswith("2 errors")
    assert kb("validate", "--summary", "-f", "json", cwd=project).code == 2


def test_the_hooks_and_the_action_name_what_there_is(kb: Runner) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [(hook["id"], hook.get("pass_filenames", True)) for hook in hooks] == [
        ("kb-validate", False),
        ("kb-fmt", True),
    ]
    assert all(kb(*hook["entry"].split()[1:], "--help").code == 0 and re.search(hook["files"], A) for hook in hooks)
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    scripts = " ".join(step.get("run", "") for step in action["runs"]["steps"])
    assert set(re.findall(r"-f (\w+)", scripts)) == {"sarif", "github"} <= set(reports.FORMATS)
    assert "${{" not in scripts
