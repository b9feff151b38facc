"""Texts that an edit has put in the place of others, where no shape can tell the difference."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kbcli.incremental.content import Content
    from kbcli.incremental.sight import Sight
    from kbcli.shacl.outcome import Outcome


class Swap(NamedTuple):
    """`predicates` are the properties of what has changed otherwise; `nodes` are whose texts are now others, and the
    texts that they were."""

    predicates: frozenset[str]
    nodes: frozenset[object]

    @classmethod
    def of(cls, old: Content, new: Content, sight: Sight, is_shared: Callable[[str], bool]) -> Swap:
        """In one file. What several files speak of is no swap: another may say the same text, or what it was."""
        lost, come = _by_predicate(old.triples - new.triples), _by_predicate(new.triples - old.triples)
        same = {name for name in lost.keys() & come.keys() if _signs(lost[name], sight) == _signs(come[name], sight)}
        same -= {name for name in same if _signs(lost[name], sight) is None}
        same -= {name for name in same if any(is_shared(_iri(triple.subject)) for triple in lost[name])}
        nodes = {part for name in same for triple in lost[name] for part in (triple.subject, triple.object)}
        return cls(frozenset(lost.keys() | come.keys()) - same, frozenset(nodes))

    def is_told_in(self, outcome: Outcome) -> bool:
        """Whether an outcome of before may tell of a text that is now another."""
        if outcome.focus in self.nodes or outcome.value in self.nodes:
            return True
        return any(node.value in outcome.message for node in self.nodes if isinstance(node, ox.Literal))


def _by_predicate(triples: Iterable[ox.Triple]) -> dict[str, list[ox.Triple]]:
    found: dict[str, list[ox.Triple]] = {}
    for triple in triples:
        found.setdefault(triple.predicate.value, []).append(triple)
    return found


def _signs(triples: Iterable[ox.Triple], sight: Sight) -> Counter[tuple[object, ...]] | None:
    """What the shapes can tell of each value, by what it is said of; None if that may be anything."""
    found = Counter[tuple[object, ...]]()
    for triple in triples:
        sign = sight.sign(triple.predicate.value, triple.object)
        if sign is None:
            return None
        found[triple.subject, *sign] += 1
    return found


def _iri(subject: object) -> str:
    return getattr(subject, "value", "")
