"""What kb validate finds in saved queries: every slip at its place, hostile files without harm, and sound ones in peace."""

from __future__ import annotations

import contextlib
import json
import os
import time
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Runner
from kbcli.checks.queryterms import _differ_by_one
from kbcli.corpus import Corpus
from kbcli.errors import UsageError
from kbcli.header import read as read_header
from kbcli.names import prefixes
from kbcli.project import Project
from kbcli.projection import read
from kbcli.sparql import Query

if TYPE_CHECKING:
    from pathlib import Path

    from kbcli.finding import Finding

CHECKS = ("attribution", "namespaces", "prologue", "queries", "queryterms", "terms")
MARK = "‸"
SUMMARY = '#+ summary: "What is asked"\n'
DECLARED = {prefix: f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes().items()}
HEAD = SUMMARY + DECLARED["kb"]
AGENTS = "SELECT ?agent { ?agent a kb:Agent }"
SLOT = "SELECT ?agent { VALUES ?agent { UNDEF } ?agent a kb:Agent }"
DESCRIBED = '#+ params: {agent: {help: "who"}}\n'


class Slip(NamedTuple):
    """One slip: the query with a mark where it is told, the code, and part of what is said or advised."""

    name: str
    query: str
    code: str
    said: str


def with_params(params: str, *more: str) -> str:
    return f"{SUMMARY}#+ params: {params}\n" + "".join(more) + DECLARED["kb"] + SLOT


