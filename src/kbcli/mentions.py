"""Which files can have to do with a name, told from their texts: what is not needed is not parsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.readable import obstacle

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from kbcli.document import Document

# Whoever writes a name otherwise than letter by letter does it by one of these: an escape, or a prefix that ends
# within a name.
_ESCAPE = re.compile(r'\\[^nrtbf"\']')
_PREFIX = re.compile(r"(?i:prefix)\s++[^\s<]*+\s*+<[^>\s]*[^>\s/#]>")
_UNEVEN = re.compile(r"[\"'\\\x00-\x1f]")  # in a text of Turtle these may be written in several ways


def last_part(iri: str) -> str:
    """The part of an IRI that stands in a file, whatever its prefixes are."""
    return re.split(r"[/#]", iri)[-1]


def mentioning(documents: Iterable[Document], names: Collection[str]) -> Iterator[Document]:
    """Those that may have one of `names` in them, as a part of an IRI or of a text; the others surely do not.

    A file that cannot be read may have anything in it.
    """
    certain = not any(name == "" or _UNEVEN.search(name) for name in names)
    return (document for document in documents if not certain or _may_mention(document.path, names))


def _may_mention(path: Path, names: Collection[str]) -> bool:
    if obstacle(path):
        return True
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return True
    return (
        any(name in text for name in names)
        or ("\\" in text and bool(_ESCAPE.search(text)))
        or bool(_PREFIX.search(text))
    )
