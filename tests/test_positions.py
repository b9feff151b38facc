"""The triples are pyoxigraph's, in its order, and each of their terms stands where the index says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbcli.positions import Place, Positions, placed_triples
from kbcli.turtle import TurtleSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BASE = "http://e.x/b/c"
PRELUDE = """\
@prefix : <http://e.x/> . @prefix p: <#> . @prefix é-1: <http://é/> . @prefix p.q: <q/> .
PREFIX true: <t:> prefix a: <a:> PREFIX base: <b:> PREFIX prefix: <p:>
"""
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SUGAR = {RDF + "first", RDF + "rest"}
S, P, Q = (ox.NamedNode(f"x:{name}") for name in "spq")
ONE = ox.Literal("1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))


def parsed(text: str, base: str | None = BASE) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE, base_iri=base)]


def triples(text: str, base: str | None = BASE) -> list[ox.Triple]:
    return [placed.triple for placed in placed_triples(text, base)]


def spans(text: str) -> list[tuple[str, str, str]]:
    """The written terms of each triple."""
    return [
        tuple(text[slice(*span)] for span in (found.subject, found.predicate, found.object))
        for found in placed_triples(text, BASE)
    ]


def numbered(found: Iterable[ox.Triple]) -> list[list[str]]:
    """Each blank node as the number of its first appearance: equal if the graphs are, and their order is."""
    seen: dict[ox.BlankNode, str] = {}
    return [
        [seen.setdefault(term, str(len(seen))) if isinstance(term, ox.BlankNode) else str(term) for term in triple]
        for triple in found
    ]


def canonical(found: Iterable[ox.Triple | ox.Quad]) -> set[str]:
    data = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in found)
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in data}


# What is written, in many forms --------------------------------------------------------------------------------

GAPS = st.sampled_from([" ", "\n", "\t", "\r\n", "\r", "  ", " # a . comment ; \"'\n", "#\r\n"])
NO_GAPS = st.one_of(st.just(""), GAPS)
IRIS = st.sampled_from(
    ["<http://e.x/a>", "<b>", "<#c>", "<../d?q>", "<>", r"<\u0061:b>", "<//h/p>", "<./x/../y>", "<?é>", "<g:../h>"]
)
NAMES = st.builds(
    "{}:{}".format,
    st.sampled_from(["", "p", "p.q", "é-1", "true", "a", "base", "prefix"]),
    st.sampled_from(["", r"\~x", r"a\.\-", "%20.%41", ":", "::"])
    | st.from_regex(r"[a-z0-9_:é]([a-z0-9.:·-]*[a-z0-9:-])?", fullmatch=True),
)
LABELS = st.from_regex(r"_:[a-z0-9_é]([a-z0-9.-]*[a-z0-9-])?", fullmatch=True)
NUMBERS = st.from_regex(
    r"[+-]?([0-9]+|[0-9]*\.[0-9]+|([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+)", fullmatch=True
).filter(str.isascii)
QUOTED = st.sampled_from(
    ['""', "''", "'\"'", r'"\t\"\\\u00e9\U0001F600"', '"\u2028"', '"@prefix : <x> ."', '"""a"b""c\nd\r\ne\rf"""']
    + [r"'''it\'s ''so''\''''", "''''''", r'"""\n# no comment"""', '"\x00"']
) | st.text(st.characters(exclude_characters="'\\\r\n", exclude_categories=["Cs"])).map("'{}'".format)
SUFFIXES = st.sampled_from(["@en", "@de-AT", "@EN", "@zh-Hant-TW", "^^<t>", "^^p:t", "^^ <http://e.x/t>", " @en"])
LITERALS = st.one_of(NUMBERS, st.sampled_from(["true", "false"]), QUOTED, st.builds(str.__add__, QUOTED, SUFFIXES))
ATOMS = st.one_of(IRIS, NAMES, LABELS, LITERALS)
Tokens = list[str]