SLIPS = [
    Slip("an unclosed brace", HEAD + "SELECT ?agent ‸{ ?agent a kb:Agent", "KB501", "never closed"),
    Slip("a keyword misspelt", HEAD + "SELECT ?agent { ?agent a kb:Agent ‸FITLER(true) }", "KB501", "did you mean FILTER?"),
    Slip("a prefix not declared", HEAD + "SELECT ?agent { ?agent a kb:Agent ; ‸rdfs:label ?name }", "KB501", "PREFIX rdfs: <http"),
    Slip("another endpoint", HEAD + "SELECT ?agent { ‸SERVICE <http://127.0.0.1:9/> { ?agent a kb:Agent } }", "KB501", "network: refused"),
    Slip("a column that is not grouped", HEAD + "SELECT ?agent (COUNT(?x) AS ?n) { ?x kb:about ?agent }", "KB501", "unbound"),
    Slip("a comma between columns", HEAD + "SELECT ?agent‸, ?kind { ?agent kb:kind ?kind }", "KB501", "blanks, not commas"),
    Slip("a comma at the end of the file", HEAD + "SELECT ?a ?b { ?a kb:kind ?b } ORDER BY ?a‸, ?b", "KB501", "blanks, not commas"),
    Slip("a comma behind a function", HEAD + "SELECT ?a ?b { ?a kb:kind ?b } ORDER BY COALESCE(?a, ?b)‸, ?b LIMIT 1", "KB501", "ORDER BY"),
    Slip("a change", SUMMARY + "‸DELETE WHERE { ?s ?p ?o }", "KB501", "changes data"),
    Slip("an empty file", SUMMARY + "‸", "KB501", "the query is empty"),
    Slip("a colon in the summary", "#+ summary: Who denies‸: the agents\n" + DECLARED["kb"] + AGENTS, "KB502", "quotation marks"),
    Slip("a day that is none", f"{SUMMARY}#+ description: ‸2020-13-45\n{DECLARED['kb']}{AGENTS}", "KB502", "month must be"),
    Slip("a key misspelt", f"{SUMMARY}#+ ‸tag: [x]\n{DECLARED['kb']}{AGENTS}", "KB502", "did you mean tags?"),
    Slip("a key twice", f"{SUMMARY}#+ tags: [x]\n#+ ‸summary: again\n{DECLARED['kb']}{AGENTS}", "KB502", "twice"),
    Slip("an alias", f"{SUMMARY}#+ tags: ‸&t [x]\n#+ description: *t\n{DECLARED['kb']}{AGENTS}", "KB502", "aliases"),
    Slip("no list of tags", f"{SUMMARY}#+ ‸tags: x\n{DECLARED['kb']}{AGENTS}", "KB502", "tags is not a list"),
    Slip("no mapping", f"{SUMMARY[:2]}‸ - x\n{DECLARED['kb']}{AGENTS}".replace("#+‸ ", "‸#+ "), "KB502", "`key: value`"),
    Slip("a view that is none", f"{SUMMARY}#+ ‸view: tabel\n{DECLARED['kb']}{AGENTS}", "KB502", "views: table"),
    Slip("an unknown type", with_params('\n#+   agent: {help: "who", ‸type: agent}'), "KB502", "has the type 'agent'"),
    Slip("a key of a parameter misspelt", with_params('{agent: {‸hepl: "who"}}'), "KB502", "did you mean help?"),
    Slip("a parameter that is a word", with_params("{‸agent: iri}"), "KB502", "not described"),
    Slip("required by a word", with_params('{agent: {help: "who", ‸required: "no"}}'), "KB502", "neither true nor false"),
    Slip("an expectation misspelt", f"{SUMMARY}#+ expect: {{‸min_row: 1}}\n{DECLARED['kb']}{AGENTS}", "KB502", "did you mean min_rows?"),
    Slip("a number of rows in words", f"{SUMMARY}#+ expect: {{‸min_rows: one}}\n{DECLARED['kb']}{AGENTS}", "KB502", "min_rows is 'one'"),
    Slip("no slot", f'{SUMMARY}#+ params:\n#+   ‸agent: {{help: "who"}}\n{DECLARED["kb"]}{AGENTS}', "KB503", "VALUES ?agent { UNDEF }"),
    Slip("a slot undescribed", HEAD + SLOT.replace("VALUES ?agent", "VALUES ‸?agent"), "KB504", "agent"),
    Slip("a parameter without help", with_params("{‸agent: {type: iri}}"), "KB504", "agent"),
    Slip("a default of nothing", with_params('{agent: {help: "who"}}', "#+ defaults: {‸agnet: ag:iran}\n"), "KB505", "did you mean agent?"),
    Slip("a default that is no choice", with_params('{agent: {help: "who", type: string, choices: [a, b]}}', "#+ defaults: {‸agent: c}\n"), "KB505", "not one of a, b"),
    Slip("a choice of another type", with_params('{agent: {help: "who", type: integer, ‸choices: [one]}}'), "KB505", "a number of the type integer"),
    Slip("a class that is none", with_params('{agent: {help: "who", ‸class: kb:Agnet}}'), "KB505", "did you mean kb:Agent?"),
    Slip("a property as class", with_params('{agent: {help: "who", ‸class: kb:speaker}}'), "KB505", "no class"),
    Slip("a class of no prefix", with_params('{agent: {help: "who", ‸class: Agent}}'), "KB505", "class: kb:Agent"),
    Slip("a class for a text", with_params('{agent: {help: "who", type: string, ‸class: kb:Agent}}'), "KB505", "its type is string"),
    Slip("claims alone", HEAD + "SELECT ‸?claim { ?claim a kb:Denial }", "KB506", "speaker is missing beside ?claim"),
    Slip("labels without a speaker", HEAD + DECLARED["rdfs"] + "SELECT ?agent ‸?what { ?c kb:about ?agent ; rdfs:label ?what }", "KB506", "?c kb:speaker ?speaker"),
    Slip("words without via", HEAD + "SELECT ?who ‸?quote { ?c kb:speaker ?who ; kb:quote ?quote }", "KB506", "via is missing beside ?quote"),
    Slip("a speaker named via", HEAD + "SELECT ‸?quote ?via ?speaker { ?c kb:quote ?quote ; kb:speaker ?speaker ; kb:about ?via }", "KB506", "via is missing"),
    Slip("the speaker of another claim", HEAD + "SELECT ‸?quote ?who ?via { ?c kb:quote ?quote ; kb:denies ?d . ?d kb:speaker ?who ; kb:via ?via }", "KB506", "speaker"),
    Slip("words through an expression", HEAD + "SELECT (UCASE(?quote) AS ‸?loud) { ?c kb:quote ?quote }", "KB506", "?loud"),
    Slip("words of the evidence", HEAD + DECLARED["oa"] + "SELECT ‸?words { ?c kb:evidence/oa:exact ?words }", "KB506", "?words"),
    Slip("who did it", HEAD + "SELECT ?what ‸?who { ?c kb:about ?what ; kb:actor ?who }", "KB506", "speaker"),
    Slip("everything", HEAD + "SELECT ‸* { ?c kb:quote ?quote ; kb:speaker ?who }", "KB506", "via is missing beside *"),
    Slip("a subquery that drops it", HEAD + "SELECT ‸* { { SELECT ?quote { ?c kb:quote ?quote ; kb:speaker ?s ; kb:via ?v } } }", "KB506", "speaker"),
    Slip("a graph of words", HEAD + "CONSTRUCT { ‸?c kb:quote ?quote } { ?c kb:quote ?quote ; kb:speaker ?who ; kb:via ?via }", "KB506", "speaker"),
    Slip("first-hand for another claim", HEAD + "SELECT ‸?quote ?who { ?c kb:quote ?quote ; kb:speaker ?who . FILTER NOT EXISTS { ?d kb:via ?x } }", "KB506", "via"),
    Slip("no header", "‸" + DECLARED["kb"] + AGENTS, "KB507", "#+ summary:"),
    Slip("an empty summary", "#+ ‸summary:\n" + DECLARED["kb"] + AGENTS, "KB507", "--list"),
    Slip("a column misspelt", f"{SUMMARY}#+ expect: {{unique: [‸agnet]}}\n{DECLARED['kb']}{AGENTS}", "KB508", "did you mean agent?"),
    Slip("a prefix for nothing", HEAD + "‸" + DECLARED["oa"] + AGENTS, "KB509", "oa:"),
    Slip("another namespace", SUMMARY + "‸" + DECLARED["kb"].replace("ont#", "ontology#") + AGENTS, "KB018", "write PREFIX kb: <https"),
    Slip("a term misspelt", HEAD + "ASK {\n  ?x ‸kb:speeker ?y }", "KB901", "did you mean kb:speaker?"),
    Slip("a term behind another prefix", f"{SUMMARY}{DECLARED['kb'].replace('kb:', 'my:')}ASK {{ ?x ‸my:speeker ?y }}", "KB901", "did you mean my:speaker?"),
    Slip("a term in full", SUMMARY + "ASK { ?x ‸<https://w3id.org/contested-claims/ont#speeker> ?y }", "KB901", "did you mean kb:speaker?"),
    Slip("an agent misspelt", HEAD + DECLARED["ag"] + "ASK { ?x kb:speaker ‸ag:irann }", "KB010", "did you mean ag:iran?"),
    Slip("a kind nobody has", HEAD + DECLARED["k"] + "ASK { ?x kb:kind ‸k:zeppelin }", "KB010", "k:zeppelin"),
    Slip("a letter too many", SUMMARY + DECLARED["oa"] + "ASK { ?x ‸oa:exactt ?y }", "KB510", "did you mean oa:exact?"),
    Slip("a letter too few", SUMMARY + DECLARED["dct"] + "ASK { ?x ‸dct:isued ?y }", "KB510", "did you mean dct:issued?"),
    Slip("two letters exchanged", SUMMARY + DECLARED["rdfs"] + "ASK { ?x ‸rdfs:lable ?y }", "KB510", "did you mean rdfs:label?"),
]  # fmt: skip
SOUND = [
    HEAD + AGENTS,
    HEAD + "SELECT ?op (COUNT(?c) AS ?claims) { ?c kb:about ?op } GROUP BY ?op",
    HEAD + "SELECT ?who (COUNT(DISTINCT ?c) AS ?claims) { ?c kb:actor ?who } GROUP BY ?who",
    HEAD + "SELECT ?quote ?who ?v { ?c kb:quote ?quote ; kb:speaker ?who OPTIONAL { ?c kb:via ?v } }",
    HEAD + "SELECT * { ?c kb:quote ?quote ; kb:speaker ?who OPTIONAL { ?c kb:via ?v } }",
    HEAD + "SELECT ?quote ?who { ?c kb:quote ?quote ; kb:speaker ?who FILTER NOT EXISTS { ?c kb:via ?v } }",
    HEAD + "SELECT ?quote ?who { ?c kb:quote ?quote ; kb:speaker ?who MINUS { ?c kb:via ?v } }",
    HEAD + "SELECT ?c ?who ?v { ?who ^kb:speaker ?c . OPTIONAL { ?c kb:via/kb:speaker ?v } }",
    HEAD + "SELECT (IF(BOUND(?quote), 1, 0) AS ?quoted) { ?a a kb:Agent OPTIONAL { ?c kb:about ?a ; kb:quote ?quote } }",
    HEAD + "ASK { ?c kb:quote ?quote }",
    SUMMARY + DECLARED["kb"] + DECLARED["ag"] + "ASK { ?a a kb:Agent FILTER(STRSTARTS(STR(?a), STR(ag:)) && kb: != ?a) }",
    HEAD + "DESCRIBE ?c { ?c a kb:Claim }",
    SUMMARY + "SELECT ?s { ?s ?p ?o } VALUES ?p { <http://purl.org/dc/terms/hasPart> }",
    SUMMARY + DESCRIBED + DECLARED["kb"] + SLOT,
    '#+ summary: "x"\n#+ params: {agent: {help: "who", class: skos:Concept}}\n' + DECLARED["skos"] + DECLARED["kb"] + SLOT,
]  # fmt: skip


