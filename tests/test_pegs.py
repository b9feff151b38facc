"""Names and what bears them: pegs, labels, languages, prefixes, literals, and what to write for words where a peg belongs.

Every slip gives its codes and no others, at its place; what only looks like one gives none.
"""

from __future__ import annotations

import datetime as dt
import json
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import ROOT
from kbcli import checks
from kbcli.checks import prefixes as prefix_check
from kbcli.corpus import Corpus
from kbcli.datatypes import XSD, ill_typed
from kbcli.document import Document
from kbcli.finding import Rule
from kbcli.languagetags import flaw
from kbcli.names import prefixes
from kbcli.project import Project
from kbcli.suggestion import Suggestions
from kbcli.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner
    from kbcli.finding import Finding

A = "data/articles/iran-accuses-mossad.ttl"
B = "data/articles/khodaei-nyt-report.ttl"
AGENTS, KINDS, PLACES = "data/agents.ttl", "data/kinds.ttl", "data/places.ttl"
SHAPES, VOCABULARY = "ontology/shapes.ttl", "ontology/kb.ttl"
MARK = "‸"

Edits = dict[str, str]
SKOS = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
DATES = "kb:notStated dct:publisher , dct:creator , dct:issued , schema:url ;"
UNISSUED = "kb:notStated dct:publisher , dct:creator , schema:url ;"
PAV = {"@prefix pl:": "@prefix pav: <http://purl.org/pav/> .\n@prefix pl:"}
KAN = 'rdfs:label "Kan"@en'
MORE = "# Operations\n"
NEW = 'a kb:Agent ; rdfs:label "Radio"@en ; kb:kind k:media .\n'
MATCH = "ag:mossad skos:exactMatch ex:m .\n"


class Slip(NamedTuple):
    """In `file` each text is replaced once. The first of `codes` tells of the place behind the mark."""

    name: str
    file: str
    edits: Edits
    codes: str
    said: str = ""


