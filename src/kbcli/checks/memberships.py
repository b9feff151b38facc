"""That an agent is part of another rests on a claim about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.corpus import CLAIM_CLASSES
from kbcli.finding import Rule
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

UNBACKED = Rule(
    "KB456",
    "part-of-unbacked",
    "error",
    "no claim with evidence about this agent names the whole",
    "transcribe the words that say so as a claim about the part that has the whole in kb:mentions, or remove kb:partOf",
)
RULES = (UNBACKED,)
_NAMING = ("about", "actor", "affected", "mentions")


def check(corpus: Corpus) -> Iterator[Finding]:
    yield from corpus.if_whole(_unbacked(corpus))  # a broken file may be the one with the claim


def _unbacked(corpus: Corpus) -> Iterator[Finding]:
    for agent in corpus.instances(KB + "Agent"):
        for whole in corpus.values(agent, KB + "partOf"):
            if isinstance(whole, ox.NamedNode) and not _is_backed(corpus, agent, whole):
                yield corpus.finding(UNBACKED, agent, KB + "partOf", whole, said=corpus.short(whole.value))


def _is_backed(corpus: Corpus, agent: ox.NamedNode, whole: ox.NamedNode) -> bool:
    """Whether they are spoken of together in a claim that rests on something."""
    return whole != agent and any(
        corpus.has_class(claim, *CLAIM_CLASSES)
        and corpus.values(claim, KB + "evidence")
        and any(whole in corpus.values(claim, KB + role) for role in _NAMING)
        for claim in corpus.subjects(KB + "about", agent)
    )
