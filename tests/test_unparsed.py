"""Files that cannot be parsed are told by every command as `kb validate` tells them; odd names and bases do no harm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kbcli.datatypes import ill_typed
from kbcli.names import BASE, FOLDERS, STANDARD
from kbcli.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

THING = '@prefix ag: <{0}agent/> .\n@prefix rdfs: <{1}> .\n\nag:x rdfs:label "x"@en .\n'


@pytest.mark.parametrize("command", [("query", "denials"), ("export", "-f", "nq"), ("fmt", "--check")])
def test_a_syntax_error_is_told_as_validate_tells_it(command: tuple[str, ...], kb: Runner, project: Path) -> None:
    path = project / "data" / "agents.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("a kb:Agent ;", "a kb:Agent", 1), encoding="utf-8")
    (found,) = json.loads(kb("validate", "-f", "json", "data/agents.ttl", cwd=project).out)["findings"]
    result = kb(*command, cwd=project)
    assert result.code == (1 if command[0] == "fmt" else 2)
    assert f"data/agents.ttl:{found['line']}:{found['column']}: " in result.err
    assert "a ; is missing here" in found["message"]
    assert "a ; is missing here" in result.err
    assert found["hint"] in result.err


@pytest.mark.parametrize("command", [("query", "denials"), ("export", "-f", "nq")])
def test_a_syntax_error_of_other_data_is_explained(command: tuple[str, ...], kb: Runner, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c>\n    <urn:d> <urn:e> .\n")
    result = kb(*command, "--data", path)
    assert (result.code, f"{path}:1:24: a ; is missing here" in result.err) == (2, True)
    nt = tmp_path / "x.nt"
    nt.write_text("<urn:a> <urn:b>\n")
    result = kb(*command, "--data", nt)
    assert (result.code, f"{nt}:2:" in result.err, "correct the file" in result.err) == (2, True, True)


def test_a_file_may_have_any_name(kb: Runner, project: Path) -> None:
    name = "more agents 100% [é] #1.ttl"
    (project / "data" / name).write_text(THING.format(BASE, STANDARD["rdfs"]), encoding="utf-8")
    graph = f"{BASE}graph/more%20agents%20100%25%20%5Bé%5D%20%231"
    assert Project(project).graph_iri(project / "data" / name) == graph
    asked = kb("query", "-", cwd=project, stdin="SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert graph in asked.out.splitlines()
    exported = kb("export", "-f", "nq", cwd=project)
    assert (exported.code, f"<{graph}>" in exported.out) == (0, True)


@pytest.mark.parametrize("format_", ["nq", "trig", "void", "webannotation"])
def test_a_base_may_end_in_a_hash(format_: str, kb: Runner, project: Path) -> None:
    base = "https://example.org/kb#"
    (project / "kb.toml").write_text(f'base = "{base}"\n', encoding="utf-8")
    for path in (project / "data").rglob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        for folder in FOLDERS.values():
            text = text.replace(f"{BASE}{folder}", f"{base}{folder}")
        path.write_text(text, encoding="utf-8")
    result = kb("export", "-f", format_, cwd=project)
    assert (result.code, base in result.out) == (0, True), result.err
    if format_ == "nq":
        named = {
            term.value
            for quad in ox.parse(result.out, format=ox.RdfFormat.N_QUADS)
            for term in (quad.subject, quad.graph_name)
        }
        assert f"{base}graph/agents/file" in named
        assert all(iri.count("#") <= 1 for iri in named)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?a, ?b { ?a ?p ?b }", ("KB501", 1, 10)),
        ("#+ summary: who: what\nSELECT ?a { ?a ?p ?b }", ("KB502", 1, 16)),
        ("#+ summary: x\nSELECT ?a { ?a ?p ?b }", None),
    ],
)
def test_a_query_outside_a_project_is_checked_as_one(
    text: str, expected: tuple[str, int, int] | None, kb: Runner, tmp_path: Path
) -> None:
    (tmp_path / "x.rq").write_text(text)
    result = kb("validate", "-f", "json", "x.rq", cwd=tmp_path)
    found = json.loads(result.out)["findings"]
    assert result.code == len(found)
    assert [(f["code"], f["line"], f["column"]) for f in found] == ([expected] if expected else [])


def test_a_comma_between_columns_is_told_by_query_too(kb: Runner) -> None:
    result = kb("query", "-", stdin="SELECT ?a ?b { ?a ?p ?b } ORDER BY ?a, ?b")
    assert (result.code, "<stdin>:1:38: a comma in the list of ORDER BY" in result.err) == (2, True)
    assert "blanks, not commas" in result.err
    assert kb("query", "-", stdin="SELECT (CONCAT('a', 'b') AS ?x) { }").code == 0


@pytest.mark.parametrize(
    ("text", "datatype", "remedy"),
    [
        ("2018-11-31", "date", "November 2018 has 30 days: correct the day"),
        ("2019-02-29", "date", "February 2019 has 28 days: correct the day"),
        ("2018-13-01", "date", "there is no month 13: correct it"),
        ("2018-02-30T10:00:00", "dateTime", "February 2018 has 28 days: correct the day"),
        ("31.11.2018", "date", 'write it like this: "2018-10-31"'),
        ("2018-10-31T25:00:00", "dateTime", 'write it like this: "2018-10-31T23:20:00Z"'),
    ],
)
def test_the_remedy_says_what_is_wrong_with_a_day(text: str, datatype: str, remedy: str) -> None:
    (found,) = ill_typed([ox.Literal(text, datatype=ox.NamedNode(STANDARD["xsd"] + datatype))])
    assert found.remedy == remedy
