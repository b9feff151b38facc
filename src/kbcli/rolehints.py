"""Why what stands in a place cannot stand there: a sign for a term, a term of another kind, a property without value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.complaint import Slip

if TYPE_CHECKING:
    from collections.abc import Callable

    from kbcli.complaint import Complaint

SIGNS = {"semicolon": ";", "comma": ",", "dot": "."}
CLOSING = {"close_bracket": "]", "close_paren": ")"}
NAMES = ("name", "iri", "a", "label")
DIRECTIVES = ("at_prefix", "at_base", "prefix", "base")
_DECLARATION = "write @prefix kb: <https://…> ."


def no_value(at: Complaint) -> Slip | None:
    """A property at the end of a line, and below it another with a value."""
    if len(at.before) < at.subject + 3 or at.here is None:
        return None
    sign, empty, name = at.before[-3:]
    if at.here.kind == "a" and "valid RDF object" in at.what:
        sign, empty, name = at.before[-2], at.before[-1], at.here
    is_property = empty.kind in ("name", "iri") and name.kind in ("name", "iri", "a") and at.is_indented(name)
    if not is_property or at.line(empty.end) == at.line(name.start) or at.line(name.start) < at.line(at.offset):
        return None
    if sign.kind != "semicolon" and at.is_indented(sign):
        return None
    return Slip(empty.start, f"{at.words(empty)} has no value", "write its value, or remove the property")


def _nothing_said(at: Complaint) -> Slip | None:
    """A sign where a property or a value is due."""
    if at.here is None or at.here.start != at.offset or not at.before or at.before[-1].kind not in NAMES:
        return None
    previous, sign = at.before[-1], SIGNS.get(at.here.kind) or CLOSING.get(at.here.kind)
    if not sign:
        return None
    if "is not a valid RDF object" in at.what:
        return Slip(previous.start, f"{at.words(previous)} has no value", "write its value, or remove the property")
    if "is not a valid predicate" in at.what:
        return Slip(at.offset, f"a {sign} where a property is to follow", f"write the property in place of this {sign}")
    return None


def _misplaced(at: Complaint) -> Slip | None:
    """A term where another kind of term is due."""
    if at.here is None or at.here.start != at.offset:
        return None
    words = at.words(at.here).partition("\n")[0][:40]
    if "is not a valid predicate" in at.what:
        return Slip(at.offset, f"a property is due here, not {words}", "write the property before its value")
    if at.here.kind in SIGNS and "is not a valid subject" in at.what:
        return Slip(at.offset, f"a {words} with nothing before it", "remove it")
    if "is not a valid subject" in at.what:
        return Slip(at.offset, f"a block cannot begin with {words}", "begin it with the name of what it is about")
    if "is not a valid RDF object" in at.what:
        return Slip(at.offset, f"a value is due here, not {words}", "write the value of the property before it")
    return None


def _dots(at: Complaint) -> Slip | None:
    """A dot that ends nothing."""
    if at.here is None or at.here.kind != "dot" or "is not a valid subject" not in at.what:
        return None
    if at.before and at.before[-1].kind == "iri":
        return Slip(at.offset, "PREFIX and BASE without @ take no . at their end", "remove it")
    return Slip(at.offset, "this . ends nothing", "remove it")


def _directive(at: Complaint) -> Slip | None:
    if "PREFIX" in at.what or "BASE" in at.what:
        start = at.before[-1].start if at.before else at.offset
        start = next((token.start for token in reversed(at.before) if token.kind in DIRECTIVES), start)
        return Slip(at.offset, f"{at.text[start:].split(None, 1)[0]} is not followed by what it needs", _DECLARATION)
    found = re.match(r"@\w+(?= is not a valid subject)", at.what)
    return Slip(at.offset, f"{found[0]} is no word of Turtle", _DECLARATION) if found else None


RULES: tuple[Callable[[Complaint], Slip | None], ...] = (_nothing_said, _directive, _dots, _misplaced)
