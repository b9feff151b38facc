"""The tokens of Turtle 1.1, with their places, and the values their texts stand for.

Comments are tokens, whitespace is none: whoever writes a file anew must not lose what people wrote beside
the data.

One expression reads everything. Hostile text must cost no more than its length, so every repetition in it is
possessive: what it has taken it never gives back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from kbcli.lexical import IRI, local_name, long_string, often, prefix_name, short_string

if TYPE_CHECKING:
    from collections.abc import Iterator

# fmt: off
Kind = Literal[
    "iri", "name", "label", "string", "language", "datatype", "integer", "decimal", "double", "boolean", "a",
    "at_prefix", "at_base", "prefix", "base", "comment",
    "dot", "semicolon", "comma", "open_bracket", "close_bracket", "open_paren", "close_paren",
]
# fmt: on


class Token(NamedTuple):
    """A half-open range of code points. `datatype` is the `^^`; `prefix` and `base` are the bare keywords."""

    kind: Kind
    start: int
    end: int


class TurtleSyntaxError(ValueError):
    """`offset` is where the text stops being Turtle, in code points."""

    def __init__(self, what: str, offset: int) -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset


# Inside of character classes, named as in the grammar.
_NAME_START = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_FIRST = _NAME_START + "_0-9"
_NAME_CHARS = _NAME_FIRST + "\u00b7\u0300-\u036f\u203f\u2040\\-"

_PREFIX_NAME = prefix_name(f"[{_NAME_START}]", f"[{_NAME_CHARS}]")
_LOCAL_NAME = local_name(f"[{_NAME_FIRST}:]", f"[{_NAME_CHARS}:]")
# A bare word ends where its run of name characters does: `true.x` has no `true` in it, here or in pyoxigraph.
# To search the run for the colon of a prefixed name once for each word in it would be quadratic.
_WORD_END = rf"(?!\.*+[{_NAME_CHARS}])"


# The order counts where one kind is the beginning of another: names before words, long before short.
_KINDS: Final = {
    "name": rf"(?:{_PREFIX_NAME})?:(?:{_LOCAL_NAME})?",
    "iri": IRI,
    "semicolon": ";",
    "a": f"a{_WORD_END}",
    "string": "|".join((short_string('"'), long_string('"'), short_string("'"), long_string("'"))),
    "at_prefix": "@prefix(?![A-Za-z]|-[A-Za-z0-9])",
    "at_base": "@base(?![A-Za-z]|-[A-Za-z0-9])",
    "language": "@[A-Za-z]++" + often("-[A-Za-z0-9]++"),
    "datatype": r"\^\^",
    "double": r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)[eE][+-]?[0-9]++",
    "decimal": r"[+-]?[0-9]*+\.[0-9]++",
    "integer": "[+-]?[0-9]++",
    "dot": r"\.",
    "comma": ",",
    "open_bracket": r"\[",
    "close_bracket": "]",
    "open_paren": r"\(",
    "close_paren": r"\)",
    "comment": r"#[^\n\r]*+",
    "label": rf"_:[{_NAME_FIRST}][{_NAME_CHARS}]*+" + often(rf"\.++[{_NAME_CHARS}]++"),
    "boolean": f"(?:true|false){_WORD_END}",
    "prefix": f"(?ai:prefix){_WORD_END}",
    "base": f"(?ai:base){_WORD_END}",
    "wrong": r"[\s\S]",
}
# The end is an alternative too, lest trailing whitespace be tried from each of its characters.
_TOKEN = re.compile(
    r"[ \t\r\n]*+(?:" + "|".join(f"(?P<{kind}>{expression})" for kind, expression in _KINDS.items()) + r"|\Z)"
)
_UNUSUAL: Final = frozenset({"at_prefix", "at_base", "wrong", None})


def tokens(text: str) -> Iterator[Token]:
    """Raises TurtleSyntaxError at the first character that begins no token."""
    before: str | None = None
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind in _UNUSUAL:
            if kind is None:
                return
            kind = _settled(kind, text, match.start(kind), before)
        yield Token(kind, match.start(match.lastindex or 0), match.end())  # type: ignore[arg-type]
        if kind != "comment":
            before = kind


def _settled(kind: str, text: str, start: int, before: str | None) -> str:
    """What only its surroundings tell: behind a string, `@prefix` and `@base` are language tags."""
    if kind == "wrong":
        raise TurtleSyntaxError(_complaint(text[start]), start)
    return "language" if before == "string" else kind


def _complaint(character: str) -> str:
    if character in "\"'":
        return "this string does not end, or has a wrong escape in it"
    if character == "<":
        return "this IRI does not end, or has in it what no IRI can"
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return f"{shown} begins nothing known in Turtle"


_ESCAPED = re.compile(r"\\(?:u(.{4})|U(.{8})|(.))", re.DOTALL)
_CONTROLS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LONG: Final = ('"""', "'''")
_RESERVED_ESCAPE = re.compile(r"\\(.)")
_LAST: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)


def string_value(quoted: str) -> str:
    """The lexical form a string token stands for. Raises ValueError where an escape is no character's."""
    edge = 3 if quoted.startswith(_LONG) else 1
    return _unescaped(quoted[edge:-edge])


def iri_value(bracketed: str) -> str:
    """The reference an IRI token stands for, as yet unresolved. Raises ValueError as `string_value` does."""
    return _unescaped(bracketed[1:-1])


def name_value(name: str) -> tuple[str, str]:
    """The prefix, without its colon, and the local part that a prefixed name stands for."""
    prefix, _, local = name.partition(":")
    return prefix, _RESERVED_ESCAPE.sub(r"\1", local) if "\\" in local else local


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code is None:
        return _CONTROLS.get(match[3], match[3])
    number = int(code, 16)
    if number > _LAST or number in _SURROGATES:
        raise ValueError(f"{match[0]} stands for no character")
    return chr(number)
