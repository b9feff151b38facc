"""Every IRI of the project that is pointed to is defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.nearby import Nearby
from kbcli.spot import finding_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

DANGLING = Rule(
    "KB010",
    "iri-not-defined",
    "error",
    "nothing in data/ defines this IRI",
    "define it, or write the IRI of what is meant",
)
RULES = (DANGLING,)


def check(corpus: Corpus) -> Iterator[Finding]:
    if corpus.is_sound(corpus.vocabulary):
        yield from corpus.if_whole(_dangling(corpus))  # a broken file may be the one that defines it


def _dangling(corpus: Corpus) -> Iterator[Finding]:
    nearby = Nearby(corpus)
    for document in corpus.documents:
        for triple in document.triples:
            value = triple.object
            if isinstance(value, ox.NamedNode) and corpus.lacks(value.value):
                found = finding_in(document, DANGLING, corpus.short(value.value), *triple)
                near = nearby.nearest(value.value, document)
                yield found._replace(hint=f"did you mean {corpus.short(near)}?") if near else found
