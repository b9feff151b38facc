"""The exports for people: tables of the claims, and the description of the dataset."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import TYPE_CHECKING

import openpyxl
import pyoxigraph as ox
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Runner, run_kb
from kbcli import exports
from kbcli.claimtable import COLUMNS
from kbcli.extract import Extract, Part
from kbcli.names import BASE, KB, STANDARD
from kbcli.project import Project

if TYPE_CHECKING:
    from pathlib import Path

B = "khodaei-nyt-report"
DENIAL, INNER = (f"{BASE}claim/{B}-{name}" for name in ("ben-barak-denial", "israel-via-nyt"))
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)


def rows(text: str) -> dict[str, dict[str, str]]:
    return {row["claim"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_a_row_for_each_claim_says_whose_it_is() -> None:
    found = rows(run_kb("export", "-f", "csv").out.replace("\r\n", "\n"))
    assert len(found) == 117
    assert all(row["speakerLabel"] and row["label"] and row["words"] and row["article"] for row in found.values())
    assert all(bool(row["via"]) == bool(row["viaSpeakerLabel"]) for row in found.values())
    denial = found[DENIAL]
    assert denial["class"] == "Denial"
    assert denial["speakerLabel"] == "Ram Ben-Barak"
    assert denial["hedge"] == "as far as he knew"
    assert denial["deniesSpeakerLabel"] == "New York Times"
    assert (denial["said"], denial["saidEarliest"], denial["saidBasis"]) == ("Earlier in the day", "", "kb:relative")
    assert (denial["start"], denial["end"], denial["file"]) == ("891", "1059", "002_67d1941ca2bc8fd9.txt")
    assert found[INNER]["viaSpeakerLabel"] == "New York Times"


def test_a_table_of_one_article_has_its_claims_only() -> None:
    found = rows(run_kb("export", "-f", "csv", B).out)
    assert 0 < len(found) < 117
    assert {row["article"] for row in found.values()} == {f"{BASE}article/{B}"}


def test_the_workbook_has_the_same_cells_all_of_them_text(tmp_path: Path) -> None:
    assert run_kb("export", "-o", tmp_path / "kb.xlsx").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "kb.xlsx")["claims"]
    header, *body = ([cell.value or "" for cell in row] for row in sheet.iter_rows())
    assert tuple(header) == COLUMNS
    wanted = [[row[name] for name in COLUMNS] for row in rows(run_kb("export", "-f", "csv").out).values()]
    assert [[str(cell).replace("\r\n", "\n") for cell in row] for row in body] == wanted
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def claim_saying(text: str) -> Extract:
    """An export of one claim with `text` for its label, its quotation and its words."""
    claim, span, article = (ox.NamedNode(f"{BASE}{name}") for name in ("claim/a", "evidence/a-0-1", "article/a"))
    said = [
        (claim, STANDARD["rdf"] + "type", ox.NamedNode(KB + "Statement")),
        (claim, STANDARD["rdfs"] + "label", ox.Literal(text, language="en")),
        (claim, KB + "quote", ox.Literal(text)),
        (claim, KB + "evidence", span),
        (span, KB + "in", article),
        (span, STANDARD["oa"] + "exact", ox.Literal(text)),
        (article, STANDARD["rdf"] + "type", ox.NamedNode(KB + "Article")),
    ]
    quads = [ox.Quad(subject, ox.NamedNode(predicate), value) for subject, predicate, value in said]
    return Extract(Project(ROOT), (Part("", partial(iter, quads)),))


def written(format_: str, extract: Extract) -> bytes:
    stream = io.BytesIO()
    exports.write(format_, extract, stream)
    return stream.getvalue()


@given(TEXTS | st.builds("{}{}".format, st.sampled_from("=+-@\t\r\n＝"), TEXTS))
def test_no_cell_of_a_csv_is_a_formula_and_none_loses_a_character(text: str) -> None:
    found = rows(written("csv", claim_saying(text)).decode())[f"{BASE}claim/a"]
    for column in ("label", "quote", "words"):
        assert found[column][:1] not in tuple("=+-@\t\r\n")
        assert found[column] in (text, f"'{text}")


# openpyxl gives the characters that XML cannot hold as _x0001_, and reads a line's end as \n.
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20))
def test_no_cell_of_a_workbook_is_a_formula_and_none_loses_a_character(text: str) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(written("xlsx", claim_saying(text))))
    header, row = workbook["claims"].iter_rows()
    found = {name.value: cell for name, cell in zip(header, row, strict=True)}
    assert (found["quote"].value, found["quote"].data_type) == (text, "s")


def test_what_excel_cannot_hold_is_cut_where_one_sees_it() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(written("xlsx", claim_saying("🗞" * 40_000))))
    longest = max((cell.value or "" for row in workbook["claims"].iter_rows() for cell in row), key=len)
    assert longest.endswith("🗞 […]")
    assert len(longest.encode("utf-16-le")) // 2 <= 32_767


def described(root: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=run_kb("export", "-f", "void", cwd=root).out, format="turtle")


def test_the_description_counts_what_is_there(project: Path) -> None:
    graph = described(project)
    triples = {quad.triple for quad in ox.parse(run_kb("export", "-f", "nt", cwd=project).out, ox.RdfFormat.N_TRIPLES)}
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    dataset = rdflib.URIRef(f"{BASE}dataset")
    assert graph.value(dataset, void.triples).toPython() == len(triples)
    assert graph.value(dataset, void.distinctSubjects).toPython() == len({triple.subject for triple in triples})
    uses = {
        str(graph.value(part, void.property)): graph.value(part, void.triples).toPython()
        for part in graph.objects(dataset, void.propertyPartition)
    }
    assert uses == {
        predicate: sum(triple.predicate.value == predicate for triple in triples)
        for predicate in {triple.predicate.value for triple in triples}
    }
    denials = next(part for part in graph.subjects(void["class"], rdflib.URIRef(KB + "Denial")))
    assert graph.value(denials, void.entities).toPython() == 2


def test_the_description_says_of_licence_and_version_what_is_stated_and_nothing_else(project: Path, kb: Runner) -> None:
    dct, dcat = rdflib.DCTERMS, rdflib.Namespace("http://www.w3.org/ns/dcat#")
    dataset = rdflib.URIRef(f"{BASE}dataset")
    before = described(project)
    assert not set(before.predicates(dataset)) & {dct.license, dct.rights, dct.title, dcat.version}
    for written_, predicate, value in (
        ("CC-BY-4.0", dct.license, rdflib.URIRef("http://spdx.org/licenses/CC-BY-4.0")),
        ("https://example.org/terms", dct.license, rdflib.URIRef("https://example.org/terms")),
        ("ask the editors", dct.rights, rdflib.Literal("ask the editors")),
    ):
        (project / "kb.toml").write_text(f'license = "{written_}"\nversion = "2.1"\ntitle = "Claims"\n')
        graph = described(project)
        assert graph.value(dataset, predicate) == value
        assert graph.value(dataset, dcat.version) == rdflib.Literal("2.1")
        assert graph.value(dataset, dct.title) == rdflib.Literal("Claims")
    (project / "kb.toml").write_text("license = 4\n")
    result = kb("export", "-f", "void", cwd=project)
    assert (result.code, result.out) == (2, "")
    assert "license is 4" in result.err
