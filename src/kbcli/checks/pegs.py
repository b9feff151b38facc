"""Every agent, operation, place and time is there because something names it; whoever published or wrote an article
is one of them.

What is not stated (kb:notStated) names nothing. Kinds are no pegs: they are an open list to choose from, and an unused
one is a choice that nobody has made yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import KB, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

UNUSED = Rule(
    "KB463",
    "peg-unused",
    "warning",
    "nothing in the data names it",
    "name it in the claim that speaks of it, or remove it",
)
NAME = Rule(
    "KB464",
    "name-for-an-agent",
    "error",
    "a name in quotation marks where an agent belongs",
    "name an agent (ag:…) that is defined with a kb:Agent",
)
RULES = (UNUSED, NAME)
_PEGS = tuple(KB + name for name in ("Agent", "Operation", "Place", "Time"))
_MAKERS = tuple(STANDARD["dct"] + name for name in ("creator", "publisher"))


def check(corpus: Corpus) -> Iterator[Finding]:
    yield from _names(corpus)
    yield from corpus.if_whole(_unused(corpus))  # a broken file may be the one that names it


def _unused(corpus: Corpus) -> Iterator[Finding]:
    for node in corpus.instances(*_PEGS):
        if not corpus.is_named(node.value) and corpus.homes_of(node.value):
            yield corpus.finding(UNUSED, node, said=corpus.short(node.value))


def _names(corpus: Corpus) -> Iterator[Finding]:
    for article in corpus.articles:
        for predicate in _MAKERS:
            for name in corpus.values(article, predicate):
                if isinstance(name, ox.Literal):
                    found = corpus.finding(NAME, article, predicate, name, said=str(ox.Literal(name.value)))
                    yield corpus.suggest(found, predicate, name)
