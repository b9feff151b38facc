"""SHACL: data and vocabulary together against ontology/shapes.ttl, by pySHACL.

Each constraint is a shape whose local name begins with the code of its finding. This is the one module that knows
pySHACL.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kbcli.classes import classless
from kbcli.finding import Finding, Rule
from kbcli.names import SHAPES, STANDARD
from kbcli.reach import reaching
from kbcli.shapedefects import broken, defects
from kbcli.shaperules import facts_of, rules_of
from kbcli.spot import finding_in
from kbcli.suggestion import Suggestions
from kbcli.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    import rdflib

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.shapedefects import Defect

REACHING = Rule(
    "KB904",
    "shapes-reach-outside",
    "error",
    "a query of the shapes asks for other data than the project's, so no shape is applied",
    "take SERVICE and FROM out of it: the checks never use the network",
)
FAILED = Rule(
    "KB905",
    "shapes-not-run",
    "error",
    "the shapes cannot be applied",
    "correct the shape, or the value it cannot take; until then nothing is checked against any of them",
)
MALFORMED = Rule(
    "KB907",
    "shape-malformed",
    "error",
    "the shape cannot be applied as it is meant",
    "correct the value; until then the shape is applied to nothing",
)
RULES = (REACHING, FAILED, MALFORMED)  # those of the shapes stand in ontology/shapes.ttl; see `rules_of`
_SH = STANDARD["sh"]
_COMPONENT, _COMMENT = "sourceConstraintComponent", STANDARD["rdfs"] + "comment"
_OF_WORDS = frozenset(["KB211", "KB212", "KB213", "KB214"])  # words that stand in none of the claim's spans
_SILENT = Rule("KB999", "unknown-shape", "error", "", "")


class ShapesError(Exception):
    """pySHACL gave up, in its own words."""


def check(corpus: Corpus) -> Iterator[Finding]:
    if not corpus.is_sound(corpus.shapes):
        return
    if outside := list(reaching(corpus.shapes.triples)):
        yield from (finding_in(corpus.shapes, REACHING, said, *triple) for said, triple in outside)
        return
    defective = defects(corpus.shapes, corpus.project)
    fatal: dict[str, Exception] = {}
    try:
        violations = sorted(_violations(corpus), key=str)
    except Exception as error:  # noqa: BLE001 pySHACL and rdflib raise whatever the shapes and the data make them
        violations, fatal = [], broken(corpus.shapes.triples, _attempt)
        yield from _failed(corpus.shapes, fatal or {"": error}, defective)
    for one in defective:
        rule = FAILED if one.shape in fatal else MALFORMED
        yield rule.at(corpus.shapes.shown, one.line, one.column, said=one.said, subject=one.shape, hint=one.hint)
    yield from _told(corpus, violations, {one.shape.removeprefix(SHAPES) for one in defective})


def _told(corpus: Corpus, violations: list[Violation], wrong: Container[str]) -> Iterator[Finding]:
    """The findings about the data, but for those of the shapes that are `wrong` themselves."""
    rules, facts = rules_of(corpus.shapes.triples), facts_of(corpus.shapes.triples)
    unclassed = classless(corpus) if violations else ()
    suggestions, seen = Suggestions(corpus), set()
    for one in violations:
        if one.shape in wrong or one.is_told(corpus, unclassed):
            continue
        rule = rules.get(one.shape) or rules.get(one.code) or _SILENT._replace(code=one.shape)
        rule = rule._replace(hint=facts.get(one.shape, {}).get(_COMMENT, rule.hint))  # that of the rule's part
        value = None if one.is_stray else one.value
        finding = corpus.finding(rule, one.focus, one.path, value, message=one.words(corpus, rule.what))
        if finding not in seen:
            seen.add(finding)
            placed = _placed(corpus, finding, value) if one.code in _OF_WORDS else finding
            yield suggestions.onto(placed, one.path, value)


def _placed(corpus: Corpus, finding: Finding, words: Any) -> Finding:
    """With the place where the article has these words, or those most like them."""
    ground = next((ground for ground in corpus.grounds if ground.claim.value == finding.subject), None)
    source = corpus.sources.get(ground.article) if ground and ground.article else None
    if ground is None or source is None or not isinstance(words, ox.Literal):
        return finding
    return source.comparison.outside(words.value, ground.pieces).onto(finding)


def _failed(shapes: Document, errors: Mapping[str, Exception], known: Iterable[Defect]) -> Iterator[Finding]:
    """With the first sentence of each complaint, at its shape or the one that it names, unless a defect explains it."""
    explained = {one.shape for one in known}
    for shape, error in errors.items():
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        said = f"{lines[0] if lines else 'no reason given'} ({type(error).__name__})"
        if "Recursi" in type(error).__name__:
            said = "it leads back to itself over sh:node or sh:property"
        named = shape or next(iter(re.findall(rf"{re.escape(SHAPES)}[\w\-]+", str(error))), "")
        if named and named not in explained:
            yield finding_in(shapes, FAILED, said, ox.NamedNode(named))
        elif not named:
            yield FAILED.at(shapes.shown, said=said)


def _attempt(shapes: list[ox.Triple]) -> Exception | None:
    """What pySHACL has against shapes, whatever the data."""
    try:
        validate([], shapes)
    except Exception as error:  # noqa: BLE001 as above
        return error
    return None


def _violations(corpus: Corpus) -> Iterator[Violation]:
    """What the shapes complain of, told elsewhere or not."""
    data = (triple for document in (*corpus.documents, corpus.vocabulary) for triple in document.triples)
    report = validate(data, corpus.shapes.triples)
    sh = {
        name: _node(_SH + name)
        for name in ("result", "sourceShape", "focusNode", "resultPath", "value", "resultMessage", _COMPONENT)
    }
    for result in report.objects(None, sh["result"]):
        one = {name: report.value(result, predicate) for name, predicate in sh.items()}
        yield Violation(
            str(one["sourceShape"]).removeprefix(SHAPES),
            _ours(one["focusNode"]),
            str(one["resultPath"]) if type(one["resultPath"]).__name__ == "URIRef" else None,
            None if one["value"] is None else _ours(one["value"]),
            str(one["resultMessage"] or ""),
            str(one[_COMPONENT]).removeprefix(_SH),
        )


def validate(data: Iterable[ox.Triple], shapes: Iterable[ox.Triple]) -> rdflib.Graph:
    """pySHACL's report on `data`. It never loads a graph, fetches an import or rewrites the data."""
    import warnings

    import pyshacl
    import rdflib.plugins.sparql
    from pyshacl.errors import ConstraintLoadWarning, ValidationWarning

    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    with warnings.catch_warnings(), _silence():
        for passed_over in (ConstraintLoadWarning, ValidationWarning):  # what pySHACL warns of, it does not apply
            warnings.simplefilter("error", passed_over)
        graphs = _graph(data), _graph(shapes)
        _, report, text = pyshacl.validate(
            graphs[0], shacl_graph=graphs[1], inference="none", inplace=True, do_owl_imports=False
        )
    if not isinstance(report, rdflib.Graph):
        what = str(text).splitlines()[0] if text else str(report)
        raise ShapesError(what)
    return report


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """No word from the libraries' loggers: ill-typed literals and wrong shapes are findings."""
    import logging

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


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