def joined(parts: st.SearchStrategy[Tokens], comma: str) -> st.SearchStrategy[Tokens]:
    return st.lists(parts, min_size=1, max_size=3).map(
        lambda found: found[0] + [token for part in found[1:] for token in (comma, *part)]
    )


def properties(objects: st.SearchStrategy[Tokens]) -> st.SearchStrategy[Tokens]:
    said = st.builds(lambda verb, rest: [verb, *rest], IRIS | NAMES | st.just("a"), joined(objects, ","))
    ends = st.lists(st.just(";"), max_size=2)
    return st.builds(list.__add__, joined(said, ";"), ends)


def bracketed(objects: st.SearchStrategy[Tokens]) -> st.SearchStrategy[Tokens]:
    lists = st.lists(objects, max_size=3).map(lambda found: ["(", *(token for part in found for token in part), ")"])
    return lists | st.just(["[", "]"]) | properties(objects).map(lambda found: ["[", *found, "]"])


OBJECTS = st.recursive(ATOMS.map(lambda atom: [atom]), bracketed, max_leaves=8)
SUBJECTS = (IRIS | NAMES | LABELS).map(lambda node: [node]) | bracketed(OBJECTS)
STATEMENTS = st.builds(lambda subject, said: [*subject, *said, "."], SUBJECTS, properties(OBJECTS))
DIRECTIVES = st.sampled_from(
    ["@prefix p: <http://e.y/> .", "PREFIX : <r/>", "@base <http://e.z/x/y> .", "bAsE <../z>", "@prefix p: <> ."]
).map(str.split)


@st.composite
def documents(draw: st.DrawFn, statements: st.SearchStrategy[Tokens] = STATEMENTS) -> str:
    parts = [PRELUDE]
    for token in [token for part in draw(st.lists(statements, max_size=4)) for token in part]:
        parts += [token, draw(NO_GAPS if token in "[](),;" else GAPS)]
    return "".join(parts) + "\n"


@given(documents(STATEMENTS | DIRECTIVES))
def test_the_triples_are_those_of_pyoxigraph_in_its_order(text: str) -> None:
    assert numbered(triples(text)) == numbered(parsed(text))


@given(documents())
def test_every_term_stands_at_its_place(text: str) -> None:
    for (subject, predicate, object_), *placed in placed_triples(text, BASE):
        written = [text[slice(*span)] for span in placed]
        if predicate.value in SUGAR:
            assert placed[1][0] >= placed[0][0]
            assert is_element(written[1])
        else:
            assert written[1] == "a" or stands_for(written[1], predicate)
        assert stands_for(written[0], subject) or predicate.value in SUGAR
        assert stands_for(written[2], object_) or predicate.value == RDF + "rest"


def is_element(written: str) -> bool:
    return written in {"(", "[", ")"} or bool(parsed(f"{PRELUDE} <s> <p> {written} ."))


def stands_for(written: str, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> bool:
    """`written` says `term`, as far as it can be told from a bracket alone."""
    if isinstance(term, ox.BlankNode):
        return written == str(term) or written in {"(", "["} or (written[0], written[-1]) == ("[", "]")
    return parsed(f"{PRELUDE} <s> <p> {written} .")[0].object == term


@given(documents(STATEMENTS | DIRECTIVES))
def test_lines_and_columns_are_those_of_pyoxigraph(text: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        parsed(text + " !")
    positions = Positions.of(text + " !", BASE)
    assert positions.error is not None
    place = positions.place(positions.error.offset, positions.error.offset)
    assert (place.line, place.column) == (caught.value.lineno, caught.value.offset)


@given(documents(), st.data())
def test_a_broken_file_is_indexed_as_far_as_it_goes(text: str, data: st.DataObject) -> None:
    whole = parsed(text)
    cut = data.draw(st.integers(0, len(text)))
    read = [found.object for found in before_error(text[:cut])]
    assert len(read) <= len(whole)
    assert (Positions.of(text[:cut], BASE).error is None) <= (len(read) <= len(whole))
