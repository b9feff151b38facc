"""Nothing is before, during, within or part of itself, however many steps it takes.

Circles of kb:via are found by a shape (KB303).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

CIRCLE = Rule(
    "KB455",
    "order-in-a-circle",
    "error",
    "following this property one comes back to where one started",
    "remove the link that the article does not state",
)
RULES = (CIRCLE,)
_PREDICATES = ("before", "during", "partOf", "within")


def check(corpus: Corpus) -> Iterator[Finding]:
    for name in _PREDICATES:
        links = _Links(corpus, KB + name)
        told: set[ox.NamedNode] = set()
        for node in corpus.linked(KB + name):
            around = set() if node in told else links.around(node)
            told |= around
            for circle in links.circles(around):
                shown = " → ".join(corpus.short(one.value) for one in (*circle, circle[0]))
                if corpus.owns(circle[-1]):
                    yield corpus.finding(CIRCLE, circle[-1], KB + name, circle[0], said=f"kb:{name} {shown}")


class _Links:
    """What one property leads to, step by step. It is only followed forwards: from a node, never to it."""

    def __init__(self, corpus: Corpus, predicate: str) -> None:
        self._corpus, self._predicate = corpus, predicate
        self._steps: dict[ox.NamedNode, list[ox.NamedNode]] = {}

    def around(self, node: ox.NamedNode) -> set[ox.NamedNode]:
        """Those that can be reached from `node`, and `node` from them."""
        reached = self._reached(node)
        return {other for other in reached if node in self._reached(other)} if node in reached else set()

    def circles(self, around: set[ox.NamedNode]) -> Iterator[list[ox.NamedNode]]:
        """A circle for each link that leads back, walking depth first from the first of these: every link once."""
        done: set[ox.NamedNode] = set()
        first = min(around, key=str, default=None)
        path: dict[ox.NamedNode, Iterator[ox.NamedNode]] = {first: iter(self._from(first))} if first else {}
        while path:
            node = next(reversed(path))
            following = next(path[node], None)
            if following is None:
                path.popitem()
                done.add(node)
            elif following in path:
                nodes = list(path)
                yield nodes[nodes.index(following) :]
            elif following in around and following not in done:
                path[following] = iter(self._from(following))

    def _reached(self, node: ox.NamedNode) -> set[ox.NamedNode]:
        found: set[ox.NamedNode] = set()
        todo = [node]
        while todo:
            steps = [step for step in self._from(todo.pop()) if step not in found]
            found.update(steps)
            todo.extend(steps)
        return found

    def _from(self, node: ox.NamedNode) -> list[ox.NamedNode]:
        if node not in self._steps:
            found = self._corpus.values(node, self._predicate)
            self._steps[node] = [step for step in found if isinstance(step, ox.NamedNode)]
        return self._steps[node]
