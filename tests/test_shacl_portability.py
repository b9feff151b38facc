"""The shapes give the same findings in every SHACL engine, on the clean knowledge base and on each of thirty faults."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from conftest import ROOT
from kbcli.names import prefixes
from kbcli.shacl.engine import validate
from stores.dataset import write_triples
from stores.faults import FAULTS, Fault
from stores.shacl import ENGINES, SH, Result, missing, reports

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib import Graph

pytestmark = pytest.mark.stores
XSD_STRING = prefixes()["xsd"] + "string"
PROLOGUE = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in prefixes().items())
# Where an engine is known to tell something else: which part of a result, of which constraints, and why.
LEFT_OUT = {
    "shacl-rust": (
        "value",
        SH + "SPARQLConstraintComponent",
        "gives no sh:value for the ?value of a SPARQL constraint",
    ),
}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The clean knowledge base, then one copy with each fault, as N-Triples."""
    from rdflib import Graph

    folder = tmp_path_factory.mktemp("faults")
    path = write_triples(folder)
    clean = Graph().parse(path, format="nt")
    return [path, *(_spoilt(clean, fault, folder / f"{fault.code}.nt") for fault in FAULTS)]


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shapes") / "shapes.nt"
    source = ROOT / "ontology" / "shapes.ttl"
    ox.serialize(ox.parse(path=str(source)), output=str(path), format=ox.RdfFormat.N_TRIPLES)
    return path


@pytest.fixture(scope="module")
def reference(seeded: list[Path], shapes: Path) -> list[Counter[Result]]:
    """What pySHACL finds in each, as `kb validate` runs it."""
    return [_results(validate(_triples(path), _triples(shapes))) for path in seeded]


def test_every_fault_is_told_by_its_shape_and_the_clean_data_gives_none(reference: list[Counter[Result]]) -> None:
    assert len(FAULTS) >= 30
    assert len({fault.code for fault in FAULTS}) == len(FAULTS)
    assert not reference[0]
    for fault, found in zip(FAULTS, reference[1:], strict=True):
        assert fault.code in {result.code for result in found}, f"{fault.name}: {found}"


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_findings(engine: str, seeded: list[Path], shapes: Path, reference: list[Counter[Result]]) -> None:
    absent = missing(engine)
    assert not absent, f"{engine} is not installed: {absent} is missing; .ci/stores installs it"
    found = reports(engine, shapes, seeded)
    assert not found[0]
    for fault, ours, theirs in zip(FAULTS, reference[1:], found[1:], strict=True):
        assert _told_alike(engine, theirs) == _told_alike(engine, ours), fault.name
    if engine in LEFT_OUT:
        assert found != reference, f"{engine} is mended: take it from LEFT_OUT"


def _told_alike(engine: str, results: Counter[Result]) -> Counter[Result]:
    """Without the part that this engine is known to tell otherwise."""
    part, component, _ = LEFT_OUT.get(engine, ("", "", ""))
    alike: Counter[Result] = Counter()
    for result, count in results.items():
        alike[result._replace(**{part: ""}) if result.component == component else result] += count
    return alike


def _spoilt(clean: Graph, fault: Fault, path: Path) -> Path:
    """By rdflib: a pyoxigraph store would change the spelling of numbers, and with it what the shapes say."""
    from rdflib import Graph

    graph = Graph()
    for triple in clean:
        graph.add(triple)
    graph.update(PROLOGUE + fault.update)
    assert set(graph) != set(clean), fault.name
    graph.serialize(path, format="nt", encoding="utf-8")
    return path


def _triples(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=str(path))]


def _results(report: Graph) -> Counter[Result]:
    from rdflib import URIRef

    found: Counter[Result] = Counter()
    for result in report.objects(None, URIRef(SH + "result")):
        names = ("sourceShape", "focusNode", "resultPath", "value", "sourceConstraintComponent")
        shape, focus, path, value, component = (report.value(result, URIRef(SH + name)) for name in names)
        told = str(path) if isinstance(path, URIRef) else ""
        found[Result(str(shape), _text(focus), told, _text(value), str(component))] += 1
    return found


def _text(term: Any) -> str:
    from rdflib import Literal

    if not isinstance(term, Literal):
        return "" if term is None else str(term)
    return json.dumps([str(term), str(term.language or term.datatype or XSD_STRING)])
