"""kb fmt: canonical layout, the same triples, every comment; twice is once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, Runner
from kbcli.layout import laid_out
from kbcli.turtle import tokens

if TYPE_CHECKING:
    from pathlib import Path

OURS = sorted([*(ROOT / "data").rglob("*.ttl"), *(ROOT / "ontology").glob("*.ttl"), *(ROOT / "tests").rglob("*.ttl")])
SCATTERED = """# The file.

@prefix b: <urn:b#> . # of b
PREFIX a: <urn:a#>
# About x.
a:x   b:p "1" ,  # one
   '''2
''' ; ; a b:C ;; b:q [ a b:D; b:r ( 1 2.0 "x"@en "y"^^a:t ) ] . # done
a:y a:p a:z.
# The end."""
LAID_OUT = """# The file.

@prefix a: <urn:a#> .
@prefix b: <urn:b#> .  # of b

# About x.
a:x a b:C ;
    b:p
        "1" ,  # one
        '''2
''' ;
    b:q [ a b:D ; b:r ( 1 2.0 "x"@en "y"^^a:t ) ] .  # done

a:y a:p a:z .

# The end.
"""


def triples(text: str) -> set[ox.Quad]:
    data = ox.Dataset(ox.parse((text + "\n").encode(), format=ox.RdfFormat.TURTLE, base_iri="urn:base:"))
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(data)


def comments(text: str) -> Counter[str]:
    return Counter(text[t.start : t.end].rstrip() for t in tokens(text) if t.kind == "comment")


def check(text: str) -> None:
    once = laid_out(text)
    assert triples(once) == triples(text)
    assert comments(once) == comments(text)
    assert laid_out(once) == once


def test_the_canonical_layout() -> None:
    assert laid_out(SCATTERED) == LAID_OUT
    check(SCATTERED)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_own_files(path: Path) -> None:
    check(path.read_text(encoding="utf-8"))


@pytest.mark.w3c
def test_every_turtle_file_of_w3c(w3c: Path) -> None:
    done = 0
    for path in w3c.rglob("*.ttl"):
        text = path.read_bytes().decode("utf-8", "replace")
        try:
            triples(text)
        except SyntaxError:
            continue
        check(text)
        done += 1
    assert done > 800


COMMENT = st.sampled_from(["", "", "", "\n", "# c\n", " # d ; .\n", "\n# e\n\n", "\n\n# f\n# g\n"])
TERM = st.sampled_from(
    ["a:x", "<urn:i>", '"s"', "'t'@en", '"""l\n# no comment"""', '"5"^^a:n', "5", "1.0", "true", "[]", "()", "_:n"]
)


@st.composite
def nodes(draw: st.DrawFn, depth: int = 0) -> str:
    kind = draw(st.integers(0, 5 if depth < 3 else 3))
    if kind <= 3:
        return draw(TERM)
    inside = draw(st.lists(nodes(depth + 1), max_size=3))
    if kind == 4:
        return "(" + "".join(f"{draw(COMMENT)} {node} " for node in inside) + draw(COMMENT) + ")"
    return f"[{draw(COMMENT)} {draw(predicates(depth + 1))} {draw(COMMENT)}]"


@st.composite
def predicates(draw: st.DrawFn, depth: int = 0) -> str:
    written = []
    for _ in range(draw(st.integers(1, 3))):
        objects = f"{draw(COMMENT)} , {draw(COMMENT)}".join(draw(st.lists(nodes(depth), min_size=1, max_size=3)))
        written.append(f"{draw(COMMENT)} {draw(st.sampled_from(['a', 'a:p', '<urn:q>']))} {draw(COMMENT)} {objects}")
    return f"{draw(COMMENT)} ;{draw(COMMENT)}".join(written) + draw(st.sampled_from(["", " ;", " ; ;"]))


@st.composite
def documents(draw: st.DrawFn) -> str:
    statements = [
        f"{draw(COMMENT)} a:s{number} {draw(predicates())} {draw(COMMENT)} . {draw(COMMENT)}"
        for number in range(draw(st.integers(0, 3)))
    ]
    return f"{draw(COMMENT)}@prefix a: <urn:a#> .{draw(COMMENT)}\n" + "".join(statements)


@settings(max_examples=300, deadline=None)
@given(documents())
def test_any_document_keeps_its_triples_and_comments(text: str) -> None:
    check(text)


def test_check_and_diff_change_nothing_and_fmt_writes(kb: Runner, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(SCATTERED, encoding="utf-8")
    assert kb("fmt", "--check", "x.ttl", cwd=tmp_path).code == 1
    diff = kb("fmt", "--diff", "x.ttl", cwd=tmp_path)
    assert (diff.code, "+@prefix a: <urn:a#> ." in diff.out) == (1, True)
    assert path.read_text(encoding="utf-8") == SCATTERED
    assert kb("fmt", "x.ttl", cwd=tmp_path).code == 0
    assert path.read_text(encoding="utf-8") == LAID_OUT
    assert kb("fmt", "--check", "x.ttl", cwd=tmp_path).code == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.ttl"]


def test_a_broken_file_is_left_alone_and_hides_no_other(kb: Runner, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b> .\n")
    (tmp_path / "good.ttl").write_text("<urn:a>   <urn:b> <urn:c> .")
    result = kb("fmt", ".", cwd=tmp_path)
    assert result.code == 1
    assert "bad.ttl:1:9: left as it is" in result.err
    assert (tmp_path / "good.ttl").read_text() == "<urn:a> <urn:b> <urn:c> .\n"
    assert (tmp_path / "bad.ttl").read_text() == "<urn:a> <urn:b> .\n"


def test_what_is_bound_by_order_keeps_it() -> None:
    for text in (
        "@base <urn:x:> .\n@prefix b: <b#> .\n@prefix a: <a#> .\nb:x a:y a:z .",
        "@prefix b: <urn:1> .\nb:a b:a b:a .\n@prefix b: <urn:2> .\nb:a b:a b:a .",
    ):
        check(text)


def test_brackets_too_deep_are_refused_in_a_sentence(kb: Runner, tmp_path: Path) -> None:
    (tmp_path / "deep.ttl").write_text("<urn:a> <urn:b> " + "[ <urn:b> " * 500 + "1" + "]" * 500 + " .")
    result = kb("fmt", "deep.ttl", cwd=tmp_path)
    assert (result.code, "more than 100 deep" in result.err) == (1, True)


def test_the_repository_is_in_canonical_layout(kb: Runner) -> None:
    result = kb("fmt", "--check")
    assert result.code == 0, result.out