SLIPS = [
    Slip("a prefix for nothing", AGENTS, {SKOS: f"{SKOS}‸@prefix oa: <http://www.w3.org/ns/oa#> .\n"}, "KB003", "oa:"),
    Slip("a prefix in words only", KINDS, {SKOS: f"{SKOS}‸PREFIX ex: <urn:ex:> # ex:a\n", '"agreement"': '"ex:b"'}, "KB003", "ex:"),
    Slip("a prefix twice", AGENTS, {SKOS: SKOS + MARK + SKOS}, "KB004", "both times"),
    Slip("a prefix twice, once for nothing", AGENTS, {SKOS: f"{SKOS}@prefix ex: <urn:a:> .\n‸@prefix ex: <urn:b:> .\n{MATCH}"}, "KB004", "on line 6"),
    Slip("a prefix for two namespaces", AGENTS, {SKOS: f"{SKOS}@prefix ex: <urn:a:> .\n{MATCH}‸@prefix ex: <urn:b:> .\n{MATCH}"}, "KB004", "ex: is <urn:a:>"),
    Slip("fetched before it appeared", B, {**PAV, DATES: f'{UNISSUED} dct:issued "2022-05-28"^^xsd:date ; pav:retrievedOn ‸"2022-05-26"^^xsd:date ;'}, "KB154", "2022-05-26"),
    Slip("issued in days to come", B, {DATES: f'{UNISSUED} dct:issued ‸"9000-01-01"^^xsd:date ;'}, "KB155", "9000-01-01"),
    Slip("fetched in days to come", B, {**PAV, "kb:outlet": 'pav:retrievedOn ‸"9000-01-01"^^xsd:date ;\n    kb:outlet'}, "KB155", "9000"),
    Slip("a label twice", B, {MORE: f'ag:iran-2 a kb:Agent ; rdfs:label ‸"Irán"@en ; kb:kind k:state ; kb:partOf ag:iran .\n{MORE}', "kb:kind k:media .": "kb:kind k:media ; kb:partOf ag:iran-2 ."}, "KB460 KB456", "ag:iran (data/agents.ttl)"),
    Slip("a label that is another's alias", B, {'skos:altLabel "Kan broadcaster"@en': 'skos:altLabel ‸"MOSSAD"@en'}, "KB460", "ag:mossad"),
    Slip("two operations of one label", B, {'"leak, as Ben-Barak speaks of it"': '‸"killing of Khodaei"'}, "KB460", "op:khodaei-killing"),
    Slip("two kinds of one label", KINDS, {'"epithet"': '‸"attack"'}, "KB460", "k:attack"),
    Slip("a label without language", B, {KAN: 'rdfs:label ‸"Kan"'}, "KB461", '"Kan"'),
    Slip("a note without language", AGENTS, {'neither text says so."@en': 'neither text says so."', "skos:note ": "skos:note ‸"}, "KB461"),
    Slip("a language of three letters", B, {KAN: 'rdfs:label ‸"Kan"@eng'}, "KB462", "eng"),
    Slip("a land that is none", B, {KAN: 'rdfs:label ‸"Kan"@en-UK'}, "KB462", "UK"),
    Slip("a land as an article's language", B, {'schema:inLanguage "en"': 'schema:inLanguage ‸"gb"'}, "KB462", "gb"),
    Slip("an agent of no claim", B, {MORE: f"‸ag:radio {NEW}{MORE}"}, "KB463", "ag:radio"),
    Slip("an agent of itself only", AGENTS, {"ag:mossad a": "‸ag:radio kb:partOf ag:radio ; " + NEW + "ag:mossad a"}, "KB463 KB455 KB456", "ag:radio"),
    Slip("a place of no claim", PLACES, {"pl:syria a": '‸pl:tibet a kb:Place ; rdfs:label "Tibet"@en .\npl:syria a'}, "KB463", "pl:tibet"),
    Slip("a time of no claim", B, {"# Claims\n": '‸tm:khodaei-nyt-report-x a kb:Time ; kb:basis kb:relative ; kb:text "Thursday" ; skos:note "x"@en .\n'}, "KB463", "tm:"),
    Slip("a publisher by name", B, {DATES: 'kb:notStated dct:creator , dct:issued , schema:url ; dct:publisher ‸"NYT" ;'}, "KB464", '"NYT"'),
    Slip("a number that is none", B, {KAN: f'{KAN} ; skos:note ‸"5x"^^xsd:integer'}, "KB465", '"5x"^^xsd:integer'),
    Slip("a day that does not exist", VOCABULARY, {'dct:created "2026-11-22"': 'dct:created ‸"2026-11-31"'}, "KB465", "2026-11-31"),
    Slip("a datatype that does not exist", VOCABULARY, {'dct:modified "2026-11-22"^^xsd:date': 'dct:modified ‸"2026-11-22"^^xsd:Date'}, "KB465", "xsd:Date"),
    Slip("a rule that nobody applies", SHAPES, {"        kbs:KB130 ,\n": "", "kbs:KB130 a": "‸kbs:KB130 a"}, "KB906", "kbs:KB130"),
    Slip("a rule for a class that nobody has", SHAPES, {"sh:property kbs:KB216 ;": "sh:property kbs:KB216 ; sh:targetClass ‸schema:Photograph ;"}, "KB906", "Photograph"),
    Slip("a rule for a property that nobody has", SHAPES, {"sh:property kbs:KB216 ;": "sh:property kbs:KB216 ; sh:targetSubjectsOf ‸schema:image ;"}, "KB906", "schema:image"),
]  # fmt: skip


