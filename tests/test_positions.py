"""The triples are pyoxigraph's, in its order, and each of their terms stands where the index says."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
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
REST = RDF + "rest"
SUGAR = {RDF + "first", REST}
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
TESTS = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/"
DEEP = 100_000

# A shared machine may take its time over one document.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
S, P, Q = (ox.NamedNode(f"x:{name}") for name in "spq")
ONE = ox.Literal("1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))


def parsed(text: str, base: str | None = BASE) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE, base_iri=base)]


def triples(text: str, base: str | None = BASE) -> list[ox.Triple]:
    return [placed.triple for placed in placed_triples(text, base)]


def until_error(text: str, base: str | None = BASE) -> Iterator[ox.Triple]:
    with suppress(TurtleSyntaxError):
        for placed in placed_triples(text, base):
            yield placed.triple


def written(text: str) -> list[str]:
    """What stands at the places of each triple."""
    return [" ".join(text[slice(*span)] for span in spans) for _, *spans in placed_triples(text, BASE)]


def error_of(text: str) -> tuple[int, str]:
    error = Positions.of(text, BASE).error
    assert error is not None
    return error.offset, error.what


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


# What is written, in many forms. A document is drawn as its tokens, then as what stands between them.
Tokens = list[str]
GAPS = st.sampled_from([" ", "\n", "\t", "\r\n", "\r", "  ", " # a . comment ; \"'\n", "#\r\n"])
NO_GAPS = st.just("") | GAPS
IRIS = st.sampled_from(
    ["<http://e.x/a>", "<b>", "<#c>", "<../d?q>", "<>", r"<\u0061:b>", "<//h/p>", "<./x/../y>", "<?é>"]
)  # fmt: skip
PREFIXES = st.sampled_from(["", "p", "p.q", "é-1", "true", "a", "base", "prefix"])
PLAIN = st.from_regex(r"[a-z0-9_:é]([a-z0-9.:·-]*[a-z0-9:-])?", fullmatch=True)
LOCALS = PLAIN | st.sampled_from(["", r"\~x", r"a\.\-", "%20.%41", ":", "::"])
NAMES = st.builds("{}:{}".format, PREFIXES, LOCALS)
LABELS = st.from_regex(r"_:[a-z0-9_é]([a-z0-9.-]*[a-z0-9-])?", fullmatch=True)
NUMBERS = st.from_regex(
    r"[+-]?([0-9]+|[0-9]*\.[0-9]+|([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+)", fullmatch=True
)  # fmt: skip
QUOTED = st.text(st.characters(exclude_characters="'\\\r\n", exclude_categories=["Cs"])).map("'{}'".format)
STRINGS = QUOTED | st.sampled_from(
    [
        '""', "''", "'\"'", r'"\t\"\\\u00e9\U0001F600"', '"\u2028"', '"@prefix : <x> ."', '"\x00"', "''''''",
        '"""a"b""c\nd\r\ne\rf"""', r"'''it\'s ''so''\''''", r'"""\n# no comment"""',
    ]
)  # fmt: skip
SUFFIXES = st.sampled_from(["", "@en", "@de-AT", "@EN", " @en", "^^<t>", "^^p:t", "^^ <http://e.x/t>"])
LITERALS = NUMBERS | st.sampled_from(["true", "false"]) | st.builds(str.__add__, STRINGS, SUFFIXES)
DIRECTIVES = st.sampled_from(
    [
        "@prefix p: <http://e.y/> .",
        "PREFIX : <r/>",
        "@base <http://e.z/x/> .",
        "bAsE <../z>",
        "@prefix p: <> .",
    ]
).map(str.split)


def flat(parts: Iterable[Tokens]) -> Tokens:
    return [token for part in parts for token in part]


def several(parts: st.SearchStrategy[Tokens], between: str) -> st.SearchStrategy[Tokens]:
    return st.lists(parts, min_size=1, max_size=3).map(lambda found: flat([between, *part] for part in found)[1:])


def properties(objects: st.SearchStrategy[Tokens]) -> st.SearchStrategy[Tokens]:
    verbs = IRIS | NAMES | st.just("a")
    said = st.builds(lambda verb, rest: [verb, *rest], verbs, several(objects, ","))
    return st.builds(list.__add__, several(said, ";"), st.sampled_from([[], [";"], [";", ";"]]))


