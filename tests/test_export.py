"""kb export: what goes out is the knowledge base, the same in every syntax, and the same at every run."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
from functools import cache, partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from bench.generate import generate
from conftest import ROOT, Runner, run_kb
from kbcli import exports
from kbcli.errors import UsageError
from kbcli.extract import Extract, Part
from kbcli.names import BASE
from kbcli.project import Project
from kbcli.quadsort import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# rdflib's own parsers use what rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
PROJECT = Project(ROOT)
FILES = [*PROJECT.data_files(), PROJECT.ontology]
SYNTAX = {"ttl": "turtle", "nt": "nt", "trig": "trig", "nq": "nquads", "rdfxml": "xml"}
RDF = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
PROVENANCE = f"{BASE}graph/provenance"
B = "khodaei-nyt-report"


@cache
def exported(format_: str, *arguments: str) -> bytes:
    result = run_kb("export", "-f", format_, *arguments)
    assert (result.code, result.err) == (0, "")
    return result.out.encode()


@pytest.fixture
def as_spelt(monkeypatch: pytest.MonkeyPatch) -> None:
    """rdflib would rewrite what it reads: "01" would be "1"."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def graph_of(paths: Iterable[Path]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def written(format_: str, extract: Extract) -> bytes:
    stream = io.BytesIO()
    exports.write(format_, extract, stream)
    return stream.getvalue()


def of_quads(*quads: ox.Quad, canonical: bool = False) -> Extract:
    """An export of these quads alone."""
    return Extract(PROJECT, (Part("", partial(iter, quads)),), canonical=canonical)


def cells(table: str) -> list[list[list[str]]]:
    """The rows of a CSV; the values within a cell come in no order."""
    return [[sorted(cell.split(" | ")) for cell in row] for row in csv.reader(table.splitlines())]


def read(format_: str, text: bytes) -> set[ox.Quad]:
    return set(ox.parse(text, format=RDF[format_]))


@pytest.mark.usefixtures("as_spelt")
@pytest.mark.parametrize("canonical", [(), ("--canonical",)], ids=["", "canonical"])
@pytest.mark.parametrize("format_", SYNTAX)
def test_another_library_reads_the_same_graph(format_: str, canonical: tuple[str, ...]) -> None:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=exported(format_, *canonical), format=SYNTAX[format_])
    dataset.remove_graph(rdflib.URIRef(PROVENANCE))
    found = rdflib.Graph()
    for triple in dataset.triples((None, None, None)):
        found.add(triple)
    wanted = graph_of(FILES)
    assert len(wanted) > 3000
    assert not any(isinstance(term, rdflib.BNode) for triple in found for term in triple)
    assert isomorphic(found, wanted)


@pytest.mark.usefixtures("as_spelt")
@pytest.mark.parametrize("format_", ["nq", "trig"])
def test_each_file_is_a_named_graph_that_tells_where_it_comes_from(format_: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=exported(format_), format=SYNTAX[format_])
    assert len(dataset.default_graph) == 0
    names = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    kept = [path for path in FILES if len(graph_of([path]))]
    assert names == {*map(PROJECT.graph_iri, kept), PROVENANCE}
    told = dataset.graph(rdflib.URIRef(PROVENANCE))
    for path in kept:
        graph = PROJECT.graph_iri(path)
        assert isomorphic(dataset.graph(rdflib.URIRef(graph)), graph_of([path]))
        found = told.query(
            """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX dct: <http://purl.org/dc/terms/>
            PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX spdx: <http://spdx.org/rdf/terms#>
            SELECT ?path ?sum WHERE { ?graph sd:name ?name ; prov:wasDerivedFrom ?file .
              ?graph prov:wasGeneratedBy/prov:wasAssociatedWith/dct:title ?tool .
              ?file dct:title ?path ; spdx:checksum/spdx:checksumValue ?sum }""",
            initBindings={"name": rdflib.URIRef(graph)},
        )
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert [(str(row[0]), str(row[1])) for row in found] == [(PROJECT.relative(path), digest)]


@pytest.mark.parametrize("query", sorted(path.stem for path in (ROOT / "queries").glob("*.rq")))
def test_an_export_gives_the_rows_that_the_project_gives(kb: Runner, tmp_path: Path, query: str) -> None:
    path = tmp_path / "kb.nq"
    path.write_bytes(exported("nq"))
    wanted = cells(kb("query", query, "-f", "csv").out)
    assert cells(kb("query", query, "-f", "csv", "--data", path, "--union").out) == wanted
    hidden = kb("query", query, "-f", "csv", "--data", path)
    assert hidden.out.count("\n") == 1
    assert "--union" in hidden.err


