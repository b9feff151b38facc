"""Whether a name is there already, or one so like it that the same may be meant.

Names are compared as readers do: whatever the capitals, accents and marks, the order of the words and the words that
are no part of a name (“the”, “President”). “Brandl” is like “Tomas Brandl”, “Velmora” like “Velmora Pumps”, and what
a slip of the pen makes of a name is like it. Numbers are no slips: “Unit 840” and “Unit 841” are two.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple

from kbcli.folding import fold
from kbcli.names import KB, LABEL, STANDARD, expand
from kbcli.namesakes import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from kbcli.adding.desk import Desk
    from kbcli.namesakes import Name

_WORD = re.compile(r"[^\W_]+")
_LIGHT = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "de",
        "del",
        "der",
        "for",
        "from",
        "in",
        "la",
        "le",
        "of",
        "on",
        "or",
        "the",
        "to",
        "und",
        "van",
        "von",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sir",
        "lord",
        "lady",
        "president",
        "minister",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "general",
        "colonel",
        "captain",
        "chief",
        "director",
        "chairman",
        "chairwoman",
        "senator",
        "inc",
        "ltd",
        "llc",
        "corp",
        "co",
        "company",
        "plc",
        "gmbh",
        "ag",
        "sa",
        "alleged",
        "suspected",
    ]
)
_LIKE, _SHORT, _LONG, _FULL = 0.8, 4, 200, 2
_PERSON = "k:person"
_DIGITS = re.compile(r"\d+")


class Found(NamedTuple):
    """Something that bears a name like the one asked for. `is_exact`: the very same, as readers compare."""

    iri: str
    label: str
    name: str
    where: str
    is_exact: bool


def alike(desk: Desk, class_: str, names: list[str], kinds: Iterable[str] = ()) -> list[Found]:
    """What is of this class (a prefixed name) and goes by one of the names, or by one like it; the surest first.

    `kinds` (prefixed names) are those of who is to have the names, as far as they are known: a person's last name is
    part of what is called after it.
    """
    wanted = expand(class_, STANDARD) or ""
    asked = [Key(name) for name in dict.fromkeys(names) if name.strip()]
    found: dict[str, Found] = {}
    is_person = _PERSON in kinds if kinds else None
    for folded, name in _names(desk):
        for key in asked:
            exact = folded == key.folded
            known = found.get(name.bearer.value)
            if (known is None or (exact and not known.is_exact)) and (exact or key.is_like(name.written.value, folded)):
                if not desk.corpus.has_class(name.bearer, wanted):
                    continue
                if not exact and key.is_named_after(folded, is_person, other=_is_person(desk, name.bearer)):
                    continue
                found[name.bearer.value] = _found(desk, name, is_exact=exact)
    return sorted(found.values(), key=lambda one: (not one.is_exact, one.iri))


class Key:
    """A name as it is compared."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.folded = fold(written)
        self.words = _heavy(_bare(self.folded))
        self.digits = _DIGITS.findall(self.folded)

    def is_like(self, other: str, folded: str) -> bool:
        if self.digits != _DIGITS.findall(folded):
            return False
        if "(" in folded and "(" in self.folded:  # what tells two apart that are called alike
            return sorted(_WORD.findall(folded)) == sorted(_WORD.findall(self.folded))
        words = _heavy(_bare(folded))
        if not words or not self.words:
            return False
        return sorted(words) == sorted(self.words) or self._is_part(other, words) or self._is_slip(words)

    def is_named_after(self, folded: str, is_person: bool | None, *, other: bool) -> bool:
        """Whether one of both is called by a person's one name and more, and is none: “Marsh Preservation Society”."""
        words = _heavy(_bare(folded))
        if min(len(words), len(self.words)) != 1 or len(words) == len(self.words):
            return False
        is_short = len(self.words) < len(words)
        if is_person is None:  # “Harold Marsh” ends in it
            return other and not is_short and len(self.words) > _FULL and self.words[0] == words[0]
        return (is_person if is_short else other) and is_person != other

    def _is_part(self, other: str, words: list[str]) -> bool:
        """Whether the one is the beginning or end of the other, whose other words are capitalised as names are."""
        short, long, written = (
            (self.words, words, other) if len(self.words) < len(words) else (words, self.words, self.written)
        )
        if len(short) >= len(long) or sum(map(len, short)) < _SHORT:
            return False
        if short not in (long[: len(short)], long[-len(short) :]):
            return False
        capital = [fold(word) for word in _WORD.findall(_outside(written)) if word[:1].isupper() or word[:1].isdigit()]
        return all(word in capital for word in long)

    def _is_slip(self, words: list[str]) -> bool:
        """Word by word, or all of them where they are but cut otherwise."""
        bare, own = "".join(words), "".join(self.words)
        if min(len(bare), len(own)) < _SHORT or max(len(bare), len(own)) > _LONG or bare[0] != own[0]:
            return False
        if len(words) != len(self.words):
            return bare == own
        return all(_is_close(*both) for both in zip(words, self.words, strict=True))


def _is_close(one: str, other: str) -> bool:
    """The same word but for a slip; short words and numbers have none."""
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORT or one.isdigit() or other.isdigit():
        return False
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LIKE


def _names(desk: Desk) -> Iterator[tuple[str, Name]]:
    for document in desk.corpus.documents:
        yield from names_in(document)


def _found(desk: Desk, name: Name, *, is_exact: bool) -> Found:
    label = desk.corpus.value(name.bearer, LABEL)
    place = name.document.place(name.bearer)
    where = f"{name.document.shown}:{place.line}" if place else name.document.shown
    return Found(name.bearer.value, label.value if label else "", name.written.value, where, is_exact)


def _is_person(desk: Desk, bearer: ox.NamedNode) -> bool:
    return any(desk.short(getattr(one, "value", "")) == _PERSON for one in desk.corpus.values(bearer, KB + "kind"))


def _outside(text: str) -> str:
    """Without what stands in brackets: it describes and does not name."""
    return re.sub(r"\([^()]*\)", " ", text) if text.count("(") < _SHORT else text


def _bare(folded: str) -> str:
    return " ".join(_WORD.findall(_outside(folded)))


def _heavy(bare: str) -> list[str]:
    words = bare.split()
    return [word for word in words if word not in _LIGHT] or words
