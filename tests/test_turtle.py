"""The tokens of Turtle, against its grammar: kinds, places, values, and what is no token."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbcli.turtle import Token, TurtleSyntaxError, iri_value, name_value, string_value, tokens

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1_000_000


def read(text: str) -> list[tuple[str, str]]:
    return [(token.kind, text[token.start : token.end]) for token in tokens(text)]


def texts(text: str) -> list[str]:
    return [written for _, written in read(text)]


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in read(text)]


def refused_at(text: str) -> int:
    with pytest.raises(TurtleSyntaxError) as caught:
        list(tokens(text))
    return caught.value.offset


def test_each_kind_by_its_name() -> None:
    assert kinds("@prefix p: <i> . @base <i> .") == [
        "at_prefix",
        "name",
        "iri",
        "dot",
        "at_base",
        "iri",
        "dot",
    ]
    assert kinds("PREFIX p: <i> base <i>") == ["prefix", "name", "iri", "base", "iri"]
    assert kinds('a _:b "s"@en^^') == ["a", "label", "string", "language", "datatype"]
    assert kinds("1 1.5 1e5 true # c") == ["integer", "decimal", "double", "boolean", "comment"]
    assert kinds("[ ] ( )") == ["open_bracket", "close_bracket", "open_paren", "close_paren"]
    assert kinds("; , .") == ["semicolon", "comma", "dot"]


def test_places_are_code_points() -> None:
    assert list(tokens("😀:é .")) == [Token("name", 0, 3), Token("dot", 4, 5)]


@pytest.mark.parametrize("text", ["", " ", "\t\r\n ", "\n" * 5])
def test_whitespace_is_no_token(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "name",
    [
        ":", "p:", ":a", "p:a", "p.q:a", "p:a.b", "p:a..b", "p:a:b", "p::", "p:0", "p:_", "p:a-", "p:%20",
        "p:%20.%41", "p:a.%20", r"p:\~", r"p:a\.", r"p:\-a\,b", "é:é", "p·:a·", "a:b", "true:x", "false:",
        "prefix:x", "base:x", "BASE:",
    ],
)  # fmt: skip
def test_a_prefixed_name_is_one_token(name: str) -> None:
    assert read(name) == [("name", name)]


@pytest.mark.parametrize("iri", ["<>", "<a>", "<http://é/?q#f>", r"<\u0041\U00000042>", "<a%zz>", "<:>", "<;.,>"])
def test_an_iri_is_one_token(iri: str) -> None:
    assert read(iri) == [("iri", iri)]


@pytest.mark.parametrize("label", ["_:a", "_:0", "_:_", "_:a.b", "_:a..b-", "_:é·"])
def test_a_label_is_one_token(label: str) -> None:
    assert read(label) == [("label", label)]


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("integer", "1"), ("integer", "-01"), ("integer", "+5"), ("decimal", "1.5"), ("decimal", ".5"),
        ("decimal", "-.0"), ("double", "1e5"), ("double", "1.e5"), ("double", ".5E-1"), ("double", "+1.5e+1"),
    ],
)  # fmt: skip
def test_a_number_is_one_token(kind: str, number: str) -> None:
    assert read(number) == [(kind, number)]


@pytest.mark.parametrize(
    "string",
    [
        '""', "''", '"a"', '"\'"', "'\"'", r'"\"\\"', r'"\t\b\n\r\f\'\u00e9\U0001F600"', '"\u2028\x00"',
        '""""""', "''''''", '"""a"b""c"""', "'''it's ''so'''", '"""a\nb\r\nc"""', r'"""a\""""',
        '"@prefix : <x> ."', '"# no comment"',
    ],
)  # fmt: skip
def test_a_string_is_one_token(string: str) -> None:
    assert read(string) == [("string", string)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<a><b><c>.", ["<a>", "<b>", "<c>", "."]),
        (":a.", [":a", "."]),
        (":a...", [":a", ".", ".", "."]),
        (":.", [":", "."]),
        ("_:a.", ["_:a", "."]),
        ("_:a:b", ["_:a", ":b"]),
        ("1.", ["1", "."]),
        ("1..5", ["1", ".", ".5"]),
        ("1.5.", ["1.5", "."]),
        ("1.5.5", ["1.5", ".5"]),
        ("1.e5.", ["1.e5", "."]),
        ("1x:y", ["1", "x:y"]),
        ("true.", ["true", "."]),
        ("true.x:y", ["true.x:y"]),
        ("a<b>", ["a", "<b>"]),
        ('"x"@en.', ['"x"', "@en", "."]),
        ('"x"@en-a1-2.', ['"x"', "@en-a1-2", "."]),
        ('"x"^^<t>', ['"x"', "^^", "<t>"]),
        ("'''a'b'''.", ["'''a'b'''", "."]),
        ("PREFIXb: <x>", ["PREFIXb:", "<x>"]),
        ("prefix:<x>", ["prefix:", "<x>"]),
        ("bAsE<x>", ["bAsE", "<x>"]),
        (":a#b\n.", [":a", "#b", "."]),
        ("#a\r:b", ["#a", ":b"]),
        ("# at the end", ["# at the end"]),
    ],
)
def test_where_one_token_ends(text: str, found: list[str]) -> None:
    assert texts(text) == found


@pytest.mark.parametrize("word", ["prefix", "base", "prefix-a"])
def test_after_a_string_even_prefix_is_a_language(word: str) -> None:
    assert kinds(f'"x"@{word}') == ["string", "language"]
    assert kinds(f'"x" # here\n @{word}') == ["string", "comment", "language"]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("!", 0), ("<a b>", 0), ("<a", 0), (r"<\n>", 0), ('"a', 0), ('"a\nb"', 0), (r'"\q"', 0),
        (r'"\u12"', 0), ('"""a', 0), ('"""a""', 0), ("'''", 0), ("_:", 0), ("_:-a", 0), ("p:%2", 2),
        (r"p:\q", 2), ("p:a\\", 3), ("x", 0), ("truex", 0), ("True", 0), ("aa", 0), ("e5", 0), ("1e", 1),
        ("+", 0), ("@", 0), ("@1", 0), ("@en-", 3), ("^", 0), ("<a>\ufeff", 3), ("\ufeff<a>", 0),
        ("<a>\x00", 3), ("\u00a0<a>", 0), ("<a>\x0b", 3), ("ba\u017fe <a>", 0), ("pref\u0131x : <a>", 0),
        ("true.x", 0), ("a.5", 0), (":a :b }", 6),
    ],
)  # fmt: skip
def test_what_is_no_token_is_refused_at_its_place(text: str, offset: int) -> None:
    assert refused_at(text) == offset


@pytest.mark.parametrize(
    "text",
    [
        *(quote + "\\" * MEGABYTE for quote in ('"', "'", '"""', "'''")),
        *(quote + "\\n" * MEGABYTE for quote in ('"', "'", '"""', "'''")),
        '"' + "a" * MEGABYTE, "'''" + "''a" * MEGABYTE, "<" + "a" * MEGABYTE, "<" + "\\u0041" * MEGABYTE,
        "a." * MEGABYTE, "true." * MEGABYTE, "true.." * MEGABYTE, "x" * MEGABYTE, "1" * MEGABYTE + "e",
        ":a" + "." * MEGABYTE + "!", ":" + "%20" * MEGABYTE + "%", ":" + r"\~." * MEGABYTE + "!",
        "_:a" + ".-" * MEGABYTE + "!", " " * MEGABYTE + "!", "#" * MEGABYTE + "\n!",
    ],
    ids=lambda text: f"{text[:8]!r} and on",
)  # fmt: skip
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    assert refused_at(text) <= len(text)