def test_without_a_name_for_each_graph_the_default_graph_has_all(kb: Runner, tmp_path: Path) -> None:
    (tmp_path / "kb.ttl").write_bytes(exported("ttl"))
    found = kb("query", "denials", "-f", "csv", "--data", tmp_path)
    assert cells(found.out) == cells(kb("query", "denials", "-f", "csv").out)


def test_turtle_is_in_canonical_layout(kb: Runner, tmp_path: Path) -> None:
    for number, canonical in enumerate(((), ("--canonical",))):
        (tmp_path / f"{number}.ttl").write_bytes(exported("ttl", *canonical))
    assert kb("fmt", "--check", tmp_path).code == 0


@pytest.mark.parametrize("format_", exports.FORMATS)
def test_twice_the_same_bytes(project: Path, tmp_path: Path, kb: Runner, format_: str) -> None:
    again = []
    for attempt in ("one", "two"):
        path = tmp_path / attempt
        (project / "data" / "agents.ttl").touch()
        assert kb("export", "--canonical", "-f", format_, "-o", path, cwd=project).code == 0
        again.append(path.read_bytes())
    assert again[0] == again[1] != b""


@pytest.mark.parametrize("format_", ["nt", "ttl", "rdfxml", "jsonld", "csv", "schemaorg", "webannotation", "xlsx"])
def test_canonical_does_not_depend_on_which_file_says_what(
    project: Path, tmp_path: Path, kb: Runner, format_: str
) -> None:
    kb("export", "--canonical", "-f", format_, "-o", tmp_path / "before", cwd=project)
    agents = project / "data" / "agents.ttl"
    (project / "data" / "zz.ttl").write_text(
        agents.read_text() + (project / "data" / "articles" / f"{B}.ttl").read_text()
    )
    kb("export", "--canonical", "-f", format_, "-o", tmp_path / "after", cwd=project)
    assert (tmp_path / "before").read_bytes() == (tmp_path / "after").read_bytes() != b""


def test_literals_keep_their_spelling(project: Path, kb: Runner) -> None:
    agents = project / "data" / "agents.ttl"
    spelt = {'"01"': "integer", '"1.50"': "decimal", '"+1E0"': "double", '"1"': "boolean", '"2018-06-01Z"': "date"}
    more = "".join(
        f"<x:a> <http://x.example/p> {text}^^<http://www.w3.org/2001/XMLSchema#{type_}> .\n"
        for text, type_ in spelt.items()
    )
    agents.write_text(agents.read_text() + more)
    wanted = {quad.object for quad in ox.parse(more, format=ox.RdfFormat.TURTLE)}
    for format_ in RDF:
        found = read(format_, kb("export", "-f", format_, cwd=project).out.encode())
        assert {quad.object for quad in found if quad.subject == ox.NamedNode("x:a")} == wanted


NOT_XML = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Any text that a data file can hold. RDF/XML cannot hold all of it.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
IRIS = st.sampled_from([f"{BASE}claim/a", f"{BASE}agent/b-1", f"{BASE}ont#speaker", "http://x.example/é#1a", "urn:x:y"])
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["en", "de-at", "fa"])),
    st.builds(lambda text, type_: ox.Literal(text, datatype=ox.NamedNode(type_)), TEXTS, IRIS),
)
PREDICATES = st.sampled_from(
    [f"{BASE}ont#speaker", f"{BASE}ont#deaths", "http://www.w3.org/2000/01/rdf-schema#label", "http://x.example/p"]
)
QUADS = st.builds(
    lambda s, p, o: ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o), IRIS, PREDICATES, LITERALS | IRIS.map(ox.NamedNode)
)


@given(st.lists(QUADS, max_size=8), st.sampled_from(sorted(RDF)), st.booleans())
def test_any_text_comes_back_as_it_went(quads: list[ox.Quad], format_: str, canonical: bool) -> None:
    extract = of_quads(*quads, canonical=canonical)
    if format_ == "rdfxml" and any(NOT_XML.search(quad.object.value) for quad in quads):
        with pytest.raises(UsageError, match="XML cannot hold the character"):
            written(format_, extract)
    else:
        assert read(format_, written(format_, extract)) == set(quads)


def test_json_ld_refuses_what_it_would_misread() -> None:
    quad = ox.Quad(ox.NamedNode("k:x"), ox.NamedNode("x:p"), ox.NamedNode("x:o"))
    with pytest.raises(UsageError, match="as a prefix"):
        written("jsonld", of_quads(quad))


