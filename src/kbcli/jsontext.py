"""JSON that may go to a terminal: what a terminal would obey is written as an escape. Its value is the same."""

from __future__ import annotations

import json
from typing import Any


def dumps(value: Any) -> str:
    """`value` as JSON on several lines, with a line end."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if not text.replace("\n", "").isprintable():
        text = "".join(c if c.isprintable() or c in "\n\xa0" else _escape(c) for c in text)
    return text + "\n"


def _escape(character: str) -> str:
    code = ord(character)
    if code <= 0xFFFF:  # noqa: PLR2004 the last character that one \u can name
        return f"\\u{code:04x}"
    return json.dumps(character)[1:-1]
