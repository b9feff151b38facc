"""What an export looks up on disk: the same as a store has, and every literal as it is spelt."""

from __future__ import annotations

import io
import json
from typing import Any

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kbcli.jsonnodes import HERE, Counted, write_around, written
from kbcli.names import STANDARD
from kbcli.scratch import Scratch

XSD = STANDARD["xsd"]
IRIS = st.sampled_from([ox.NamedNode(f"urn:{name}") for name in ("a", "b", "ü")])
BLANKS = st.sampled_from([ox.BlankNode("x"), ox.BlankNode("y")])
TYPED = st.builds(
    lambda text, name: ox.Literal(text, datatype=ox.NamedNode(XSD + name)),
    st.sampled_from(["01", "1", "+1", "1.50", "true", "1", "2024-01-05", "2024-01-05T10:00:00+00:00", "no"]),
    st.sampled_from(["integer", "nonNegativeInteger", "decimal", "double", "boolean", "date", "dateTime", "string"]),
)
TEXTS = st.builds(ox.Literal, st.text(st.characters(codec="utf-8"), max_size=8))
TAGGED = TEXTS.map(lambda text: ox.Literal(text.value, language="en-GB"))
GRAPHS = IRIS | st.just(ox.DefaultGraph())
QUADS = st.builds(ox.Quad, IRIS | BLANKS, IRIS, IRIS | BLANKS | TYPED | TEXTS | TAGGED, GRAPHS)
PARTS = st.lists(st.lists(QUADS, max_size=6), max_size=3)


def triples(quads: Any) -> set[Any]:
    return {quad.triple for quad in quads}


@given(PARTS, st.none() | IRIS, st.none() | IRIS, st.none() | IRIS)
def test_it_answers_as_a_store_does(parts: list[list[ox.Quad]], subject: Any, predicate: Any, value: Any) -> None:
    scratch, store = Scratch(parts), ox.Store()
    store.extend(quad for part in parts for quad in part)
    asked = (subject, predicate, None if subject else value)
    wanted = [
        quad for quad in store.quads_for_pattern(*asked, None) if subject or isinstance(quad.subject, ox.NamedNode)
    ]
    found = [quad for quad in scratch.quads_for_pattern(*asked) if subject or isinstance(quad.subject, ox.NamedNode)]
    assert triples(found) == triples(wanted)
    assert triples(scratch) == triples(store)


@given(PARTS)
def test_it_keeps_what_was_put_aside_as_it_was(parts: list[list[ox.Quad]]) -> None:
    scratch = Scratch(parts)
    given_ = [quad for part in parts for quad in part]
    names = list(scratch.subjects())
    assert names == sorted(
        {
            getattr(quad.subject, "value", "") if isinstance(quad.subject, ox.NamedNode) else str(quad.subject)
            for quad in given_
        }
    )
    assert triples(quad for name in names for quad in scratch.said(name).quads) == triples(given_)
    assert len({scratch.said(name).number for name in names}) == len(names)
    assert scratch.said("urn:none") == (0, (), {})


@given(PARTS, st.sets(IRIS.map(lambda iri: iri.value)))
def test_it_knows_where_things_are(parts: list[list[ox.Quad]], names: set[str]) -> None:
    scratch = Scratch(parts)
    in_them = {
        number
        for number, part in enumerate(parts)
        for quad in part
        if quad.subject.value in names and isinstance(quad.subject, ox.NamedNode)
    }
    assert scratch.parts_of(names) == in_them
    own = {
        quad.subject.value
        for part in parts
        for quad in part
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value in names
        and isinstance(quad.subject, ox.NamedNode)
    }
    assert scratch.subjects_in(names) == own


JSON = st.recursive(
    st.text() | st.integers(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


@given(st.lists(st.dictionaries(st.text(), JSON, max_size=3), max_size=3))
def test_a_document_around_its_items_is_as_if_written_at_once(items: list[dict[str, Any]]) -> None:
    def document(inside: list[Any], total: int) -> dict[str, Any]:
        return {"page": {"items": inside, "at": 0}, "total": total}

    stream, counted = io.BytesIO(), Counted(items)
    write_around(lambda: document([HERE], counted.number), counted, stream)
    assert stream.getvalue() == written(document(items, len(items))) + b"\n"
    assert json.loads(stream.getvalue()) == document(items, len(items))