@given(st.lists(QUADS, max_size=30), st.integers(1, 7), st.integers(2, 4))
def test_sorting_in_runs_is_sorting(quads: list[ox.Quad], run: int, fan: int) -> None:
    named = [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(f"x:g{i % 3}")) for i, q in enumerate(quads)]
    found = list(in_order(named + named[:3], run, fan))
    assert found == list(in_order(named))
    assert len(found) == len(set(named))
    assert set(found) == set(named)
    assert [str(quad.graph_name) for quad in found] == sorted(str(quad.graph_name) for quad in found)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "kb"
    generate(root, 13)
    return root


def test_the_generator_makes_a_valid_knowledge_base_the_same_at_every_run(
    made: Path, tmp_path: Path, kb: Runner
) -> None:
    generate(tmp_path / "again", 13)
    for path in sorted(made.rglob("*.t*t*")):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(made)).read_bytes()
    assert kb("validate", "--fail-on", "info", cwd=made).code == 0
    assert 250 < len(read("nt", kb("export", "-f", "nt", cwd=made).out.encode())) / 13 < 450
    assert kb("query", "denials", "-f", "csv", cwd=made).out.count("\n") > 20


def test_the_generator_seeds_faults(tmp_path: Path, kb: Runner) -> None:
    generate(tmp_path / "kb", 10, faults=5)
    assert kb("validate", cwd=tmp_path / "kb").out.count(" error: ") >= 5


def test_an_article_comes_with_all_that_it_refers_to(made: Path, kb: Runner, tmp_path: Path) -> None:
    article = Project(made).data_files()[3].stem
    found = read("nt", kb("export", article, "-f", "nt", cwd=made).out.encode())
    whole = read("nt", kb("export", "-f", "nt", cwd=made).out.encode())
    assert len(found) < len(whole) / 2
    assert found < whole
    subjects = {quad.subject for quad in found}
    named = {quad.object for quad in found if str(quad.object).startswith(f"<{BASE}")}
    assert {node.value for node in named - subjects} == {f"{BASE}ont/1.0.0"}
    assert {quad for quad in whole if quad.subject in subjects} == found
    others = {quad.object.value for quad in found if quad.predicate.value == f"{BASE}ont#in"}
    assert len(others) > 1, "the claim of another article that is denied comes with its own article's record"


def test_an_exported_article_is_valid_by_itself(made: Path, kb: Runner, tmp_path: Path) -> None:
    """But for what the other articles say beside the claims that came along, names of files, and pegs of none here."""
    article = Project(made).data_files()[3].stem
    root = tmp_path / "alone"
    generate(root, 0)
    text = kb("export", article, "-f", "nt", cwd=made).out
    ours = [line for line in text.splitlines() if not line.startswith(f"<{BASE}ont")]
    (root / "data" / "kinds.ttl").write_text("\n".join(ours))
    for quad in read("nt", text.encode()):
        if quad.predicate.value == f"{BASE}ont#file":
            (root / "seeds" / quad.object.value).write_bytes((made / "seeds" / quad.object.value).read_bytes())
    result = kb("validate", "--ignore", "KB250", "--ignore", "KB016", "--ignore", "KB463", cwd=root)
    assert "no findings" in result.out, result.out


def test_an_article_has_many_names(kb: Runner) -> None:
    wanted = exported("nt", B)
    names = [f"art:{B}", f"{BASE}article/{B}", f"data/articles/{B}.ttl", "seeds/002_67d1941ca2bc8fd9.txt", B.upper()]
    for name in names:
        assert kb("export", name, "-f", "nt").out.encode() == wanted
    title = "Iran accuses Mossad of running ‘false flag’ ops to frame Tehran"
    assert kb("export", title, "-f", "nt").out.encode() == exported("nt", "iran-accuses-mossad")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["khodai-nyt-reprt"], "did you mean art:khodaei-nyt-report"),
        ([""], "no article has this id"),
        (["khodaei"], "did you mean art:khodaei-nyt-report?"),
        (["zzzz"], "there are art:iran-accuses-mossad or art:khodaei-nyt-report"),
        (["-o", "kb.foo"], "in which format?"),
        (["-f", "xlsx"], "-o FILE.xlsx"),
        (["-o", "data/x.nq"], "would replace"),
        (["--data", "nowhere"], "No such file"),
        (["--data", ""], "--data is empty"),
    ],
)
def test_wrong_use_is_told(kb: Runner, arguments: list[str], told: str) -> None:
    result = kb("export", *arguments)
    assert (result.code, result.out) == (2, "")
    assert told in result.err