def found_in(root: Path) -> dict[str, list[Finding]]:
    """What the checks find in queries/, by the file's name."""
    corpus = Corpus.of(Project(root))
    found: dict[str, list[Finding]] = {}
    for name in CHECKS:
        for finding in import_module(f"kbcli.checks.{name}").check(corpus):
            found.setdefault(finding.path, []).append(finding)
    return found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """The findings of all slips and sound queries, each in a file of its own."""
    root = tmp_path_factory.mktemp("project")
    for part in ("data", "ontology", "seeds"):
        (root / part).symlink_to(ROOT / part)
    (root / "queries").mkdir()
    for kind, texts in (("slip", [slip.query.replace(MARK, "") for slip in SLIPS]), ("sound", SOUND)):
        for number, text in enumerate(texts):
            (root / f"queries/{kind}-{number}.rq").write_text(text, encoding="utf-8")
    return found_in(root)


@pytest.mark.parametrize("number", range(len(SLIPS)), ids=[slip.name for slip in SLIPS])
def test_a_slip_is_told_at_its_place_and_nothing_else_is(number: int, told: dict[str, list[Finding]]) -> None:
    _, query, code, said = SLIPS[number]
    (found,) = told[f"queries/slip-{number}.rq"]
    assert (found.code, said in found.message + found.hint) == (code, True), found
    if MARK in query:
        before = query[: query.index(MARK)]
        assert (found.line, found.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize("number", range(len(SOUND)))
def test_nothing_is_told_of_a_sound_query(number: int, told: dict[str, list[Finding]]) -> None:
    assert told.get(f"queries/sound-{number}.rq", []) == []


def test_every_code_has_its_slip() -> None:
    rules = {rule.code for name in CHECKS for rule in import_module(f"kbcli.checks.{name}").RULES}
    assert rules <= {slip.code for slip in SLIPS}


def test_our_own_queries_are_clean() -> None:
    assert found_in(ROOT) == {}


def test_severities(told: dict[str, list[Finding]]) -> None:
    warnings = {finding.code for found in told.values() for finding in found if finding.severity == "warning"}
    assert warnings == {"KB010", "KB504", "KB507", "KB509", "KB510"}


def test_the_command_shows_the_line_with_a_caret(kb: Runner, project: Path) -> None:
    (project / "queries/x.rq").write_text(HEAD + "ASK { ?x kb:speeker ?y }\n")
    place = "queries/x.rq:3:10: KB901 error: ontology/kb.ttl does not define this term: kb:speeker"
    for path in ("queries/", "queries/x.rq"):
        result = kb("validate", path, cwd=project)
        assert result.code == 1
        assert place in result.out
        assert "  | ASK { ?x kb:speeker ?y }\n  |          ^\n  hint: did you mean kb:speaker?" in result.out
    assert kb("validate", "queries/denials.rq", cwd=project).code == 0
    assert "x.rq" not in kb("validate", "data", cwd=project).out


def test_the_words_are_those_of_kb_query(kb: Runner, project: Path) -> None:
    (project / "queries/x.rq").write_text(HEAD + "ASK {\n  ?x kb:speaker .. }\n")
    (found,) = json.loads(kb("validate", "queries/x.rq", "-f", "json", cwd=project).out)["findings"]
    what = found["message"].partition(": ")[2]
    assert f"queries/x.rq:4:{found['column']}: {what}" in kb("query", "queries/x.rq", cwd=project).err


def test_a_project_of_another_base_keeps_its_queries(project: Path) -> None:
    (project / "kb.toml").write_text('base = "https://example.org/x/"\n')
    assert [f for path, found in found_in(project).items() if path.startswith("queries/") for f in found] == []


def test_a_query_by_a_broken_file_is_let_alone(project: Path) -> None:
    (project / "data/agents.ttl").write_text("broken")
    (project / "queries/x.rq").write_text(HEAD + DECLARED["ag"] + "ASK { ?x kb:speaker ag:iran }")
    assert "queries/x.rq" not in found_in(project)


def test_a_folder_without_queries_is_clean(project: Path) -> None:
    for path in (project / "queries").iterdir():
        path.unlink()
    assert found_in(project) == {}
    (project / "queries").rmdir()
    assert found_in(project) == {}


# --- hostile files --------------------------------------------------------------------------------------


def test_hostile_files_are_findings(kb: Runner, project: Path) -> None:
    queries = project / "queries"
    os.mkfifo(queries / "pipe.rq")
    (queries / "folder.rq").mkdir()
    (queries / "nowhere.rq").symlink_to("nothing")
    (queries / "binary.rq").write_bytes(b"#+ summary: x\nASK \xff{}")
    (queries / "zero.rq").write_bytes(b"\0" * 1000)
    (queries / "large.rq").write_text("ASK {}" + " " * 5_000_000)
    (queries / "braces.rq").write_text("ASK " + "{" * 100_000 + "}" * 100_000)
    (queries / "terms.rq").write_text("ASK { FILTER(" + "1 + " * 200_000 + "1) }")
    (queries / "yaml.rq").write_text(f"#+ tags: {'[' * 50_000}\nASK {{}}")
    (queries / "header.rq").write_text("#+ tags: [x]\n" * 20_000 + "ASK {}")
    (queries / "kept.rq").write_text(HEAD + "ASK { ?x kb:speeker ?y }")
    start = time.monotonic()
    result = kb("validate", "queries", "-f", "json", cwd=project)
    assert result.code == 1
    found = {(f["path"].removeprefix("queries/"), f["code"]): f for f in json.loads(result.out)["findings"]}
    assert {("kept.rq", "KB901"), ("yaml.rq", "KB502"), ("header.rq", "KB502")} <= found.keys()
    for name, said in {
        "pipe": "the query cannot be read: a pipe or a device",
        "folder": "the query cannot be read: a folder",
        "nowhere": "No such file",
        "binary": "not UTF-8 (byte 0xFF",
        "zero": "not valid SPARQL",
        "large": "longer than 1000000 bytes",
        "braces": "nested more than 20000 deep",
    }.items():
        assert said in found[f"{name}.rq", "KB501"]["message"]
    assert (found["binary.rq", "KB501"]["line"], found["yaml.rq", "KB502"]["line"]) == (2, 1)
    assert time.monotonic() - start < 60


def test_a_crash_hides_no_other_query(monkeypatch: pytest.MonkeyPatch) -> None:
    from kbcli import grammar

    complaint = grammar._complaint

    def crashing(query: Query) -> str:
        if "crash" in query.text:
            os.abort()
        return complaint(query)

    monkeypatch.setattr(grammar, "_complaint", crashing)
    texts = ("ASK {}", "ASK { crash", "ASK {", "ASK { }")
    told = grammar.complaints([Query(text, "x.rq") for text in texts])
    assert [type(one).__name__ for one in told] == ["NoneType", "LimitError", "SyntaxError", "NoneType"]


def test_reading_evaluates_nothing() -> None:
    from kbcli import grammar

    product = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(99)))} }}" for n in range(9))
    start = time.monotonic()
    assert grammar._complaint(Query(f"SELECT (COUNT(*) AS ?n) {{ {product} }}", "x.rq")) == ""
    assert time.monotonic() - start < 5