def bracketed(objects: st.SearchStrategy[Tokens]) -> st.SearchStrategy[Tokens]:
    lists = st.lists(objects, max_size=3).map(lambda found: ["(", *flat(found), ")"])
    return lists | st.just(["[", "]"]) | properties(objects).map(lambda found: ["[", *found, "]"])


OBJECTS = st.recursive((IRIS | NAMES | LABELS | LITERALS).map(lambda atom: [atom]), bracketed, max_leaves=8)
SUBJECTS = (IRIS | NAMES | LABELS).map(lambda node: [node]) | bracketed(OBJECTS)
STATEMENTS = st.builds(lambda subject, said: [*subject, *said, "."], SUBJECTS, properties(OBJECTS))


@st.composite
def documents(draw: st.DrawFn, statements: st.SearchStrategy[Tokens] = STATEMENTS) -> str:
    parts = [PRELUDE]
    for part in flat(draw(st.lists(statements, max_size=4))):
        parts += [part, draw(NO_GAPS if part in "[](),;" else GAPS)]
    return "".join(parts) + "\n"


@calm
@given(documents(STATEMENTS | DIRECTIVES))
def test_the_triples_are_those_of_pyoxigraph_in_its_order(text: str) -> None:
    assert numbered(triples(text)) == numbered(parsed(text))


@calm
@given(documents())
def test_every_term_stands_at_its_place(text: str) -> None:
    for (subject, predicate, object_), *spans in placed_triples(text, BASE):
        at_subject, at_predicate, at_object = (text[slice(*span)] for span in spans)
        if predicate.value in SUGAR:
            assert at_subject == "(" or spans[0] <= spans[1]
            assert spans[1][0] == spans[2][0]
        else:
            assert stands_for(at_subject, subject)
            assert at_predicate == "a" or stands_for(at_predicate, predicate)
        assert predicate.value == REST or stands_for(at_object, object_)


