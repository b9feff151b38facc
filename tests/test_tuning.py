"""pySHACL with its avoidable costs removed finds what it finds with them: on W3C's suite, and on seeded faults."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pyshacl
import pyshacl.shape
import pytest
import rdflib
from pyshacl.constraints.core.shape_based_constraints import PropertyConstraintComponent

from conftest import ROOT
from kbcli.shacl import engine, tuning
from kbcli.shacl.engine import Shapes, validate
from kbcli.shacl.graph import Facts, theirs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import generate  # type: ignore[import-not-found]

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
LENIENT = "prefixes-001.ttl"  # stock pySHACL takes undeclared prefixes from the file, no other engine does
SHAPES = [q.triple for q in ox.parse(path=str(ROOT / "ontology/shapes.ttl"), format=ox.RdfFormat.TURTLE)]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(before)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> list[ox.Triple]:
    root = tmp_path_factory.mktemp("faulty") / "kb"
    generate.generate(root, 8, faults=8)
    files = [*sorted(root.glob("data/**/*.ttl")), ROOT / "ontology" / "kb.ttl"]
    return [q.triple for path in files for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]


def results(report: Any) -> Any:
    """All that is said of each result; blank nodes as one, for they have other names in each run."""
    if not isinstance(report, rdflib.Graph):
        return "failure"
    nodes = list(report.objects(None, SH.result))
    return Counter(tuple(sorted((str(p), _named(o)) for p, o in report.predicate_objects(node))) for node in nodes)


def _named(term: Any) -> str:
    if isinstance(term, rdflib.Literal):  # the stock parser rewrites values, ours keeps their spelling
        return repr(rdflib.Literal(str(term), lang=term.language, datatype=term.datatype))
    return "_" if isinstance(term, rdflib.BNode) else repr(term)


def stock(data: list[ox.Triple], shapes: list[ox.Triple]) -> Any:
    graphs = rdflib.Graph(), rdflib.Graph()
    for graph, triples in zip(graphs, (data, shapes), strict=True):
        for triple in triples:
            graph.add((theirs(triple.subject), theirs(triple.predicate), theirs(triple.object)))
    return pyshacl.validate(graphs[0], shacl_graph=graphs[1], inference="none", inplace=True)[1]


def attempt(function: Any, *args: Any) -> Any:
    try:
        return function(*args)
    except Exception as error:  # noqa: BLE001 a failure must be the same failure
        return type(error)


@pytest.mark.w3c
def test_reports_on_the_suite_are_those_of_stock_pyshacl(w3c: Path) -> None:
    compared = 0
    for path in sorted((w3c / "data-shapes-test-suite" / "tests").rglob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        if path.name in ("manifest.ttl", LENIENT) or "sht:dataGraph <>" not in text or "sht:shapesGraph <>" not in text:
            continue
        triples = [q.triple for q in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())]
        assert results(attempt(validate, triples, triples)) == results(attempt(stock, triples, triples)), path
        compared += 1
    assert compared > 90


def test_reports_on_faults_are_those_of_stock_pyshacl(faulty: list[ox.Triple]) -> None:
    told = results(validate(faulty, SHAPES))
    assert len(told) > 5
    assert told == results(stock(faulty, SHAPES))


def test_every_node_may_be_put_to_a_shape_by_itself(faulty: list[ox.Triple]) -> None:
    shapes = Shapes(SHAPES, Facts(faulty))
    pairs = shapes.pairs()
    together = Counter(map(str, shapes.outcomes(pairs)))
    apart = Counter(str(one) for shape, nodes in pairs for node in nodes for one in shapes.outcomes([(shape, [node])]))
    assert together == apart
    assert together


def test_the_nodes_may_be_shared_among_processes(faulty: list[ox.Triple], monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = Shapes(SHAPES, Facts(faulty))
    monkeypatch.setattr(engine, "_FEW", 50)
    monkeypatch.setattr(engine, "processors", lambda: 3)
    assert Counter(map(str, shapes.all_outcomes())) == Counter(map(str, shapes.outcomes(shapes.pairs())))


def test_another_version_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyshacl, "__version__", "0.41.0")
    evaluate = PropertyConstraintComponent._evaluate_property_shape
    with tuning.tuning():
        assert PropertyConstraintComponent._evaluate_property_shape is evaluate


def test_everything_is_as_it_was_afterwards() -> None:
    evaluate = PropertyConstraintComponent._evaluate_property_shape
    with tuning.tuning():
        assert PropertyConstraintComponent._evaluate_property_shape is not evaluate
    assert PropertyConstraintComponent._evaluate_property_shape is evaluate
    assert not isinstance(pyshacl.shape.CONSTRAINT_PARAMS[0], tuning.Parameters)
