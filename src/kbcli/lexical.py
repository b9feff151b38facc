"""Expressions that the tokenizers of Turtle and SPARQL share. Nothing is compiled here.

The character classes of names are the tokenizers' own, brackets included.
"""

from __future__ import annotations

import sys

_UCHAR = r"u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}"
# Within a repetition, escapes are looked at and then taken without a choice: a choice takes memory for each escape.
ESCAPE = rf"""\\(?=[tbnrf"'\\]|{_UCHAR})."""
_RESERVED = r"(?:%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"


def often(turn: str) -> str:
    """As often as it goes, and never less. Python before 3.11.5 matches that wrongly as a possessive repetition if one
    of its turns fails half-way (gh-106052); as an atomic group it takes more memory."""
    return f"(?:{turn})*+" if sys.version_info >= (3, 11, 5) else f"(?>(?:{turn})*)"


def perhaps(turn: str) -> str:
    """Once if that goes, and then never without it."""
    return f"(?:{turn})?+" if sys.version_info >= (3, 11, 5) else f"(?>(?:{turn})?)"


_IRI_CHARS = r"""[^\x00-\x20<>"{}|^`\\]*+"""
IRI = f"<{_IRI_CHARS}" + often(rf"\\(?={_UCHAR}){_IRI_CHARS}") + ">"


def prefix_name(start: str, chars: str) -> str:
    """The part of a prefixed name before its colon, dots within it but not at its end."""
    return rf"{start}{chars}*+" + often(rf"\.++{chars}++")


def local_name(first: str, chars: str) -> str:
    """The part behind the colon, with its escapes; a colon is in both classes."""
    return rf"(?={first}|{_RESERVED})" + often(rf"\.*+(?={chars}|{_RESERVED})\\?+.{chars}*+")


def _escaping(plain: str, escape: str) -> str:
    return f"{plain}*+" + often(f"{escape}{plain}*+")


def short_string(quote: str, escape: str = ESCAPE) -> str:
    run = _escaping(rf"[^{quote}\\\n\r]", escape)
    return rf"{quote}(?!{quote}{quote}){run}{quote}"


def long_string(quote: str, escape: str = ESCAPE) -> str:
    run = _escaping(rf"[^{quote}\\]", escape)
    more = often(rf"{quote}(?!{quote}{quote}){run}")
    return rf"{quote * 3}{run}{more}{quote * 3}"