# --- columns --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT ?a $b { ?a ?p $b }", "a b"),
        ("SELECT DISTINCT ?a (COUNT(?b) AS ?n) WHERE { ?a ?p ?b } GROUP BY ?a", "a n"),
        ('SELECT * { ?a ?p "x"@en , 1, -1.5 , "x"^^<urn:t> ; <urn:q> ?b . FILTER(?c > 1) }', "a p b"),
        ("SELECT * { ?a <urn:p>/^<urn:q>|!<urn:r> [ <urn:s> ?b ] , ( ?c 1 ) MINUS { ?a ?q ?d } }", "a b c"),
        ("SELECT * { GRAPH ?g { ?a a <urn:t> } BIND(?a AS ?b) VALUES (?c ?d) { (1 2) } }", "g a b c d"),
        ("SELECT * { { SELECT ?a { ?a ?p ?o } } UNION { ?b ?q 1 } FILTER EXISTS { ?a ?r ?s } }", "a b q"),
        ("SELECT * { ?a <urn:p>*/(<urn:q>|<urn:r>)+ ?b OPTIONAL { ?b ?p ?c } } VALUES ?z { 1 }", "a b p c z"),
        ("CONSTRUCT { ?a <urn:p> ?b } WHERE { ?a ?p ?b }", "a b"),
        ("CONSTRUCT WHERE { ?a <urn:p> ?b }", "a b"),
    ],
)
def test_columns(query: str, columns: str) -> None:
    import pyoxigraph as ox

    assert list(read(Query(query, "")).shown or ()) == [f"?{name}" for name in columns.split()]
    answer = ox.Store().query(query)
    if isinstance(answer, ox.QuerySolutions):
        assert {one.value for one in answer.variables} == set(columns.split())


