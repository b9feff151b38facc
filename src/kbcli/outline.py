"""The outline of a Turtle file: its directives and statements as written, every comment at its place.

What a term means plays no part here, only how it is spelt; `layout` writes an outline out again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kbcli.turtle import Token, TurtleSyntaxError, tokens

DEEPEST = 100  # brackets within brackets
_CLOSING = {"open_bracket": "close_bracket", "open_paren": "close_paren"}
_LINE_END = re.compile(r"\r\n?|\n")
_DIRECTIVES = frozenset({"at_prefix", "at_base", "prefix", "base"})


@dataclass(frozen=True)
class Comment:
    """`text` begins with #. `gap` tells of an empty line below it."""

    text: str
    gap: bool


@dataclass
class Group:
    """What stands in brackets: the predicates of `[ ]`, or the elements of `( )`."""

    round: bool
    predicates: list[Predicate] = field(default_factory=list)
    elements: list[Object] = field(default_factory=list)
    rest: list[Comment] = field(default_factory=list)


@dataclass
class Object:
    """A term as spelt, or a group; `above` are the comments before it, `beside` the one on its line."""

    term: str | Group
    above: list[Comment]
    beside: str = ""


@dataclass
class Predicate:
    verb: str
    objects: list[Object]
    above: list[Comment]
    beside: str = ""


@dataclass
class Statement:
    subject: str | Group
    predicates: list[Predicate]
    above: list[Comment]


@dataclass
class Directive:
    """A prefix (`name` with its colon) or, with an empty name, a base."""

    name: str
    iri: str
    above: list[Comment]
    beside: str = ""


@dataclass
class Outline:
    """`rest` are the comments below the last entry."""

    entries: list[Directive | Statement]
    rest: list[Comment]


def outline(text: str) -> Outline:
    """Raises TurtleSyntaxError where `text` is no Turtle, or its brackets are deeper than DEEPEST."""
    return _Parser(text).outline()


class _Parser:
    """Recursive descent over the tokens. Comments wait in `_above` until what follows them takes them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(tokens(text))
        self._next = 0
        self._above: list[Comment] = []
        self._depth = 0

    def outline(self) -> Outline:
        entries: list[Directive | Statement] = []
        while kind := self._kind():
            entries.append(self._directive() if kind in _DIRECTIVES else self._statement())
        return Outline(entries, self._comments())

    def _directive(self) -> Directive:
        above, keyword = self._comments(), self._take()
        name = "" if keyword.kind in ("at_base", "base") else self._spelt(self._take("name"))
        last = self._take("iri")
        directive = Directive(name, self._spelt(last), above)
        if keyword.kind.startswith("at_"):
            last = self._take("dot")
        directive.beside = self._beside(last)
        return directive

    def _statement(self) -> Statement:
        above = self._comments()
        subject = self._term()
        predicates = self._predicates("dot")
        beside = self._beside(self._take("dot"))
        if predicates and not predicates[-1].beside:
            predicates[-1].beside = beside
        else:
            self._postpone(beside)
        return Statement(subject, predicates, above)

    def _predicates(self, end: str) -> list[Predicate]:
        found: list[Predicate] = []
        while self._kind() not in (end, ""):
            above, verb = self._comments(), self._take("a", "name", "iri")
            objects = self._objects()
            predicate = Predicate(self._spelt(verb), objects, above, objects[-1].beside)
            found.append(predicate)
            while self._kind() == "semicolon":
                beside = self._beside(self._take("semicolon"))
                if predicate.beside:
                    self._postpone(beside)
                else:
                    predicate.beside = beside
        return found

    def _objects(self) -> list[Object]:
        found = [self._object()]
        while self._kind() == "comma":
            beside = self._beside(self._take("comma"))
            if found[-1].beside:
                self._postpone(beside)
            else:
                found[-1].beside = beside
            found.append(self._object())
        return found

    def _object(self) -> Object:
        self._kind()
        above = self._comments()
        term = self._term()
        return Object(term, above, self._beside(self._tokens[self._next - 1]))

    def _term(self) -> str | Group:
        kind = self._kind()
        if kind in _CLOSING:
            return self._group(self._take())
        text = self._spelt(self._take("iri", "name", "label", "string", "boolean", "integer", "decimal", "double"))
        if kind == "string" and self._raw_kind() == "language":
            return text + self._spelt(self._take())
        if kind == "string" and self._ahead() == "datatype":
            self._take()
            return f"{text}^^{self._spelt(self._take('iri', 'name'))}"
        return text

    def _group(self, opening: Token) -> Group:
        self._depth += 1
        if self._depth > DEEPEST:
            raise TurtleSyntaxError(f"brackets within brackets more than {DEEPEST} deep", opening.start)
        group, end = Group(round=opening.kind == "open_paren"), _CLOSING[opening.kind]
        self._postpone(self._beside(opening))
        if group.round:
            while self._kind() not in (end, ""):
                group.elements.append(self._object())
        else:
            group.predicates = self._predicates(end)
        self._kind()
        group.rest = self._comments()
        self._take(end)
        self._depth -= 1
        return group

    def _kind(self) -> str:
        """The kind of the next token that is no comment, empty at the end; comments before it wait from now on."""
        while self._raw_kind() == "comment":
            token = self._tokens[self._next]
            self._next += 1
            self._above.append(Comment(self._spelt(token), gap=self._is_gap(token)))
        return self._raw_kind()

    def _ahead(self) -> str:
        """As `_kind`, with the comments left where they are."""
        index = self._next
        while index < len(self._tokens) and self._tokens[index].kind == "comment":
            index += 1
        return self._tokens[index].kind if index < len(self._tokens) else ""

    def _raw_kind(self) -> str:
        return self._tokens[self._next].kind if self._next < len(self._tokens) else ""

    def _take(self, *kinds: str) -> Token:
        kind = self._kind()
        if not kind or (kinds and kind not in kinds):
            offset = self._tokens[self._next].start if kind else len(self._text)
            raise TurtleSyntaxError(f"{' or '.join(kinds) or 'more'} should stand here", offset)
        self._next += 1
        return self._tokens[self._next - 1]

    def _comments(self) -> list[Comment]:
        waiting, self._above = self._above, []
        return waiting

    def _postpone(self, comment: str) -> None:
        """A second comment for one place goes above what comes next."""
        if comment:
            self._above.append(Comment(comment, gap=False))

    def _beside(self, token: Token) -> str:
        """The comment that stands behind `token` on its line."""
        if self._raw_kind() != "comment":
            return ""
        comment = self._tokens[self._next]
        if _LINE_END.search(self._text, token.end, comment.start):
            return ""
        self._next += 1
        return self._spelt(comment)

    def _is_gap(self, comment: Token) -> bool:
        following = self._tokens[self._next].start if self._next < len(self._tokens) else len(self._text)
        return len(_LINE_END.findall(self._text, comment.end, following)) > 1

    def _spelt(self, token: Token) -> str:
        return (
            self._text[token.start : token.end].rstrip()
            if token.kind == "comment"
            else self._text[token.start : token.end]
        )
