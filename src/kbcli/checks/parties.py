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
from kbcli.names import ALT_LABEL, FOLDERS, KB, LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    known = _occurrences(corpus)
    unnamed = ox.NamedNode(corpus.project.base + FOLDERS["k"] + "unnamed")
    agents = {node for node in corpus.instances(KB + "Agent") if unnamed not in corpus.values(node, KB + "kind")}
    sound = (ground for ground in corpus.grounds if _names_whom_it_can(corpus, ground))
    read = [(ground, _roles(corpus, ground), list(_within(ground, known))) for ground in sound]
    places = {
        (ground.article, one.start)
        for ground, _, named in read
        for one in named
        if one.bearers & _along(corpus, corpus.values(ground.claim, KB + "place"), "within")
    }
    for ground, roles, named in read:
        missing = {
            one.name: sorted(corpus.short(party.value) for party in one.bearers & agents)
            for one in named
            if one.bearers.isdisjoint(roles) and (ground.article, one.start) not in places
        }
        for name, parties in missing.items():
            if parties:
                wanted = ", ".join(parties)
                found = corpus.finding(MISSING, ground.claim, KB + "mentions", said=f"“{name}” ({wanted})")
                yield found._replace(hint=_remedy(corpus, ground, wanted, _told_by(corpus, ground, parties)))


def _names_whom_it_can(corpus: Corpus, ground: Ground) -> bool:
    """Whether there is a speaker, and no misspelt or quoted name that may be the very party that seems to be missing."""
    values = [value for role in (*_ROLES, "place", "via") for value in corpus.values(ground.claim, KB + role)]
    known = all(isinstance(value, ox.NamedNode) and not corpus.lacks(value.value) for value in values)
    return known and bool(corpus.values(ground.claim, KB + "speaker"))


def _told_by(corpus: Corpus, ground: Ground, parties: list[str]) -> list[str]:
    """The claims of the missing parties that rest on the same words: this one may come through them."""
    return [
        corpus.short(other.claim.value)
        for other in corpus.grounds
        if other.article == ground.article
        and any(corpus.short(speaker.value) in parties for speaker in corpus.values(other.claim, KB + "speaker"))
        and any(a < d and c < b for a, b in ground.pieces for c, d in other.pieces)
    ]


def _remedy(corpus: Corpus, ground: Ground, wanted: str, through: list[str]) -> str:
    if through and not corpus.values(ground.claim, KB + "via"):
        return (
            f"if the article has this only from {wanted}, write kb:via {through[0]}: without it hearsay reads as the "
            f"speaker's own words; only if not, write kb:mentions {wanted}"
        )
    return f"give it its role, or write kb:mentions {wanted}"


def _occurrences(corpus: Corpus) -> Mapping[ox.NamedNode, list[Occurrence]]:
    """The names in each article: those of the shared files and of its own."""
    named = _names_by_file(corpus)
    shared = Gazetteer(name for file, names in named.items() if not _is_article(file) for name in names)
    found = {}
    for article, source in corpus.sources.items():
        own = Gazetteer(name for home in corpus.homes.get(article.value, [])[:1] for name in named.get(home, ()))
        found[article] = list(shared.occurrences(source.text, own))
    return found


def _names_by_file(corpus: Corpus) -> Mapping[Document, list[tuple[str, ox.NamedNode]]]:
    """The names of agents and places, and of operations that have a proper name (“Iran-Iraq War”)."""
    found: dict[Document, list[tuple[str, ox.NamedNode]]] = {}
    for class_ in ("Agent", "Operation", "Place"):
        for node in corpus.instances(KB + class_):
            names = [name.value for predicate in (LABEL, ALT_LABEL) for name in corpus.values(node, predicate)]
            for file in filter(corpus.is_sound, corpus.homes.get(node.value, ())):
                proper = (name for name in names if class_ != "Operation" or name[:1].isupper())
                found.setdefault(file, []).extend((name, node) for name in proper)
    return found


def _is_article(file: Document) -> bool:
    return file.path.parent.name == "articles"


def _within(ground: Ground, known: Mapping[ox.NamedNode, list[Occurrence]]) -> Iterator[Occurrence]:
    """The names in the claim's pieces."""
    occurrences = known.get(ground.article, []) if ground.article else []
    for start, end in ground.pieces:
        for at in range(bisect_left(occurrences, start, key=lambda one: one.start), len(occurrences)):
            if occurrences[at].end > end:
                break
            yield occurrences[at]


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
