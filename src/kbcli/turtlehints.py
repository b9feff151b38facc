"""Why a file is no Turtle, as its editor sees it: which sign is missing or too many, and on which line.

The parser complains where it can go no further, which is often the line after the one to mend. What is said here is
a guess from the layout: a block begins at the left margin, its other lines are indented.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kbcli.complaint import Complaint
from kbcli.names import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kbcli.document import SyntaxDefect
    from kbcli.turtle import Token

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$)", re.MULTILINE)
_CURLY = "“”„‟‘’‚«»"
_SIGNS = {"semicolon": ";", "comma": ",", "dot": "."}
_DIRECTIVES = ("at_prefix", "at_base", "prefix", "base")
_WORD = re.compile(r"[^\W\d]\w*(?![\w:])")
_UNDECLARED = re.compile(r"The prefix (.*): has not been declared")


class Slip(NamedTuple):
    """What is wrong from `offset` on, and what to do."""

    offset: int
    what: str
    hint: str


class Explained(NamedTuple):
    line: int
    column: int
    what: str
    hint: str


def explained(text: str, defect: SyntaxDefect, known: Mapping[str, str]) -> Explained | None:
    """The defect in an editor's words, None if the parser's are the best there are."""
    if not text:
        hint = "save the file as UTF-8" if defect.message.startswith("not UTF-8") else ""
        return Explained(*defect, hint) if hint else None
    if text.startswith("\ufeff"):
        return Explained(1, 1, "a byte order mark", "save the file as UTF-8 without one")
    at = Complaint(text, defect, known)
    slip = next((slip for rule in _RULES if (slip := rule(at))), None)
    if slip is None:
        return None
    return Explained(*at.place(slip.offset), slip.what, slip.hint)


def _conflict(at: Complaint) -> Slip | None:
    found = _CONFLICT.search(at.text)
    hint = "keep what is right of the two sides and remove the lines <<<<<<<, ======= and >>>>>>>"
    return Slip(found.start(), "a merge conflict is left in the file", hint) if found else None


def _wide(at: Complaint) -> Slip | None:
    nul = at.text.find("\0")
    return Slip(nul, "NUL characters, as in UTF-16", "save the file as UTF-8") if nul >= 0 else None


def _undeclared(at: Complaint) -> Slip | None:
    found = _UNDECLARED.match(at.what)
    if not found:
        return None
    prefix = found[1]
    what = f"the prefix {prefix}: is not declared in this file"
    if prefix in at.known:
        return Slip(at.offset, what, f"add at the top: @prefix {prefix}: <{at.known[prefix]}> .")
    near = nearest(prefix, at.known)
    return Slip(at.offset, what, f"did you mean {near}:?" if near else f"add at the top: @prefix {prefix}: <…> .")


def _relative(at: Complaint) -> Slip | None:
    if "No scheme found" not in at.what or at.here is None:
        return None
    hint = "write a prefixed name (ag:…), or the whole address <https://…>"
    return Slip(at.here.start, f"{at.words(at.here)} is a relative IRI", hint)


def _curly(at: Complaint) -> Slip | None:
    if at.text[at.offset : at.offset + 1] not in tuple(_CURLY):
        return None
    before = at.before[-1] if at.before else None
    if before and before.kind == "string":
        return None
    return Slip(at.offset, "a curly quotation mark begins no string", 'write straight ones around it: "…"')


def _space(at: Complaint) -> Slip | None:
    character = at.text[at.offset : at.offset + 1]
    if not character.isspace() or character in " \t\r\n":
        return None
    return Slip(at.offset, f"a space that is none in Turtle (U+{ord(character):04X})", "type an ordinary space")


def _escape(at: Complaint) -> Slip | None:
    found = re.match(r"Unexpected escape character '(.*)'", at.what)
    hint = r"write \\ for a backslash; \n, \t and \" are other escapes"
    return Slip(at.offset, f"{found[1]} is no escape", hint) if found else None


def _unclosed(at: Complaint) -> Slip | None:
    if "Line jumps" not in at.what and "Unexpected end of file" not in at.what:
        return None
    start = at.tokens[-1].end if at.tokens else 0
    start += len(re.match(r"(?:\s|#[^\n\r]*)*", at.text[start:])[0])  # type: ignore[index]
    if at.text[start : start + 1] == "<":
        return Slip(start, "this IRI does not end", "close it with >")
    if at.text[start : start + 1] not in ('"', "'"):
        return None
    hint = 'close it with "; words of several lines stand between """ and """'
    return Slip(start, "this string does not end on its line", hint)


def _inner_quotes(at: Complaint) -> Slip | None:
    before = at.before[-1] if at.before else None
    rest = at.text[at.offset :].partition("\n")[0]
    if before is None or before.kind != "string" or rest[:1] in tuple(";.,@^") or not rest:
        return None
    if at.line(before.end - 1) != at.line(at.offset):
        return None
    if before.end != at.offset and not (_WORD.match(rest) and '"' in rest):
        return None
    what = "the string ends here, and words follow"
    return Slip(
        before.end - 1, what, r"write \" for a quotation mark inside a string, or “ ” where the article has them"
    )


def _bare_date(at: Complaint) -> Slip | None:
    if not at.before or at.before[-1].kind != "integer" or not re.match(r"-\d", at.text[at.offset :]):
        return None
    return Slip(at.before[-1].start, "a date without quotation marks", 'write "2018-10-31"^^xsd:date')


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
    if not at.is_indented(name) or (at.here and at.here.kind in _SIGNS):
        return None
    return Slip(comma.start, "this , promises another value, but a property follows", "write ; instead of ,")


def _nothing_follows(at: Complaint) -> Slip | None:
    """`, ;` and `, .`"""
    if at.before and at.before[-1].kind == "comma" and at.here and at.here.kind in _SIGNS:
        return Slip(at.before[-1].start, "a , with no value after it", "remove it, or write the value")
    return None


def _unended(at: Complaint) -> Slip | None:
    """A block at the left margin before which no block ended, or a file that ends within one."""
    index = at.block
    if "Unexpected end" in at.what and at.here is None:
        index = len(at.tokens)
    if index < 1 or at.tokens[index - 1].kind == "dot":
        return None
    previous = at.tokens[index - 1]
    sign = _SIGNS.get(previous.kind)
    below = "the file ends" if index == len(at.tokens) else "a new block begins below"
    if sign:
        return Slip(previous.start, f"the block ends with {sign}, and {below}", f"write . instead of {sign}")
    return Slip(previous.end, f"a . is missing here: {below}", "end the block with .")


def _missing(at: Complaint) -> Slip | None:
    """A sign between two terms."""
    if "A dot is expected" not in at.what or not at.before or at.here is None:
        return None
    previous = at.before[-1]
    if at.here.kind in _DIRECTIVES:
        return Slip(previous.end, "a . is missing here", "end the block with .")
    if at.after and at.after.kind in _SIGNS and at.here.kind != "a":
        return Slip(previous.end, "a , is missing here, between two values", "write , between them")
    where = (
        "the next line goes on with the block" if at.line(previous.end) < at.line(at.offset) else "a property follows"
    )
    return Slip(
        previous.end, f"a ; is missing here: {where}", "write ; at the end of each property, . at that of the block"
    )


def _bare_word(at: Complaint) -> Slip | None:
    found = _WORD.match(at.text, at.offset)
    if not found or found[0] == "a" or " is not a valid " not in at.what:
        return None
    return Slip(at.offset, f"{found[0]} is neither a name nor a string", 'write its prefix (kb:…), or "…" around words')


_RULES: tuple[Callable[[Complaint], Slip | None], ...] = (
    _conflict,
    _wide,
    _undeclared,
    _curly,
    _space,
    _escape,
    _unclosed,
    _relative,
    _inner_quotes,
    _bare_date,
    _continued,
    _nothing_follows,
    _new_property,
    _unended,
    _missing,
    _bare_word,
)
