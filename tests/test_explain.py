"""kb explain: every term and every code has its entry, in a project and without one."""

from __future__ import annotations

import csv
import io
from importlib import import_module
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from conftest import ROOT, Runner
from kbcli import checks, explanation
from kbcli.names import KB, STANDARD
from kbcli.project import Project
from kbcli.reference import Reference
from kbcli.rulebook import Ruling

if TYPE_CHECKING:
    from pathlib import Path

REFERENCE = Reference.of(Project(ROOT))
DEFINED = sorted(
    quad.subject.value
    for quad in ox.parse(path=str(ROOT / "ontology" / "kb.ttl"), format=ox.RdfFormat.TURTLE)
    if quad.predicate.value == STANDARD["rdfs"] + "isDefinedBy"
)
WIDE = {"COLUMNS": "2000"}


def test_there_is_a_vocabulary() -> None:
    assert len(DEFINED) > 45
    assert len(REFERENCE.rules) > 100


@pytest.mark.parametrize("iri", DEFINED, ids=lambda iri: iri.removeprefix(KB))
def test_every_term_has_its_entry(iri: str) -> None:
    local = iri.removeprefix(KB)
    for name in (local, f"kb:{local}", iri, f"<{iri}>"):
        (term,) = REFERENCE.meant(name)
        assert not isinstance(term, Ruling)
        assert (term.iri, bool(term.definition), bool(term.label)) == (iri, True, True)
    card = explanation.card(term, REFERENCE)
    assert card.title.startswith(f"kb:{local}: ")
    assert any(line.text == term.definition for section in card.sections for line in section.lines)


def test_every_code_has_its_entry() -> None:
    codes = {rule.code: rule for name in checks.MODULES for rule in import_module(f"kbcli.checks.{name}").RULES}
    assert codes.keys() < {rule.code for rule in REFERENCE.rules}
    for rule in REFERENCE.rules:
        assert REFERENCE.meant(rule.code.lower()) == REFERENCE.meant(rule.slug) == [rule]
        told = {line.text for section in explanation.card(rule, REFERENCE).sections for line in section.lines}
        assert {rule.what, rule.severity, rule.remedy} <= told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("via", "KB303 via-in-a-circle (error): "),
        ("via", "  stands on (domain): kb:Claim\n  has as value (range): kb:Claim\n"),
        ("via", "khodaei-nyt-report: the outlet writes of a New York Times report «alleging"),
        ("file", "KB204 source-missing (error): "),
        ("kb:said", "KB119 claim-without-time (error): "),
        ("Claim", "KB101 claim-without-one-speaker (error): "),
        ("Denial", "KB108 denial-with-actor (error): "),
        ("Denial", "  a kind of: kb:Claim\n"),
        ("Denial", "and the rules of kb:Claim"),
        ("speaking as", "kb:speakingAs: property"),
        ("agent", "kb:Agent: class"),
        ("k:unnamed", "A party whom the article does not name"),
        ("unnamed", "in the scheme: <https://w3id.org/contested-claims/kind>"),
        ("oa:exact", "KB201 quote-not-in-source (error)"),
        ("KB211", REFERENCE.meant("KB211")[0].remedy),  # type: ignore[union-attr]
        ("kb211", "kb:quote: The speaker's own words"),
        ("quotation-not-in-span", "KB211: quotation-not-in-span"),
        ("KB201", REFERENCE.meant("KB201")[0].what),  # type: ignore[union-attr]
    ],
)
def test_what_an_entry_tells(kb: Runner, name: str, told: str) -> None:
    result = kb("explain", name, env=WIDE)
    assert (result.code, result.err) == (0, "")
    assert told in result.out


