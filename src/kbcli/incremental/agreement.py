"""Queries of which pyoxigraph and rdflib think the same, by their tokens; said too seldom rather than once too often.

The engines differ in the order of other things than strings, in datatypes, in what may be no truth value, and in
whatever goes beyond the data. Where a query has none of that, and the data only literals that are plainly written,
they agree; tests/test_screen.py holds them against each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.incremental.glance import Unsure
from kbcli.incremental.plainly import DATE, NUMBERS
from kbcli.names import STANDARD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kbcli.sparql import Token

NAMES = frozenset(["iri", "prefixed"])
FUNCTIONS = frozenset(
    "ISLITERAL ISIRI ISURI BOUND STR STRLEN CONTAINS STRSTARTS STRENDS CONCAT IF REPLACE DATATYPE".split()  # noqa: SIM905
)
_WORDS = FUNCTIONS | frozenset("BIND AS FILTER NOT EXISTS UNION OPTIONAL IN A TRUE FALSE".split())  # noqa: SIM905
_HEAD = frozenset(["DISTINCT", "WHERE", "*"])
_ODD_KINDS, _ODD_MARKS = frozenset(["blank", "lang"]), frozenset(["[", "^^", "^", "<=", ">=", "+", "|"])
_OWN = frozenset(["path", "currentshape", "shapesgraph"])  # variables that SHACL gives a meaning, but for ?path
_BEFORE, _AFTER = frozenset(["&&", "||", "!"]), frozenset(["&&", "||", ")", ","])
_PATTERN = re.compile(r'"[\w \t^.*$/#\[\]:-]*"')  # means the same to every engine
_STRING = ["STR", "(", "?", ")"]
_DAY = ["xsd:dateTime", "(", "CONCAT", "(", *_STRING, ",", '"T00:00:00"', ")", ")"]
_CAST = ["xsd:integer", "(", *_STRING, ")"]  # of whole numbers only: rdflib takes “ 12” for one, too
_DATATYPES = frozenset(["xsd:date", "xsd:string"])  # no engine has a second name for them


class Agreement:
    """On a query: its tokens behind the prologue, the place of its first bracket, and its prefixes."""

    def __init__(self, body: Sequence[Token], opening: int, prefixes: Mapping[str, str]) -> None:
        self._body, self._opening = body, opening
        self._knows_datatypes = prefixes.get("xsd") == STANDARD["xsd"]

    def require(self) -> None:
        """Raises Unsure if there is none."""
        head = [token.text.upper() for token in self._body[: self._opening] if token.kind != "variable"]
        if head[:1] != ["SELECT"] or not _HEAD.issuperset(head[1:]):
            raise Unsure
        if any(map(self._is_odd, range(self._opening, len(self._body)))):
            raise Unsure

    @property
    def but_for(self) -> frozenset[str]:
        """The datatypes of literals, though plainly written, of which they may yet think differently."""
        if not all(map(self._is_of_names, range(len(self._body)))):
            return NUMBERS | {DATE}
        return frozenset([DATE] if any(token.text == "-" for token in self._body) else [])

    @property
    def casts(self) -> frozenset[str]:
        """The variables whose values are made whole numbers."""
        return frozenset(self._body[at + 4].text[1:] for at in range(len(self._body)) if self._is_cast(at))

    def _is_odd(self, at: int) -> bool:
        kind, text, _ = self._body[at]
        if kind in _ODD_KINDS or text in _ODD_MARKS or "\\" in text:
            return True
        if kind == "word":
            return self._is_odd_word(at, text.upper())
        if kind == "variable":
            return (text[1:].lower() in _OWN and text != "?path") or self._is_truth(at)
        if kind in NAMES:
            return self._text(at + 1) == "(" and not self._is_day(at) and not self._is_cast(at)
        if kind == "number":
            return not text.isdecimal()
        return text in ("<", ">") and not self._is_of_strings(at)

    def _is_odd_word(self, at: int, word: str) -> bool:
        if word == "REPLACE":  # REPLACE(STR(?x), "pattern", "")
            pattern = self._text(at + 7)
            plain = ["(", *_STRING, ",", pattern, ",", '""']
            return not (self._has(plain, at + 1) and _PATTERN.fullmatch(pattern))
        if word == "DATATYPE":  # DATATYPE(?x) = xsd:date
            known = self._knows_datatypes and self._text(at + 5) in _DATATYPES
            return not (known and self._has(["(", "?", ")", "="], at + 1))
        return word not in _WORDS

    def _is_truth(self, at: int) -> bool:
        """Whether a variable stands where a truth value is wanted."""
        before, opener = self._text(at - 1), self._text(at - 2).upper()
        if self._text(at + 1) not in _AFTER:
            return False
        return before in _BEFORE or (before == "(" and (opener not in FUNCTIONS | {"IN"} or opener == "IF"))

    def _is_of_strings(self, at: int) -> bool:
        """STR(?x) < STR(?y), or so with the days that they name."""
        if self._has(_STRING, at - len(_STRING)) and self._has(_STRING, at + 1):
            return True
        return self._is_day(at - len(_DAY)) and self._is_day(at + 1)

    def _is_day(self, at: int) -> bool:
        return self._knows_datatypes and self._has(_DAY, at)

    def _is_cast(self, at: int) -> bool:
        return self._knows_datatypes and self._has(_CAST, at)

    def _is_of_names(self, at: int) -> bool:
        """Unless it is a list that something is sought in, with other things in it than names."""
        if self._text(at).upper() != "IN":
            return True
        rest = self._body[at + 2 :]
        end = next((place for place, token in enumerate(rest) if token.text == ")"), 0)
        return bool(end) and all(token.kind in NAMES or token.text == "," for token in rest[:end])

    def _has(self, form: Sequence[str], at: int) -> bool:
        """Whether these tokens stand there; "?" is any variable."""
        found = self._body[at : at + len(form)] if at >= 0 else []
        texts = ["?" if token.kind == "variable" else token.text.upper() for token in found]
        return texts == [one.upper() for one in form]

    def _text(self, at: int) -> str:
        return self._body[at].text if 0 <= at < len(self._body) else ""
