"""Each prefix is declared once in a file, and used there; a file that says nothing yet may wait for its first use.

In the shapes the prefixes of a query count as used: whoever reads it looks for them at the top of the file.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kbcli.bindings import at_a_glance, legible
from kbcli.finding import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding
    from kbcli.turtle import Token

UNUSED = Rule(
    "KB003",
    "prefix-unused",
    "warning",
    "the file declares this prefix and never uses it",
    "remove its line, or write with it what was to be written",
)
TWICE = Rule(
    "KB004",
    "prefix-declared-twice",
    "warning",
    "the file declares this prefix a second time",
    "keep one of the two lines",
)
CLASH = TWICE._replace(severity="error", hint="give one of the two namespaces a prefix of its own")
RULES = (UNUSED, TWICE)
# A line up to a name, no string and no comment before it; or a datatype.
_PLAIN_USE = r"""(?m)^(?!\s*@?(?i:prefix)\b)(?:[^"'#<\n\r]*[\s,;(\[])?{0}:|(?<!\\)"\^\^{0}:"""
_AT_LINE_START = re.compile(r"^[ \t]*([A-Za-z][\w.\-]*|):", re.ASCII | re.MULTILINE)
_IN_QUERY = re.compile(r"(?<![\w.\-])([A-Za-z][\w.\-]*)?:", re.ASCII)


class Declaration(NamedTuple):
    """`uses` counts the names written with it until the prefix is declared anew."""

    prefix: str
    iri: str
    start: int
    uses: list[int]


def check(corpus: Corpus) -> Iterator[Finding]:
    for document in corpus.all_documents:
        if corpus.is_sound(document) and not _plainly_in_order(document.text):
            found = list(_declarations(document.text, queries=document is corpus.shapes))
            yield from (one for one in _told(document, found) if one.code != UNUSED.code or document.triples)


def _plainly_in_order(text: str) -> bool:
    """Whether each prefix is seen to be declared once and used, without a second reading of the whole file."""
    declared = [prefix for prefix, _ in at_a_glance(text) or ()]
    if not declared or len(set(declared)) < len(declared) or '"""' in text or "'''" in text:
        return False  # in a long string a line may begin with anything
    return all(re.search(_PLAIN_USE.format(re.escape(p)), text) for p in {*declared} - {*_AT_LINE_START.findall(text)})


def _told(document: Document, declarations: Iterable[Declaration]) -> Iterator[Finding]:
    by_prefix: dict[str, list[Declaration]] = {}
    for one in declarations:
        by_prefix.setdefault(one.prefix, []).append(one)
    for prefix, found in by_prefix.items():
        if not any(one.uses for one in found):
            yield _at(document, UNUSED, found[0], f"{prefix}:")
        for earlier, later in pairwise(found):
            clash = earlier.iri != later.iri and earlier.uses and later.uses
            line, _ = _place(document, earlier)
            now = "both times" if earlier.iri == later.iri else f"on line {line}, <{later.iri}> here"
            yield _at(document, CLASH if clash else TWICE, later, f"{prefix}: is <{earlier.iri}> {now}")


def _at(document: Document, rule: Rule, one: Declaration, said: str) -> Finding:
    line, column = _place(document, one)
    return rule.at(document.shown, line, column, said=said)


def _place(document: Document, one: Declaration) -> tuple[int, int]:
    from kbcli.positions import Positions  # most files have nothing to be told of

    line, column, _ = Positions(document.text).place(one.start, one.start)
    return line, column


def _declarations(text: str, *, queries: bool) -> Iterator[Declaration]:
    """The declarations of `text` in their order."""
    current: dict[str, Declaration] = {}
    found = legible(text)
    naming = -1
    for number, token in enumerate(found):
        if token.kind in ("at_prefix", "prefix"):
            naming = number + 1
            one = _declared(text, *found[number : number + 3])
            current[one.prefix] = one
            yield one
        elif number != naming:
            for prefix in _used(text, token, queries=queries):
                if prefix in current:
                    current[prefix].uses.append(token.start)


def _declared(text: str, word: Token, name: Token, iri: Token) -> Declaration:
    from kbcli.turtle import iri_value, name_value

    prefix, _ = name_value(text[name.start : name.end])
    return Declaration(prefix, iri_value(text[iri.start : iri.end]), word.start, [])


def _used(text: str, token: Token, *, queries: bool) -> Iterator[str]:
    from kbcli.turtle import name_value, string_value

    written = text[token.start : token.end]
    if token.kind == "name":
        yield name_value(written)[0]
    elif token.kind == "string" and queries:
        yield from (match[1] or "" for match in _IN_QUERY.finditer(string_value(written)))
