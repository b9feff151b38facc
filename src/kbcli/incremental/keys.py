"""Keys: what a check has read, and what an edit has changed, as numbers that can be kept and compared."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b


@lru_cache(maxsize=1 << 17)
def key(kind: str, *parts: str) -> int:
    digest = blake2b("\0".join((kind, *parts)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def of_subject(iri: str) -> int:
    """That a file says something of it; as a reading: which files do."""
    return key("subject", iri)


def said(iri: str, predicate: str = "") -> int:
    """What is said of it by one property, or at all."""
    return key("said", iri, predicate)


def pointing(predicate: str, iri: str) -> int:
    """What has it in this property."""
    return key("pointing", predicate, iri)


def naming(iri: str) -> int:
    """Whether anything but itself has it as a value."""
    return key("naming", iri)


def called(folded: str) -> int:
    """Who goes by a name."""
    return key("called", folded)


def beginning(folder: str, letters: str) -> int:
    """What is in a folder and begins so."""
    return key("beginning", folder, letters)


def inside(folder: str) -> int:
    """What is in a folder."""
    return key("inside", folder)


def of_file(name: str) -> int:
    """Which articles name this file of seeds/."""
    return key("file", name)


def text(path: str) -> int:
    """What stands in a file, and where."""
    return key("text", path)


def language(predicate: str) -> int:
    """Which language texts of a sort usually have."""
    return key("language", predicate)


SHARED = key("shared")  # what the files say something of that are no article's
TERMS = key("terms")  # which terms of common vocabularies are used
ARTICLES = key("articles")  # whether there are any
