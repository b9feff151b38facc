"""Literals that are written so that nobody takes them for something else, or for ill-typed."""

from __future__ import annotations

import re

from kbcli.names import STANDARD

_XSD = STANDARD["xsd"]
TEXTS = frozenset([_XSD + "string", STANDARD["rdf"] + "langString"])
NUMBERS = frozenset([_XSD + "integer", _XSD + "nonNegativeInteger"])
DATE = _XSD + "date"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_DATE = re.compile(  # all of a thousand years and the next but leap days
    r"[12][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)


def is_plain(text: str, datatype: str) -> bool:
    """Whether `text` is certainly one of a datatype."""
    if datatype in TEXTS:
        return True
    form = _NUMBER if datatype in NUMBERS else _DATE if datatype == DATE else None
    return form is not None and form.fullmatch(text) is not None
