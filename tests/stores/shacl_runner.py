"""Validate N-Triples files with one SHACL engine: ENGINE SHAPES DATA…, a JSON line of results for each data file.

A result is [shape, focus node, path, value, constraint component]; a path that is no IRI is "". Run by the Python of
.kb/stores. One process takes all files, so that Java starts once.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SH = "http://www.w3.org/ns/shacl#"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
Result = list[str]


def turbo(shapes: Path) -> Callable[[Path], Iterator[Result]]:
    import pyshacl_turbo
    import rdflib

    compiled = rdflib.Graph().parse(shapes, format="nt")

    def validate(data: Path) -> Iterator[Result]:
        _, report, _ = pyshacl_turbo.validate(rdflib.Graph().parse(data, format="nt"), shacl_graph=compiled)
        return _from_rdflib(report)

    return validate


def _from_rdflib(report: Any) -> Iterator[Result]:
    import rdflib

    sh = rdflib.Namespace(SH)
    for result in report.objects(None, sh.result):
        path = report.value(result, sh.resultPath)
        yield [
            str(report.value(result, sh.sourceShape)),
            _text(report.value(result, sh.focusNode)),
            str(path) if isinstance(path, rdflib.URIRef) else "",
            _text(report.value(result, sh.value)),
            str(report.value(result, sh.sourceConstraintComponent)),
        ]


def _text(term: Any) -> str:
    import rdflib

    if not isinstance(term, rdflib.Literal):
        return "" if term is None else str(term)
    return _literal(str(term), str(term.language or term.datatype or XSD_STRING))


def _literal(value: str, tag: str) -> str:
    return json.dumps([value, tag])


def rust(shapes: Path) -> Callable[[Path], Iterator[Result]]:
    import shacl_rust

    text = shapes.read_text(encoding="utf-8")

    def validate(data: Path) -> Iterator[Result]:
        report = shacl_rust.validate(data.read_text(encoding="utf-8"), text, data_format="nt", shapes_format="nt")
        for result in report["results"]:
            keys = ("sourceShape", "focusNode", "resultPath", "value", "sourceConstraintComponent")
            yield [_parsed(result.get(key, "")) for key in keys]

    return validate


def _parsed(term: str) -> str:
    """A term in N-Triples syntax as the others tell it."""
    literal = re.fullmatch(r'("(?:[^"\\\\]|\\\\.)*")(?:@([\w-]+)|\^\^<([^>]+)>)?', term, re.DOTALL)
    if not literal:
        return term.removeprefix("<").removesuffix(">")
    return _literal(json.loads(literal[1], strict=False), literal[2] or literal[3] or XSD_STRING)


def topquadrant(shapes: Path) -> Callable[[Path], Iterator[Result]]:
    from jena_server import begin_jvm, java

    begin_jvm(Path(sys.argv[4]))
    import jpype

    util = jpype.JClass("org.topbraid.shacl.validation.ValidationUtil")
    shapes_model = java("riot.RDFDataMgr").loadModel(str(shapes))

    def validate(data: Path) -> Iterator[Result]:
        model = java("riot.RDFDataMgr").loadModel(str(data))
        return _from_jena(util.validateModel(model, shapes_model, False).getModel())

    return validate


def _from_jena(model: Any) -> Iterator[Result]:
    def value(node: Any, name: str) -> Any:
        statement = node.getProperty(model.createProperty(SH + name))
        return statement and statement.getObject()

    for result in model.listObjectsOfProperty(model.createProperty(SH + "result")).toList():
        path = value(result, "resultPath")
        yield [
            str(value(result, "sourceShape")),
            _jena_text(value(result, "focusNode")),
            str(path) if path and path.isURIResource() else "",
            _jena_text(value(result, "value")),
            str(value(result, "sourceConstraintComponent")),
        ]


def _jena_text(node: Any) -> str:
    if not node:
        return ""
    if not node.isLiteral():
        return str(node)
    literal = node.asLiteral()
    return _literal(str(literal.getLexicalForm()), str(literal.getLanguage()) or str(literal.getDatatypeURI()))


def main() -> None:
    engine, shapes, listed = sys.argv[1:4]
    validate = {"pyshacl-turbo": turbo, "shacl-rust": rust, "TopQuadrant": topquadrant}[engine](Path(shapes))
    for file in Path(listed).read_text(encoding="utf-8").splitlines():
        print(json.dumps(list(validate(Path(file)))))


if __name__ == "__main__":
    main()
