"""Why a term is no Turtle, as its editor sees it: strings, IRIs, numbers, dates, names and what is like them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.complaint import BLANKS, Slip

if TYPE_CHECKING:
    from collections.abc import Callable

    from kbcli.complaint import Complaint

_CURLY = "“”„‟‘’‚«»"
_WORD = re.compile(r"[^\W\d]\w*(?![\w:])")
_RUN = re.compile(r"[^\s;,]+")
NUMBERS = ("integer", "decimal", "double")
_SHORT_CODE = re.compile(r"\\(?:u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8}))")
_CODE = r"write \u and four hexadecimal digits, \U and eight, or the character itself"


def _space(at: Complaint) -> Slip | None:
    character = at.text[at.offset : at.offset + 1]
    if not character.isspace() or character in " \t\r\n":
        return None
    return Slip(at.offset, f"a space that is none in Turtle (U+{ord(character):04X})", "type an ordinary space")


def _slashes(at: Complaint) -> Slip | None:
    found = at.text.startswith(("//", "/*"), at.offset)
    return Slip(at.offset, f"{at.text[at.offset :][:2]} begins no comment", "begin it with #") if found else None


def _curly(at: Complaint) -> Slip | None:
    if at.text[at.offset : at.offset + 1] not in tuple(_CURLY):
        return None
    before = at.before[-1] if at.before else None
    if before and before.kind == "string":
        return None
    return Slip(at.offset, "a curly quotation mark begins no string", 'write straight ones around it: "…"')


def _escape(at: Complaint) -> Slip | None:
    found = re.match(r"Unexpected escape character '(.*)'", at.what)
    hint = r"write \\ for a backslash; \n, \t and \" are other escapes"
    if found:
        return Slip(at.offset, f"{found[1]} is no escape", hint)
    found = re.match(r"The escape sequence '(\\[uU][0-9A-Fa-f]*)", at.what)
    start = at.text.rfind("\\", 0, at.offset + 1)
    return Slip(start, f"{found[1]} stands for no character", _CODE) if found and start >= 0 else None


def _name_escape(at: Complaint) -> Slip | None:
    """The parser counts from the name's begin as if its prefix were not there."""
    found = re.search(r"allowed to be escaped in IRIs are .* found '(.*)'", at.what, re.DOTALL)
    start = at.text.find(f"\\{found[1]}", at.offset) if found else -1
    return Slip(start, f"{at.text[start:][:2]} in a name is no escape", "remove the backslash") if start >= 0 else None


def _unclosed(at: Complaint) -> Slip | None:
    if "Line jumps" not in at.what and "Unexpected end of file" not in at.what:
        return None
    start = at.tokens[-1].end if at.tokens else 0
    start += len(BLANKS.match(at.text[start:])[0])  # type: ignore[index]
    if at.text[start : start + 1] == "<":
        return Slip(start, "this IRI does not end", "close it with >")
    if at.text[start : start + 1] not in ('"', "'"):
        return None
    if at.text[start : start + 3] in ('"""', "'''"):
        return Slip(start, "this string does not end", f"close it with {at.text[start : start + 3]}")
    code = _SHORT_CODE.search(at.text[start:].partition("\n")[0])
    if code and "Line jumps" not in at.what:
        return Slip(start + code.start(), f"{code[0]} without its number", _CODE)
    hint = 'close it with "; words of several lines stand between """ and """'
    return Slip(start, "this string does not end on its line", hint)


def _iri(at: Complaint) -> Slip | None:
    if "Invalid IRI" not in at.what or at.text[at.offset : at.offset + 1] != "<":
        return None
    line = at.text[at.offset + 1 :].partition("\n")[0]
    inside, closing, _ = line.partition(">")
    if not closing or "<" in inside:
        return Slip(at.offset, "this IRI does not end", "close it with >")
    return Slip(at.offset, f"an IRI with {at.what.rpartition(' point ')[2]} in it", "write %20 for a space in it")


def _relative(at: Complaint) -> Slip | None:
    if "No scheme found" not in at.what or at.here is None:
        return None
    hint = "write a prefixed name (ag:…), or the whole address <https://…>"
    return Slip(at.here.start, f"{at.words(at.here)} is a relative IRI", hint)


