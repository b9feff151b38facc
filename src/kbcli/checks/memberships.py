"""That an agent is part of another rests on a claim about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

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
    if not corpus.is_sound(*corpus.documents):
        return  # a broken file may be the one with the claim
    backed = _backed(corpus)
    for agent in corpus.instances(KB + "Agent"):
        for whole in corpus.values(agent, KB + "partOf"):
            if isinstance(whole, ox.NamedNode) and (agent, whole) not in backed:
                yield corpus.finding(UNBACKED, agent, KB + "partOf", whole, said=corpus.short(whole.value))


def _backed(corpus: Corpus) -> set[tuple[ox.NamedNode, ox.NamedNode]]:
    """Who is spoken of together with whom, in claims that rest on something."""
    found = set()
    for claim in corpus.claims:
        if corpus.values(claim, KB + "evidence"):
            named = {agent for role in _NAMING for agent in corpus.values(claim, KB + role)}
            found |= {
                (agent, other) for agent in corpus.values(claim, KB + "about") for other in named if other != agent
            }
    return found
