"""TODO comments: what a person has yet to decide, and which findings follow from that alone.

    cl:mill-fire-3-say a kb:Statement ;
        rdfs:label "…"@en ;
        # TODO kb:about: which operation (op:…) is it about?
        kb:cue "said" ;

A TODO needs no vocabulary and is gone when its line is. It belongs to the record that it stands in, or stands before.
One that begins with a property says that the property is still open; what the shapes say of its absence is then told
by the TODO, and not once more.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kbcli.turtle import Token, TurtleSyntaxError, iri_value, name_value, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kbcli.finding import Finding

CODE = "KB020"
_TODO = re.compile(r"#+[ \t]*TODO\b[:\s]*(.*?)\s*\Z", re.DOTALL)
_PROPERTY = re.compile(r"(?:kb|rdfs|dct|schema|skos):\w+")
_LINE_END = re.compile(r"\r\n?|\n")
_OPENING, _CLOSING = ("open_bracket", "open_paren"), ("close_bracket", "close_paren")
# What is found of a record because a property is missing from it.
_FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "dct:creator": ("KB225",),
    "kb:about": ("KB104", "KB109", "KB123"),
    "kb:actor": ("KB106", "KB107"),
    "kb:denies": ("KB104", "KB109"),
    "kb:kind": ("KB402",),
    "kb:mentions": ("KB150",),
    "kb:said": ("KB119",),
    "kb:speaker": ("KB101", "KB107"),
}


class Todo(NamedTuple):
    """`offset` is that of the comment, `subject` the IRI of its record (empty if it has none), `words` what it says."""

    offset: int
    subject: str
    words: str

    @property
    def property(self) -> str:
        """The prefixed name of what is open, empty if the TODO names none."""
        found = _PROPERTY.match(self.words)
        return found[0] if found else ""


@lru_cache(64)
def todos(text: str) -> tuple[Todo, ...]:
    """Those of a Turtle file, in their order; none of a file that is no Turtle."""
    if "TODO" not in text:
        return ()
    try:
        return tuple(_todos(text))
    except (TurtleSyntaxError, ValueError):
        return ()


@lru_cache(64)
def open_for(text: str, property_: str) -> frozenset[str]:
    """The records of a file of which a TODO says that this property is open."""
    return frozenset(todo.subject for todo in todos(text) if todo.property == property_)


def unexplained(findings: Iterable[Finding]) -> list[Finding]:
    """`findings` without those that follow from a TODO among them."""
    findings = list(findings)
    told = {
        (finding.path, finding.subject, code)
        for finding in findings
        if finding.code == CODE
        for code in _FOLLOWING.get(_told_open(finding), ())
    }
    return [finding for finding in findings if (finding.path, finding.subject, finding.code) not in told]


def _told_open(finding: Finding) -> str:
    """The property that a finding with our code says is open."""
    found = _PROPERTY.match(finding.message.partition(": ")[2])
    return found[0] if found else ""


def _todos(text: str) -> Iterator[Todo]:
    prefixes: dict[str, str] = {}
    waiting: list[tuple[int, str]] = []
    statement: list[Token] = []
    subject, depth, ended = "", 0, -1
    for token in tokens(text):
        if token.kind == "comment":
            found = _TODO.match(text[token.start : token.end])
            if not found:
                continue
            if statement or (ended >= 0 and not _LINE_END.search(text, ended, token.start)):
                yield Todo(token.start, subject, found[1])
            else:
                waiting.append((token.start, found[1]))
            continue
        if not statement:
            subject = _named(text[token.start : token.end], token.kind, prefixes)
            yield from (Todo(offset, subject, words) for offset, words in waiting)
            waiting = []
        statement.append(token)
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if _ends(statement, depth):
            _declare(text, statement, prefixes)
            statement, ended = [], token.end
    yield from (Todo(offset, "", words) for offset, words in waiting)


def _ends(statement: list[Token], depth: int) -> bool:
    last, first = statement[-1], statement[0]
    return (last.kind == "dot" and not depth) or (first.kind in ("prefix", "base") and last.kind == "iri")


def _declare(text: str, statement: list[Token], prefixes: dict[str, str]) -> None:
    if statement[0].kind in ("prefix", "at_prefix"):
        name, iri = (text[token.start : token.end] for token in statement[1:3])
        prefixes[name.removesuffix(":")] = iri_value(iri)


def _named(written: str, kind: str, prefixes: Mapping[str, str]) -> str:
    if kind == "iri":
        return iri_value(written)
    if kind != "name":
        return ""
    prefix, local = name_value(written)
    return prefixes.get(prefix, "") + local
