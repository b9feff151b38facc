"""Chains of voices are no deeper than the saved queries show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

DEPTH = 3
DEEP = Rule(
    "KB350",
    "via-too-deep",
    "warning",
    "the claim comes through more voices than lists have columns for (via1, via2, via3)",
    "check that each step is a voice of its own; if the article has them all, leave it: lists show three of them",
)
RULES = (DEEP,)


def check(corpus: Corpus) -> Iterator[Finding]:
    for claim in corpus.claims:
        chain: list[ox.NamedNode] = []
        step = corpus.value(claim, KB + "via")
        while isinstance(step, ox.NamedNode) and step not in (claim, *chain) and len(chain) <= DEPTH:
            chain.append(step)
            step = corpus.value(step, KB + "via")
        if len(chain) > DEPTH:
            shown = " < ".join(corpus.short(voice.value) for voice in reversed(chain))
            yield corpus.finding(DEEP, claim, KB + "via", said=f"{shown} < {corpus.short(claim.value)}")