def stands_for(text: str, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> bool:
    if isinstance(term, ox.BlankNode):
        return text == str(term) or text in {"(", "["} or (text[0], text[-1]) == ("[", "]")
    return parsed(f"{PRELUDE} <s> <p> {text} .")[0].object == term


@calm
@given(documents(STATEMENTS | DIRECTIVES))
def test_lines_and_columns_are_those_of_pyoxigraph(text: str) -> None:
    text += "!"
    with pytest.raises(SyntaxError) as caught:
        parsed(text)
    offset, _ = error_of(text)
    assert Positions(text).place(offset, offset)[:2] == (caught.value.lineno, caught.value.offset)


@calm
@given(documents(STATEMENTS | DIRECTIVES), st.data())
def test_a_broken_file_is_read_as_far_as_it_goes(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.sampled_from([space.start() for space in re.finditer(r"\s", text)]))
    read = numbered(until_error(text[:cut]))
    assert read == numbered(parsed(text))[: len(read)]


@calm
@given(documents(), st.booleans())
def test_each_parsed_triple_has_its_places(text: str, rename: bool) -> None:
    quads = list(ox.parse(text, ox.RdfFormat.TURTLE, base_iri=BASE, rename_blank_nodes=rename))
    positions = Positions.of(text, BASE, quads)
    for subject, predicate, object_, _ in quads:
        assert positions.subject(subject)
        assert positions.predicate(subject, predicate)
        assert positions.object(subject, predicate, object_)


def test_terms_are_placed_as_written() -> None:
    assert written('prefix p: <x:> p:s a p:c , "v"@en ; <x:p> 1.5 , "t" ^^ p:t , true .') == [
        "p:s a p:c",
        'p:s a "v"@en',
        "p:s <x:p> 1.5",
        'p:s <x:p> "t" ^^ p:t',
        "p:s <x:p> true",
    ]


def test_brackets_are_placed_at_their_beginning() -> None:
    assert written("[ <p> [ ] ] <q> [ <p> [] ] .") == ["[ <p> [ ]", "[ <p> []", "[ <q> ["]


def test_list_cells_are_placed_at_their_elements() -> None:
    found = written('<s> <p> ( 1 "v"@en ) , ( ) .')
    assert sorted(found) == sorted(["<s> <p> (", "( 1 1", '( "v" "v"', '"v" "v" "v"@en', '"v" ) )', "<s> <p> ( )"])


@pytest.mark.parametrize(
    "text",
    [
        "<a><b><c>.",
        "<a><b>1.",
        '<a><b>"x"@en.',
        '<a><b>"x"@en-GB.',
        "<a> <b> 1 , 1.5,1e5,.5;;;<c> true;.",
        "@prefix a: <x:>. a:b a a:b. a:c a a:c.",
        "PREFIX prefix: <x:> prefix:x a prefix:x .",
        "prefix true: <x:> true:x <a> true,true:true .",
        "@prefix p: <x:> . @prefix p: <y:> . p:a p:a p:a . prefix p: <z:> p:a p:a p:a .",
        "base <http://x/y/z> <a> <b> <../c> . @base <q/r> . <a> <b> <c> . base <> <a> <b> <c> .",
        "@base <http://x/y/z> . @prefix p: <q/> . @base <http://other/> . p:a p:b <c> .",
        '<a> <b> "@prefix : <x> . # none" . # a comment at the end',
        "<a> <b> '''it's ''so''\n''' , \"\"\"\r\n\"x\"\" \"\"\" .",
        "[] <a> [] . [ <a> 1 ] . [ <a> 1 ; ] <b> 2 . () <a> () . ((1) [<a> (2)]) <b> ((3)) .",
        "_:a <b> _:a.b , _:a . _:a-<b>_:c.",
        '<a> <b> "\u2028\u0085\x0b" . \r<a> <b> "\x00" .',
        "",
        "# nothing",
    ],
)
def test_agrees_with_pyoxigraph(text: str) -> None:
    assert numbered(triples(text)) == numbered(parsed(text))


@pytest.mark.parametrize(
    "reference",
    [
        "", "#f", "?q", "g", "./g", "../g", "../../../g", "/g", "/./g/../h", "//h/p/../q", "g/./h/..", ";x",
        "g:h", "./g:h", "http:g", "http:../g", "http://h/a/../b", "g?y/../x", "g#s/../x", ".", "..",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "base", ["http://a/b/c/d;p?q#f", "http://a", "file:///x/y", "urn:a:b", "x:", "http://a/b/../c"]
)
def test_references_resolve_as_pyoxigraph_has_it(reference: str, base: str) -> None:
    text = f"<x:> <x:> <{reference}> ."
    try:
        expected = numbered(parsed(text, base))
    except SyntaxError:
        expected = []
    assert numbered(until_error(text, base)) == expected


def test_an_escaped_name_may_end_the_file() -> None:
    # Without a newline behind it pyoxigraph 0.5.13 reads `:a~` here.
    assert triples(r"@prefix : <x:> . <x:s> <x:p> :a\~b.") == parsed("<x:s> <x:p> <x:a~b> .")


ASKED = """\
# a comment
<x:s> <x:p> 1 ,
    1 , "v"@en , "v" ;
  <x:q> _:b .
\t<x:s> <x:p> "é😀" , 2 . _:b <x:p> 1 .
"""


def test_the_first_place_is_told() -> None:
    positions = Positions.of(ASKED)
    assert positions.error is None
    assert positions.subject(S) == Place(2, 1, 5)
    assert positions.predicate(S, Q) == Place(4, 3, 5)
    assert positions.object(S, P, ONE) == Place(2, 13, 1)


def test_columns_are_code_points() -> None:
    two = ox.Literal("2", datatype=ONE.datatype)
    assert Positions.of(ASKED).object(S, P, ox.Literal("é😀")) == Place(5, 14, 4)
    assert Positions.of(ASKED).object(S, P, two) == Place(5, 21, 1)


def test_literals_differ_by_form_language_and_datatype() -> None:
    positions = Positions.of(ASKED)
    assert positions.object(S, P, ox.Literal("v")) == Place(3, 18, 3)
    assert positions.object(S, P, ox.Literal("v", language="en")) == Place(3, 9, 6)
    assert positions.object(S, P, ox.Literal("v", language="de")) is None
    assert positions.object(S, P, ox.Literal("01", datatype=ONE.datatype)) is None


def test_what_is_not_there_has_no_place() -> None:
    positions = Positions.of(ASKED)
    assert positions.subject(Q) is None
    assert positions.predicate(S, S) is None
    assert positions.object(S, Q, S) is None


def test_labelled_blank_nodes_are_found_by_their_label() -> None:
    positions = Positions.of(ASKED)
    assert positions.object(S, Q, ox.BlankNode("b")) == Place(4, 9, 3)
    assert positions.subject(ox.BlankNode("b")) == Place(5, 25, 3)


def test_other_blank_nodes_are_found_by_what_was_parsed() -> None:
    text = "<x:s> <x:p> [ <x:q> 1 ] ,\n  [ <x:q> 2 ] ."
    quads = parsed(text)
    positions = Positions.of(text, None, quads)
    assert positions.subject(quads[0].subject) == Place(1, 13, 1)
    assert positions.object(S, P, quads[2].subject) == Place(2, 3, 1)
    assert Positions.of(text).subject(quads[0].subject) is None


def test_what_was_parsed_from_another_text_is_not_trusted() -> None:
    quads = parsed("[ <x:p> 1 ] . <x:s> <x:p> 2 .")
    positions = Positions.of("[ <x:p> 1 ] . <x:s> <x:p> 1 .", None, quads)
    assert positions.subject(quads[0].subject) is None
    assert positions.subject(S) == Place(1, 15, 5)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_each_of_three_ways(end: str) -> None:
    positions = Positions.of(f"#{end}{end}#\u2028\x0b\x0c\x85{end} <x:s> <x:p> 1 .")
    assert positions.subject(S) == Place(4, 2, 5)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("\ufeff<a> <b> <c> .", 0), ("<a> <b> <c>", 11), ("<a> <b> <c> . !", 14), ("<a> <b> .", 8),
        ("<a> .", 4), ("<a> <b> 1 2 .", 10), ("[] .", 3), ("() .", 3), ("[ ; ] <a> 1 .", 2),
        ("[ <a> 1 ] ; .", 10), ("<a> ; <b> 1 .", 4), ("a a a .", 0), ('"s" <b> 1 .', 0), ("<a> _:b 1 .", 4),
        ("<a> <b> a .", 8), ("p:a <b> 1 .", 0), ("@prefix p: <x:>", 15), ("@prefix p: <x:> p:a p:b 1 .", 16),
        ("@prefix p:a <x:> .", 8), ("prefix p: p: .", 10), ("prefix p: <x:> .", 15), ("@base x: .", 6),
        ("@PREFIX p: <x:> .", 0), ("<a> <b> [ <c> 1 . ]", 16), ("<a> <b> ( 1 . )", 12), ("<a> <b> 1 ]", 10),
        ("<a> <b> 1 ) .", 10), ("<a> <b> ( 1 ] .", 12), ("<a> <b> [ <c> 1 )", 16), ("<a> <b> 1 ^^ <c>", 10),
        ("<a> <b> <c> @en .", 12), ('<a> <b> "s"^^"t" .', 13), (r'<a> <b> "\uD800" .', 8),
        (r"<a> <b> <\uD800> .", 8), ("<a> <b> <x:%> .", 8), ("<a> <b> <//[/> .", 8), ('<a> <b> "s"@a .', 11),
        ("<a> <b> <<c>> .", 8), ("<a> <b> <c> {| <d> 1 |} .", 12), (f'<a> <b> "s"^^<{RDF}langString> .', 13),
        ("<a> <b> \x00 .", 8),
    ],
)  # fmt: skip
def test_an_error_is_kept_with_its_offset(text: str, offset: int) -> None:
    assert error_of(text)[0] == offset


