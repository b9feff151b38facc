"""Why a file is no Turtle, as its editor sees it: which sign is missing or too many, and on which line.

The parser complains where it can go no further, which is often the line after the one to mend. What is said here is
a guess from the layout: a block begins at the left margin, its other lines are indented.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kbcli import rolehints, termhints
from kbcli.complaint import Complaint, Slip
from kbcli.names import nearest
from kbcli.rolehints import CLOSING, DIRECTIVES, NAMES, SIGNS, no_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kbcli.document import SyntaxDefect
    from kbcli.turtle import Token

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$)", re.MULTILINE)
_OPENING = {"open_bracket": ("[", "]"), "open_paren": ("(", ")")}
_NOT_DECLARED = "is not declared in this file"
_BOTH_SIDES = "a merge conflict is left in the file"
_UNDECLARED = re.compile(r"The prefix (.*): has not been declared")


class Explained(NamedTuple):
    line: int
    column: int
    what: str
    hint: str


def explained(text: str, defect: SyntaxDefect, known: Mapping[str, str], *, goes_on: bool = False) -> Explained | None:
    """The defect in an editor's words, None if the parser's are the best there are. `goes_on`: see Complaint."""
    if not text:
        hint = "save the file as UTF-8" if defect.message.startswith("not UTF-8") else ""
        return Explained(*defect, hint) if hint else None
    if text.startswith("\ufeff"):
        return Explained(1, 1, "a byte order mark", "save the file as UTF-8 without one")
    at = Complaint(text, defect, known, goes_on=goes_on)
    slip = slip_of(at)
    return Explained(*at.place(slip.offset), slip.what, slip.hint) if slip else None


def slip_of(at: Complaint) -> Slip | None:
    return next((slip for rule in _RULES if (slip := rule(at))), None)


def is_conflict(slip: Slip) -> bool:
    return slip.what == _BOTH_SIDES


def _conflict(at: Complaint) -> Slip | None:
    """A mark of git's between what could be read and the place."""
    found = _CONFLICT.search(at.text, at.before[-1].end if at.before else 0)
    if found is None or found.start() > at.offset:
        return None
    hint = "keep what is right of the two sides and remove the lines <<<<<<<, ======= and >>>>>>>"
    return Slip(found.start(), _BOTH_SIDES, hint)


def _wide(at: Complaint) -> Slip | None:
    nul = at.text.find("\0")
    return Slip(nul, "NUL characters, as in UTF-16", "save the file as UTF-8") if nul >= 0 else None


def undeclared(at: Complaint) -> str | None:
    """The prefix that is not declared, unless what looks like one is the begin of an address or of a time."""
    found = _UNDECLARED.match(at.what)
    if not found or at.text.startswith("//", at.offset + len(found[1]) + 1):
        return None
    is_time = not found[1] and at.text[: at.offset][-1:].isdigit()
    return None if is_time else found[1]


def is_undeclared(told: Explained) -> bool:
    return told.what.endswith(_NOT_DECLARED)


def _undeclared(at: Complaint) -> Slip | None:
    prefix = undeclared(at)
    if prefix is None:
        return None
    what = f"the prefix {prefix}: {_NOT_DECLARED}"
    if prefix in at.known:
        return Slip(at.offset, what, f"add at the top: @prefix {prefix}: <{at.known[prefix]}> .")
    near = nearest(prefix, at.known)
    return Slip(at.offset, what, f"did you mean {near}:?" if near else f"add at the top: @prefix {prefix}: <…> .")


def _address(at: Complaint) -> Slip | None:
    is_one = _UNDECLARED.match(at.what) and re.match(r"\w*://", at.text[at.offset :])
    return Slip(at.offset, "an address without its brackets", "write it in < >: <https://…>") if is_one else None


def _continued(at: Complaint) -> Slip | None:
    """`.` where `;` was meant: the statement begins with an indented line."""
    if at.statement == 0 or at.statement >= len(at.tokens):
        return None
    dot, first = at.tokens[at.statement - 1], at.tokens[at.statement]
    if not at.is_indented(first) or at.line(dot.start) == at.line(first.start) or first.start > at.offset:
        return None
    return Slip(dot.start, "this . ends the block, but the next line goes on with it", "write ; instead of .")


