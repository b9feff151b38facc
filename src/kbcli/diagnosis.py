"""Why a query does not work, told with its line, a caret, and what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import KB, nearest
from kbcli.sparql import Query, Token, caret, iri_of, offset_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyoxigraph as ox

# The words of SPARQL 1.1, functions included. Source: SPARQL 1.1 Query Language, sections 19.8 and 17.4.
KEYWORDS = frozenset(
    """
    A ABS ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY
    DEFAULT DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HAVING
    HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS
    MINUTES MONTH NAMED NOT NOW OFFSET OPTIONAL ORDER PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE
    SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS
    STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TRUE TZ UCASE UNDEF UNION URI UUID VALUES WHERE YEAR
    """.split()  # noqa: SIM905 a list literal would take a page
)
# The clauses that list variables, and the words that end one.
_CLAUSES = {"SELECT": "SELECT", "DESCRIBE": "DESCRIBE", "GROUP": "GROUP BY", "ORDER": "ORDER BY"}
_CLAUSES |= dict.fromkeys(("HAVING", "LIMIT", "OFFSET", "VALUES", "WHERE"), "")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def syntax_error(query: Query, error: SyntaxError, known: Mapping[str, str]) -> UsageError:
    """The engine's complaint about `query`, at its place; `known` are prefixes that can be offered."""
    undeclared = next(_undeclared(query), None)
    if undeclared is not None:
        return _undeclared_error(query, undeclared, known)
    match = _PLACE.match(str(error))
    if match is None:
        return UsageError(f"{query.origin}: {printable(str(error))}")
    misspelt = next(_misspelt(query), None)
    if misspelt is not None:
        token, keyword = misspelt
        where = caret(query.text, token.start, len(token.text))
        return UsageError(
            f"{query.at(token.start)}: {token.text} is no word of SPARQL\n{where}", f"did you mean {keyword}?"
        )
    if missing := _unclosed(query) or _comma(query):
        return missing
    offset = offset_of(query.text, int(match[1]), int(match[2]))
    return UsageError(
        f"{query.at(offset)}: not valid SPARQL: {_expectation(query, offset, match[3])}\n{caret(query.text, offset)}"
    )


def unknown_terms(query: Query, store: ox.Store) -> Iterator[tuple[str, str | None]]:
    """Names of our vocabulary in `query` that the loaded ontology does not define: message, nearest defined name."""
    import pyoxigraph as ox

    for token in query.tokens:
        iri = iri_of(token, query.prefixes)
        if not iri.startswith(KB) or iri == KB or store_defines(store, ox.NamedNode(iri)):
            continue
        local = iri.removeprefix(KB)
        near = nearest(local, _defined_names(store))
        message = f"{query.at(token.start)}: the ontology has no term kb:{local}\n"
        yield message + caret(query.text, token.start, len(token.text)), near and f"kb:{near}"


def store_defines(store: ox.Store, term: ox.NamedNode) -> bool:
    return next(store.quads_for_pattern(term, None, None, None), None) is not None


def _defined_names(store: ox.Store) -> list[str]:
    import pyoxigraph as ox

    defined_by = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#isDefinedBy")
    quads = store.quads_for_pattern(None, defined_by, None, None)
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return [iri.removeprefix(KB) for iri in subjects if iri.startswith(KB)]


def _unclosed(query: Query) -> UsageError | None:
    """The complaint about a bracket that is never closed, if there is one."""
    opened: list[Token] = []
    closing = {"}": "{", ")": "(", "]": "["}
    for token in query.tokens:
        if token.text in ("{", "(", "["):
            opened.append(token)
        elif token.text in closing and opened and opened[-1].text == closing[token.text]:
            opened.pop()
    if not opened:
        return None
    last = opened[-1]
    where = f"{query.at(last.start)}: this {last.text} is never closed\n{caret(query.text, last.start)}"
    return UsageError(where, "close it where its part of the query ends")


def _comma(query: Query) -> UsageError | None:
    """The complaint about a comma between the variables behind SELECT, DESCRIBE, GROUP BY or ORDER BY, if there is one."""
    depth, clause = 0, ""
    for token in query.body:
        word = token.text.upper() if token.kind == "word" else ""
        depth += (token.text == "(") - (token.text == ")")
        if word in _CLAUSES or token.text in ("{", "}"):
            depth, clause = 0, _CLAUSES.get(word, "")
        elif token.text == "," and clause and not depth:
            where = f"{query.at(token.start)}: a comma in the list of {clause}"
            return UsageError(f"{where}\n{caret(query.text, token.start)}", "write blanks, not commas: ?one ?other")
    return None


def _misspelt(query: Query) -> Iterator[tuple[Token, str]]:
    """Bare words that are no keyword but much like one, with that keyword."""
    for token in query.tokens:
        word = token.text.upper()
        if token.kind == "word" and word not in KEYWORDS and (near := nearest(word, KEYWORDS)):
            yield token, near


def _undeclared(query: Query) -> Iterator[Token]:
    """Prefixed names in the body whose prefix nobody declared."""
    declared = query.prefixes
    previous = ""
    for token in query.tokens:
        if token.kind == "prefixed" and previous != "PREFIX" and token.text.partition(":")[0] not in declared:
            yield token
        previous = token.text.upper()


def _undeclared_error(query: Query, token: Token, known: Mapping[str, str]) -> UsageError:
    prefix = token.text.partition(":")[0]
    if prefix in known:
        hint = f"write at the top: PREFIX {prefix}: <{known[prefix]}>"
    elif near := nearest(prefix, {*known, *query.prefixes}):
        hint = f"did you mean {near}:{token.text.partition(':')[2]}?"
    else:
        hint = f"write at the top: PREFIX {prefix}: <…>"
    where = caret(query.text, token.start, len(token.text))
    return UsageError(f"{query.at(token.start)}: the prefix {prefix}: is not declared\n{where}", hint)


def _expectation(query: Query, offset: int, raw: str) -> str:
    """The engine's list of what could stand here, without its character classes."""
    if not query.tokens:
        return "the query is empty"
    wanted = [w.strip().strip('"') for w in raw.replace("expected one of", "").replace("expected", "").split(",")]
    words = [w for w in wanted if re.fullmatch(r"[A-Za-z]+|[{}().;]", w)]
    at_end = offset >= query.tokens[-1].end
    what = "the query ends too early" if at_end else "this cannot stand here"
    reasons = [w for w in wanted if re.search(r"[a-z] [a-z]", w) and "Prefix not found" not in w]
    if reasons:
        return "; ".join(dict.fromkeys(map(printable, reasons)))
    shown = ", ".join(dict.fromkeys(words))
    return f"{what}; expected {shown}" if shown else what