def test_an_error_says_what_was_expected() -> None:
    assert error_of("<a> <b> ; .") == (8, "an object is expected here, not ;")
    assert error_of("p:a <b> 1 .") == (0, "the prefix p: is not declared")
    assert error_of('<a> <b> "c') == (8, "this string does not end, or has a wrong escape in it")


def test_a_relative_iri_needs_a_base() -> None:
    error = Positions.of("<a> <b> <c> .").error
    assert error is not None
    assert (error.offset, error.what) == (0, "No scheme found in an absolute IRI")


def test_a_wrong_base_is_no_error_of_the_text() -> None:
    with pytest.raises(ValueError, match="No scheme") as caught:
        Positions.of("", "relative")
    assert not isinstance(caught.value, TurtleSyntaxError)


def test_what_precedes_an_error_is_kept() -> None:
    positions = Positions.of("<x:s> <x:p> 1 ; <x:q> [ <x:p> 1 ] , ! .")
    assert positions.error is not None
    assert positions.error.offset == 36
    assert positions.predicate(S, Q) == Place(1, 17, 5)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<x:s> <x:p> " + "[<x:p> " * DEEP + "1" + "]" * DEEP + ".", DEEP + 1),
        ("[<x:p> " * DEEP + "1" + "]" * DEEP + ".", DEEP),
        ("(" * DEEP + ")" * DEEP + " <x:p> 1 .", 2 * DEEP - 1),
        ("<x:s> <x:p> " + "([<x:p> " * DEEP + "1" + "])" * DEEP + ".", 3 * DEEP + 1),
        ("<x:s> <x:p> 1" + " , 1" * DEEP + ";" * DEEP + ".", DEEP + 1),
        ("<x:s> <x:p> '''" + "'\"\n" * DEEP + "''' .", 1),
        ("prefix p: <x:>" * DEEP, 0),
    ],
    ids=["objects", "subjects", "lists", "both", "repeated", "long string", "prefixes"],
)
def test_depth_and_length_are_no_limit(text: str, count: int) -> None:
    assert sum(1 for _ in placed_triples(text)) == count


