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
    from kbcli.document import Document
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
OTHERS = tuple(iri for iri in STANDARD.values() if iri not in (KB, SHAPES, STANDARD["xsd"]))
_SHORTEST = 4  # letters: shorter terms differ in one by chance


def check(corpus: Corpus) -> Iterator[Finding]:
    if corpus.is_sound(corpus.vocabulary):
        yield from corpus.if_whole(_unknown(corpus))  # a broken file may be the one that has it


def _unknown(corpus: Corpus) -> Iterator[Finding]:
    for file in corpus.queries:
        for name in () if file.misbound(corpus.project.prefixes) else file.names:
            if corpus.lacks(name.iri) and corpus.has_folder(folder(name.iri)) and folder(name.iri) != name.iri:
                yield _undefined(corpus, file, name)
            elif name.iri.startswith(OTHERS) and name.iri not in corpus.terms and (near := _twin(corpus, name.iri)):
                hint = f"did you mean {corpus.short(near)}?"
                yield MISSPELT.at(file.shown, *file.at(name.token.start), said=corpus.short(name.iri), hint=hint)


def _undefined(corpus: Corpus, file: QueryFile, name: Name) -> Finding:
    space = folder(name.iri)
    near = nearest(name.iri.removeprefix(space), (iri.removeprefix(space) for iri in corpus.in_folder(space)))
    hint = (
        f"did you mean {corpus.short(space + near)}?"
        if near
        else "the query finds nothing by it until data/ defines it"
    )
    found = DANGLING.at(
        file.shown, *file.at(name.token.start), said=corpus.short(name.iri), subject=name.iri, hint=hint
    )
    return found._replace(severity="warning")


def folder(iri: str) -> str:
    return iri[: iri.rfind("/") + 1]


def terms_in(document: Document) -> Iterator[str]:
    """What a file has of common vocabularies, in whatever place."""
    for triple in document.triples:
        for part in triple:
            if isinstance(part, ox.NamedNode) and part.value.startswith(OTHERS):
                yield part.value


def _twin(corpus: Corpus, iri: str) -> str | None:
    """The used term of the same vocabulary from which `iri` differs by one letter, if there is just one."""
    space = max((space for space in OTHERS if iri.startswith(space)), key=len)
    local = iri.removeprefix(space)
    found = [one for one in corpus.terms if one.startswith(space) and _differ_by_one(local, one.removeprefix(space))]
    return found[0] if len(found) == 1 and len(local) >= _SHORTEST else None


def _differ_by_one(one: str, other: str) -> bool:
    """Whether a letter more, less, changed, or exchanged with its neighbour makes `other` of `one`."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return one != other and (left[1:] == right or left == right[1:] or left[1:] == right[1:] or swapped)