def _new_property(at: Complaint) -> Slip | None:
    """`,` where `;` was meant: a property and its value on a line of their own."""
    comma, name = at.before[-2:-1], at.before[-1:]
    if not comma or comma[0].kind != "comma" or name[0].kind not in ("name", "a"):
        return None
    return _property_behind(at, comma[0], name[0])


def _property_behind(at: Complaint, comma: Token, name: Token) -> Slip | None:
    if at.line(name.start) != at.line(at.offset) or at.line(comma.start) == at.line(name.start):
        return None
    if not at.is_indented(name) or (at.here and at.here.kind in SIGNS):
        return None
    return Slip(comma.start, "this , promises another value, but a property follows", "write ; instead of ,")


def _nothing_follows(at: Complaint) -> Slip | None:
    """`, ;` and `, .`"""
    if at.before and at.before[-1].kind == "comma" and at.here and at.here.kind in SIGNS:
        return Slip(at.before[-1].start, "a , with no value after it", "remove it, or write the value")
    return None


def _unended(at: Complaint) -> Slip | None:
    """A block at the left margin before which no block ended, or a file that ends within one."""
    index = len(at.tokens) if at.is_at_end else at.block
    if index < 1 or at.tokens[index - 1].kind == "dot" or index == at.subject:
        return None
    previous = at.tokens[index - 1]
    sign = SIGNS.get(previous.kind)
    below = "the file ends" if index == len(at.tokens) and not at.goes_on else "a new block begins below"
    if sign:
        return Slip(previous.start, f"the block ends with {sign}, and {below}", f"write . instead of {sign}")
    if _is_without_value(at, index):
        return Slip(previous.start, f"the block breaks off here, and {below}", "write the value and a . behind it")
    return Slip(previous.end, f"a . is missing here: {below}", "end the block with .")


def _is_without_value(at: Complaint, end: int) -> bool:
    """Whether the tokens of the block up to `end` are a subject alone, or end with a property."""
    if at.tokens[end - 1].kind not in NAMES:
        return False
    alone = end - at.subject in (1, 2) and not at.is_indented(at.tokens[at.subject])
    return alone or (end - at.subject > 1 and at.tokens[end - 2].kind == "semicolon")


def _bracket(at: Complaint) -> Slip | None:
    """A bracket that is open where the block ends, or closed where none is open."""
    kind = at.here.kind if at.here else ""
    if kind in CLOSING and not at.open_brackets:
        opening = {"]": "[", ")": "("}[CLOSING[kind]]
        return Slip(at.offset, f"no {opening} stands before this {CLOSING[kind]}", "remove it, or write the other")
    if not at.open_brackets or not (at.is_at_end or kind == "dot" or at.begins_block):
        return None
    last = at.open_brackets[-1]
    opening, closing = _OPENING[last.kind]
    return Slip(last.start, f"this {opening} is not closed before the block ends", f"close it with {closing}")


def _missing(at: Complaint) -> Slip | None:
    """A sign between two terms."""
    inside = "property lists should end" in at.what and at.here is not None and at.here.kind in NAMES
    if ("A dot is expected" not in at.what and not inside) or not at.before or at.here is None:
        return None
    previous = at.before[-1]
    if at.here.kind in DIRECTIVES:
        return Slip(previous.end, "a . is missing here", "end the block with .")
    if at.after and at.after.kind in SIGNS and at.here.kind != "a":
        return Slip(previous.end, "a , is missing here, between two values", "write , between them")
    where = (
        "the next line goes on with the block" if at.line(previous.end) < at.line(at.offset) else "a property follows"
    )
    return Slip(
        previous.end, f"a ; is missing here: {where}", "write ; at the end of each property, . at that of the block"
    )


_RULES: tuple[Callable[[Complaint], Slip | None], ...] = (
    _conflict,
    _wide,
    _undeclared,
    _address,
    *termhints.RULES,
    _continued,
    _nothing_follows,
    _bracket,
    _new_property,
    _unended,
    no_value,
    _missing,
    *rolehints.RULES,
    *termhints.LAST,
)