def test_rules_of_all_claims_are_not_told_for_each_class(kb: Runner) -> None:
    assert "KB101" not in kb("explain", "Denial").out
    assert "KB124" not in kb("explain", "via").out


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("hedge", "the property of {} triples"),
        ("Denial", "the class of {} things"),
        ("stated", "the value of kb:basis in {} triples"),
    ],
)
def test_how_often_it_is_used(kb: Runner, term: str, sentence: str) -> None:
    pattern = {"hedge": "?x kb:hedge ?y", "Denial": "?x a kb:Denial", "stated": "?x kb:basis kb:stated"}[term]
    query = f"PREFIX kb: <{KB}> SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    (row,) = csv.DictReader(io.StringIO(kb("query", "-", "-f", "csv", stdin=query).out))
    assert int(row["n"]) > 1
    assert f"  {sentence.format(row['n'])}\n" in kb("explain", term).out


def test_the_list_has_every_term_and_every_code(kb: Runner) -> None:
    out = kb("explain", env=WIDE).out
    definitions = {term.iri: term.definition for term in REFERENCE.glossary.terms.values()}
    assert all(
        f"\n  {term.id}: {definitions[iri]}\n" in out
        for iri, term in REFERENCE.glossary.terms.items()
        if iri in DEFINED
    )
    assert all(f"\n  {rule.code} {rule.slug} ({rule.severity}): " in out for rule in REFERENCE.rules)
    assert "\n  k:unnamed: A party" in out


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("speakng", "did you mean speaking as?"),
        ("KB2111", "did you mean KB211?"),
        ("kb:Alegation", "did you mean kb:Allegation?"),
        ("xyzzy", "kb explain lists them"),
        ("ag:iran", "kb show tells"),
        ("\x1b[2J", "\\x1b[2J: neither"),
    ],
)
def test_what_is_unknown_is_refused_with_the_nearest(kb: Runner, name: str, told: str) -> None:
    result = kb("explain", name)
    assert (result.code, result.out) == (2, "")
    assert told.replace("speaking as", "speakingAs") in result.err


def test_without_a_project_the_vocabulary_is_the_one_carried(kb: Runner, tmp_path: Path) -> None:
    inside, outside = kb("explain", "hedge", env=WIDE), kb("explain", "hedge", cwd=tmp_path, env=WIDE)
    assert outside.code == 0
    assert outside.out.replace("not counted: there is no project here", "") == inside.out.replace(
        next(line for line in inside.out.splitlines() if "the property of" in line).strip(), ""
    )
    assert "\nCodes of kb validate\n" in kb("explain", cwd=tmp_path).out
    assert "stand in a project's data" in kb("explain", "k:unnamed", cwd=tmp_path).err


def test_a_project_explains_its_own_terms(kb: Runner, project: Path) -> None:
    path = project / "ontology" / "kb.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "Words that limit how far", r"\u001B[2J\u202EWords that limit how far"
        ),
        encoding="utf-8",
    )
    out = kb("explain", "hedge", cwd=project, env=WIDE).out
    assert "  \\x1b[2J\\u202eWords that limit how far" in out
    assert all(character.isprintable() or character == "\n" for character in out)


@pytest.mark.parametrize("name", ["kb.ttl", "shapes.ttl"])
def test_a_broken_vocabulary_is_told(kb: Runner, project: Path, name: str) -> None:
    (project / "ontology" / name).write_text("kb:x a", encoding="utf-8")
    result = kb("explain", "via", cwd=project)
    assert (result.code, result.out) == (2, "")
    assert f"{name}:1:" in result.err


def test_data_that_cannot_be_read_is_left_out_and_told(kb: Runner, project: Path) -> None:
    (project / "data" / "agents.ttl").write_text("ag:iran a", encoding="utf-8")
    result = kb("explain", "via", cwd=project)
    assert (result.code, "data/agents.ttl cannot be read" in result.err) == (0, True)


@pytest.mark.parametrize("columns", [30, 70, 120])
def test_no_line_exceeds_the_terminal(kb: Runner, columns: int) -> None:
    for args in ([], ["via"], ["KB211"]):
        out = kb("explain", *args, env={"COLUMNS": str(columns)}).out
        wrapped = (line for line in out.splitlines() if not line.startswith(" " * 6))  # a line of a file stays whole
        assert max(map(len, wrapped)) <= columns
