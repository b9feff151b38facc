"""A shape that is said to find nothing finds nothing: what is told without pySHACL is what pySHACL tells."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from kbcli.document import Document
from kbcli.incremental.conformance import Conformance
from kbcli.incremental.glance import Glance, Unsure
from kbcli.incremental.rooted import Rooted
from kbcli.names import KB, STANDARD, prefixes
from kbcli.shacl.engine import Shapes
from kbcli.shacl.graph import Facts, ours

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items()) + "@prefix u: <urn:> .\n"
SHIPPED = (ROOT / "ontology" / "shapes.ttl").read_text("utf-8")
RULES = """sh:path u:p ; sh:minCount 2
sh:path u:p ; sh:maxCount 1
sh:path u:p ; sh:class u:C
sh:path u:p ; sh:class u:C , u:D
sh:path u:p ; sh:datatype xsd:string
sh:path u:p ; sh:datatype xsd:integer
sh:path u:p ; sh:datatype xsd:nonNegativeInteger
sh:path u:p ; sh:datatype xsd:date
sh:path u:p ; sh:datatype rdf:langString
sh:path u:p ; sh:datatype xsd:boolean
sh:path u:p ; sh:nodeKind sh:IRI
sh:path u:p ; sh:nodeKind sh:Literal
sh:path u:p ; sh:nodeKind sh:BlankNodeOrLiteral
sh:path u:p ; sh:minLength 2
sh:path u:p ; sh:maxLength 1
sh:path u:p ; sh:minInclusive 5
sh:path u:p ; sh:maxInclusive 4
sh:path u:p ; sh:pattern "^a"
sh:path u:p ; sh:pattern "^A" ; sh:flags "i"
sh:path u:p ; sh:in ( u:x u:y )
sh:path u:p ; sh:in ( "a" u:y )
sh:path u:p ; sh:hasValue u:x
sh:path u:p ; sh:hasValue "a"
sh:path u:p ; sh:equals u:q
sh:path u:p ; sh:disjoint u:q
sh:path u:p ; sh:lessThan u:q
sh:path u:p ; sh:or ( [ sh:class u:C ] [ sh:datatype xsd:string ] )
sh:path u:p ; sh:and ( [ sh:class u:C ] [ sh:path u:q ; sh:minCount 1 ] )
sh:path u:p ; sh:not [ sh:class u:C ]
sh:path u:p ; sh:not [ sh:path u:q ; sh:maxCount 0 ]
sh:path u:p ; sh:node [ sh:property [ sh:path u:q ; sh:minCount 1 ] ]
sh:path u:p ; sh:property [ sh:path u:q ; sh:maxCount 1 ; sh:nodeKind sh:IRI ]
sh:path [ sh:inversePath u:p ] ; sh:maxCount 0
sh:path ( u:p u:q ) ; sh:minCount 1
sh:path u:p ; sh:minCount 1 ; sh:deactivated true
sh:closed true ; sh:ignoredProperties ( rdf:type u:q )
sh:closed true ; sh:ignoredProperties ( u:q ) ; sh:property [ sh:path u:p ]
sh:or ( [ sh:path u:p ; sh:hasValue u:x ] [ sh:not [ sh:path u:q ; sh:minCount 1 ] ] )
sh:xone ( [ sh:path u:p ; sh:minCount 1 ] [ sh:path u:q ; sh:minCount 1 ] )
sh:property [ a sh:NodeShape ; sh:class u:C ]
sh:node [ sh:path u:p ; sh:minCount 1 ]
sh:property [ sh:path u:p ; sh:minCount 1 ] , [ sh:path u:q ; sh:maxCount 0 ]
sh:class u:C""".splitlines()
QUERIES = """$this u:p ?value . ?value u:q $this
$this u:p/u:q ?value
$this u:p* ?value . ?value u:q ?x
$this u:p ?value , ?other FILTER ( ?value != ?other )
$this u:p ?value FILTER NOT EXISTS { ?value u:q ?x }
$this u:p ?value FILTER NOT EXISTS { $this u:q ?x . FILTER CONTAINS(STR(?x), STR(?value)) }
{ $this u:p ?value } UNION { $this u:q ?value . FILTER isLiteral(?value) }
$this ?any ?value FILTER ( ?value = $this && ?any IN ( u:p , u:q ) )
$this u:p ?value OPTIONAL { ?value u:q ?x } FILTER ( BOUND(?x) )
$this u:p ?value ; u:q ?x . FILTER ( ?value - ?x != STRLEN(STR(?x)) )
$this u:p ?value ; u:q ?x . FILTER ( xsd:integer(STR(?value)) - xsd:integer(STR(?x)) != STRLEN(STR(?x)) )
$this u:p ?value ; u:q ?x . FILTER ( STR(?value) < STR(?x) )
$this u:p ?value . FILTER ( DATATYPE(?value) = xsd:date )
$this u:p ?value ; u:q ?x . FILTER ( xsd:dateTime(CONCAT(STR(?value), "T00:00:00")) > xsd:dateTime(CONCAT(STR(?x), "T00:00:00")) )
$this u:p ?value . FILTER ( ?value NOT IN ( u:x , "a" ) )
$this u:p ?value . BIND ( REPLACE(STR(?value), "^.*[:]", "") AS ?x ) FILTER ( ?x = "a" )
$this u:p ?value . FILTER ( IF( STRSTARTS(STR(?value), "a"), ?value = "a", isIRI(?value) ) )""".splitlines()
STRANGE = """?value u:p $this
$this u:p ?value . ?other u:q ?x
{ $this u:p ?value } UNION { ?value u:q ?x }
$this ^u:p ?value
$this !u:p ?value
$this ?any ?value . ?value u:q ?x
$this u:p ?value FILTER ( ?value < ?other )
$this u:p/u:q ?value FILTER ( xsd:integer(STR(?value)) = 1 )
$this u:p ?value BIND ( STR(?value) AS ?x ) FILTER ( xsd:integer(STR(?x)) = 1 )
$this u:p ?value FILTER ( xsd:integer(?value) = 1 )
$this u:p ?value FILTER ( xsd:decimal(STR(?value)) = 1 )
$this ?any ?value FILTER ( xsd:integer(STR(?value)) = 1 )
$this u:p ?value FILTER ( ?value )
$this u:p ?value FILTER ( ?value && true )
$this u:p ?value FILTER ( LANG(?value) = "en" )
$this u:p ?value FILTER ( REGEX(?value, "a") )
$this u:p ?value FILTER ( REPLACE(STR(?value), "\\\\d", "") = "" )
$this u:p ?value FILTER ( DATATYPE(?value) = xsd:integer )
$this u:p ?value FILTER ( xsd:integer(?value) = 5 )
$this u:p ?value FILTER ( ?value = 5.0 )
$this u:p ?value MINUS { $this u:q ?value }
$this u:p ?value { SELECT ?value { ?x u:q ?value } }
$this u:p [ u:q ?value ]
$this u:p ( ?value )
GRAPH ?g { $this u:p ?value }
VALUES ?value { 1 } $this u:p ?value
u:x u:p ?value
$this $PATH ?value
$this u:p ?value FILTER ( ?value = $shapesGraph )
$this u:p ?value } GROUP BY ?value HAVING ( COUNT(*) > 1 )
$this u:p ?value } LIMIT 1
$this u:p|u:q ?value
$this u:p ?value FILTER ?value""".splitlines()
BEYOND = (
    "flags",
    '"a" u:y',
    'hasValue "a"',
    "lessThan",
    "inverse",
    "[ a sh:NodeShape",
    "sh:node [ sh:path",
    "( u:p u:q )",
    "deactivated",
    "xone",
)
DECLARED = "PREFIX u: <urn:> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
SPARQL = [f'sh:sparql [ sh:select """{DECLARED} SELECT $this ?value {{ {query} }}""" ]' for query in QUERIES]
TYPE, P, Q = ox.NamedNode(STANDARD["rdf"] + "type"), ox.NamedNode("urn:p"), ox.NamedNode("urn:q")
THINGS = [ox.NamedNode(f"urn:{name}") for name in "xyz"]
LITERALS = [
    *(ox.Literal(text) for text in ("", "a", "ab", "urn:x")),
    *(ox.Literal("a", language=tag) for tag in ("en", "fa")),
    *(ox.Literal(text, datatype=ox.NamedNode(STANDARD["xsd"] + "integer")) for text in ("4", "5", "05", "five", "-1")),
    *(ox.Literal(text, datatype=ox.NamedNode(STANDARD["xsd"] + "nonNegativeInteger")) for text in ("5", "1")),
    *(ox.Literal(text, datatype=ox.NamedNode(STANDARD["xsd"] + "date")) for text in ("2020-01-31", "2021-02-28", "2020-02-31")),
    ox.Literal("true", datatype=ox.NamedNode(STANDARD["xsd"] + "boolean")),
    ox.Literal("1.0", datatype=ox.NamedNode(STANDARD["xsd"] + "decimal")),
]  # fmt: skip
CLASSES = [ox.NamedNode(f"urn:{name}") for name in ("C", "D", "Sub")]
TRIPLES = st.one_of(
    st.builds(ox.Triple, st.sampled_from(THINGS), st.sampled_from([P, P, Q]), st.sampled_from(THINGS + LITERALS)),
    st.builds(ox.Triple, st.sampled_from(THINGS), st.just(TYPE), st.sampled_from(CLASSES)),
)
LADDER = [ox.Triple(CLASSES[2], ox.NamedNode(STANDARD["rdfs"] + "subClassOf"), CLASSES[0])]


def parsed(text: str) -> Document:
    document = Document.holding(ROOT, "x", (HEAD + text).encode())
    assert document.defect is None, document.defect
    return document


class Held:
    """One file, as a glance asks a library for it."""

    def __init__(self, triples: list[ox.Triple]) -> None:
        self._document = Document.holding(ROOT, "x", ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        self.vocabulary = SimpleNamespace(about={}, naming={})
        self.store = ox.Store()
        self._loaded = set[str]()

    def homes(self, iri: str) -> list[Document]:
        return [self._document] if iri in self._document.subjects else []

    def load(self, iri: str) -> None:
        """Only what is asked for: an answer that needs more would be another one."""
        if iri not in self._loaded:
            self._loaded.add(iri)
            self.store.extend(ox.Quad(*one) for one in self._document.about.get(ox.NamedNode(iri), ()))


def told(rule: str, triples: list[ox.Triple]) -> tuple[dict[Any, bool | None], set[Any]]:
    """Whether each thing conforms as told without pySHACL, and what pySHACL finds something about."""
    there = Q if "closed" in rule else ox.NamedNode("urn:there")  # a closed shape lets it pass
    sort = "PropertyShape" if rule.startswith("sh:path") else "NodeShape"
    shapes = parsed(f"u:s a sh:{sort} ; sh:targetSubjectsOf <{there.value}> ; {rule} .")
    every = [*LADDER, *(ox.Triple(thing, there, ox.Literal("there")) for thing in THINGS), *triples]
    conformance = Conformance(shapes.triples)
    glance = Glance(Held(every), frozenset())  # type: ignore[arg-type]
    answers = {thing: conformance.conforms(ox.NamedNode("urn:s"), thing, glance) for thing in THINGS}
    shacl = Shapes(shapes.triples, Facts(every))
    found = {ours(node) for shape, nodes in shacl.pairs() for node in nodes if tells(shacl, shape, node)}
    return answers, found


def tells(shacl: Shapes, shape: Any, node: Any) -> bool:
    """Whether it finds something, or fails: then it must have been asked."""
    try:
        return bool(shacl.outcomes([(shape, [node])]))
    except Exception:  # noqa: BLE001 as rdflib raises of a date less a thing, or a number that is none
        return True


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(RULES + SPARQL), st.lists(TRIPLES, max_size=7))
def test_what_is_told_is_what_pyshacl_tells(rule: str, triples: list[ox.Triple]) -> None:
    answers, found = told(rule, triples)
    for thing, answer in answers.items():
        assert answer is None or answer == (thing not in found), (rule, thing)


@pytest.mark.parametrize("rule", RULES + SPARQL)
def test_it_is_told_where_all_is_plain(rule: str) -> None:
    x, y, z = THINGS
    plain = [ox.Triple(x, TYPE, CLASSES[2]), ox.Triple(y, P, x), ox.Triple(x, P, y), ox.Triple(y, Q, z)]
    answers = {*told(rule, plain)[0].values(), *told(rule, [])[0].values()}
    assert (answers == {None}) == any(word in rule for word in BEYOND)


@pytest.mark.parametrize("query", QUERIES)
def test_a_rooted_query_is_known_as_such(query: str) -> None:
    rooted = Rooted.of(f"{DECLARED} SELECT DISTINCT $this ?value WHERE {{ {query} }}", {})
    assert rooted.reads


@pytest.mark.parametrize("query", STRANGE)
def test_of_any_other_query_nothing_is_told(query: str) -> None:
    with pytest.raises(Unsure):
        Rooted.of(f"{DECLARED} SELECT $this ?value {{ {query} }}", {})


def test_all_our_shapes_can_be_told() -> None:
    """None of them needs pySHACL where nothing is wrong; one that does makes every edit slow."""
    conformance = Conformance(Document.holding(ROOT, "x", SHIPPED.encode()).triples)
    assert conformance.is_plain
    assert len(list(conformance.targets())) > 40
    thing = ox.NamedNode("urn:x")
    claim = ox.Triple(thing, TYPE, ox.NamedNode(KB + "Claim"))
    glance = Glance(Held([claim]), frozenset())  # type: ignore[arg-type]
    for shape, _ in conformance.targets():
        wanted = [one for one in Document.holding(ROOT, "x", SHIPPED.encode()).triples if one.subject == shape]
        for triple in wanted:
            if triple.predicate.value == STANDARD["sh"] + "sparql":
                conformance._query(triple.object).is_silent(glance, thing)
