"""What an editor typed for a property, as Turtle."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kbcli.adding import spans, things
from kbcli.citation import literal
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.languagetags import flaw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.adding.desk import Desk
    from kbcli.adding.fields import Field

_MOST = 10**9


class Values:
    """`language` is that of the editor's own words; `texts` are those of the spans that a claim rests on.

    `claim` is the id of one that is there.
    """

    def __init__(self, desk: Desk, language: str, texts: Sequence[str] = (), claim: str = "") -> None:
        self._desk, self._texts, self._claim = desk, texts, claim
        self._language = _tag(language)

    def turtle(self, field: Field, typed: str) -> str:
        """Raises UsageError where the property cannot have it."""
        return {
            "thing": self._thing,
            "text": lambda field, typed: f"{literal(_said(field, typed))}@{self._language}",
            "plain": lambda field, typed: literal(_said(field, typed)),
            "verbatim": self._verbatim,
            "printed": self._printed,
            "number": _number,
            "day": _day,
            "iri": _address,
            "choice": _choice,
        }[field.takes](field, typed)

    def _thing(self, field: Field, typed: str) -> str:
        return self._desk.short(things.thing(self._desk, things.Wanted(field.option, field.classes), typed))

    def _verbatim(self, field: Field, typed: str) -> str:
        words = _whole(field, typed)
        if not self._claim:
            return literal(spans.verbatim(field.option, words, self._texts))
        remedy = f'let the claim rest on more: kb cite {self._desk.slug} "…" --append {self._claim}'
        return literal(spans.verbatim(field.option, words, self._texts, remedy))

    def _printed(self, field: Field, typed: str) -> str:
        return literal(spans.printed(field.option, _whole(field, typed), self._desk.worked_on.text))


def _tag(language: str) -> str:
    import re

    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language):
        raise UsageError(f"--lang {language}: not a language tag", "write the short code: en, fa, en-GB")
    if found := flaw(language):
        raise UsageError(
            f"--lang {language}: no reader knows this tag", f"write {found.right}" if found.right else "en, fa, …"
        )
    return language


def _said(field: Field, typed: str) -> str:
    if not typed.strip():
        raise UsageError(f"--{field.option} is empty", "write something, or leave the option out")
    return _whole(field, typed.strip())


def _whole(field: Field, typed: str) -> str:
    """What UTF-8 can hold: what a shell passes on may be no text."""
    try:
        typed.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"--{field.option} {printable(typed)}: not valid UTF-8", "type it anew") from error
    if "\0" in typed:
        raise UsageError(f"--{field.option}: has a NUL character", "type it anew")
    return typed


def _number(field: Field, typed: str) -> str:
    if not (typed.isascii() and typed.isdigit() and int(typed[:12]) < _MOST and len(typed) <= len(str(_MOST))):
        raise UsageError(f"--{field.option} {printable(typed)}: not a whole number", "digits only: 24")
    return str(int(typed))


def _day(field: Field, typed: str) -> str:
    try:
        right = date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        right = False
    if not right:
        raise UsageError(f"--{field.option} {printable(typed)}: not a day of the calendar", "write YYYY-MM-DD")
    return f'"{typed}"^^xsd:date'


def _address(field: Field, typed: str) -> str:
    import pyoxigraph as ox

    try:
        node = ox.NamedNode(typed) if "://" in typed else None
    except ValueError:
        node = None
    if node is None:
        raise UsageError(f"--{field.option} {printable(typed)}: not an address", "write it whole, https://…")
    return str(node)


def _choice(field: Field, typed: str) -> str:
    name = typed.removeprefix("kb:")
    if name not in field.classes:
        from kbcli.names import nearest

        near = nearest(name, field.classes)
        hint = f"did you mean {near}?" if near else f"one of {', '.join(field.classes)}"
        raise UsageError(f"--{field.option} {printable(typed)}: not one of {', '.join(field.classes)}", hint)
    return f"kb:{name}"
