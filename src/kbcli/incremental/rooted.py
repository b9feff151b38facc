"""Queries of the shapes that read only what is reached from $this, step by step: where to look is known beforehand.

A variable is rooted if, in its own group or in one around it, it is the value of a property of something rooted. What
a pattern with a rooted subject can match is then among what is said of the things reached, and a solution with
anything else would not survive the join with the group around it. A query with anything that is not known here is
none of these.
"""

from __future__ import annotations

from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli.incremental.agreement import FUNCTIONS, NAMES, Agreement
from kbcli.incremental.glance import Unsure
from kbcli.incremental.plainly import NUMBERS, is_plain
from kbcli.names import RDF_TYPE
from kbcli.sparql import Query, iri_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kbcli.incremental.glance import Glance, Term
    from kbcli.sparql import Token

_BEFORE_GROUPS = frozenset(["UNION", "OPTIONAL"])
_TERMS = NAMES | {"variable", "string", "number"}
_MOST = 500  # things that are worth a look


class Pattern(NamedTuple):
    """`subject` is a variable's name, or empty for a constant. `steps` are the properties of a path, `follows` those of
    its inner steps; None stands for any property."""

    subject: str
    steps: frozenset[str | None]
    follows: frozenset[str]
    value: str


class Rooted(NamedTuple):
    """`reads` are the properties that are read of each thing, `follows` those that lead to another."""

    text: str
    prefixes: Mapping[str, str]
    reads: frozenset[str | None]
    follows: frozenset[str]
    unsure: frozenset[str]  # the datatypes that nothing it reads may have, though the engines know them
    winds: bool  # it has a path of any length
    counts: frozenset[str]  # the properties whose values must be whole numbers

    @classmethod
    def of(cls, text: str, prefixes: Mapping[str, str]) -> Rooted:
        """Raises Unsure if it is none."""
        return _Reader(text, prefixes).rooted()

    def is_silent(self, glance: Glance, this: Term) -> bool:
        """Whether it has nothing to tell of a thing. Raises Unsure if that cannot be known."""
        ahead, seen = deque([this]), set[ox.NamedNode]()
        while ahead:
            node = ahead.popleft()
            if node in seen or not isinstance(node, ox.NamedNode):
                continue
            seen.add(node)
            if len(seen) > _MOST:
                raise Unsure
            glance.look(node, self.reads)
            if self.winds and not glance.is_known(node):  # at a node that is in no triple such a path has an end
                raise Unsure
            for predicate in sorted(glance.properties(node)) if None in self.reads else sorted(self._named):
                values = glance.values(node, predicate)
                if not all(self._is_known(value, predicate) for value in values):
                    raise Unsure
                ahead.extend(values if predicate in self.follows else ())
        return not glance.rows(self.text, this, self.prefixes, seen)

    @property
    def _named(self) -> frozenset[str]:
        return frozenset(predicate for predicate in self.reads if predicate)

    def _is_known(self, value: Term, predicate: str) -> bool:
        """Whether both engines think the same of a value."""
        if predicate in self.counts and not (isinstance(value, ox.Literal) and value.datatype.value in NUMBERS):
            return False
        if isinstance(value, ox.Literal):
            datatype = value.datatype.value
            return datatype not in self.unsure and is_plain(value.value, datatype)
        return isinstance(value, ox.NamedNode)


