"""The triple patterns of a query, read off its tokens.

This reads what the engine has accepted; it is no parser and refuses nothing. What it does not understand (alternatives
in a path, a variable as predicate) it passes over as a step that is unknown.
"""

from __future__ import annotations

from typing import NamedTuple

from kbcli.names import RDF_TYPE
from kbcli.sparql import Query, Token, iri_of

Step = str | None  # an IRI, behind ^ where it is walked backwards; None for what is not understood
END = Token("mark", "", 0)
OPENING = ("(", "{", "[")
CLOSING = (")", "}", "]")
_PARTS = ("FILTER", "OPTIONAL", "BIND", "VALUES", "MINUS", "GRAPH", "UNION")


class Pattern(NamedTuple):
    """One triple pattern. Subject and object are `?name`, an IRI, or empty."""

    subject: str
    path: tuple[Step, ...]
    object: str


class Patterns:
    """Reads sentences from left to right. `_at` is the next token."""

    def __init__(self, query: Query) -> None:
        self._prefixes = query.prefixes
        self._tokens = query.body
        self._at = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else END

    def _word(self) -> str:
        return self._token.text.upper() if self._token.kind == "word" else ""

    def _skip(self) -> list[Token]:
        """The bracket at which it stands, and all in it."""
        start, depth = self._at, 0
        while self._token is not END:
            text = self._token.text if self._token.kind == "mark" else ""
            depth += (text in OPENING) - (text in CLOSING)
            self._at += 1
            if not depth:
                break
        return self._tokens[start : self._at]

    def _result(self) -> tuple[str, int]:
        """What the expression at which it stands, `( … AS ?name )`, makes."""
        *_, name, _ = [END, END, *self._skip()]
        return named(name)

    def _values(self, visible: dict[str, None]) -> None:
        while self._token is not END and self._token.text != "{":
            if self._token.kind == "variable":
                visible[named(self._token)[0]] = None
            self._at += 1
        self._skip()

    def _node(self, found: list[Pattern], visible: dict[str, None]) -> str:
        """The term at which it stands."""
        token = self._token
        if token.text == "[":
            name = f"[{self._at}"
            self._at += 1
            self._properties(name, found, visible)
            self._at += 1
            return name
        if token.text == "(":
            visible |= dict.fromkeys(named(t)[0] for t in self._skip() if t.kind == "variable")
            return ""
        self._at += 1
        if token.kind == "variable":
            visible[named(token)[0]] = None
            return named(token)[0]
        if token.text in ("+", "-") or self._token.text == "^^":  # a signed number, a typed string
            self._at += 1 + (self._token.text == "^^" and token.text not in ("+", "-"))
        elif token.kind == "string" and self._token.kind == "lang":
            self._at += 1
        return iri_of(token, self._prefixes) or (token.text if token.kind == "blank" else "")

    def _properties(self, subject: str, found: list[Pattern], visible: dict[str, None]) -> None:
        """What is said of `subject`, up to the end of the sentence."""
        while self._token is not END and self._token.text not in (".", "}", "]", "{") and self._word() not in _PARTS:
            if self._token.text == ";":
                self._at += 1
                continue
            path = self._path(visible)
            while True:
                found.append(Pattern(subject, path, self._node(found, visible)))
                if self._token.text != ",":
                    break
                self._at += 1

    def _path(self, visible: dict[str, None]) -> tuple[Step, ...]:
        steps: list[Step] = []
        alternatives = False
        while self._token is not END:
            steps.append(self._step(visible))
            if self._token.text not in ("/", "|"):
                break
            alternatives |= self._token.text == "|"
            self._at += 1
        return (None,) if alternatives else tuple(steps)

    def _step(self, visible: dict[str, None]) -> Step:
        backwards = negated = False
        while self._token.text in ("^", "!"):
            backwards |= self._token.text == "^"
            negated |= self._token.text == "!"
            self._at += 1
        iri = ""
        if self._token.text == "(":
            self._skip()
        else:
            if self._token.kind == "variable":
                visible[named(self._token)[0]] = None
            iri = RDF_TYPE if self._token.text == "a" else iri_of(self._token, self._prefixes)
            self._at += 1
        if self._token.kind == "mark" and self._token.text in ("*", "+", "?"):
            self._at += 1
        return ("^" * backwards + iri) if iri and not negated else None


def named(token: Token) -> tuple[str, int]:
    """A variable, however it is marked, and where it stands."""
    return f"?{token.text[1:]}", token.start
