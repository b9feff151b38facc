"""Bringing a store to what the project holds: what differs, and the changes, graph by graph."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kbcli import holding
from kbcli.errors import UsageError
from kbcli.holding import Held
from kbcli.spelling import graph as spelt
from kbcli.spelling import respelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pyoxigraph as ox

    from kbcli.extract import Extract
    from kbcli.graphstore import GraphStore
    from kbcli.spelling import Graph

CHECKPOINT = 20.0  # seconds after which the record is brought up to date in between
DEFAULT = "default"
PER_ARTICLE = "per-article"


class Difference(NamedTuple):
    """Between what a graph is to hold and what it holds. `spared`: triples that are not ours to remove."""

    graph: str
    added: int
    removed: int
    spared: int = 0


@dataclass
class Push:
    """`mode` is DEFAULT, PER_ARTICLE, or the IRI of the one graph that takes everything.

    `told` is called with each graph's difference when it is done.
    """

    extract: Extract
    store: GraphStore
    mode: str
    version: str
    prune: bool = False
    respelt: int = field(default=0, init=False)  # triples that the store was seen to spell otherwise
    told: Callable[[Difference], None] = field(default=lambda _: None)

    @property
    def home(self) -> str:
        """The graph of the record."""
        return f"{self.extract.project.base}graph/pushed"

    @cached_property
    def record(self) -> dict[str, Held]:
        return holding.read(self.store.read(self.home).values())

    @cached_property
    def digests(self) -> dict[str, str]:
        """Of each graph that is to be there."""
        return {graph: holding.digest(lines) for graph, lines in self._graphs()}

    @property
    def changed(self) -> list[str]:
        """The graphs that the record does not have as they are to be."""
        known = {name: self.record.get(name, Held()) for name in self.digests}
        return [
            name
            for name, digest in self.digests.items()
            if known[name].digest != digest or (self.prune and not known[name].whole)
        ]

    @property
    def gone(self) -> list[str]:
        """The graphs of an earlier push that are to be there no longer."""
        return sorted(set(self.record) - set(self.digests))

    @property
    def doomed(self) -> list[str]:
        """Those of them that may be deleted: nobody else's triples are in them."""
        return [name for name in self.gone if self.prune and self.record[name].whole]

    def differences(self) -> Iterator[Difference]:
        """What would change, and nothing does."""
        changed = set(self.changed)
        for graph, lines in self._graphs():
            if graph in changed:
                yield self._difference(graph, lines, self.store.read(graph))[0]
        for graph in self.doomed:
            yield Difference(graph, 0, len(self.store.read(graph)))

    def strays(self) -> Iterator[Difference]:
        """The graphs that do not hold exactly what they are to hold, whatever the record says."""
        for graph, lines in self._graphs():
            held = self.store.read(graph)
            if held.keys() != lines.keys():
                yield Difference(graph, len(lines.keys() - held.keys()), len(held.keys() - lines.keys()))
            self.respelt += respelt(lines, held)
        yield from (Difference(graph, 0, len(held)) for graph in self.gone if (held := self.store.read(graph)))

    def run(self) -> None:
        """Bring the store to it. What is cut short is made whole by the next run."""
        changed, doomed = set(self.changed), self.doomed
        if not changed and not doomed:
            return
        recorded = self.store.read(self.home)
        record = self.record | {name: self._before(name)._replace(digest="") for name in changed}
        recorded = self._keep(record, recorded)
        since = time.monotonic()
        for graph, lines in self._graphs():
            if graph not in changed:
                continue
            record[graph] = self._bring(graph, lines)
            if time.monotonic() - since > CHECKPOINT:
                recorded, since = self._keep(record, recorded), time.monotonic()
        for graph in doomed:
            self.told(Difference(graph, 0, len(self.store.read(graph))))
            self.store.delete(graph)
            del record[graph]
        self._keep(record, recorded)
        self.record = record

    def _before(self, graph: str) -> Held:
        """What is known of a graph before it is changed. What a graph of any other name holds then is not ours."""
        own = self.mode == PER_ARTICLE
        return self.record.get(graph) or Held(whole=own or not self.store.read(graph))

    def _bring(self, graph: str, lines: Graph) -> Held:
        held = self.store.read(graph)
        difference, goal, whole = self._difference(graph, lines, held)
        if goal.keys() != held.keys():
            self.store.replace(graph, goal, held)
        self.told(difference)
        return Held(holding.digest(lines), self.version, whole)

    def _difference(self, graph: str, lines: Graph, held: Graph) -> tuple[Difference, Graph, bool]:
        """The difference, what the graph is to hold in all, and whether that is ours alone.

        Graphs of articles bear names of ours. Any other may hold what somebody else put there: that stays.
        """
        ours = self.mode == PER_ARTICLE or self.prune or not held or self._is_ours(graph, held)
        goal = lines if ours else held | lines
        spared = len(goal.keys() - lines.keys())
        added, removed = len(goal.keys() - held.keys()), len(held.keys() - goal.keys())
        return Difference(graph, added, removed, spared), goal, not spared

    def _is_ours(self, graph: str, held: Graph) -> bool:
        known = self.record.get(graph)
        return known is not None and known.whole and known.digest in ("", holding.digest(held))

    def _keep(self, record: Mapping[str, Held], recorded: Graph) -> Graph:
        lines = spelt(holding.written(record, self.home))
        self.store.replace(self.home, lines, recorded)
        return lines

    def _graphs(self) -> Iterator[tuple[str, Graph]]:
        """Each graph that is to be there with what it is to hold; one at a time is in memory."""
        parts = (*self.extract.parts, *self.extract.vocabulary)
        if self.mode == PER_ARTICLE:
            for part in parts:
                quads = list(part.quads())
                if quads:
                    yield quads[0].graph_name.value, _lines(quads)  # type: ignore[union-attr]
            return
        everything = {key: line for part in parts for key, line in _lines(part.quads()).items()}
        yield "" if self.mode == DEFAULT else self.mode, everything


def _lines(quads: Iterable[ox.Quad]) -> Graph:
    """Raises UsageError for a blank node: no store keeps its name, so no difference would be exact."""
    return spelt(_line(quad.triple) for quad in quads)


def _line(triple: ox.Triple) -> str:
    import pyoxigraph as ox

    if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
        raise UsageError(f"{triple}: a blank node cannot be pushed", "give it an IRI; kb validate shows the place")
    return str(triple)