def test_the_name_of_the_file_chooses_the_format(kb: Runner, tmp_path: Path) -> None:
    for format_ in ("nq", "csv", "jsonld"):
        assert kb("export", "-o", tmp_path / f"kb.{format_}").code == 0
        assert (tmp_path / f"kb.{format_}").read_bytes() == exported(format_)
    assert kb("export").out.encode() == exported("ttl")


@pytest.mark.parametrize("format_", ["nt", "csv", "jsonld", "void"])
@pytest.mark.parametrize("file", ["data/articles/khodaei-nyt-report.ttl", "ontology/kb.ttl"])
def test_a_broken_file_leaves_nothing_half_written(project: Path, kb: Runner, format_: str, file: str) -> None:
    path = project / file
    path.write_text(path.read_text() + "\nkb:broken a kb:Claim ; .oops\n")
    validated = kb("validate", path, cwd=project.parent).out.partition("project/")[2]
    result = kb("export", "-f", format_, cwd=project)
    assert (result.code, result.out) == (2, "")
    assert validated.startswith(result.err.removeprefix("Error: ").split(": ")[0])
    assert "kb validate" in result.err
    (project / "out").write_text("before")
    assert kb("export", "-f", format_, "-o", "out", cwd=project).code == 2
    assert (project / "out").read_text() == "before"
    assert [path.name for path in project.iterdir() if path.name.startswith(".kb")] == []


def test_other_data_is_exported_as_it_is(kb: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.trig").write_text('<x:g> { <x:s> <x:p> _:b . _:b <x:q> "01" . } <x:s> <x:p> [] .')
    (tmp_path / "b.nt").write_text('_:b <x:q> "other" .\n')
    first = kb("export", "-f", "nq", "--data", tmp_path, cwd=tmp_path)
    assert first.code == 0
    found = ox.Dataset(ox.parse(first.out, format=ox.RdfFormat.N_QUADS))
    files = [ox.parse(path=path, rename_blank_nodes=True) for path in (tmp_path / "a.trig", tmp_path / "b.nt")]
    wanted = ox.Dataset(quad for file in files for quad in file)
    for dataset in (found, wanted):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert found == wanted
    assert kb("export", "-f", "nq", "--data", tmp_path, cwd=tmp_path).out == first.out


def test_git_tells_the_version(project: Path, kb: Runner) -> None:
    def git(*arguments: str) -> str:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        return subprocess.run(["git", *who, *arguments], cwd=project, capture_output=True, text=True, check=True).stdout

    assert "dcat:version" not in kb("export", "-f", "void", cwd=project).out
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "all")
    commit = git("rev-parse", "HEAD").strip()
    assert f'dcat:version "{commit}" ;' in kb("export", "-f", "trig", cwd=project).out
    assert f'dcat:version "{commit}"' in kb("export", "-f", "void", cwd=project).out
    (project / "data" / "places.ttl").write_text("# changed\n")
    assert f'"{commit}-dirty"' in kb("export", "-f", "trig", cwd=project).out


def test_a_reader_who_leaves_is_no_error() -> None:
    command = f"{sys.executable} -m kbcli export -f nt | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def peak(root: Path, *arguments: str) -> int:
    """Peak memory of an export, in KiB."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run([sys.executable, '-m', 'kbcli', 'export', *sys.argv[1:]], check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    out = subprocess.run([sys.executable, "-c", code, *arguments], cwd=root, capture_output=True, check=True).stdout
    return int(out)


# A run of the sort is full at about 340 articles, so there both sizes are above it.
@pytest.mark.parametrize(("options", "size"), [((), 150), (("--canonical",), 350)], ids=["", "canonical"])
def test_memory_does_not_grow_with_the_knowledge_base(tmp_path: Path, options: tuple[str, ...], size: int) -> None:
    generate(tmp_path / "small", size)
    generate(tmp_path / "large", 4 * size)
    small, large = (peak(tmp_path / name, "-f", "nq", "-o", os.devnull, *options) for name in ("small", "large"))
    assert large < 1.15 * small


def test_without_the_library_for_workbooks_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"kbcli\[xlsx\]"):
        written("xlsx", of_quads())


def test_start_up_reads_no_library() -> None:
    code = "import sys, kbcli.commands.export as _; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "kbcli.exports" in out
    assert not {"pyoxigraph", "rdflib", "xlsxwriter", "kbcli.exports.xlsx", "kbcli.store"} & set(out)
