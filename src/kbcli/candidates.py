"""Who or what is meant by a name that a person types: an IRI, a prefixed name, its end, a label, an alias, a part."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.names import FOLDERS, expand, nearest
from kbcli.view import CLAIM_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.view import View

SUGGESTIONS = 3
# What becomes of each ASCII character in a folded text; for others that takes longer to find out.
_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


@dataclass(frozen=True)
class Entry:
    """One thing with the names it goes by. `local` is the last part of its IRI, `short` that without the article's."""

    iri: str
    type: str
    local: str
    short: str
    names: tuple[str, ...]
    aliases: tuple[str, ...]

    @cached_property
    def folded(self) -> frozenset[str]:
        """The names in which a part may be looked for: not that of the article, which all its claims would have."""
        return frozenset(map(fold, (self.short, *self.names, *self.aliases)))

    def has(self, wanted: str) -> bool:
        """Whether `wanted`, which is folded, is in any of its names or in the last part of its IRI."""
        return any(wanted in fold(own) for own in (self.local, *self.names, *self.aliases))


@dataclass(frozen=True)
class Meant:
    """`partial`: the name is only a part of theirs. `besides`: places that share a name with an agent that is meant."""

    found: tuple[Entry, ...]
    partial: bool = False
    besides: tuple[Entry, ...] = ()


def fold(text: str) -> str:
    """`text` without case, accents and punctuation, words apart by one space."""
    if text.isascii():
        return " ".join(text.translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


def entries(view: View) -> list[Entry]:
    """Everything the data has, sorted by IRI."""
    names, aliases = _grouped(view, "rdfs:label"), _grouped(view, "skos:altLabel")
    types = view.types
    articles = frozenset(_local(iri) for iri, type_ in types.items() if type_ == "article")
    return [
        Entry(
            iri,
            types.get(iri, "thing"),
            local := _local(iri),
            _without(articles, local),
            tuple(names.get(iri, ())),
            tuple(aliases.get(iri, ())),
        )
        for iri in sorted(view.things)
    ]


def exactly(name: str, view: View) -> Meant:
    """What certainly has `name`, found without a look at everything: by its IRI, its end of one, its label or alias.

    None of it: then `meant` may find it still.
    """
    iri = expand(name, view.project.prefixes)
    own = [] if re.search("[/#]", name) else [view.project.base + folder + name for folder in FOLDERS.values()]
    for found in (
        [iri] if iri else [],
        own,
        view.bearers("rdfs:label", name),
        view.bearers("skos:altLabel", name),
    ):
        there = [_entry(one, view) for one in sorted(found) if view.has(one)]
        if there:
            return Meant(tuple(there)) if iri in found else _preferred(there)
    return Meant(())


def _entry(iri: str, view: View) -> Entry:
    names, aliases = tuple(view.texts(iri, "rdfs:label")), tuple(view.texts(iri, "skos:altLabel"))
    return Entry(iri, view.type(iri), _local(iri), _local(iri), names, aliases)


def meant(name: str, view: View, known: list[Entry]) -> Meant:
    """What `name` may stand for: all that fits it in the first way that anything does."""
    if (iri := expand(name, view.project.prefixes)) and (found := [entry for entry in known if entry.iri == iri]):
        return Meant(tuple(found))
    wanted = fold(name)
    near = [entry for entry in known if entry.has(wanted)]  # all others need not be looked at again and again
    for found in _exact(name, near):
        if found:
            return _preferred(found)
    partly = [entry for entry in near if wanted and any(wanted in own for own in entry.folded)]
    return Meant(tuple(sorted(partly, key=lambda entry: entry.type in CLAIM_TYPES)), partial=True)


def similar(name: str, known: list[Entry]) -> list[Entry]:
    """The things whose names are most like `name` (of an IRI or prefixed name, its last part), best first."""
    wanted = fold(re.split(r"[/#:]", name)[-1])
    by_name: dict[str, list[Entry]] = {}
    for entry in known:
        for folded in {*entry.folded, fold(entry.local)} - {""}:
            by_name.setdefault(folded, []).append(entry)
    found: list[Entry] = []
    while len(found) < SUGGESTIONS and (near := nearest(wanted, by_name)):
        found += [entry for entry in by_name.pop(near) if entry not in found]
    return found[:SUGGESTIONS]


def _exact(name: str, known: list[Entry]) -> Iterator[list[Entry]]:
    """The ways in which a name can be somebody's whole name, strictest first."""
    yield [entry for entry in known if entry.local == name]
    yield [entry for entry in known if name in entry.names]
    yield [entry for entry in known if name in entry.aliases]
    wanted = fold(name)
    if wanted:
        yield [entry for entry in known if wanted in map(fold, (entry.local, *entry.names))]
        yield [entry for entry in known if wanted in map(fold, entry.aliases)]
        yield [entry for entry in known if entry.type in CLAIM_TYPES and fold(entry.short) == wanted]
        yield [entry for entry in known if fold(entry.short) == wanted]


def _preferred(found: list[Entry]) -> Meant:
    """An agent beats a place of the same name."""
    if not any(entry.type == "agent" for entry in found):
        return Meant(tuple(found))
    places = tuple(entry for entry in found if entry.type == "place")
    return Meant(tuple(entry for entry in found if entry not in places), besides=places)


def _grouped(view: View, predicate: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for iri, value in sorted(view.pairs(predicate)):
        found.setdefault(iri, []).append(value)
    return found


def _local(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]


def _without(articles: frozenset[str], local: str) -> str:
    """`local` without the name of an article at its front; the longest that fits, if several do."""
    front = local
    while "-" in front:
        front = front.rpartition("-")[0]
        if front in articles:
            return local[len(front) + 1 :]
    return local
