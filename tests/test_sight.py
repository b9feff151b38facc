"""What the shapes cannot tell apart is no edit to them: pySHACL finds the same for both texts, whatever the shapes."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from kbcli.document import Document
from kbcli.incremental.reading import ANY, ends
from kbcli.incremental.sight import Sight
from kbcli.incremental.swap import Swap
from kbcli.names import KB, LABEL, STANDARD, prefixes

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
SHIPPED = (ROOT / "ontology" / "shapes.ttl").read_text("utf-8")
ASKED = "sh:path kb:p ; sh:datatype xsd:string|sh:path kb:p ; sh:minCount 2|sh:path kb:p ; sh:maxCount 1"
ASKED += "|sh:path kb:p ; sh:minLength 2|sh:path kb:p ; sh:maxLength 3|sh:path kb:p ; sh:pattern '^a'"
ASKED += (
    "|sh:path kb:p ; sh:pattern '^A' ; sh:flags 'i'|sh:path kb:p ; sh:in ( 'a' kb:b )|sh:path kb:p ; sh:hasValue 'a'"
)
ASKED += "|sh:path kb:p ; sh:languageIn ( 'en' )|sh:path kb:p ; sh:uniqueLang true|sh:path kb:p ; sh:class kb:C"
ASKED += "|sh:path kb:p ; sh:nodeKind sh:IRI|sh:path kb:p ; sh:equals kb:q|sh:path kb:q ; sh:disjoint kb:p"
ASKED += "|sh:path kb:q ; sh:lessThan kb:p|sh:path ( kb:q kb:p ) ; sh:minLength 3|sh:path [ sh:inversePath kb:p ] ; sh:maxCount 0"
ASKED += "|sh:path kb:p ; sh:or ( [ sh:maxLength 1 ] [ sh:datatype rdf:langString ] )|sh:path kb:p ; sh:not [ sh:in ( 'b' ) ]"
ASKED += "|sh:path kb:p ; sh:node [ sh:property [ sh:path kb:q ; sh:minCount 1 ] ]|sh:path kb:p ; sh:minInclusive 'b'"
ASKED += "|sh:path kb:p ; sh:qualifiedValueShape [ sh:minLength 2 ] ; sh:qualifiedMinCount 1"
ASKED += "|sh:path kb:p ; sh:property [ sh:path [ sh:zeroOrMorePath kb:q ] ; sh:maxLength 2 ]"
ASKED += "|sh:closed true ; sh:ignoredProperties ( rdf:type kb:q )|sh:closed true ; sh:ignoredProperties ( rdf:type kb:p kb:q )"
QUERIES = (
    "$this <urn:p> ?value FILTER ( strlen(str(?value)) > 1 )", "$this ?any ?value FILTER ( ?value = 'a' )",
    "$this ?any ?value FILTER ( ?value = 'a' && ?any IN ( <urn:q> , rdf:type ) )", "$this <urn:q> ?value",
)  # fmt: skip
RULES = [
    *(rule.replace("kb:p", "<urn:p>").replace("kb:q", "<urn:q>") for rule in ASKED.split("|")),
    *(f'sh:sparql [ sh:select """SELECT $this ?value {{ {query} }}""" ]' for query in QUERIES),
]
TEXTS = st.sampled_from(["", "a", "b", "ab", "Abc", "abcd", " "])
TAGS = st.sampled_from([None, "en", "fa"])
LITERALS = st.builds(lambda text, tag: ox.Literal(text, language=tag) if tag else ox.Literal(text), TEXTS, TAGS)
THINGS, P, Q = [ox.NamedNode(f"urn:{name}") for name in "xy"], ox.NamedNode("urn:p"), ox.NamedNode("urn:q")
TRIPLES = st.builds(ox.Triple, st.sampled_from(THINGS), st.sampled_from([P, P, Q]), LITERALS)
LINKED = [ox.Triple(THINGS[0], Q, THINGS[1])]
LINKED += [ox.Triple(thing, ox.NamedNode(STANDARD["rdf"] + "type"), ox.NamedNode(KB + "T")) for thing in THINGS]


class Told:
    """What a file says, as `Swap` asks for it."""

    def __init__(self, triples: frozenset[ox.Triple]) -> None:
        self.triples = triples


def parsed(text: str) -> list[ox.Triple]:
    return Document.holding(ROOT, "x", (HEAD + text).encode()).triples


def found(shapes: list[ox.Triple], triples: frozenset[ox.Triple]) -> list[Any]:
    from kbcli.shacl.engine import Shapes
    from kbcli.shacl.graph import Facts

    return sorted(Shapes(shapes, Facts([*LINKED, *triples])).all_outcomes(), key=str)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(RULES), st.sets(TRIPLES, min_size=1, max_size=4), st.data())
def test_a_swap_changes_no_outcome(rule: str, before: set[ox.Triple], data: st.DataObject) -> None:
    shapes = parsed(f'<urn:s> a sh:Shape ; sh:message "m" ; sh:targetClass kb:T ; {rule} .')
    assert len(shapes) > 4
    one = data.draw(st.sampled_from(sorted(before, key=str)))
    after = before - {one} | {ox.Triple(one.subject, one.predicate, data.draw(LITERALS))}
    old, new = frozenset(before), frozenset(after)
    swap = Swap.of(Told(old), Told(new), Sight.of(shapes), lambda _: False)  # type: ignore[arg-type]
    outcomes = found(shapes, old)
    if not swap.predicates and not any(map(swap.is_told_in, outcomes)):
        assert outcomes == found(shapes, new)


@pytest.mark.parametrize(
    ("old", "new", "name"), [("a b", "c d", LABEL), ("x", "y", KB + "speakingAs"), ("x", "y", KB + "text")]
)
def test_the_shapes_shipped_do_not_read_labels(old: str, new: str, name: str) -> None:
    sight = Sight.read(Sight.of(Document.holding(ROOT, "x", SHIPPED.encode()).triples).written())
    assert sight.sign(name, ox.Literal(old)) == sight.sign(name, ox.Literal(new)) is not None
    assert sight.sign(name, ox.Literal(old)) != sight.sign(name, ox.Literal(""))
    assert sight.sign(name, ox.Literal(old)) != sight.sign(name, ox.Literal(new, language="en"))


@pytest.mark.parametrize(
    "name", [KB + "quote", KB + "cue", KB + "speaker", STANDARD["oa"] + "exact", STANDARD["rdf"] + "type"]
)
def test_what_a_query_reads_is_looked_at_closely(name: str) -> None:
    assert Sight.of(Document.holding(ROOT, "x", SHIPPED.encode()).triples).sign(name, ox.Literal("x")) is None


def test_what_is_not_known_may_read_anything() -> None:
    assert Sight.read("").sign(LABEL, ox.Literal("x")) is None
    assert Sight.of(parsed("<urn:s> sh:newConstraint 1 .")).sign(LABEL, ox.Literal("x")) is None


@pytest.mark.parametrize(
    ("where", "any_"),
    [
        ("$this kb:a ?x . ?x kb:b/kb:c ?y", False),
        ("BIND ( kb:a AS ?p ) $this kb:a ?x FILTER ( ?x != 'b' )", False),
        ("$this ?p ?x", True),
        ("$this kb:a ?x ; ?p ?y", True),
        ("BIND ( kb:a AS ?p ) $this ?p ?x", True),
        ("$this ?p ?x FILTER ( ?p IN ( kb:a , kb:b ) )", False),
        ("$this ?p ?x FILTER ( ?x = $this && ?p IN ( kb:a ) )", False),
        ("$this ?p ?x FILTER ( ?x = $this || ?p IN ( kb:a ) )", True),
        ("$this ?p ?x FILTER ( ?p NOT IN ( kb:a ) )", True),
        ("$this ?p ?x FILTER ( ?p IN ( kb:a , ?x ) )", True),
        ("$this ?p ?x OPTIONAL { $this kb:a ?y FILTER ( ?p IN ( kb:a ) ) }", True),
        ("$this ?p ?x ; ?q ?y FILTER ( ?p IN ( kb:a ) )", True),
        ("$this !kb:a ?x", True),
        ("$this $PATH ?x", True),
        ("[ ?p ?x ]", True),
        ("$this <a> ?x", True),
        ("$this kb:\\u0061 ?x", True),
    ],
)
def test_which_properties_a_query_reads(where: str, any_: bool) -> None:
    read = ends(f"PREFIX kb: <{KB}> SELECT $this {{ {where} }}")
    assert ("" in read) == any_
    assert any_ == (read == ANY) or not any_
    assert any_ or (KB + "a").endswith(tuple(read))
