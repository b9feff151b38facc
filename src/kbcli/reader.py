"""The grammar of Turtle 1.1 over its tokens: each triple with where its terms stand.

pyoxigraph reads the data; this reads the same text for its places, gives the triples in the same order, and
builds their terms by pyoxigraph's own rules. Source: RDF 1.1 Turtle, section 6.5.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import pyoxigraph as ox

from kbcli.turtle import Token, TurtleSyntaxError, iri_value, name_value, string_value, tokens

Span = tuple[int, int]
# A triple as a term is RDF 1.2, so none is ever found; pyoxigraph's types have it everywhere.
Node = ox.NamedNode | ox.BlankNode | ox.Triple
Term = Node | ox.Literal
Subject = tuple[Node, Span]
Predicate = tuple[ox.NamedNode, Span]
Object = tuple[Term, Span]
Found = tuple[Subject, Predicate, Object]

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TYPE, _FIRST, _REST, _NIL = (ox.NamedNode(_RDF + name) for name in ("type", "first", "rest", "nil"))
_SHORTHANDS: Final = {kind: ox.NamedNode(_XSD + kind) for kind in ("integer", "decimal", "double", "boolean")}
_NOT_WITHOUT_LANGUAGE: Final = frozenset({_RDF + "langString", _RDF + "dirLangString"})
_NAMES: Final = frozenset({"iri", "name"})
_NODES: Final = frozenset({"iri", "name", "label"})
_OPENING: Final = frozenset({"open_bracket", "open_paren"})
_DIRECTIVES: Final = frozenset({"at_prefix", "at_base", "prefix", "base"})
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class _Terms:
    """What tokens stand for, under the prefixes and the base in force. Raises ValueError if for nothing."""

    def __init__(self, base: str | None) -> None:
        self._base = None if base is None else ox.NamedNode(base).value
        self._prefixes: dict[str, str] = {}
        self._iris: dict[str, ox.NamedNode] = {}

    def set_base(self, bracketed: str) -> None:
        self._base = self._resolved(bracketed).value
        self._iris.clear()

    def set_prefix(self, prefix: str, bracketed: str) -> None:
        self._prefixes[prefix] = self._resolved(bracketed).value
        self._iris.clear()

    def iri(self, written: str) -> ox.NamedNode:
        """Of `<...>` or a prefixed name."""
        known = self._iris.get(written)
        if known is None:
            known = self._resolved(written) if written[0] == "<" else self._expanded(written)
            self._iris[written] = known
        return known

    def typed(self, lexical: str, written: str) -> ox.Literal:
        datatype = self.iri(written)
        if datatype.value in _NOT_WITHOUT_LANGUAGE:
            raise ValueError(f"a literal of {datatype} has a language")
        return ox.Literal(lexical, datatype=datatype)

    def _expanded(self, name: str) -> ox.NamedNode:
        prefix, local = name_value(name)
        if prefix not in self._prefixes:
            raise ValueError(f"the prefix {prefix}: is not declared")
        return ox.NamedNode(self._prefixes[prefix] + local)

    def _resolved(self, bracketed: str) -> ox.NamedNode:
        reference = iri_value(bracketed)
        if self._base is None or _ABSOLUTE.match(reference):
            return ox.NamedNode(reference)
        try:
            # pyoxigraph resolves references only when it reads them, and here it has the last word on how.
            quads = ox.parse(f"<x:> {bracketed} <x:> .", ox.RdfFormat.TURTLE, base_iri=self._base)
            predicate: ox.NamedNode = next(quads).predicate
        except SyntaxError as error:
            raise ValueError(f"{bracketed} is no IRI: {error.msg.partition(': ')[2]}") from error
        return predicate


_State = Callable[[Token], "_State"]


class _Frame(NamedTuple):
    """What a bracket interrupts: `resume` goes on with `node`, the one the bracket stands for."""

    node: Subject
    subject: Subject
    predicate: Predicate
    after: _State
    resume: Callable[[Subject], _State]


class Reader:
    """The grammar as states: each takes a token and says which takes the next. Brackets wait on a stack."""

    def __init__(self, text: str, base: str | None) -> None:
        self._text = text
        self._terms = _Terms(base)
        self._found: list[Found] = []
        self._frames: list[_Frame] = []
        # Whatever is read first sets these two before they are used.
        self._subject: Subject = (_NIL, (0, 0))
        self._predicate: Predicate = (_NIL, (0, 0))
        self._opening: Span = (0, 0)
        self._string: Span = (0, 0)
        self._prefix = ""
        self._dotted = False
        self._after: _State = self._in_properties

    def read(self) -> Iterator[Found]:
        state: _State = self._statement
        for token in tokens(self._text):
            if token.kind == "comment":
                continue
            state = self._step(state, token)
            if self._found:
                # pyoxigraph gives what one token completes from the last to the first.
                yield from reversed(self._found)
                self._found.clear()
        if state != self._statement:
            raise TurtleSyntaxError("the text ends inside of a statement", len(self._text))

    def _step(self, state: _State, token: Token) -> _State:
        try:
            return state(token)
        except TurtleSyntaxError:
            raise
        except ValueError as error:
            raise TurtleSyntaxError(str(error), token.start) from error

    def _written(self, token: Token) -> str:
        return self._text[token.start : token.end]

    def _refuse(self, token: Token, expected: str) -> TurtleSyntaxError:
        return TurtleSyntaxError(f"{expected} is expected here, not {self._written(token)[:40]}", token.start)

    # Statements and directives

    def _statement(self, token: Token) -> _State:
        kind = token.kind
        if kind in _NODES:
            return self._lead((self._node(token), token[1:]))
        if kind in _OPENING:
            self._opening = token[1:]
            return self._leading_bracket if kind == "open_bracket" else self._leading_list
        if kind in _DIRECTIVES:
            self._dotted = kind.startswith("at_")
            return self._base_iri if kind.endswith("base") else self._prefix_name
        raise self._refuse(token, "a subject or a directive")

    def _base_iri(self, token: Token) -> _State:
        if token.kind != "iri":
            raise self._refuse(token, "the base, in < >,")
        self._terms.set_base(self._written(token))
        return self._directive_dot if self._dotted else self._statement

    def _prefix_name(self, token: Token) -> _State:
        written = self._written(token)
        if token.kind != "name" or written.index(":") != len(written) - 1:
            raise self._refuse(token, "a prefix like ex:")
        self._prefix = written[:-1]
        return self._prefix_iri

    def _prefix_iri(self, token: Token) -> _State:
        if token.kind != "iri":
            raise self._refuse(token, "the namespace, in < >,")
        self._terms.set_prefix(self._prefix, self._written(token))
        return self._directive_dot if self._dotted else self._statement

    def _directive_dot(self, token: Token) -> _State:
        if token.kind != "dot":
            raise self._refuse(token, "a dot")
        return self._statement

    # Subjects

    def _lead(self, subject: Subject) -> _State:
        self._subject = subject
        return self._verb

    def _lead_described(self, subject: Subject) -> _State:
        self._subject = subject
        return self._verb_or_dot

    def _leading_bracket(self, token: Token) -> _State:
        if token.kind == "close_bracket":
            return self._lead((ox.BlankNode(), (self._opening[0], token.end)))
        self._enter((ox.BlankNode(), self._opening), self._in_properties, self._lead_described)
        return self._verb(token)

    def _leading_list(self, token: Token) -> _State:
        if token.kind == "close_paren":
            return self._lead((_NIL, (self._opening[0], token.end)))
        self._enter((ox.BlankNode(), self._opening), self._in_list, self._lead)
        return self._element(token)

    def _node(self, token: Token) -> Node:
        written = self._written(token)
        return ox.BlankNode(written[2:]) if token.kind == "label" else self._terms.iri(written)

    # Verbs

    def _verb(self, token: Token) -> _State:
        if token.kind in _NAMES:
            self._predicate = (self._terms.iri(self._written(token)), token[1:])
        elif token.kind == "a":
            self._predicate = (_TYPE, token[1:])
        else:
            raise self._refuse(token, "a predicate")
        return self._object

    def _verb_or_dot(self, token: Token) -> _State:
        return self._statement if token.kind == "dot" else self._verb(token)

    def _verb_or_end(self, token: Token) -> _State:
        """Behind a semicolon, where there may be more of them, or nothing."""
        if token.kind in _NAMES or token.kind == "a":
            return self._verb(token)
        return self._verb_or_end if token.kind == "semicolon" else self._end(token)

    # Objects

    def _object(self, token: Token) -> _State:
        kind = token.kind
        if kind in _NODES:
            return self._put((self._node(token), token[1:]))
        if kind == "string":
            self._string = token[1:]
            return self._suffix
        if kind in _SHORTHANDS:
            return self._put((ox.Literal(self._written(token), datatype=_SHORTHANDS[kind]), token[1:]))
        if kind in _OPENING:
            self._opening = token[1:]
            return self._object_bracket if kind == "open_bracket" else self._object_list
        raise self._refuse(token, "an object")

    def _suffix(self, token: Token) -> _State:
        if token.kind == "datatype":
            return self._datatype
        if token.kind == "language":
            language = self._written(token)[1:]
            return self._put_literal(ox.Literal(self._lexical(), language=language), token.end)
        self._put_literal(ox.Literal(self._lexical()), self._string[1])
        return self._after(token)

    def _datatype(self, token: Token) -> _State:
        if token.kind not in _NAMES:
            raise self._refuse(token, "a datatype")
        return self._put_literal(self._terms.typed(self._lexical(), self._written(token)), token.end)

    def _lexical(self) -> str:
        start, end = self._string
        try:
            return string_value(self._text[start:end])
        except ValueError as error:
            raise TurtleSyntaxError(str(error), start) from error

    def _put_literal(self, literal: ox.Literal, end: int) -> _State:
        return self._put((literal, (self._string[0], end)))

    def _put(self, object_: Object) -> _State:
        self._found.append((self._subject, self._predicate, object_))
        return self._after

    def _object_bracket(self, token: Token) -> _State:
        if token.kind == "close_bracket":
            return self._put((ox.BlankNode(), (self._opening[0], token.end)))
        self._enter((ox.BlankNode(), self._opening), self._in_properties, self._put)
        return self._verb(token)

    def _object_list(self, token: Token) -> _State:
        if token.kind == "close_paren":
            return self._put((_NIL, (self._opening[0], token.end)))
        root = (ox.BlankNode(), self._opening)
        self._put(root)
        self._enter(root, self._in_list, lambda _: self._after)
        return self._element(token)

    # Inside of brackets, and behind an object

    def _enter(self, node: Subject, after: _State, resume: Callable[[Subject], _State]) -> None:
        self._frames.append(_Frame(node, self._subject, self._predicate, self._after, resume))
        self._subject = node
        self._after = after

    def _leave(self) -> _State:
        node, self._subject, self._predicate, self._after, resume = self._frames.pop()
        return resume(node)

    def _in_properties(self, token: Token) -> _State:
        if token.kind == "semicolon":
            return self._verb_or_end
        return self._object if token.kind == "comma" else self._end(token)

    def _end(self, token: Token) -> _State:
        if token.kind == "dot" and not self._frames:
            return self._statement
        if token.kind == "close_bracket" and self._frames:
            return self._leave()
        raise self._refuse(token, "; or , or ]" if self._frames else "; or , or .")

    def _element(self, token: Token) -> _State:
        self._predicate = (_FIRST, token[1:])
        return self._object(token)

    def _in_list(self, token: Token) -> _State:
        here = token[1:]
        if token.kind == "close_paren":
            self._found.append((self._subject, (_REST, here), (_NIL, here)))
            return self._leave()
        cell = (ox.BlankNode(), here)
        self._found.append((self._subject, (_REST, here), cell))
        self._subject = cell
        return self._element(token)
