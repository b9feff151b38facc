"""kb query: answers, formats, parameters, and plain sentences for what cannot be answered."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from conftest import ROOT, Runner

if TYPE_CHECKING:
    from pathlib import Path

KB = "PREFIX kb: <https://w3id.org/contested-claims/ont#>\n"
SPEAKERS = KB + "SELECT ?claim ?speaker { ?claim kb:speaker ?speaker } ORDER BY ?claim"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_main_job_the_two_denials(kb: Runner) -> None:
    result = kb("query", "queries/denials.rq")
    found = rows(result.out)
    assert result.code == 0
    assert {row["speakerLabel"] for row in found} == {"Iran", "Ram Ben-Barak"}
    assert len(found) == 2
    assert {row["hedge"] for row in found} == {"", "as far as he knew"}


def test_by_name_by_file_and_from_stdin_are_the_same(kb: Runner) -> None:
    text = (ROOT / "queries" / "denials.rq").read_text(encoding="utf-8")
    answers = {kb("query", "denials").out, kb("query", "queries/denials.rq").out, kb("query", "-", stdin=text).out}
    assert len(answers) == 1


@pytest.mark.parametrize("format_", ["tsv", "json", "xml"])
def test_w3c_formats_read_back_by_the_engine(kb: Runner, format_: str) -> None:
    result = kb("query", "denials", "-f", format_)
    syntax = ox.QueryResultsFormat.from_extension({"xml": "srx", "json": "srj"}.get(format_, format_))
    parsed = ox.parse_query_results(result.out.encode(), format=syntax)
    assert isinstance(parsed, ox.QuerySolutions)
    assert len(list(parsed)) == 2


def test_jsonl_has_one_object_a_row(kb: Runner) -> None:
    lines = kb("query", "-", "-f", "jsonl", stdin=KB + "SELECT ?c ?n ?x { ?c kb:deaths ?n }").out.splitlines()
    assert next(json.loads(line) for line in lines)["n"] == 24
    assert json.loads(lines[0])["x"] is None


def test_a_table_shows_labels_and_counts_its_rows(kb: Runner) -> None:
    result = kb("query", "denials", "-f", "table", env={"COLUMNS": "200"})
    assert result.err == "2 rows\n"
    assert "Ram Ben-Barak" in result.out
    assert "https://" not in result.out


@pytest.mark.parametrize("columns", [30, 60, 80, 120, 250])
def test_a_table_never_exceeds_the_terminal_and_loses_no_word(kb: Runner, columns: int) -> None:
    query = (
        KB
        + "SELECT ?claim ?exact { ?claim kb:evidence/<http://www.w3.org/ns/oa#exact> ?exact } ORDER BY ?claim LIMIT 3"
    )
    result = kb("query", "-", "-f", "table", stdin=query, env={"COLUMNS": str(columns)})
    whole = rows(kb("query", "-", stdin=query).out)
    assert max(map(len, result.out.splitlines())) <= columns
    shown = "".join(result.out.split())
    for row in whole:
        assert all(word in shown for word in row["exact"].split() if len(word) < 12)


def test_markdown_is_a_table_that_no_value_can_break(kb: Runner) -> None:
    query = 'SELECT ?a { VALUES ?a { "x | y" "line\\nbreak" "<b>" } }'
    lines = kb("query", "-", "-f", "md", stdin=query).out.splitlines()
    assert [line.count("|") - line.count("\\|") for line in lines] == [2] * 5


def test_ask_and_construct_have_their_formats(kb: Runner) -> None:
    ask = KB + "ASK { ?d a kb:Denial }"
    assert kb("query", "-", stdin=ask).out == "true\n"
    assert json.loads(kb("query", "-", "-f", "json", stdin=ask).out)["boolean"] is True
    assert "<boolean>true</boolean>" in kb("query", "-", "-f", "xml", stdin=ask).out
    construct = KB + "CONSTRUCT WHERE { ?d a kb:Denial ; kb:speaker ?s }"
    for format_, syntax in ((None, ox.RdfFormat.TURTLE), ("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES)):
        result = kb("query", "-", *(["-f", format_] if format_ else []), stdin=construct)
        assert len(list(ox.parse(result.out.encode(), format=syntax))) == 4
    assert kb("query", "-", "-f", "csv", stdin=construct).code == 2
    assert kb("query", "-", "-f", "ttl", stdin=ask).code == 2


def test_iris_are_full_unless_asked_otherwise(kb: Runner) -> None:
    assert "https://w3id.org/contested-claims/agent/iran" in kb("query", "denials").out
    assert ",ag:iran\r\n" in kb("query", "-", "--iri", "prefixed", stdin=SPEAKERS).out
    assert ",Iran\r\n" in kb("query", "-", "--iri", "label", stdin=SPEAKERS).out
    refused = kb("query", "denials", "-f", "json", "--iri", "label")
    assert (refused.code, "full IRIs only" in refused.err) == (2, True)


@pytest.mark.parametrize("value", ["Iran", "Tehran", "ag:iran", "https://w3id.org/contested-claims/agent/iran"])
def test_a_parameter_is_an_iri_a_prefixed_name_or_a_label(kb: Runner, value: str) -> None:
    assert [row["speakerLabel"] for row in rows(kb("query", "denials", "-p", f"agent={value}").out)] == ["Iran"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("agent=Irna", "not an IRI"),
        ("agnt=Iran", "did you mean agent?"),
        ("Iran", "not name=value"),
        ("agent=<http://a b>", "without spaces"),
        ('agent=x:} DROP ALL "', "not an IRI"),
    ],
)
def test_a_wrong_parameter_is_told(kb: Runner, given: str, told: str) -> None:
    result = kb("query", "denials", "-p", given)
    assert result.code == 2
    assert told in result.err


def test_a_string_parameter_is_a_term_and_never_pasted(kb: Runner) -> None:
    query = "#+ params:\n#+   word: {type: string}\nSELECT ?w { VALUES ?word { UNDEF } BIND(?word AS ?w) }"
    hostile = 'a" } ; DROP ALL # \\ \n\t\u00e9'
    assert rows(kb("query", "-", "-p", f"word={hostile}", stdin=query).out)[0]["w"] == hostile


def test_the_list_and_the_page_of_a_query(kb: Runner) -> None:
    listed = kb("query", "--list").out
    assert all(f"{path.stem} " in listed for path in (ROOT / "queries").glob("*.rq"))
    page = kb("query", "denials", "--help").out
    assert page.startswith("denials: ")
    assert "agent" in page


@pytest.mark.parametrize(
    ("args", "stdin", "told"),
    [
        (["nosuch"], "", "no saved query named 'nosuch'"),
        (["denial"], "", "did you mean denials?"),
        (["queries"], "", "is a folder"),
        (["queries/"], "", "is a folder"),
        (["nosuch.rq"], "", "nosuch.rq: No such file"),
        (["-"], "SELECT ?x WHERE { ?x ?y }", "<stdin>:1:"),
        (["-"], "SELECT ?x WHER { ?x ?y ?z }", "did you mean WHERE?"),
        (["-"], "SELECT ?x { ?x kb:speaker ?z }", "PREFIX kb: <https://w3id.org/contested-claims/ont#>"),
        (["-"], KB + "SELECT ?x { ?x kb:speakr ?z }", "did you mean kb:speaker?"),
        (["-"], "", "the query is empty"),
        (["-"], "# SELECT\nSERVICE", "SERVICE"),
        (["-"], "SELECT * { ?s ?p ?o } #\n; SERVICE <http://x/> {}", "SERVICE"),
        (["-"], "SELECT * { SERVICE # not here\n <http://x/> { ?s ?p ?o } }", "SERVICE"),
        (["-"], "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        (["-"], "SELECT * { FILTER(1<2)SERVICE<http://x/>{?a ?b ?c} }", "SERVICE"),
        (["-"], "PREFIX : <http://x/> SELECT * { SERVICE:y { ?s ?p ?o } }", "SERVICE"),
        (["-"], "SELECT * { SERVICESILENTe:x { ?s ?p ?o } }", "SERVICE"),
        (["-"], "SELECT * { ?s ?p trueSERVICE:x { ?a ?b ?c } }", "SERVICE"),
        (["-"], "SELECT * { VALUES ?x {'''x'} SERVICE <http://x/> {?s ?p ?o} # \\q '''\n}", "SERVICE"),
        (["-"], "SELECT * { VALUES ?x {'''x'} SERVICE <http://x/> {?s ?p ?o} # \\uD800 '''\n}", "SERVICE"),
        (["-"], "PREFIX e: <e:> SELECT * { ?s ?p e:a.b.SERVICE<http://x/> {} }", "SERVICE"),
        (["-"], "PREFIX : <http://x/> SELECT * FROM:g { ?s ?p ?o }", "FROM"),
        (["-"], "SELECT (1 AS ?x) (2 AS ?x) {}", "uplicate"),
        (["-"], "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT changes data"),
        (["-"], "PREFIX a: <urn:a> LOAD <http://x/>", "LOAD"),
        (["-"], b"SELECT ?x { ?x ?y '\xff' }", "not UTF-8"),
        (["denials", "-o", "queries"], "", "is a folder"),
        (["denials", "--data", "nosuch.ttl"], "", "nosuch.ttl: No such file"),
        ([], "", "which query?"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(kb: Runner, args: list[str], stdin: str | bytes, told: str) -> None:
    result = kb("query", *args, stdin=stdin)
    assert result.code == 2
    assert told in result.err
    assert result.out == ""


def test_nothing_can_be_opened_while_a_query_runs() -> None:
    """The second wall: were SERVICE let through, the engine could open no connection."""
    from kbcli import engine, guard
    from kbcli.sparql import Query

    query = Query("SELECT * { SERVICE <http://127.0.0.1:8765/> { ?s ?p ?o } }", "q")
    answer = engine.ask(query, ox.Store(), {})
    with guard.sealed(), pytest.raises(OSError, match="Too many open files"):
        list(answer.value)


def test_a_graph_is_found_however_the_query_is_spaced(kb: Runner) -> None:
    query = "PREFIX : <https://w3id.org/contested-claims/article/> SELECT (COUNT(*) AS ?n) { GRAPH:khodaei-nyt-report { ?s ?p ?o } }"
    assert int(rows(kb("query", "-", stdin=query).out)[0]["n"]) > 500


def test_select_star_has_every_column_in_the_order_of_the_text(kb: Runner) -> None:
    query = "SELECT * { VALUES (?z ?a\u0301 ?x\u00b7y ?n\u200cm) { (1 2 3 4) } }"
    assert kb("query", "-", stdin=query).out.split("\r")[0] == "z,a\u0301,x\u00b7y,n\u200cm"


def test_hostile_text_is_read_in_linear_time() -> None:
    from kbcli.sparql import tokens

    for piece in ("a.", "a-", '"', "<", "?a", "_:a.", "@a-", "a:%", "'''a'", "\\"):
        assert sum(1 for _ in tokens(piece * 100_000)) > 0


def test_a_slow_reader_does_not_use_up_the_time(tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 3000")
    command = f"{sys.executable} -m kbcli query {query} -f csv --timeout 2 | (sleep 4; wc -l)"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert (int(done.stdout) > 3000, done.stderr) == (True, b"")


def test_the_answer_never_replaces_what_is_asked(kb: Runner, project: Path) -> None:
    (project / "link.csv").symlink_to(project / "data" / "agents.ttl")
    (project / "q.rq").write_text("ASK {}")
    for goal in ("data/agents.ttl", "link.csv", "seeds/new.csv", "q.rq"):
        result = kb("query", "q.rq", "-o", goal, cwd=project)
        assert (result.code, "would replace" in result.err) == (2, True)
    (project / "out.csv").write_text("old")
    (project / "to-out.csv").symlink_to("out.csv")
    assert kb("query", "q.rq", "-o", "to-out.csv", cwd=project).code == 0
    assert (project / "to-out.csv").is_symlink()
    assert (project / "out.csv").read_text() == "true\n"


def test_a_parameter_that_nothing_bears_is_told(kb: Runner) -> None:
    result = kb("query", "denials", "-p", "agent=ag:irann")
    assert (result.code, rows(result.out)) == (0, [])
    assert "did you mean ag:iran?" in result.err


@pytest.mark.parametrize("command", ["validate", "query --list", "--help", "query denials --help", "query claims"])
def test_whoever_stops_reading_is_not_an_error(command: str) -> None:
    line = f"{sys.executable} -m kbcli {command} | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("query --list > /dev/full", 2, "No space left"),
        ("query denials > /dev/full", 2, "No space left"),
        ("query denials -o /dev/full", 2, "No space left"),
        ("query denials >&-", 0, ""),
        ("query denials -f md 2>&- > /dev/null", 0, ""),
        ("query - <&-", 2, "the query is empty"),
        ("query " + "a" * 300, 2, "File name too long"),
        ("query denials -o " + "a" * 300, 2, "File name too long"),
        ("query denials --timeout nan", 2, "not a number"),
        ("query denials --timeout inf", 2, "not in the range"),
        ("query denials --memory 1", 3, "memory"),
        ("query denials --data ''", 2, "--data is empty"),
        ("--project '' query denials", 2, "--project is empty"),
        ("query denials -p $'agent=\\xff'", 2, "-p agent="),
    ],
)
def test_odd_streams_and_arguments_end_in_a_sentence(line: str, code: int, told: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m kbcli {line}"], cwd=ROOT, capture_output=True, check=False
    )
    err = done.stderr.decode()
    assert done.returncode == code, err
    assert told in err
    assert "Traceback" not in err


def test_a_folder_that_cannot_be_read_is_not_empty(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kbcli.errors import UsageError
    from kbcli.project import files_below

    def denied(folder: object) -> None:
        raise PermissionError(13, "Permission denied", folder)

    monkeypatch.setattr(os, "scandir", denied)
    with pytest.raises(UsageError, match="Permission denied"):
        files_below(project / "data")


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("#+ tags: 5", "tags is not a list"),
        ("#+ params: {a: {choices: true}}", "choices of a is not a list"),
        ("#+ params: {a: {type: nosuch}}", "has the type"),
        ("#+ summary: 2020-13-45", "not valid YAML"),
        ("#+ a: &x [1]\n#+ description: *x", "aliases"),
        ("#+ nosuch: 1", "unknown header key"),
        ("#+ - 1", "not a list of"),
    ],
)
def test_a_broken_header_is_told_and_hides_no_other_query(kb: Runner, project: Path, header: str, told: str) -> None:
    (project / "queries" / "bad.rq").write_text(f"{header}\nASK {{}}")
    page = kb("query", "bad", "--help", cwd=project)
    assert (page.code, told in page.err) == (2, True)
    listed = kb("query", "--list", cwd=project)
    assert (listed.code, told in listed.err, "denials " in listed.out) == (2, True, True)


def test_ill_typed_numbers_are_strings_in_jsonl(kb: Runner) -> None:
    query = 'SELECT ?x { VALUES ?x { "abc"^^<http://www.w3.org/2001/XMLSchema#integer> } }'
    assert json.loads(kb("query", "-", "-f", "jsonl", stdin=query).out) == {"x": "abc"}


def test_keywords_in_strings_comments_and_iris_are_no_keywords(kb: Runner) -> None:
    query = """SELECT ?s # SERVICE FROM LOAD
    { VALUES ?s { "SERVICE <http://x>" 'it''s' <http://x/#SERVICE> '''FROM''' } FILTER(?service != 1 || true) }"""
    assert kb("query", "-", stdin=query.replace("'it''s'", '"its"')).code == 0


def test_a_syntax_error_shows_its_line_with_a_caret(kb: Runner) -> None:
    err = kb("query", "-", stdin="SELECT ?x\nWHERE {\n  ?x ?y .. ?z\n}").err
    lines = err.splitlines()
    assert lines[0].startswith("Error: <stdin>:3:")
    assert lines[1] == "    ?x ?y .. ?z"
    assert lines[2].strip() == "^"


def test_other_data_with_and_without_a_project(kb: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> <b> .")
    (tmp_path / "g.nq").write_text("<urn:a> <urn:p> <urn:c> <urn:g> .\n")
    query = "SELECT ?o { ?s ?p ?o }"
    assert rows(
        kb("query", "-", "--data", tmp_path / "a.ttl", "--base", "http://x/", cwd=tmp_path, stdin=query).out
    ) == [{"o": "http://x/b"}]
    hidden = kb("query", "-", "--data", tmp_path / "g.nq", cwd=tmp_path, stdin=query)
    assert (rows(hidden.out), "--union makes them visible" in hidden.err) == ([], True)
    assert rows(kb("query", "-", "--data", tmp_path / "g.nq", "--union", cwd=tmp_path, stdin=query).out) == [
        {"o": "urn:c"}
    ]
    assert kb("query", "-", cwd=tmp_path, stdin=query).code == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.ttl", "<urn:a> <urn:b> ."), ("x.foo", ""), ("x.rdf", "<rdf"), ("x.json", "{"), ("x.trix", "<a")],
)
def test_broken_data_is_told_with_its_place(kb: Runner, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    result = kb("query", "-", "--data", tmp_path / name, stdin="ASK {}")
    assert result.code == 2
    assert name in result.err


@pytest.mark.filterwarnings("ignore")  # rdflib's own, while it writes the input
@pytest.mark.parametrize("extension", ["ttl", "nt", "nq", "trig", "rdf", "jsonld", "hext"])
def test_every_rdf_syntax_can_be_asked(kb: Runner, tmp_path: Path, extension: str) -> None:
    import rdflib

    graph = rdflib.Dataset() if extension in ("nq", "trig", "hext") else rdflib.Graph()
    graph.add((rdflib.URIRef("urn:a"), rdflib.URIRef("urn:p#q"), rdflib.Literal("é")))
    names = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nq": "nquads"}
    target = tmp_path / f"x.{extension}"
    graph.serialize(target, format=names.get(extension, extension))
    found = rows(kb("query", "-", "--union", "--data", target, stdin="SELECT ?o { ?s ?p ?o }").out)
    assert found == [{"o": "é"}]


def test_a_triple_in_two_files_is_one_triple(kb: Runner, project: Path) -> None:
    extra = project / "data" / "again.ttl"
    extra.write_text((project / "data" / "agents.ttl").read_text(encoding="utf-8"), encoding="utf-8")
    query = KB + "SELECT (COUNT(*) AS ?n) { <https://w3id.org/contested-claims/agent/iran> a kb:Agent }"
    assert rows(kb("query", "-", cwd=project, stdin=query).out) == [{"n": "1"}]


def test_each_file_is_a_named_graph_and_the_union_is_the_default(kb: Runner) -> None:
    query = KB + "SELECT DISTINCT ?g { GRAPH ?g { ?d a kb:Denial } } ORDER BY ?g"
    graphs = [row["g"].rpartition("/")[2] for row in rows(kb("query", "-", stdin=query).out)]
    assert graphs == ["iran-accuses-mossad", "khodaei-nyt-report"]


def test_output_goes_to_a_file_whole_or_not_at_all(kb: Runner, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert kb("query", "denials", "-f", "csv", "-o", target).code == 0
    assert len(rows(target.read_text(encoding="utf-8"))) == 2
    before = target.read_bytes()
    assert kb("query", "-", "-o", target, stdin="SELECT broken").code == 2
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("format_", ["table", "csv", "json", "xml", "tsv", "jsonl", "md"])
def test_rows_can_be_a_failure(kb: Runner, format_: str) -> None:
    assert kb("query", "denials", "-f", format_, "--fail-on-rows").code == 1
    assert kb("query", "-", "-f", format_, "--fail-on-rows", stdin="SELECT ?x { ?x <urn:nosuch> ?y }").code == 0


def test_xml_never_carries_what_xml_cannot(kb: Runner) -> None:
    result = kb("query", "-", "-f", "xml", stdin='SELECT ?x { BIND("\\u001B" AS ?x) }')
    assert (result.code, "U+001B" in result.err, result.out) == (2, True, "")


def test_a_table_is_harmless_to_a_terminal(kb: Runner) -> None:
    result = kb("query", "-", "-f", "table", stdin='SELECT ?x { BIND("a\\u001B[2J\\u202E\\nb" AS ?x) }')
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
    assert "a\\x1b[2J\\u202e\\nb" in result.out


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C"}, {"LANG": "C", "PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}]
)
def test_output_is_utf8_whatever_the_locale(kb: Runner, environment: dict[str, str]) -> None:
    result = kb("query", "denials", "-f", "table", env={**environment, "COLUMNS": "100"})
    assert result.code == 0
    assert "“we did not inform anyone" in result.out
    assert "’" in kb("query", "quotes", env=environment).out


def test_a_closed_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m kbcli query claims -f csv | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert done.stdout.startswith(b"claim,claimLabel")
    assert done.stderr == b""
    assert done.returncode == 0


FORBIDDEN = ("rdflib", "pyshacl", "rich", "yaml", "syntok")


@pytest.mark.parametrize("args", [["query", "queries/denials.rq", "-f", "csv"], ["--help"]])
def test_a_common_call_imports_nothing_heavy(args: list[str]) -> None:
    """-X importtime tells of the child's imports too, where the query runs."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kbcli", *args],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ},
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert ("click" in imported) == (args == ["--help"])
    assert not [name for name in imported if name.partition(".")[0] in FORBIDDEN]


def test_no_triple_links_an_operation_and_an_agent(kb: Runner) -> None:
    for pattern in ("?o ?p ?a", "?a ?p ?o"):
        query = KB + f"ASK {{ ?o a kb:Operation . ?a a kb:Agent . {pattern} }}"
        assert kb("query", "-", stdin=query).out == "false\n"
