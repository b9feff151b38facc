"""Nothing is before, during, within or part of itself, however many steps it takes.

Circles of kb:via are found by a shape (KB303).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
_Links = dict[ox.NamedNode, list[ox.NamedNode]]


def check(corpus: Corpus) -> Iterator[Finding]:
    for name in _PREDICATES:
        links: _Links = {}
        for quad in corpus.store.quads_for_pattern(None, ox.NamedNode(KB + name), None, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                links.setdefault(quad.subject, []).append(quad.object)
        for circle in _circles({node: sorted(links[node], key=str) for node in sorted(links, key=str)}):
            shown = " → ".join(corpus.short(node.value) for node in (*circle, circle[0]))
            yield corpus.finding(CIRCLE, circle[-1], KB + name, circle[0], said=f"kb:{name} {shown}")


def _circles(links: Mapping[ox.NamedNode, list[ox.NamedNode]]) -> Iterator[list[ox.NamedNode]]:
    """A circle for each link that leads back, walking depth first: every node once, every link once."""
    done: set[ox.NamedNode] = set()
    for root in links:
        path: dict[ox.NamedNode, Iterator[ox.NamedNode]] = {} if root in done else {root: iter(links[root])}
        while path:
            node = next(reversed(path))
            following = next(path[node], None)
            if following is None:
                path.popitem()
                done.add(node)
            elif following in path:
                nodes = list(path)
                yield nodes[nodes.index(following) :]
            elif following not in done:
                path[following] = iter(links.get(following, ()))