@pytest.mark.parametrize("path", sorted((ROOT / "queries").glob("*.rq")), ids=lambda path: path.stem)
def test_the_columns_are_those_the_engine_shows(path: Path) -> None:
    import pyoxigraph as ox

    text = path.read_text(encoding="utf-8")
    solutions = ox.Store().query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    assert list(read(Query(text, "")).shown or ()) == [f"?{one.value}" for one in solutions.variables]


TOKENS = ["?a", "?b", "kb:via", "a", "{", "}", "(", ")", "[", "]", ".", ";", ",", "/", "^", "|", "*", "SELECT", "FILTER",
          "NOT", "EXISTS", "MINUS", "BIND", "AS", "VALUES", "UNDEF", "CONSTRUCT", "WHERE", "GRAPH", "'x'", "1", "^^"]  # fmt: skip
YAML = ["tags", "params", "expect", "defaults", "agent", ": ", "? ", "- ", "[", "]", "{", "}", ", ", "&a ", "*a", "\n", "\n  ",
        "!!int ", "!!timestamp ", "!!bool ", "1", "1:1" + ":1" * 3000, "2020-13-45", '"', "'", "|", "<<", "#", "\0", "\\ud800"]  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS)))
def test_reading_ends_whatever_the_text(words: list[str]) -> None:
    read(Query(" ".join(words), ""))


@given(st.lists(st.sampled_from(YAML)).map("".join))
def test_a_header_is_read_or_refused_whatever_it_is(header: str) -> None:
    query = Query("#+ summary: x\n#+ " + header.replace("\n", "\n#+ "), "x.rq")
    with contextlib.suppress(UsageError):
        read_header(query)


@given(st.text(alphabet="abc", max_size=5), st.text(alphabet="abc", max_size=5))
def test_one_letter_apart(one: str, other: str) -> None:
    edits = {one[:i] + c + one[i + n :] for i in range(len(one) + 1) for n in (0, 1) for c in ("", *"abc")}
    edits |= {one[:i] + one[i : i + 2][::-1] + one[i + 2 :] for i in range(len(one))}
    assert _differ_by_one(one, other) == (other in edits - {one})


def test_what_a_header_gives_is_written_as_kb_query_takes_it() -> None:
    text = '#+ params: {x: {type: boolean, help: ""}}\n#+ defaults: {x: true}\nASK { VALUES ?x { UNDEF } }'
    header = read_header(Query(text, "x.rq"))
    assert (header.params["x"].default, header.summary) == ("true", "")
    assert header.places["params", "x", "type"] == (1, 17)
