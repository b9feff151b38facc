"""The text of a SPARQL query, read once from left to right: tokens, what it asks for, its parameter slots.

This is a lexer, not a parser: the engine parses. It finds what must be known before the engine sees the text
(SERVICE, FROM, updates) and never mistakes a word in a comment, a string or an IRI for a keyword.
Offsets are Unicode code points, half-open. Source: SPARQL 1.1 Query Language, section 19.8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kbcli.display import printable
from kbcli.errors import LimitError, UsageError
from kbcli.lexical import IRI, local_name, long_string, often, perhaps, prefix_name, short_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Strings end where the engine ends them: with an escape it does not know, or of no character, they are none.
_ESCAPE = r"""\\(?=[tbnrf"'\\]|u(?![dD][89a-fA-F])[0-9A-Fa-f]{4}|U(?!0000[dD][89a-fA-F])00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})."""
_STRING = "|".join(
    form(quote, _ESCAPE)
    for form, quote in ((short_string, '"'), (long_string, '"'), (short_string, "'"), (long_string, "'"))
)
# Beyond ASCII any character counts as one of a name: where it is none, the engine knows no token with it, so that no
# keyword can hide behind it; and the exact ranges take 20 ms to compile, most of a small query's time.
_START = r"[^\x00-@\[-`{-\x7f]"  # a letter
_FIRST = r"[^\x00-/:-@\[-^`{-\x7f]"  # or a digit, or _
_CHARS = r"[^\x00-,./:-@\[-^`{-\x7f]"  # or a dash
_FIRST_OR_COLON = r"[^\x00-/;-@\[-^`{-\x7f]"
_CHARS_OR_COLON = r"[^\x00-,./;-@\[-^`{-\x7f]"
_CHARS_OR_DOT = r"[^\x00-,/:-@\[-^`{-\x7f]"
# Every repetition is possessive: hostile input costs no more than its length.
_KINDS = {
    "space": r"[ \t\r\n]++",
    "comment": r"\#[^\r\n]*+",
    "iri": IRI,
    "string": _STRING,
    "variable": rf"[?$]{_FIRST}{_FIRST}*+",
    "blank": rf"_:{_FIRST}{_CHARS}*+" + often(rf"\.++{_CHARS}++"),
    "lang": r"@[A-Za-z]++" + often("-[A-Za-z0-9]++"),
    "prefixed": rf"(?:{prefix_name(_START, _CHARS)})?:(?:{local_name(_FIRST_OR_COLON, _CHARS_OR_COLON)})?",
    "number": r"(?:[0-9]++\.?[0-9]*+|\.[0-9]++)" + perhaps("[eE][+-]?[0-9]++"),
    "run": rf"(?:_|{_START}){_CHARS_OR_DOT}*+",
    "mark": r"\^\^|&&|\|\||!=|<=|>=|[\s\S]",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{expression})" for kind, expression in _KINDS.items()))

# Not in the language of questions: the network, other files, changes.
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
# The engine needs about 5 kB of stack a level; the child has 512 MiB.
MAX_NESTING = 20_000


class Token(NamedTuple):
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Slot(NamedTuple):
    """The word UNDEF of `VALUES ?name { UNDEF }`: where a parameter's value goes. `named` is where the name stands."""

    name: str
    start: int
    end: int
    named: int


def tokens(text: str) -> Iterator[Token]:
    """Every token of `text` but white space, comments among them."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "run":
            yield from _words(match.group(), match.start())
        elif match.lastgroup != "space":
            yield Token(match.lastgroup or "mark", match.group(), match.start())


def _words(run: str, start: int) -> Iterator[Token]:
    """Words, the dots and dashes between them. They are one match so that none is searched for a colon again."""
    for match in re.finditer(r"[.\-]|[^.\-]++", run):
        yield Token("mark" if match.group() in ".-" else "word", match.group(), start + match.start())


def _where_keywords_can_be(token: Token) -> str:
    """The part of a token in which the engine may see a keyword, in capitals.

    It wants no space after one (`FROM:g`, `trueSERVICE:x`), and ends a local name at its second dot.
    """
    text = token.text.upper()
    if token.kind in ("prefixed", "blank"):
        prefix, _, local = text.partition(":")
        return f"{prefix} {local.partition('.')[2]}"
    return text if token.kind == "word" else ""


def iri_of(token: Token, prefixes: Mapping[str, str]) -> str:
    """What a token names, without escapes; empty if it names nothing."""
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind == "prefixed":
        prefix, _, local = token.text.partition(":")
        return prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
    return ""


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column of `offset` in `text`, both from 1, columns in code points."""
    before = text[:offset].replace("\r\n", " \n").replace("\r", "\n")
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def offset_of(text: str, line: int, column: int) -> int:
    """The offset of a line and column as the engine counts them: lines end at a line feed."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return min(start + column - 1, len(text))


def caret(text: str, offset: int, length: int = 1) -> str:
    """The line of `text` that holds `offset`, a caret below it."""
    line, column = line_and_column(text, offset)
    shown = re.split(r"\r\n|\r|\n", text)[line - 1]
    start = max(0, column - 60)
    window = shown[start : column + 60]
    marks = "^" * max(1, min(length, len(window) - (column - 1 - start)))
    return f"  {printable(window)}\n  {' ' * len(printable(shown[start : column - 1]))}{marks}"


@dataclass(frozen=True)
class Query:
    """A query's text and where it came from, as messages name it."""

    text: str
    origin: str

    @cached_property
    def tokens(self) -> list[Token]:
        return [token for token in tokens(self.text) if token.kind != "comment"]

    @cached_property
    def body(self) -> list[Token]:
        """The tokens behind the prologue."""
        found, skip = [], 0
        for token in self.tokens:
            word = token.text.upper() if token.kind == "word" else ""
            skip = {"PREFIX": 3, "BASE": 2}.get(word, skip)
            if skip:
                skip -= 1
            else:
                found.append(token)
        return found

    @cached_property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE; empty if it is none."""
        return next((t.text.upper() for t in self.tokens if t.kind == "word" and t.text.upper() in _FORMS), "")

    @cached_property
    def star(self) -> Token | None:
        """The `*` of an outermost SELECT *."""
        body = self.body[:3]
        words = [token.text.upper() for token in body]
        if words[:1] != ["SELECT"]:
            return None
        index = 2 if words[1:2] in (["DISTINCT"], ["REDUCED"]) else 1
        return body[index] if words[index : index + 1] == ["*"] else None

    def in_order(self, variables: Iterable[str]) -> str:
        """`variables` as a projection, in the order in which the text first names them.

        Empty if the text does not name them all. What `SELECT *` shows is the same in every engine, its order is not; readers expect the text's.
        """
        wanted = set(variables)
        named = (token.text[1:] for token in self.tokens if token.kind == "variable")
        ordered = [f"?{name}" for name in dict.fromkeys(named) if name in wanted]
        return " ".join(ordered) if len(ordered) == len(wanted) else ""

    @cached_property
    def uses_graphs(self) -> bool:
        """Whether it may ask for named graphs: said too often rather than once too seldom."""
        return "GRAPH" in self.text.upper()

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the text declares."""
        found = {}
        for word, name, iri in zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False):
            if word.kind == "word" and word.text.upper() == "PREFIX" and iri.kind == "iri":
                found[name.text.removesuffix(":")] = iri.text[1:-1]
        return found

    @cached_property
    def slots(self) -> list[Slot]:
        """The parameter slots, in the order of the text."""
        found = []
        for index in range(len(self.tokens) - 4):
            values, name, opening, undef, closing = self.tokens[index : index + 5]
            shape = (values.text.upper(), name.kind, opening.text, undef.text.upper(), closing.text)
            if shape == ("VALUES", "variable", "{", "UNDEF", "}"):
                found.append(Slot(name.text[1:], undef.start, undef.end, name.start))
        return found

    def bound(self, values: Mapping[str, str]) -> Query:
        """The query with each slot filled by its value, a term in SPARQL syntax. Slots without one stay."""
        pieces, done = [], 0
        for slot in self.slots:
            pieces += [self.text[done : slot.start], values.get(slot.name, "UNDEF")]
            done = slot.end
        return Query("".join(pieces) + self.text[done:], self.origin)

    def refuse_unsafe(self) -> None:
        """Raise UsageError for what reaches outside or changes data, LimitError for absurd nesting."""
        depth = 0
        for token in self.tokens:
            if token.kind == "mark":
                depth += (token.text in "{([") - (token.text in "})]")
                if depth > MAX_NESTING:
                    raise LimitError(f"{self.at(token.start)}: nested more than {MAX_NESTING} deep")
            for forbidden in ("SERVICE", "FROM"):
                if forbidden in _where_keywords_can_be(token):
                    self._refuse(token, forbidden)
        first = next((t for t in self.body if t.kind == "word"), None)
        if first is not None and first.text.upper() in _UPDATES:
            self._refuse(first, first.text.upper())

    def at(self, offset: int) -> str:
        line, column = line_and_column(self.text, offset)
        return f"{self.origin}:{line}:{column}"

    def _refuse(self, token: Token, word: str) -> None:
        why = {
            "SERVICE": ("asks another endpoint over the network", "load that data into a file and name it with --data"),
            "FROM": (
                "would choose other data than what is loaded",
                "name the data with --data, or ask GRAPH <…> { … }",
            ),
        }.get(word, ("changes data", "edit the Turtle in data/; queries only ask"))
        raise UsageError(
            f"{self.at(token.start)}: {word} {why[0]}: refused\n{caret(self.text, token.start, len(word))}", why[1]
        )
