"""Which properties a query of the shapes can read, by its tokens: said too often rather than once too seldom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.names import RDF_TYPE
from kbcli.sparql import Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.sparql import Token

ANY = frozenset([""])  # every IRI ends so
_NAMES, _TERMS = ("iri", "prefixed"), ("iri", "prefixed", "variable", "string", "lang", "number", "blank")
_STRANGE = frozenset(["[", "!"])  # what has no name here, and paths that are told by what they are not


def ends(text: str) -> frozenset[str]:
    """What the IRIs of the properties end in."""
    body = Query(text, "").body
    opening = next((at for at, token in enumerate(body) if token.text == "{"), len(body))
    where = body[opening:]
    strange = "\\u" in text.lower() or any(token.kind == "mark" and token.text in _STRANGE for token in where)
    if strange or any(token.text[1:] == "PATH" for token in where if token.kind == "variable"):
        return ANY
    if _free(where) - (_bounded(where) if _is_plain(where) else frozenset()):
        return ANY
    return frozenset(end for token in where for end in _ends(token))


def _ends(token: Token) -> Iterator[str]:
    if token.kind == "prefixed":
        yield re.sub(r"\\(.)", r"\1", token.text.partition(":")[2])
    elif token.kind == "iri":
        yield token.text[1:-1] if ":" in token.text else ""
    elif token.text == "a":
        yield RDF_TYPE


def _is_plain(where: Sequence[Token]) -> bool:
    """Whether it is one group, so that its filters hold for all of it."""
    return sum(token.text == "{" for token in where) == 1


def _free(where: Sequence[Token]) -> frozenset[str]:
    """The variables that may stand for a property."""
    found = set()
    for at in range(1, len(where) - 1):
        before, token, after = where[at - 1 : at + 2]
        if token.kind == "variable" and (before.text == ";" or (_ends_term(where, at - 1) and _begins_term(after))):
            found.add(token.text[1:])
    return frozenset(found)


def _begins_term(token: Token) -> bool:
    return token.kind in _TERMS or token.text == "(" or _is_truth(token)


def _ends_term(where: Sequence[Token], at: int) -> bool:
    """A closing bracket ends one unless it is that of a function, of FILTER or of BIND: a word stands before it."""
    if where[at].text != ")":
        return where[at].kind in _TERMS or _is_truth(where[at])
    start = _opening(where, at)
    return start < 1 or where[start - 1].kind != "word"


def _is_truth(token: Token) -> bool:
    return token.kind == "word" and token.text.lower() in ("true", "false")


def _opening(where: Sequence[Token], at: int) -> int:
    depth = 0
    for index in range(at, -1, -1):
        depth += (where[index].text == ")") - (where[index].text == "(")
        if not depth:
            return index
    return -1


def _bounded(where: Sequence[Token]) -> frozenset[str]:
    """The variables that a filter lets be none but certain IRIs: FILTER ( … && ?path IN ( kb:a , kb:b ) )."""
    found = set()
    for at, token in enumerate(where[:-1]):
        if token.text.upper() == "FILTER" and where[at + 1].text == "(":
            for part in _conjuncts(where[at + 2 :]):
                texts = [one.text.upper() for one in part[:3]]
                listed = part[3:-1]
                if texts[1:] == ["IN", "("] and part[-1].text == ")" and all(map(_is_listed, listed)):
                    found.add(part[0].text[1:])
    return frozenset(found)


def _is_listed(token: Token) -> bool:
    return token.kind in _NAMES or token.text == ","


def _conjuncts(inside: Sequence[Token]) -> list[list[Token]]:
    """What all must hold within a bracket that has just been opened; nothing if one of several is enough."""
    parts: list[list[Token]] = [[]]
    depth = 1
    for token in inside:
        depth += (token.text == "(") - (token.text == ")")
        if not depth:
            break
        if depth == 1 and token.text == "||":
            return []
        if depth == 1 and token.text == "&&":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
