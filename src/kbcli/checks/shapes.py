"""SHACL: data and vocabulary together against ontology/shapes.ttl, by pySHACL.

Each constraint is a shape whose local name is the code of its finding. This is the one module that knows pySHACL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kbcli.errors import RemoteError
from kbcli.finding import Finding, Rule, Severity
from kbcli.names import SHAPES, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import rdflib

    from kbcli.corpus import Corpus

RULES: tuple[Rule, ...] = ()  # they stand in ontology/shapes.ttl; see `rules_of`
_SH = STANDARD["sh"]
_SEVERITIES: Mapping[str, Severity] = {_SH + "Info": "info", _SH + "Warning": "warning"}
_SILENT = Rule("KB999", "unknown-shape", "error", "", "")


def check(corpus: Corpus) -> Iterator[Finding]:
    if corpus.shapes.defect:
        return
    rules = rules_of(corpus.shapes.triples)
    seen = set()
    for shape, focus, path, value, message in sorted(_results(corpus), key=str):
        rule = rules.get(shape, _SILENT._replace(code=shape))
        finding = corpus.finding(rule, focus, path, value, message=_told(corpus, message or rule.what, value, focus))
        if finding not in seen:
            seen.add(finding)
            yield finding


def rules_of(triples: Iterable[ox.Triple]) -> dict[str, Rule]:
    """The rule of each shape in `triples` whose local name is a code."""
    found: dict[str, dict[str, str]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(SHAPES + "KB"):
            code = triple.subject.value.removeprefix(SHAPES)
            found.setdefault(code, {}).setdefault(triple.predicate.value, getattr(triple.object, "value", ""))
    rdfs = STANDARD["rdfs"]
    return {
        code: Rule(
            code,
            facts[rdfs + "label"],
            _SEVERITIES.get(facts.get(_SH + "severity", ""), "error"),
            facts.get(_SH + "message", ""),
            facts.get(rdfs + "comment", ""),
        )
        for code, facts in sorted(found.items())
        if rdfs + "label" in facts
    }


def _told(corpus: Corpus, message: str, value: Any, focus: Any) -> str:
    """The message with the value that broke the rule."""
    if value is None or value == focus:
        return message
    return f"{message}: {corpus.short(value.value) if isinstance(value, ox.NamedNode) else str(value)}"


def _results(corpus: Corpus) -> Iterator[tuple[str, Any, str | None, Any, str]]:
    """Shape code, focus node, path (None unless one predicate), value and message of each result."""
    data = (triple for document in (*corpus.documents, corpus.vocabulary) for triple in document.triples)
    report = validate(data, corpus.shapes.triples)
    sh = {
        name: _node(_SH + name)
        for name in ("result", "sourceShape", "focusNode", "resultPath", "value", "resultMessage")
    }
    for result in report.objects(None, sh["result"]):
        one = {name: report.value(result, predicate) for name, predicate in sh.items()}
        path = str(one["resultPath"]) if type(one["resultPath"]).__name__ == "URIRef" else None
        yield (
            str(one["sourceShape"]).removeprefix(SHAPES),
            _ours(one["focusNode"]),
            path,
            None if one["value"] is None else _ours(one["value"]),
            str(one["resultMessage"] or ""),
        )


def validate(data: Iterable[ox.Triple], shapes: Iterable[ox.Triple]) -> rdflib.Graph:
    """pySHACL's report on `data`. It never loads a graph, fetches an import or rewrites the data."""
    import logging

    import pyshacl
    import rdflib.plugins.sparql

    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # ill-typed literals are findings, not tracebacks
    graphs = _graph(data), _graph(shapes)
    _, report, text = pyshacl.validate(
        graphs[0], shacl_graph=graphs[1], inference="none", inplace=True, do_owl_imports=False
    )
    if not isinstance(report, rdflib.Graph):
        what = str(text).splitlines()[0] if text else str(report)
        raise RemoteError(f"SHACL validation failed: {what}", "check ontology/shapes.ttl")
    return report


def _graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """An rdflib graph that parses each query once, however many nodes it is asked for."""
    import functools

    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    class Graph(rdflib.Graph):
        @functools.cache  # noqa: B019 the graph lives as long as the validation
        def prepared(self, text: str) -> Any:
            return prepareQuery(text, initNs=dict(self.namespaces()))

        def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
            text = isinstance(query_object, str)
            return super().query(self.prepared(query_object) if text else query_object, *args, **kwargs)

    graph = Graph()
    for triple in triples:
        graph.add((_theirs(triple.subject), _theirs(triple.predicate), _theirs(triple.object)))
    return graph


def _node(iri: str) -> Any:
    import rdflib

    return rdflib.URIRef(iri)


def _theirs(term: Any) -> Any:
    """A pyoxigraph term as rdflib's; literals keep their spelling."""
    import rdflib

    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case ox.Literal() if term.datatype.value == STANDARD["xsd"] + "string":
            return rdflib.Literal(term.value)
        case _:
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _ours(term: Any) -> Any:
    """An rdflib term as pyoxigraph's."""
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term)) if str(term).isalnum() else ox.BlankNode()
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))
