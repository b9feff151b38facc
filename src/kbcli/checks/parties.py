"""Every party that a claim's words name has a role in the claim, be it only kb:mentions.

An unnamed party (k:unnamed) is described, not named: the description may fit others, so nothing is asked of it.
A name that some claim resting on the same words reads as a place (kb:place) is not read as a party.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.gazetteer import Gazetteer, Occurrence
from kbcli.names import FOLDERS, KB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding
    from kbcli.grounds import Ground

MISSING = Rule(
    "KB150",
    "party-not-mentioned",
    "warning",
    "the claim's words name a party that has no role in the claim",
    "give it its role, or write kb:mentions",
)
RULES = (MISSING,)
_ROLES = ("about", "actor", "affected", "channel", "mentions", "silent", "speaker")


def check(corpus: Corpus) -> Iterator[Finding]:
    known = _Known(corpus)
    unnamed = ox.NamedNode(corpus.project.base + FOLDERS["k"] + "unnamed")
    for ground in corpus.grounds:
        if not _names_whom_it_can(corpus, ground):
            continue
        roles = _roles(corpus, ground)
        missing = {
            one.name: sorted(corpus.short(party.value) for party in one.bearers if _is_agent(corpus, party, unnamed))
            for one in known.within(ground)
            if one.bearers.isdisjoint(roles) and one.start not in known.places(ground.article)
        }
        for name, parties in missing.items():
            if parties:
                wanted = ", ".join(parties)
                found = corpus.finding(MISSING, ground.claim, KB + "mentions", said=f"“{name}” ({wanted})")
                yield found._replace(hint=_remedy(corpus, ground, wanted, _told_by(corpus, ground, parties)))


def _is_agent(corpus: Corpus, node: ox.NamedNode, unnamed: ox.NamedNode) -> bool:
    return corpus.has_class(node, KB + "Agent") and unnamed not in corpus.values(node, KB + "kind")


def _names_whom_it_can(corpus: Corpus, ground: Ground) -> bool:
    """Whether there is a speaker, and no misspelt or quoted name that may be the very party that seems to be missing."""
    values = [value for role in (*_ROLES, "place", "via") for value in corpus.values(ground.claim, KB + role)]
    known = all(isinstance(value, ox.NamedNode) and not corpus.lacks(value.value) for value in values)
    return known and bool(corpus.values(ground.claim, KB + "speaker"))


def _told_by(corpus: Corpus, ground: Ground, parties: list[str]) -> list[str]:
    """The claims of the missing parties that rest on the same words: this one may come through them."""
    return [
        corpus.short(other.claim.value)
        for other in corpus.grounds_in(ground.article)
        if any(corpus.short(speaker.value) in parties for speaker in corpus.values(other.claim, KB + "speaker"))
        and any(a < d and c < b for a, b in ground.pieces for c, d in other.pieces)
    ]


def _remedy(corpus: Corpus, ground: Ground, wanted: str, through: list[str]) -> str:
    if through and not corpus.values(ground.claim, KB + "via"):
        return (
            f"if the article has this only from {wanted}, write kb:via {through[0]}: without it hearsay reads as the "
            f"speaker's own words; only if not, write kb:mentions {wanted}"
        )
    return f"give it its role, or write kb:mentions {wanted}"


class _Known:
    """The names in each article: those of the shared files and of its own."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._occurrences: dict[ox.NamedNode, list[Occurrence]] = {}
        self._places: dict[ox.NamedNode | None, set[int]] = {}

    def within(self, ground: Ground) -> Iterator[Occurrence]:
        """The names in the claim's pieces."""
        occurrences = self._of(ground.article) if ground.article and ground.pieces else []
        for start, end in ground.pieces:
            for at in range(bisect_left(occurrences, start, key=lambda one: one.start), len(occurrences)):
                if occurrences[at].end > end:
                    break
                yield occurrences[at]

    def places(self, article: ox.NamedNode | None) -> set[int]:
        """Where the names begin that some claim reads as a place."""
        if article not in self._places:
            self._places[article] = {
                one.start
                for ground in self._corpus.grounds_in(article)
                if _names_whom_it_can(self._corpus, ground)
                for one in self.within(ground)
                if one.bearers & _along(self._corpus, self._corpus.values(ground.claim, KB + "place"), "within")
            }
        return self._places[article]

    def _of(self, article: ox.NamedNode) -> list[Occurrence]:
        source = self._corpus.source(article)
        if article not in self._occurrences and source:
            home = next((home for home in self._corpus.homes_of(article.value)[:1] if not _is_shared(home)), None)
            own = Gazetteer(self._corpus.calling(home) if home else ())
            self._occurrences[article] = list(self._corpus.gazetteer.occurrences(source.text, own))
        return self._occurrences.get(article, [])


def _is_shared(file: Document) -> bool:
    return file.path.parent.name != "articles"


def _roles(corpus: Corpus, ground: Ground) -> set[ox.NamedNode]:
    """Who and what has a part in the claim, its places with those they lie in, and the voices it comes through."""
    found = {node for role in _ROLES for node in corpus.values(ground.claim, KB + role)}
    found |= set(corpus.values(ground.article, KB + "outlet")) if ground.article else set()
    found |= _along(corpus, corpus.values(ground.claim, KB + "place"), "within")
    for voice in _along(corpus, corpus.values(ground.claim, KB + "via"), "via"):
        found |= set(corpus.values(voice, KB + "speaker"))
    return found


def _along(corpus: Corpus, nodes: list[ox.NamedNode], predicate: str) -> set[ox.NamedNode]:
    """`nodes` and what `predicate` leads to from them, step by step."""
    found: set[ox.NamedNode] = set()
    while nodes := [node for node in nodes if isinstance(node, ox.NamedNode) and node not in found]:
        found |= set(nodes)
        nodes = [step for node in nodes for step in corpus.values(node, KB + predicate)]
    return found
