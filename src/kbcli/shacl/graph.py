"""Graphs for pySHACL: pyoxigraph's triples as rdflib's, found by subject without rdflib's store."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import rdflib
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from kbcli.names import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Objects = dict[Any, None]  # in the order of the text


class Facts(rdflib.Graph):
    """Triples by subject, and backwards once that is asked for. Each query is parsed once, however often it is put."""

    def __init__(self, triples: Iterable[ox.Triple] = ()) -> None:
        super().__init__()
        self.by_subject: dict[Any, dict[Any, Objects]] = {}
        self._backwards: dict[Any, dict[Any, Objects]] | None = None
        self._queries: dict[str, Any] = {}
        for triple in triples:
            self.add((theirs(triple.subject), theirs(triple.predicate), theirs(triple.object)))

    def add(self, triple: Any) -> Facts:
        subject, predicate, value = triple
        self.by_subject.setdefault(subject, {}).setdefault(predicate, {})[value] = None
        self._backwards = None
        return self

    def triples(self, triple: Any) -> Iterator[Any]:  # type: ignore[override]
        subject, predicate, value = triple
        if isinstance(predicate, Path):
            return ((s, predicate, o) for s, o in predicate.eval(self, subject, value))
        if subject is not None:
            return iter(self.of_subject(subject, predicate, value))
        if predicate is not None:
            return iter(self.backwards(predicate, value))
        return iter([(s, p, o) for s in list(self.by_subject) for _, p, o in self.of_subject(s, None, value)])

    def of_subject(self, subject: Any, predicate: Any, value: Any) -> list[Any]:
        said = self.by_subject.get(subject)
        if said is None:
            return []
        if predicate is None:
            return [(subject, p, o) for p, some in said.items() for o in some if value is None or o == value]
        some = said.get(predicate, {})
        if value is None:
            return [(subject, predicate, o) for o in some]
        return [(subject, predicate, value)] if value in some else []

    def backwards(self, predicate: Any, value: Any) -> list[Any]:
        if self._backwards is None:
            self._backwards = {}
            for subject, said in self.by_subject.items():
                for p, some in said.items():
                    for o in some:
                        self._backwards.setdefault(p, {}).setdefault(o, {})[subject] = None
        found = self._backwards.get(predicate, {})
        if value is not None:
            return [(s, predicate, value) for s in found.get(value, ())]
        return [(s, predicate, o) for o, subjects in found.items() for s in subjects]

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query_object, str):
            text = query_object
            query_object = self._queries.get(text)
            if query_object is None:
                query_object = self._queries[text] = _from_this_on(prepareQuery(text, initNs=dict(self.namespaces())))
        return super().query(query_object, *args, **kwargs)

    def __len__(self) -> int:
        return sum(len(some) for said in self.by_subject.values() for some in said.values())

    def __bool__(self) -> bool:
        return bool(self.by_subject)


def _from_this_on(query: Any) -> Any:
    """`query`, its patterns in an order that begins at $this: rdflib does not know that it is bound before."""

    def ordered(part: Any) -> None:
        if isinstance(part, CompValue) and part.name == "BGP":
            part["triples"] = _reached(part["triples"])
        elif isinstance(part, CompValue) and part.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            traverse(vars(part).get("graph"), visitPre=ordered)  # beside what it was before it was translated

    query.algebra = traverse(query.algebra, visitPre=ordered)
    return query


def _reached(triples: list[Any]) -> list[Any]:
    """Each after those that bind its terms, as far as there are any."""
    left, found, known = list(triples), [], {Variable("this")}
    while left:
        best = min(left, key=lambda triple: [_open(triple[at], known) for at in (0, 2, 1)])
        left.remove(best)
        found.append(best)
        known.update(best)
    return found


def _open(term: Any, known: set[Any]) -> bool:
    return isinstance(term, (Variable, rdflib.BNode)) and term not in known


@cache
def _iri(iri: str) -> rdflib.URIRef:
    return rdflib.URIRef(iri)


def theirs(term: Any) -> Any:
    """A pyoxigraph term as rdflib's; literals keep their spelling."""
    match term:
        case ox.NamedNode():
            return _iri(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case ox.Literal() if term.datatype.value == STANDARD["xsd"] + "string":
            return rdflib.Literal(term.value)
        case _:
            return rdflib.Literal(term.value, datatype=_iri(term.datatype.value), normalize=False)


def ours(term: Any) -> Any:
    """An rdflib term as pyoxigraph's."""
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term)) if str(term).isalnum() else ox.BlankNode()
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))
