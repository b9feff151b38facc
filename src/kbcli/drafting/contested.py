"""Last names that may be of two in this text: they stand with titles that one seldom has, “President Falk” and “Vice
President Falk”, or of a couple, “Mr and Mrs Ost”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.drafting.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_][\w’'-]*\.?")
_OWNED = re.compile(r"(?:[’']s|[’']|\.)\Z")
_ALIKE = 3  # letters in which “Sen.” and “Senator” are alike
_MOST = 8  # kinds of titles that are told apart
Titles = tuple[str, ...]


def contested(text: str, lexicon: Lexicon) -> frozenset[str]:
    found: dict[str, set[Titles]] = {}
    couples = set()
    for titles, name, coupled in _titled(text, lexicon):
        own = found.setdefault(name, set())
        if len(own) < _MOST:
            own.add(titles)
        if coupled:
            couples.add(name)
    return frozenset(couples | {name for name, own in found.items() if _are_two(own, lexicon)})


def _titled(text: str, lexicon: Lexicon) -> Iterator[tuple[Titles, str, bool]]:
    """Each last name behind titles, and whether two titles are joined before it."""
    titles: list[str] = []
    coupled, name, last = False, "", 0
    for match in _WORD.finditer(text):
        word, beside = match[0], text[last : match.start()] in (" ", "\xa0", ". ", ".\xa0")
        last = match.end()
        ended = name and (not beside or not word[:1].isupper() or bool(_OWNED.search(name)))
        if ended:
            yield tuple(titles), _OWNED.sub("", name), coupled
        if ended or not beside:
            titles, coupled, name = [], False, ""
        if word[:1].isupper() and lexicon.is_title(word.lower()) and not name:
            titles.append(word.lower().rstrip("."))
        elif word == "and" and titles and not name:
            coupled = True
        elif word[:1].isupper() and titles:
            name = word
        else:
            titles, coupled, name = [], False, ""
    if name:
        yield tuple(titles), _OWNED.sub("", name), coupled


def _are_two(found: set[Titles], lexicon: Lexicon) -> bool:
    every = {title for titles in found for title in titles}
    if every & lexicon.are("of_men") and every & lexicon.are("of_women"):
        return True
    idle = lexicon.are("courtesies") | lexicon.are("of_no_office")
    offices = {tuple(one for one in titles if one not in idle) for titles in found} - {()}
    return any(not _is_alike(one, two) for one in offices for two in offices)


def _is_alike(one: Titles, two: Titles) -> bool:
    """Whether they may be the same, the one abbreviated."""
    return len(one) == len(two) and all(a[:_ALIKE] == b[:_ALIKE] for a, b in zip(one, two, strict=True))
