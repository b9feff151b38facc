"""Text of any origin made safe to stand in Markdown."""

from __future__ import annotations

import re

from kbcli.display import printable

# What may begin markup anywhere, and the parts of an address by which some renderers make it a link.
_ACTIVE = re.compile(r"[\\`*_\[\]<>|#~&!$@]|(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)|^(\s*)([-+=])")


def escaped(text: str) -> str:
    """`text` on one line, to be read as it is: no markup, no HTML, no link, no list or heading at its start."""
    active = _ACTIVE.sub(lambda found: f"\\{found[0]}", printable(text).strip())
    return _AT_START.sub(r"\1\3\\\2\4", active)
