"""Characters that nobody sees: controls, and marks that turn the direction of writing."""

from __future__ import annotations

import re

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def without_unseen(text: str) -> str:
    """`text` on one line, each run of white space and of what nobody sees made one space."""
    return " ".join(UNSEEN.sub(" ", text).split())
