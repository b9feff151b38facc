"""What a saved query names is there to be found: the project's own things, and the terms of common vocabularies.

A query may ask for what nobody has recorded yet, so these are no errors. But no rows would look like an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.checks.links import DANGLING
from kbcli.finding import Rule
from kbcli.names import KB, SHAPES, STANDARD, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding
    from kbcli.queryfile import Name, QueryFile

MISSPELT = Rule(
    "KB510",
    "query-term-misspelt",
    "warning",
    "nothing here uses this term, but one that differs in a letter",
    "write the term that the data uses",
)
RULES = (MISSPELT,)
_OTHERS = tuple(iri for iri in STANDARD.values() if iri not in (KB, SHAPES, STANDARD["xsd"]))
_SHORTEST = 4  # letters: shorter terms differ in one by chance


def check(corpus: Corpus) -> Iterator[Finding]:
    if not corpus.queries or not corpus.is_sound(*corpus.documents, corpus.vocabulary):
        return  # a broken file may be the one that has it
    folders = frozenset(_folder(iri) for iri in corpus.homes)
    for file in corpus.queries:
        for name in () if file.misbound(corpus.project.prefixes) else file.names:
            if _folder(name.iri) in folders - {name.iri} and corpus.lacks(name.iri):
                yield _undefined(corpus, file, name)
            elif name.iri.startswith(_OTHERS) and not _is_used(corpus, name.iri) and (near := _twin(corpus, name.iri)):
                hint = f"did you mean {corpus.short(near)}?"
                yield MISSPELT.at(file.shown, *file.at(name.token.start), said=corpus.short(name.iri), hint=hint)


def _undefined(corpus: Corpus, file: QueryFile, name: Name) -> Finding:
    folder = _folder(name.iri)
    others = (iri.removeprefix(folder) for iri in corpus.homes if _folder(iri) == folder)
    near = nearest(name.iri.removeprefix(folder), others)
    hint = (
        f"did you mean {corpus.short(folder + near)}?"
        if near
        else "the query finds nothing by it until data/ defines it"
    )
    found = DANGLING.at(
        file.shown, *file.at(name.token.start), said=corpus.short(name.iri), subject=name.iri, hint=hint
    )
    return found._replace(severity="warning")


def _folder(iri: str) -> str:
    return iri[: iri.rfind("/") + 1]


def _is_used(corpus: Corpus, iri: str) -> bool:
    node = ox.NamedNode(iri)
    places = ((node, None, None, None), (None, node, None, None), (None, None, node, None))
    return any(next(corpus.store.quads_for_pattern(*place), None) for place in places)


def _twin(corpus: Corpus, iri: str) -> str | None:
    """The used term of the same vocabulary from which `iri` differs by one letter, if there is just one."""
    used = {quad.predicate.value for quad in corpus.store}
    used |= {quad.object.value for quad in corpus.store if isinstance(quad.object, ox.NamedNode)}
    space = max((space for space in _OTHERS if iri.startswith(space)), key=len)
    local = iri.removeprefix(space)
    found = [one for one in used if one.startswith(space) and _differ_by_one(local, one.removeprefix(space))]
    return found[0] if len(found) == 1 and len(local) >= _SHORTEST else None


def _differ_by_one(one: str, other: str) -> bool:
    """Whether a letter more, less, changed, or exchanged with its neighbour makes `other` of `one`."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return one != other and (left[1:] == right or left == right[1:] or left[1:] == right[1:] or swapped)