@pytest.mark.parametrize("text", ["[" * DEEP, "(" * DEEP, "<x:s> <x:p> " + "[<x:p> (" * DEEP])
def test_unclosed_depth_is_an_error(text: str) -> None:
    assert Positions.of(text).error is not None


def suite(w3c: Path, kind: str) -> list[tuple[str, str, Path]]:
    """The base, the text, and where the expected triples are, of each test of one kind."""
    folder = w3c / "rdf-tests/rdf/rdf11/rdf-turtle"
    manifest = ox.Store()
    manifest.load(path=str(folder / "manifest.ttl"), format=ox.RdfFormat.TURTLE, base_iri=TESTS)
    found = manifest.query(
        f"""SELECT ?action (COALESCE(?expected, ?action) AS ?result) {{
            ?test a <http://www.w3.org/ns/rdftest#TestTurtle{kind}> ; <{MF}action> ?action
            OPTIONAL {{ ?test <{MF}result> ?expected }} }}"""
    )
    assert isinstance(found, ox.QuerySolutions)
    named = [(row["action"].value, row["result"].value.removeprefix(TESTS)) for row in found]
    return [(base, (folder / base.removeprefix(TESTS)).read_bytes().decode(), folder / name) for base, name in named]


@pytest.mark.w3c
def test_w3c_evaluation(w3c: Path) -> None:
    tests = suite(w3c, "Eval")
    assert len(tests) >= 145
    for base, text, result in tests:
        assert canonical(triples(text, base)) == canonical(ox.parse(path=str(result))), base
        assert numbered(triples(text, base)) == numbered(parsed(text, base)), base


@pytest.mark.w3c
def test_w3c_positive_syntax(w3c: Path) -> None:
    tests = suite(w3c, "PositiveSyntax")
    assert len(tests) >= 74
    for base, text, _ in tests:
        assert numbered(triples(text, base)) == numbered(parsed(text, base)), base


@pytest.mark.w3c
def test_w3c_negative_syntax(w3c: Path) -> None:
    tests = suite(w3c, "NegativeSyntax")
    assert len(tests) >= 94
    for base, text, _ in tests:
        assert Positions.of(text, base).error is not None, base


@pytest.mark.w3c
def test_what_pyoxigraph_reads_of_all_w3c_files_is_read_alike(w3c: Path) -> None:
    count = 0
    for file in w3c.rglob("*.ttl"):
        text = file.read_bytes().decode(errors="replace")
        with suppress(SyntaxError):
            expected = numbered(parsed(text, TESTS))
            assert numbered(triples(text, TESTS)) == expected, file
            count += 1
    assert count > 800
