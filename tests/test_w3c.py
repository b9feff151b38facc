"""W3C's suites: the lexer against SPARQL 1.0 and 1.1, the result formats, SHACL through our graph and the stock one."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kbcli import engine, results
from kbcli.errors import UsageError
from kbcli.shacl.engine import validate
from kbcli.sparql import Query, tokens
from kbcli.store import load_files

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.w3c
# Stock pySHACL finds undeclared prefixes among those of the file it parsed; no other engine does, nor do we.
LENIENT = "prefixes-001.ttl"
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def queries(w3c: Path) -> list[Path]:
    found = sorted((w3c / "rdf-tests" / "sparql").rglob("*.rq"))
    assert len(found) > 700
    return found


def accepted(text: str) -> bool:
    """Whether the engine takes it for a query."""
    try:
        ox.Store().query(text, base_iri="http://example.org/")
    except SyntaxError:
        return False
    except (OSError, ValueError, RuntimeError):
        return True
    return True


def test_the_lexer_reads_every_query_whole(w3c: Path) -> None:
    for path in queries(w3c):
        text = path.read_text(encoding="utf-8")
        found = list(tokens(text))
        between = [text[a:b] for a, b in pairwise([0, *(edge for t in found for edge in (t.start, t.end)), len(text)])]
        assert between[1::2] == [token.text for token in found], path
        assert not "".join(between[::2]).strip(" \t\r\n"), path


def test_the_lexer_refuses_only_what_it_must(w3c: Path) -> None:
    refused = 0
    for path in queries(w3c):
        text = path.read_text(encoding="utf-8")
        if not accepted(text):
            continue
        query = Query(text, path.name)
        words = {token.text.upper() for token in query.tokens if token.kind == "word"}
        try:
            query.refuse_unsafe()
        except UsageError:
            refused += 1
            assert words & {"SERVICE", "FROM"}, path
        else:
            assert not words & {"SERVICE", "FROM"}, path
        assert query.form in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"), path
    assert refused > 30


def test_updates_are_refused(w3c: Path) -> None:
    updates = sorted((w3c / "rdf-tests" / "sparql" / "sparql11").rglob("*.ru"))
    assert len(updates) > 100
    for path in updates:
        query = Query(path.read_text(encoding="utf-8"), path.name)
        assert not accepted(query.text) or not query.tokens, path


RESULTS = [(test, data, format_) for test, data in (("01", "data"), ("02", "data")) for format_ in ("csv", "tsv")]


# In csvtsv03.tsv a double keeps the spelling 1.0E6, which the engine's store does not: only its CSV is compared.
@pytest.mark.parametrize(("test", "data", "format_"), [*RESULTS, ("03", "data2", "csv")])
def test_csv_and_tsv_results(w3c: Path, test: str, data: str, format_: str) -> None:
    folder = w3c / "rdf-tests" / "sparql" / "sparql11" / "csv-tsv-res"
    store = load_files([folder / f"{data}.ttl"], base=None, union=False)
    asked = Query((folder / f"csvtsv{test.replace('03', '01')}.rq").read_text(encoding="utf-8"), "csvtsv")
    stream = io.BytesIO()
    results.write(format_, engine.ask(asked, store, {}), stream)
    expected = (folder / f"csvtsv{test}.{format_}").read_text(encoding="utf-8")
    assert _lines(stream.getvalue().decode()) == _lines(expected)


def _lines(text: str) -> tuple[str, Counter[str]]:
    """Header and rows; blank nodes as one, numbers by value."""
    head, *rows = re.sub(r"_:\w+", "_:x", text.replace("\r\n", "\n").strip()).split("\n")
    return head, Counter(re.sub(r"[0-9.]+[eE][0-9]+|[0-9]+\.?[0-9]*", lambda n: str(float(n[0])), row) for row in rows)


def test_shacl_reports_are_those_of_stock_pyshacl(w3c: Path) -> None:
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    compared = 0
    for path in sorted((w3c / "data-shapes-test-suite" / "tests").rglob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        if path.name in ("manifest.ttl", LENIENT) or "sht:dataGraph <>" not in text or "sht:shapesGraph <>" not in text:
            continue
        stock = _stock(path)
        triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())]
        assert _told(_ours(triples)) == _told(stock), path
        compared += 1
    assert compared > 90


def _stock(path: Path) -> Any:
    graph = rdflib.Graph().parse(path, format="turtle", publicID=path.as_uri())
    try:
        return pyshacl.validate(graph, shacl_graph=graph, inference="none")[1]
    except Exception as error:  # noqa: BLE001 a failure must be the same failure
        return type(error)


def _ours(triples: list[ox.Triple]) -> Any:
    try:
        return validate(triples, triples)
    except Exception as error:  # noqa: BLE001 a failure must be the same failure
        return type(error)


def _told(report: Any) -> Any:
    """The results of a report, blank nodes as one."""
    if not isinstance(report, rdflib.Graph):
        return "failure"
    wanted = (SH.focusNode, SH.resultPath, SH.value, SH.resultSeverity, SH.sourceConstraintComponent)
    return Counter(
        tuple(_named(report.value(result, predicate)) for predicate in wanted)
        for result in report.objects(None, SH.result)
    )


def _named(term: Any) -> str:
    if isinstance(term, rdflib.Literal):  # the stock parser rewrites values, ours keeps their spelling
        return repr(rdflib.Literal(str(term), lang=term.language, datatype=term.datatype))
    return "_" if isinstance(term, rdflib.BNode) else repr(term)