def _percent(at: Complaint) -> Slip | None:
    """As for `_name_escape`."""
    found = re.search(r"escapes in IRIs should be .* found '(.*)'", at.what, re.DOTALL)
    hint = r"write \% for the sign itself, or % and two hexadecimal digits"
    start = at.text.find(found[1], at.offset) if found else -1
    return Slip(start, f"{at.text[start:][:3]} in a name is no escape", hint) if start >= 0 else None


def _language(at: Complaint) -> Slip | None:
    if "language" not in at.what and "subtag" not in at.what:
        return None
    mark = at.text.rfind("@", 0, at.offset + 1)
    if mark < 0:
        return None
    written = _RUN.match(at.text, mark)
    return Slip(mark, f"{written[0] if written else '@'} is no language tag", 'write "…"@en, or remove the @')


def _datatype(at: Complaint) -> Slip | None:
    hint = 'write "…"^^xsd:date, with ^^ and a prefixed name'
    if at.what.startswith("Expecting a datatype IRI"):
        return Slip(at.offset, "no datatype stands behind ^^", hint)
    if not at.before or at.before[-1].kind != "string":
        return None
    if re.match(r"\^(?!\^)", at.text[at.offset :]):
        return Slip(at.offset, "a single ^ behind a string", hint)
    glued = at.here and at.here.kind in ("name", "iri") and at.here.start == at.offset == at.before[-1].end
    return Slip(at.offset, "a name stands right behind a string", hint) if glued else None


def _inner_quotes(at: Complaint) -> Slip | None:
    before = at.before[-1] if at.before else None
    rest = at.text[at.offset :].partition("\n")[0]
    if before is None or before.kind != "string" or rest[:1] in tuple(";.,@^])") or not rest:
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
    """A date or a time of day, which begin as numbers do."""
    if not at.before or at.before[-1].kind != "integer":
        return None
    if re.match(r"-\d", at.text[at.offset :]):
        return Slip(at.before[-1].start, "a date without quotation marks", 'write "2018-10-31"^^xsd:date')
    if at.before[-1].end == at.offset and re.match(r":\d", at.text[at.offset :]):
        return Slip(at.before[-1].start, "a time of day without quotation marks", 'write "12:30"')
    return None


def _number(at: Complaint) -> Slip | None:
    start = at.offset
    if at.before and at.before[-1].kind in NUMBERS and at.before[-1].end >= at.offset:
        start = at.before[-1].start
    written = _RUN.match(at.text, start)
    if not written or not re.match(r"[+-]?\.?\d", written[0]) or re.fullmatch(r"[+-]?\d*\.?\d+\.?", written[0]):
        return None
    return Slip(start, f"{written[0]} is no number", "mend the number, or write quotation marks around it")


def _bare_word(at: Complaint) -> Slip | None:
    found = _WORD.match(at.text, at.offset)
    if not found or found[0] == "a" or " is not a valid " not in at.what:
        return None
    if found[0].lower() in ("true", "false"):
        return Slip(at.offset, f"{found[0]} is written in small letters", f"write {found[0].lower()}")
    return Slip(at.offset, f"{found[0]} is neither a name nor a string", 'write its prefix (kb:…), or "…" around words')


def _stray(at: Complaint) -> Slip | None:
    """A character that begins nothing."""
    character = at.text[at.offset : at.offset + 1]
    if not character or character.isalnum() or character.isspace() or character in "<\"'.;,:@#[]()":
        return None
    hint = 'remove it; words stand between quotation marks, "…", and addresses in < >'
    return Slip(at.offset, f"{character} has no meaning here", hint)


# In the order in which they are asked. Those of LAST only when nothing else explains the place.
RULES: tuple[Callable[[Complaint], Slip | None], ...] = (
    _space,
    _slashes,
    _curly,
    _escape,
    _name_escape,
    _unclosed,
    _iri,
    _relative,
    _percent,
    _language,
    _datatype,
    _inner_quotes,
    _bare_date,
    _number,
)
LAST = (_bare_word, _stray)
