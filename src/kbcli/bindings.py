"""Prefixes bound to another namespace than the project's or the standard one.

Such a file is good Turtle and says something, only not about what its reader takes it to be about.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbcli.turtle import Token

# What may be a directive, and what reads as one at a glance: files that are in order are spared a second reading.
_DIRECTIVE = re.compile(r"(?<![\w:])prefix\b", re.ASCII | re.IGNORECASE)
_PLAIN = re.compile(r"(?<![\w:])prefix[ \t]+([\w.\-]*):[ \t]*<([^<>\\]*)>", re.ASCII | re.IGNORECASE)


class Binding(NamedTuple):
    """`prefix` stands for `iri` where it should stand for `right`. `start` is the offset of the directive."""

    prefix: str
    iri: str
    right: str
    start: int


def misbound(text: str, known: Mapping[str, str]) -> list[Binding]:
    """The directives in `text` that give one of the `known` prefixes another namespace."""
    plain = at_a_glance(text)
    if plain is not None and all(known.get(prefix, iri) == iri for prefix, iri in plain):
        return []
    return [
        Binding(prefix, iri, known[prefix], start)
        for start, prefix, iri in _directives(text)
        if known.get(prefix, iri) != iri
    ]


def at_a_glance(text: str) -> list[tuple[str, str]] | None:
    """Each prefix that `text` declares, with its namespace; None where only the tokens tell."""
    plain = [(match[1], match[2]) for match in _PLAIN.finditer(text)]
    return plain if len(plain) == sum(1 for _ in _DIRECTIVE.finditer(text)) else None


def legible(text: str) -> list[Token]:
    """The tokens of `text` without its comments, up to what is no token."""
    from kbcli.turtle import TurtleSyntaxError, tokens  # its expressions take a while to compile

    found: list[Token] = []
    with contextlib.suppress(TurtleSyntaxError):
        found.extend(token for token in tokens(text) if token.kind != "comment")
    return found


def _directives(text: str) -> Iterator[tuple[int, str, str]]:
    from kbcli.turtle import iri_value, name_value

    found = legible(text)
    for word, name, iri in zip(found, found[1:], found[2:], strict=False):
        if word.kind in ("at_prefix", "prefix") and (name.kind, iri.kind) == ("name", "iri"):
            prefix, _ = name_value(text[name.start : name.end])
            try:
                yield word.start, prefix, iri_value(text[iri.start : iri.end])
            except ValueError:  # an escape of no character: the syntax check tells it
                continue