def spoil(root: Path, file: str, edits: Edits) -> tuple[int, int]:
    """Make the edits; where the mark was, line and column."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new, 1)
    before, mark, _ = text.partition(MARK)
    path.write_text(text.replace(MARK, ""), encoding="utf-8")
    return (before.count("\n") + 1, len(before) - before.rfind("\n")) if mark else (0, 0)


def told(root: Path) -> list[Finding]:
    """What the checks find, but for two: SHACL takes its time, and any slip in ontology/ makes it another version."""
    corpus = Corpus.of(Project(root))
    names = (name for name in checks.MODULES if name not in ("installed", "shapes"))
    return [finding for name in names for finding in import_module(f"kbcli.checks.{name}").check(corpus)]


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.name for slip in SLIPS])
def test_a_slip_gives_its_codes_and_no_others_at_its_place(slip: Slip, project: Path) -> None:
    place = spoil(project, slip.file, slip.edits)
    found = told(project)
    assert {finding.code for finding in found} == set(slip.codes.split())
    first = next(finding for finding in found if finding.code == slip.codes.split()[0])
    assert (first.path, first.line, first.column) == (slip.file, *place)
    assert slip.said in first.message
    assert first.hint


def test_the_command_tells_of_them(kb: Runner, project: Path) -> None:
    for name in ("a prefix for nothing", "a label without language", "a rule that nobody applies"):
        slip = next(slip for slip in SLIPS if slip.name == name)
        spoil(project, slip.file, slip.edits)
    result = kb("validate", "-f", "json", "--fail-on", "warning", cwd=project)
    found = json.loads(result.out)["findings"]
    assert (result.code, {f["code"] for f in found}) == (1, {"KB003", "KB461", "KB906"})
    assert kb("validate", cwd=project).code == 0


@pytest.mark.parametrize(
    ("name", "severity"), [("a prefix twice", "warning"), ("a prefix for two namespaces", "error")]
)
def test_a_prefix_twice_is_an_error_if_it_means_two_things(name: str, severity: str, project: Path) -> None:
    slip = next(slip for slip in SLIPS if slip.name == name)
    spoil(project, slip.file, slip.edits)
    assert [finding.severity for finding in told(project)] == [severity]


QUIET = {
    "a prefix in a datatype only": (KINDS, {SKOS: f"{SKOS}@prefix xsd: <{XSD}> .\n", '"agreement"@en ;': '"agreement"@en ; skos:note "2018-10-31"^^xsd:date ;'}),
    "a prefix in a query of the shapes": (SHAPES, {"@prefix xsd:": "@prefix ex: <urn:ex:> .\n@prefix xsd:", "SELECT DISTINCT $this\n": "# as ex:a\nSELECT DISTINCT $this\n"}),
    "a prefix at the end of a line": (AGENTS, {SKOS: f"{SKOS}@prefix ex: <urn:ex:> .\n", "kb:partOf ag:israel .": "kb:partOf ag:israel ; skos:exactMatch\nex:mossad ."}),
    "issued today": (B, {DATES: f'{UNISSUED} dct:issued "{dt.datetime.now(dt.UTC).date()}"^^xsd:date ;'}),
    "fetched the day before, elsewhere": (B, {**PAV, DATES: f'{UNISSUED} dct:issued "2022-05-27"^^xsd:date ; pav:retrievedOn "2022-05-26"^^xsd:date ;'}),
    "a label and the same alias": (B, {'"Kan broadcaster"@en': '"Kan"@en'}),
    "an alias of two": (B, {'"103FM radio"@en': '"Kan broadcaster"@en'}),
    "a place called as an agent": (PLACES, {'"Syria"@en': '"Mossad"@en'}),
    "a language in its long form": (B, {KAN: 'rdfs:label "Kan"@he-Hebr-IL'}),
    "a language without a short code": (B, {KAN: 'rdfs:label "Kan"@cmn'}),
    "a title without language": (B, {"kb:outlet": 'dct:title "Kan" ;\n    kb:outlet'}),
    "a number of many digits": (B, {KAN: f'{KAN} ; skos:note "{"9" * 40}"^^xsd:integer'}),
    "a rule switched off": (SHAPES, {"        kbs:KB135 ,\n": "", "kbs:KB135 a sh:PropertyShape ;": "kbs:KB135 a sh:PropertyShape ; sh:deactivated true ;"}),
    "a rule for a class not used yet": (SHAPES, {"sh:property kbs:KB216 ;": "sh:property kbs:KB216 ; sh:targetClass kb:Place , skos:ConceptScheme ;"}),
    "a rule for a property not used yet": (SHAPES, {"sh:property kbs:KB216 ;": "sh:property kbs:KB216 ; sh:targetSubjectsOf pav:retrievedOn ;"}),
}  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_what_only_looks_like_a_slip_gives_none(name: str, project: Path) -> None:
    spoil(project, *QUIET[name])
    assert told(project) == []


def test_a_value_is_told_of_once(project: Path) -> None:
    spoil(project, A, {'"2018-10-31"^^xsd:date': '"2018-02-30"^^xsd:date'})
    assert "KB465" in {finding.code for finding in told(project)}
    assert {finding.code for finding in validate(Project(project), ()).findings} == {"KB410"}


def test_in_a_young_project_much_is_not_used_yet(project: Path) -> None:
    for file in (A, B, AGENTS, PLACES):
        (project / file).unlink()
    for seed in (project / "seeds").iterdir():
        seed.unlink()
    spoil(project, SHAPES, {"sh:property kbs:KB216 ;": "sh:property kbs:KB216 ; sh:targetClass schema:Photograph ;"})
    assert {finding.code for finding in validate(Project(project), ()).findings} == {"KB908"}  # it is no longer ours


def test_what_a_broken_file_may_name_is_not_unused(project: Path) -> None:
    (project / B).write_text("ag:x", encoding="utf-8")
    assert "KB463" not in {finding.code for finding in told(project)}


# --- words where a peg belongs --------------------------------------------------------------------------

BELIEVED = [
    ('kb:speaker "Ushpiz"', "did you mean ag:ushpiz?"),
    ('kb:speaker "the new york times"@en', "did you mean ag:nyt?"),
    ('kb:speaker "Alon Uhspiz"', "did you mean ag:ushpiz?"),
    ('kb:speaker "ag:ushpiz"', "write ag:ushpiz, without quotation marks"),
    ('kb:speaker "Tehran"', "did you mean ag:iran?"),
    ("kb:speaker pl:iran", "did you mean ag:iran?"),
    ('kb:speaker "Reuters"', "“Reuters” names nothing here: define ag:reuters a kb:Agent, and write that, without quotation marks"),
    ('kb:about "Killing of Khodaei"', "did you mean op:khodaei-killing?"),
    ('kb:about "whatever"', ""),
    ('kb:actor "Israel"', "did you mean ag:israel?"),
    ("kb:actor ag:israel", ""),
    ("kb:actor ag:nobody", ""),
    ('kb:place "Iraq"', "did you mean pl:iraq?"),
    ("kb:place ag:iraq", "did you mean pl:iraq?"),
    ('kb:place "Tehran"', "“Tehran” names ag:iran, no kb:Place: define pl:tehran a kb:Place, and write that, without quotation marks"),
    ('kb:kind "person"', "did you mean k:person?"),
    ('kb:kind "k:person"', "write k:person, without quotation marks"),
    ('kb:kind "ag:kan"', ""),
    ('kb:kind "stated"', "did you mean k:state?"),
    ('kb:said "on Monday"', "did you mean tm:khodaei-nyt-report-monday?"),
    ('kb:said "Late September"', "the speaker's words go in kb:quote; a time is a block of its own: tm:… a kb:Time, with the article's words in kb:text; then kb:said tm:…"),
    ('kb:happened "1980/1988"', "did you mean tm:khodaei-nyt-report-iran-iraq-war?"),
    ('kb:happened "long ago"', "a time is a block of its own: tm:… a kb:Time, with the article's words in kb:text; then kb:happened tm:…"),
    ('kb:basis "stated"', "write kb:stated, without quotation marks"),
    ('kb:notStated "said"', "write kb:said, without quotation marks"),
    ('kb:evidence "whatever"', "kb cite prints the block of a span for words of the article; name it: ev:…"),
    ('kb:quote "Ushpiz"', ""),
    ('schema:url "https://kan.example/1"', "write <https://kan.example/1>, without quotation marks"),
    ('schema:url "a b"', ""),
    ('dct:publisher "NYT"', "did you mean ag:nyt?"),
    ('kb:speaker ""', ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def suggestions() -> Suggestions:
    return Suggestions(Corpus.of(Project(ROOT)))


@pytest.mark.parametrize(("written", "hint"), BELIEVED, ids=[row[0] for row in BELIEVED])
def test_words_for_a_peg_are_looked_up(written: str, hint: str, suggestions: Suggestions) -> None:
    declared = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes().items())
    triple = next(iter(ox.parse(f"{declared}<urn:x> {written} .", format=ox.RdfFormat.TURTLE)))
    plain = Rule("KB999", "slug", "error", "what", "").at(B)
    assert suggestions.onto(plain, triple.predicate.value, triple.object).hint == hint


def test_the_hint_stands_with_the_finding(kb: Runner, project: Path) -> None:
    spoil(project, B, {"kb:speaker ag:ushpiz": 'kb:speaker "Ushpiz"', "kb:place pl:iraq": "kb:place ag:iraq"})
    spoil(project, B, {"op:iran-iraq-war a kb:Operation ;": 'op:iran-iraq-war a kb:Operation ;\n    kb:place "Iraq" ;'})
    found = json.loads(kb("validate", "-f", "json", cwd=project).out)["findings"]
    hints = {finding["code"]: finding["hint"] for finding in found}
    assert (hints["KB102"], hints["KB117"]) == ("did you mean ag:ushpiz?", "did you mean pl:iraq?")
    assert "said by claims" in hints["KB405"], "a stray property is not to be given a better value"


# --- datatypes, languages, prefixes ---------------------------------------------------------------------


def of(datatype: str, *texts: str) -> list[ox.Literal]:
    return [ox.Literal(text, datatype=ox.NamedNode(XSD + datatype)) for text in texts]


VALUES = {
    "date": "2018-10-31 2018-10-31Z 2018-10-31+05:00 -0044-03-15 12018-01-01",
    "dateTime": "2018-10-31T23:20:00 2018-10-31T24:00:00Z",
    "gYear": "2018 -0044",
    "gYearMonth": "2018-10",
    "gMonthDay": "--02-29",
    "boolean": "true false 1 0",
    "integer": "5 +5 -5 007 99999999999999999999999999999999999999",
    "decimal": "5 5. .5 -1.12345678901234567890123",
    "double": "1e5 INF -INF NaN 1.",
    "nonNegativeInteger": "0 5 99999999999999999999999999999999999999",
    "byte": "-128 127",
    "unsignedByte": "0 255",
    "negativeInteger": "-1",
    "duration": "P1Y PT5M",
    "anyURI": "http://a/é urn:x a/b #c",
    "hexBinary": "whatever",
    "string": "what ever",
}
NO_VALUES = {
    "date": "2018-02-30|2018-1-1| 2018-01-01|2018-10|31.10.2018|",
    "dateTime": "2018-10-31|2018-10-31 23:20:00|2018-10-31T23:59:61",
    "gYear": "18|in 2018",
    "gYearMonth": "2018-13",
    "gMonthDay": "--02-30|",
    "boolean": "TRUE|yes",
    "integer": "abc|5.0|1,000|1_000| 5|٥|",
    "decimal": "1,5|.|1e5",
    "double": "1,5|a lot",
    "nonNegativeInteger": "-1|-99999999999999999999999999999999999999",
    "byte": "128|-129",
    "unsignedByte": "-1|256",
    "negativeInteger": "0",
    "anyURI": "http://a b|<http://a>",
    "Date": "2018-10-31",
}


@pytest.mark.parametrize("datatype", VALUES)
def test_values_of_a_datatype(datatype: str) -> None:
    assert list(ill_typed(of(datatype, *VALUES[datatype].split()))) == []


@pytest.mark.parametrize("datatype", NO_VALUES)
def test_texts_that_are_no_values_of_a_datatype(datatype: str) -> None:
    literals = of(datatype, *NO_VALUES[datatype].split("|"))
    found = list(ill_typed(literals))
    assert {one.literal for one in found} == set(literals)
    assert all(one.remedy for one in found)


@given(st.text(max_size=20), st.sampled_from([*VALUES, "gMonth", "time", "int", "nothing"]))
def test_any_text_can_be_asked_for_its_datatype(text: str, datatype: str) -> None:
    assert len(list(ill_typed(of(datatype, text)))) <= 1


@given(st.dates(), st.integers(), st.datetimes())
def test_what_python_writes_is_a_value(day: dt.date, number: int, moment: dt.datetime) -> None:
    written = [*of("date", day.isoformat()), *of("integer", str(number)), *of("dateTime", moment.isoformat())]
    assert list(ill_typed(written)) == []


@pytest.mark.parametrize("tag", ["en", "en-gb", "EN-US", "he-hebr-il", "zh-hant-tw", "cmn", "en-u-ca-uk", "x-uk", "iw", "sr-Latn", "es-419"])  # fmt: skip
def test_tags_that_are_known(tag: str) -> None:
    assert flaw(tag) is None


@pytest.mark.parametrize(
    ("tag", "right"),
    [
        ("en-UK", "en-GB"),
        ("eng", "en"),
        ("per-ir", "fa-IR"),
        ("en-EN", "en"),
        ("jp", "ja"),
        ("english", "en"),
        ("qq", ""),
    ],
)
def test_tags_that_nobody_knows(tag: str, right: str) -> None:
    found = flaw(tag)
    assert found
    assert found.right == right


@given(st.from_regex(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,4}", fullmatch=True))
def test_a_better_tag_is_a_good_one(tag: str) -> None:
    found = flaw(tag)
    assert found is None or not found.right or flaw(found.right) is None


USES = [
    "{}:s {}:p {}:o .",
    '<urn:s> <urn:p> "{}:x" .',
    "# {}:x",
    '<urn:s> <urn:p> "1"^^{}:t .',
    "<urn:s> <urn:p> <urn:{}:x> .",
]
USES += [
    '<urn:s> <urn:p> """\n{}:x""" .',
    "<urn:s> a\n{}:c .",
    '<urn:s> <urn:p> "\\"^^{}:x" .',
    "<urn:s> a {}:c . # {}:x",
]


@given(st.lists(st.tuples(st.sampled_from(USES), st.sampled_from(["a", "b", ""])), max_size=4))
@example([(USES[6], "a"), (USES[3], "b")])
def test_a_glance_sees_no_use_that_the_tokens_do_not(uses: list[tuple[str, str]]) -> None:
    head = "".join(f"@prefix {prefix}: <urn:{prefix}:> .\n" for prefix in ("a", "b", ""))
    text = head + "\n".join(use.replace("{}", prefix) for use, prefix in uses) + "\n"
    used = {one.prefix for one in list(prefix_check._declarations(text, queries=False)) if one.uses}
    assert used == {"a", "b", ""} or not prefix_check._plainly_in_order(text)


def test_documents_of_the_project_are_read_at_a_glance(project: Path) -> None:
    assert prefix_check._plainly_in_order(Document(project / A, A).text)
