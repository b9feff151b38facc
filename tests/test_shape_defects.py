"""Shapes that cannot be applied, or not as they are meant, are told where they are broken, and blame no data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from kbcli.names import STANDARD
from kbcli.project import Project
from kbcli.shaclterms import TERMS
from kbcli.shaclvalues import SORTS, malformed
from kbcli.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    from kbcli.finding import Finding

MARK = "‸"
FATAL, MALFORMED = "KB905", "KB907"
AGENT = "sh:ignoredProperties ( rdf:type rdfs:label kb:kind kb:partOf skos:altLabel skos:exactMatch skos:note )"
EITHER = "sh:or ( [ sh:class kb:Operation ] [ sh:class kb:Agent ] )"
CIRCLE = "SELECT DISTINCT $this ?path ?value\n        WHERE {\n            BIND ( kb:via"
EDTF = 'sh:datatype xsd:string ;\n    sh:maxCount 1 ;\n    sh:message "kb:edtf'


class Slip(NamedTuple):
    """`old` becomes `new`, and is told where the mark is, with these words in the message or the hint."""

    old: str
    new: str
    code: str
    said: str


SLIPS = [
    Slip('sh:pattern "^[0-9a-f]{64}$"', 'sh:pattern ‸"("', FATAL, "no regular expression"),
    Slip("sh:maxCount 1 ;", 'sh:maxCount ‸"1" ;', FATAL, "a whole number, without quotation marks"),
    Slip("sh:datatype xsd:integer ;", "sh:datatype xsd:integer , ‸xsd:string ;", FATAL, "twice"),
    Slip("kbs:KB101 a sh:PropertyShape ;", "‸kbs:KB101 a sh:PropertyShape ; # path", FATAL, "on which property"),
    Slip("sh:path kb:speaker .", "sh:path kb:speaker , ‸kb:actor .", FATAL, "sh:path stands here twice"),
    Slip("sh:path kb:speaker .", 'sh:path ‸"kb:speaker" .', FATAL, 'sh:path is "kb:speaker"'),
    Slip("kbs:KB414 , kbs:KB415 ;", "kbs:KB414 , kbs:KB415 , ‸kbs:KB999 ;", FATAL, "nowhere defined"),
    Slip("kbs:KB414 , kbs:KB415 ;", "kbs:KB414 , kbs:KB415 , ‸kbs:KB416 ;", FATAL, "no rule on a property"),
    Slip("?value kb:via* $this", "?value kb:via* ‸* $this", FATAL, "cannot stand here"),
    Slip("?value kb:via* $this", "?value ‸kv:via* $this", FATAL, "sh:prefixes"),
    Slip("kbs:Operation a sh:NodeShape ;", "‸kbs:Operation a sh:NodeShape ; sh:node kbs:Operation ;", FATAL, "back to itself"),
    Slip("sh:minInclusive 0", "sh:minInclusive ‸rdf:nil", FATAL, "a number or a date"),
    Slip(EITHER, "sh:or ‸[ sh:class kb:Operation ] , [ sh:class kb:Agent ]", FATAL, "no list"),
    Slip(EITHER, 'sh:or ( [ sh:class kb:Operation ] [ sh:class ‸"kb:Agent" ] )', MALFORMED, "write kb:Agent, without"),
    Slip(EDTF, EDTF.replace("xsd:string", '‸"xsd:string"'), MALFORMED, "write xsd:string, without"),
    Slip(AGENT, "sh:ignoredProperties ‸rdf:type , rdfs:label , kb:kind", MALFORMED, "round brackets"),
    Slip("sh:nodeKind sh:IRI", 'sh:nodeKind ‸"IRI"', MALFORMED, "write sh:IRI, without"),
    Slip("sh:nodeKind sh:IRI", "sh:nodeKind ‸sh:Warning", MALFORMED, "sh:IRIOrLiteral"),
    Slip("sh:closed true", 'sh:closed ‸"yes"', MALFORMED, "true or false"),
    Slip("sh:severity sh:Warning", 'sh:severity ‸"Warning"', MALFORMED, "a name"),
    Slip("sh:targetClass kb:Agent", 'sh:targetClass ‸"kb:Agent"', MALFORMED, "write kb:Agent, without"),
    Slip(f'sh:select """\n        {CIRCLE}', f'sh:select ‸"""\n        {CIRCLE.replace("$this ", "")}', MALFORMED, "does not show $this"),
    Slip(f'sh:select """\n        {CIRCLE}', f'sh:select ‸"""\n        {CIRCLE.replace("SELECT DISTINCT $this ?path ?value", "ASK")}', MALFORMED, "but ASK"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.new[:60] for slip in SLIPS])
def test_a_broken_shape_is_told_at_its_place_and_blames_no_data(slip: Slip, project: Path) -> None:
    place = make(slip, project / "ontology" / "shapes.ttl")
    (found,) = told(project)
    assert (found.code, found.path, found.line, found.column) == (slip.code, "ontology/shapes.ttl", *place)
    assert slip.said in f"{found.message} {found.hint}"
    assert found.subject.startswith("https://")


def test_a_shape_that_others_lack_is_offered(project: Path) -> None:
    make(Slip("kbs:KB101 ,", "‸kbs:KB1O1 ,", "", ""), project / "ontology" / "shapes.ttl")
    found = told(project)
    assert [(one.code, one.hint) for one in found if one.code == FATAL] == [(FATAL, "did you mean kbs:KB101?")]


def test_of_two_broken_shapes_only_one_may_stop_the_rest(project: Path) -> None:
    path = project / "ontology" / "shapes.ttl"
    make(Slip("sh:maxCount 1 ;", 'sh:maxCount ‸"1" ;', "", ""), path)
    make(Slip("sh:closed true", 'sh:closed ‸"yes"', "", ""), path)
    assert [found.code for found in told(project)] == [FATAL, MALFORMED]


def test_the_shapes_of_the_project_are_well_formed() -> None:
    assert not malformed(triples((ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8")), str)


def test_every_sort_is_of_a_term() -> None:
    assert SORTS.keys() <= TERMS


VALUES = [
    '"x"',
    '"x"@en',
    "1",
    "-1",
    "true",
    "kb:x",
    "sh:IRI",
    "[]",
    "()",
    "( kb:x )",
    "[ sh:path kb:x ]",
    "kb:s",
    "'('",
]


@given(st.lists(st.tuples(st.sampled_from(sorted(SORTS)), st.sampled_from(VALUES)), max_size=5))
def test_whatever_a_shape_says_is_judged(said: list[tuple[str, str]]) -> None:
    head = "".join(f"@prefix {prefix}: <{STANDARD[prefix]}> .\n" for prefix in ("kb", "sh"))
    turtle = head + "kb:s a sh:NodeShape .\n" + "".join(f"kb:s sh:{term} {value} .\n" for term, value in said)
    places = [one.at[:2] for one in malformed(triples(turtle), str)]
    assert len(places) == len(set(places))


def triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]


def told(project: Path) -> list[Finding]:
    return validate(Project(project), ()).findings


def make(slip: Slip, path: Path) -> tuple[int, int]:
    """Make the slip; where it is to be told."""
    text = path.read_text(encoding="utf-8")
    at = text.index(slip.old)
    marked = text[:at] + slip.new + text[at + len(slip.old) :]
    if slip.new.endswith("# path"):  # the line with the path is lost
        rest = marked.index("    sh:path kb:speaker .", at)
        marked = marked[:rest] + "    ." + marked[rest + len("    sh:path kb:speaker .") :]
    path.write_text(marked.replace(MARK, ""), encoding="utf-8")
    place = marked.index(MARK)
    return marked.count("\n", 0, place) + 1, place - marked.rfind("\n", 0, place)
