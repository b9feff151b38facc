"""Expressions that the tokenizers of Turtle and SPARQL share. Nothing is compiled here.

The character classes of names are the tokenizers' own, brackets included.
"""

from __future__ import annotations

_UCHAR = r"u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}"
# Within a repetition, escapes are looked at and then taken without a choice. Python before 3.11.5 matches a
# possessive repetition of choices wrongly, and one that is not possessive takes 200 bytes for each escape.
ESCAPE = rf"""\\(?=[tbnrf"'\\]|{_UCHAR})."""
_RESERVED = r"(?:%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"

IRI = rf"""<[^\x00-\x20<>"{{}}|^`\\]*+(?:\\(?={_UCHAR})[^\x00-\x20<>"{{}}|^`\\]*+)*+>"""


def prefix_name(start: str, chars: str) -> str:
    """The part of a prefixed name before its colon, dots within it but not at its end."""
    return rf"{start}{chars}*+(?:\.++{chars}++)*+"


def local_name(first: str, chars: str) -> str:
    """The part behind the colon, with its escapes; a colon is in both classes."""
    return rf"(?={first}|{_RESERVED})(?:\.*+(?={chars}|{_RESERVED})\\?+.{chars}*+)*+"


def _escaping(plain: str, escape: str) -> str:
    return f"{plain}*+(?:{escape}{plain}*+)*+"


def short_string(quote: str, escape: str = ESCAPE) -> str:
    run = _escaping(rf"[^{quote}\\\n\r]", escape)
    return rf"{quote}(?!{quote}{quote}){run}{quote}"


def long_string(quote: str, escape: str = ESCAPE) -> str:
    run = _escaping(rf"[^{quote}\\]", escape)
    return rf"{quote * 3}{run}(?:{quote}(?!{quote}{quote}){run})*+{quote * 3}"
