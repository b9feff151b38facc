"""What a query shows: its columns, and the triple patterns and expressions that its variables come from.

Which variables an expression lets through is read off its words: what is counted or only compared is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbcli.patterns import CLOSING, END, OPENING, Pattern, Patterns, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.sparql import Query, Token

DEEPEST = 50
# What a value cannot be read off again.
_HIDING = frozenset(
    ["COUNT", "BOUND", "EXISTS", "STRLEN", "CONTAINS", "STRSTARTS", "STRENDS", "REGEX", "LANG", "DATATYPE"]
)


@dataclass
class Reading:
    """`shown` are the columns in their order with the offset at which each is named; None if the query has none.

    `absent` are the patterns of MINUS and NOT EXISTS. `sources` has the variables from which an expression makes one.
    """

    shown: dict[str, int] | None = None
    patterns: list[Pattern] = field(default_factory=list)
    absent: list[Pattern] = field(default_factory=list)
    sources: dict[str, set[str]] = field(default_factory=dict)
    counts: bool = False


def read(query: Query) -> Reading:
    depth = deepest = 0
    for token in query.tokens:
        depth += (token.text in OPENING) - (token.text in CLOSING) if token.kind == "mark" else 0
        deepest = max(deepest, depth)
    return Reading() if deepest > DEEPEST else _Reader(query).reading()


def _sources(tokens: list[Token]) -> Iterator[tuple[str, set[str]]]:
    """Each `( … AS ?name )` with the variables whose values come through into it."""
    frames: list[tuple[str, set[str]]] = [("", set())]
    previous, argument = "", [0]
    for token, after in zip(tokens, [*tokens[1:], END], strict=False):
        if token.kind == "mark" and token.text in OPENING:
            frames.append(("EXISTS" if token.text == "{" else previous, set()))
            argument.append(0)
        elif token.kind == "mark" and token.text in CLOSING and len(frames) > 1:
            name, found = frames.pop()
            argument.pop()
            if name not in _HIDING and not (frames[-1][0] == "IF" and argument[-1] == 0):
                frames[-1][1].update(found)
        elif token.text == ",":
            argument[-1] += 1
        elif token.kind == "word" and token.text.upper() == "AS" and after.kind == "variable":
            yield f"?{after.text[1:]}", frames[-1][1].copy()
            frames[-1][1].clear()
        elif token.kind == "variable" and previous != "AS" and not (frames[-1][0] == "IF" and argument[-1] == 0):
            frames[-1][1].add(f"?{token.text[1:]}")
        previous = token.text.upper()


class _Reader(Patterns):
    """Reads a query once, clause by clause."""

    def __init__(self, query: Query) -> None:
        super().__init__(query)
        self._reading = Reading()

    def reading(self) -> Reading:
        found = self._reading
        for name, sources in _sources(self._tokens):
            found.sources.setdefault(name, set()).update(sources)
        found.counts = any(self._is(token, "COUNT") for token in self._tokens)
        if self._word() == "SELECT":
            found.shown = self._select()
        elif self._word() == "CONSTRUCT":
            found.shown = self._template()
        return found

    @staticmethod
    def _is(token: Token, word: str) -> bool:
        return token.kind == "word" and token.text.upper() == word

    def _select(self) -> dict[str, int]:
        """The columns of the SELECT at which it stands, up to its closing brace or the end."""
        self._at += 1
        shown: dict[str, int] = {}
        star = None
        while self._token is not END and self._token.text != "{" and self._word() not in ("WHERE", "FROM"):
            if self._token.text == "(":
                shown.setdefault(*self._result())
                continue
            if self._token.text == "*":
                star = self._token.start
            elif self._token.kind == "variable":
                shown.setdefault(*named(self._token))
            self._at += 1
        while self._token is not END and self._token.text != "{":
            self._at += 1
        visible = self._group(self._reading.patterns)
        while self._token is not END and self._token.text != "}":
            if self._word() == "VALUES":
                self._values(visible)
            else:
                self._at += 1
        return shown if star is None else dict.fromkeys(visible, star)

    def _template(self) -> dict[str, int]:
        """The variables of what a CONSTRUCT makes."""
        self._at += 1
        start = self._at
        if self._word() == "WHERE":
            start += 1
        else:
            self._skip()
        while self._token is not END and self._token.text != "{":
            self._at += 1
        where = self._at
        self._group(self._reading.patterns)
        end = self._at if start == where else where
        variables = [named(token) for token in self._tokens[start:end] if token.kind == "variable"]
        return {**dict(variables), **dict(reversed(variables))}  # in the order of the text, each where it is first

    def _group(self, found: list[Pattern]) -> dict[str, None]:
        """The variables that the group at which it stands can bind; its patterns go into `found`."""
        self._at += 1
        visible: dict[str, None] = {}
        if self._word() == "SELECT":
            visible = dict.fromkeys(self._select())
        while self._token is not END and self._token.text != "}":
            self._part(found, visible)
        self._at += 1
        return visible

    def _part(self, found: list[Pattern], visible: dict[str, None]) -> None:
        word = self._word()
        if self._token.text == "{":
            visible |= self._group(found)
        elif word == "FILTER":
            self._filter()
        elif word == "MINUS":
            self._at += 1
            self._group(self._reading.absent)
        elif word == "BIND":
            self._at += 1
            visible[self._result()[0]] = None
        elif word == "VALUES":
            self._values(visible)
        elif word in ("OPTIONAL", "UNION", "GRAPH") or self._token.text == ".":
            self._at += 1
            if word == "GRAPH":
                self._node(found, visible)
        else:
            self._properties(self._node(found, visible), found, visible)

    def _filter(self) -> None:
        self._at += 1
        absent = self._word() == "NOT"
        self._at += absent
        if self._word() == "EXISTS":
            self._at += 1
            self._group(self._reading.absent if absent else [])
            return
        while self._token is not END and self._token.text != "(":
            self._at += 1
        self._skip()