def test_a_megabyte_of_escapes_is_one_string() -> None:
    text = '"""' + "\\n" * MEGABYTE + '"""'
    assert list(tokens(text)) == [Token("string", 0, len(text))]


@given(st.text(st.sampled_from("a:.<>\"'\\@^#%-_+1eE\n \t[](),;u0é\u00b7"), max_size=40))
def test_between_tokens_there_is_only_whitespace(text: str) -> None:
    end = 0
    with suppress(TurtleSyntaxError):
        for token in tokens(text):
            assert text[end : token.start].strip(" \t\r\n") == ""
            assert token.start < token.end
            end = token.end
        assert text[end:].strip(" \t\r\n") == ""


@given(st.text(), st.sampled_from(['"', "'", '"""', "'''"]))
def test_a_string_gives_back_what_was_quoted(value: str, quote: str) -> None:
    escapes = {
        "\\": r"\\",
        "\n": r"\n",
        "\r": r"\r",
        "\t": r"\t",
        "\b": r"\b",
        "\f": r"\f",
        quote[0]: "\\" + quote[0],
    }
    quoted = quote + "".join(escapes.get(character, character) for character in value) + quote
    assert read(quoted) == [("string", quoted)]
    assert string_value(quoted) == value


@given(st.text())
def test_a_string_gives_back_what_was_numbered(value: str) -> None:
    quoted = '"' + "".join(f"\\U{ord(character):08x}" for character in value) + '"'
    assert read(quoted) == [("string", quoted)]
    assert string_value(quoted) == value


def test_values() -> None:
    assert string_value("""'''it's "so" \\u00e9'''""") == 'it\'s "so" é'
    assert iri_value(r"<a\u0062\U00000063>") == "abc"
    assert name_value(r"p.q:a\~b:%20\.") == ("p.q", "a~b:%20.")
    assert name_value(":") == ("", "")


@pytest.mark.parametrize("escape", [r"\uD800", r"\uDFFF", r"\U00110000", r"\UFFFFFFFF"])
def test_an_escape_that_is_no_character_has_no_value(escape: str) -> None:
    assert kinds(f'"{escape}"') == ["string"]
    with pytest.raises(ValueError, match="no character"):
        string_value(f'"{escape}"')


@pytest.mark.w3c
def test_every_w3c_file_is_read_or_refused(w3c: Path) -> None:
    files = sorted((w3c / "rdf-tests/rdf/rdf11").rglob("*.ttl"))
    assert len(files) > 300
    refused = 0
    for file in files:
        try:
            list(tokens(file.read_bytes().decode(errors="replace")))
        except TurtleSyntaxError:
            refused += 1
    assert 0 < refused < len(files) / 4