class _Reader:
    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        query = Query(text, "")
        self._text, self._prefixes = text, prefixes
        self._all = {**prefixes, **query.prefixes}
        self._body, self._at = query.body, 0
        self._patterns: list[Pattern] = []

    def rooted(self) -> Rooted:
        agreement = Agreement(self._body, self._opening, self._all)
        agreement.require()
        self._at = self._opening + 1
        self._group(frozenset(["this"]))
        if self._at < len(self._body):
            raise Unsure
        reads = frozenset(step for pattern in self._patterns for step in pattern.steps)
        subjects = {pattern.subject for pattern in self._patterns}
        leading = [pattern for pattern in self._patterns if pattern.value in subjects]
        if any(None in pattern.steps for pattern in leading):
            raise Unsure
        follows = {step for pattern in leading for step in pattern.steps if step}
        follows |= {step for pattern in self._patterns for step in pattern.follows}
        winds = any(token.text == "*" for token in self._body[self._opening :])
        counts = self._counted(agreement.casts)
        return Rooted(self._text, self._prefixes, reads, frozenset(follows), agreement.but_for, winds, counts)

    def _counted(self, variables: frozenset[str]) -> frozenset[str]:
        """The properties whose values these are. Raises Unsure of a variable that is anything else as well."""
        found = [pattern for pattern in self._patterns if pattern.value in variables]
        steps = {step for pattern in found for step in pattern.steps}
        known = {pattern.value for pattern in found if len(pattern.steps) == 1 and not pattern.follows}
        if known != variables or None in steps or any(pattern.subject in variables for pattern in self._patterns):
            raise Unsure
        return frozenset(step for step in steps if step)

    @cached_property
    def _opening(self) -> int:
        """Where the first group begins."""
        return next((at for at, token in enumerate(self._body) if token.text == "{"), 0)

    def _next(self) -> Token:
        if self._at >= len(self._body):
            raise Unsure
        self._at += 1
        return self._body[self._at - 1]

    def _peek(self) -> str:
        return self._body[self._at].text if self._at < len(self._body) else ""

    def _group(self, around: frozenset[str]) -> None:
        """Behind its opening bracket. Raises Unsure if a pattern of it begins at what is not rooted."""
        patterns: list[Pattern] = []
        within: list[int] = []
        while (token := self._next()).text != "}":
            word = token.text.upper()
            if token.text == "{":
                within.append(self._at)
                self._skip("{", "}")
            elif word in ("FILTER", "BIND"):
                within += self._expression()
            elif token.kind in _TERMS:
                patterns += self._triples(token)
            elif token.text != "." and word not in _BEFORE_GROUPS:
                raise Unsure
        end, rooted = self._at, _rooted(patterns, around)
        if any(pattern.subject not in rooted for pattern in patterns):
            raise Unsure
        self._patterns += patterns
        for self._at in within:
            self._group(rooted)
        self._at = end

    def _expression(self) -> list[int]:
        """Where the groups begin that stand in a FILTER or a BIND."""
        within = []
        while self._peek().upper() in FUNCTIONS | {"NOT", "EXISTS"}:
            self._next()
        opening = self._next().text
        if opening == "{":
            within.append(self._at)
            self._skip("{", "}")
            return within
        depth = 1 if opening == "(" else 0
        if not depth:
            raise Unsure
        while depth:
            token = self._next()
            depth += (token.text == "(") - (token.text == ")")
            if token.text == "{":
                within.append(self._at)
                self._skip("{", "}")
        return within

    def _skip(self, opening: str, closing: str) -> None:
        depth = 1
        while depth:
            text = self._next().text
            depth += (text == opening) - (text == closing)

    def _triples(self, subject: Token) -> Iterator[Pattern]:
        """The patterns of one subject. A constant is no root: who has said that it is read?"""
        if subject.kind != "variable":
            raise Unsure
        while self._peek() not in (".", "}"):
            steps, follows = self._path()
            while True:
                value = self._next()
                if value.kind not in _TERMS:
                    raise Unsure
                yield Pattern(subject.text[1:], steps, follows, value.text[1:] if value.kind == "variable" else "")
                if self._peek() != ",":
                    break
                self._next()
            if self._peek() == ";":
                self._next()
            elif self._peek().upper() not in {".", "}", "{", "FILTER", "BIND", *_BEFORE_GROUPS}:
                raise Unsure
            else:
                return

    def _path(self) -> tuple[frozenset[str | None], frozenset[str]]:
        token = self._next()
        if token.kind == "variable":
            return frozenset([None]), frozenset()
        steps, follows, last = set[str | None](), set[str](), self._name(token)
        steps.add(last)
        while self._peek() in ("/", "*"):
            follows.add(last)
            if self._next().text == "/":
                last = self._name(self._next())
                steps.add(last)
        return frozenset(steps), frozenset(follows)

    def _name(self, token: Token) -> str:
        found = RDF_TYPE if token.text == "a" else iri_of(token, self._all)
        if ":" not in found or (token.text != "a" and token.kind not in NAMES):
            raise Unsure
        return found


def _rooted(patterns: Sequence[Pattern], around: frozenset[str]) -> frozenset[str]:
    """The variables that are rooted in a group."""
    found = set(around)
    while more := {pattern.value for pattern in patterns if pattern.subject in found} - found - {""}:
        found |= more
    return frozenset(found)
