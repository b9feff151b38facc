"""New IRIs: readable, in lower case, ASCII letters, digits and hyphens; made as `kb draft` makes them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kbcli.drafting.slug import plain
from kbcli.errors import UsageError
from kbcli.names import FOLDERS

if TYPE_CHECKING:
    from kbcli.adding.desk import Desk

_LOCAL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Letters that no decomposition makes ASCII.
_LETTERS = str.maketrans({
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N",
    "ŧ": "t", "Ŧ": "T", "ə": "e", "Ə": "E", "‘": "’", "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": "",
})  # fmt: skip
_LIGHT = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "alleged",
        "suspected",
        "reported",
    ]
)
_LONGEST, _WORDS = 60, 5
_OWN = ("cl:", "ev:", "tm:")  # of one article, and named after it


def local(name: str, option: str = "--id ag:…") -> str:
    """The end of an IRI for a name. Raises UsageError where its letters are not Latin ones: nobody transliterates."""
    shown = re.sub(r"\([^()]*\)", " ", name) if name.count("(") < _WORDS else name
    latin = shown.translate(_LETTERS)
    lost = [c for c in latin if c.isalnum() and not _ascii(c)]
    made = plain(latin)
    if lost or not made:
        raise UsageError(
            f"no id can be made of this name{f': “{lost[0]}” is no Latin letter' if lost else ''}",
            f"choose one: {option}",
        )
    return made


def short_local(label: str, option: str) -> str:
    """The same for a description: its first words that weigh."""
    words = [word for word in local(label, option).split("-") if word not in _LIGHT]
    return "-".join(words[:_WORDS]) or local(label, option)


def peg(desk: Desk, prefix: str, made: str, chosen: str | None, *, distinct: bool) -> str:
    """The name of a new record, `prefix` and colon before it. What is taken is refused, or told apart if that is asked."""
    name = f"{prefix}:{_chosen(chosen, prefix)}" if chosen else f"{prefix}:{_cut(made)}"
    if not is_taken(desk, name):
        return name
    if distinct and not chosen:
        return next(free for i in range(2, 10_000) if not is_taken(desk, free := f"{name}-{i}"))
    iri = _iri(desk, name)
    what = f"{name} is taken: {desk.label(iri)} ({desk.place(iri) or 'named in the data, defined nowhere'})"
    raise UsageError(what, f"another name: --id {prefix}:…")


def numbered(desk: Desk, name: str) -> str:
    """A free name of something within an article, as drafts count them."""
    if not is_taken(desk, name):
        return name
    return next(free for i in range(2, 10_000) if not is_taken(desk, free := f"{name}-{i}"))


def is_taken(desk: Desk, name: str) -> bool:
    """Whether the data says something of it, or names it."""
    iri = _iri(desk, name)
    corpus = desk.near if name.startswith(_OWN) else desk.corpus
    return bool(corpus.homes_of(iri)) or corpus.is_named(iri)


def _iri(desk: Desk, name: str) -> str:
    prefix, _, end = name.partition(":")
    return desk.project.base + FOLDERS[prefix] + end


def _chosen(chosen: str, prefix: str) -> str:
    end = chosen.removeprefix(f"{prefix}:")
    if not _LOCAL.fullmatch(end):
        raise UsageError(
            f"--id {chosen}: not the id of such a record", f"{prefix}: and lower case, ASCII letters, digits, hyphens"
        )
    return end


def _cut(made: str) -> str:
    """At a hyphen, if it is long."""
    if len(made) <= _LONGEST:
        return made
    return made[:_LONGEST].rpartition("-")[0] or made[:_LONGEST]


def _ascii(character: str) -> bool:
    letters = unicodedata.normalize("NFKD", character)
    return all(c.isascii() or unicodedata.combining(c) for c in letters)
