"""Bringing a store to what the project holds: what differs, and the changes, graph by graph."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kbcli import holding
from kbcli.errors import RemoteError
from kbcli.goal import DEFAULT
from kbcli.holding import Held
from kbcli.spelling import graph as spelt
from kbcli.spelling import respelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kbcli.goal import Goal
    from kbcli.graphstore import GraphStore
    from kbcli.spelling import Graph

CHECKPOINT = 20.0  # seconds after which the record is brought up to date in between


class Difference(NamedTuple):
    """Between what a graph is to hold and what it holds. `spared`: triples that are not ours to remove."""

    graph: str
    added: int
    removed: int
    spared: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.spared)


@dataclass
class Push:
    """Graphs of articles bear names of ours and are ours altogether.

    In any other, what somebody else put there stays unless `prune`. `thorough`: every graph is read, whatever the record says. `begins` is called with each
    graph that is looked at, `told` with its difference.
    """

    goal: Goal
    store: GraphStore
    version: str
    prune: bool = False
    thorough: bool = False
    told: Callable[[Difference], None] = field(default=lambda _: None)
    begins: Callable[[str], None] = field(default=lambda _: None)
    respelt: int = field(default=0, init=False)  # triples that the store was seen to spell otherwise
    begun: bool = field(default=False, init=False)  # something was sent, and not all of it is done
    touched: int = field(default=0, init=False)  # graphs that were changed
    emptied: int = field(default=0, init=False)  # graphs whose triples of ours were deleted
    altered: list[Difference] = field(default_factory=list, init=False)  # graphs that the store keeps otherwise

    @property
    def home(self) -> str:
        """The graph of the record: no file's, whatever its name."""
        return f"{self.goal.extract.project.base}pushed"

    @cached_property
    def record(self) -> dict[str, Held]:
        recorded = self.store.read(self.home)
        if not recorded:
            self.store.probe()
        if self.goal.mode == DEFAULT:
            self.store.refuse_default()
        return holding.read(recorded.values())

    @property
    def digests(self) -> dict[str, str]:
        return self.goal.digests

    @property
    def changed(self) -> list[str]:
        """The graphs that the record does not have as they are to be."""
        every = self.thorough or self.prune
        return [
            name
            for name, digest in self.digests.items()
            if every or self.record.get(name, Held()).digest != digest or self.goal.shared != (name in self._parted)
        ]

    @property
    def gone(self) -> list[str]:
        """The graphs that are to be there no longer: of an earlier push, or with a name of ours without one."""
        known = set(self.record) | (self._strangers if self.thorough or self.prune else set())
        return sorted(known - set(self.digests))

    @property
    def left(self) -> dict[str, list[str]]:
        """The graphs that are to be there no longer, by how they came there as far as is known, in words."""
        found: dict[str, list[str]] = {}
        for graph in self.gone:
            held = self.record.get(graph)
            if held is None:
                what = "of no known push, but with names of this knowledge base, there are"
            elif self.goal.shared or held.ours is not None:
                what = "of pushes with another --graph there are still"
            else:
                what = "of earlier pushes there are still"
            found.setdefault(what, []).append(graph)
        return found

    def differences(self) -> Iterator[Difference]:
        """What would change, and nothing does."""
        changed = set(self.changed)
        for graph, lines in self.goal.graphs(changed):
            self.begins(graph)
            if found := self._difference(graph, lines, self.store.read(graph))[0]:
                yield found
        for graph in self.gone if self.prune else ():
            held = self.store.read(graph)
            yield Difference(graph, 0, len(held) - len(self._foreign(graph, held)))

    def strays(self) -> Iterator[Difference]:
        """The graphs that do not hold exactly what they are to hold, whatever the record says."""
        for graph, lines in self.goal.graphs():
            self.begins(graph)
            held = self.store.read(graph)
            if held.keys() != lines.keys():
                yield Difference(graph, len(lines.keys() - held.keys()), len(held.keys() - lines.keys()))
            self.respelt += respelt(lines, held)
        for graph in self.gone:
            held = self.store.read(graph)
            if left := len(held) - len(self._foreign(graph, held)):
                yield Difference(graph, 0, left)

    def run(self) -> None:
        """Bring the store to it. What is cut short is made whole by the next run."""
        changed, doomed = set(self.changed), self.gone if self.prune else []
        if not changed and not doomed:
            return
        record = self.record | self._all_between(changed)
        self.begun = True
        recorded = self._keep(record, self.store.read(self.home))
        if holding.read(self.store.read(self.home).values()) != record:
            raise RemoteError(
                f"{self.store.shown}: answers that all is well, and does not hold what it was sent",
                "is this the address of the graph store, and may these credentials write?",
            )
        since = time.monotonic()
        for graph, lines in self.goal.graphs(changed):
            self.begins(graph)
            record[graph] = self._bring(graph, lines)
            if time.monotonic() - since > CHECKPOINT:
                recorded, since = self._keep(record, recorded), time.monotonic()
        for graph in doomed:
            self._drop(graph)
            record.pop(graph, None)
        self._keep(record, recorded)
        self.record, self.begun = record, False

    @cached_property
    def _strangers(self) -> set[str]:
        """The graphs there whose names are ours; that of `kb export` is no file's and may stay."""
        return set(self.store.names(self.goal.ours)) - {f"{self.goal.extract.project.base}graph/provenance"}

    @property
    def _parted(self) -> set[str]:
        """The graphs that the record has as not ours alone."""
        return {name for name, held in self.record.items() if held.ours is not None}

    def _all_between(self, changed: set[str]) -> dict[str, Held]:
        if not self.goal.shared:
            return {graph: self._between(graph, {}) for graph in self.digests if graph in changed}
        return {graph: self._between(graph, lines) for graph, lines in self.goal.graphs() if graph in changed}

    def _between(self, graph: str, lines: Graph) -> Held:
        """What is known of a graph while it is changed: of what it may hold then, which is ours."""
        known = self.record.get(graph, Held(ours=frozenset()))
        if not self.goal.shared:
            return Held("", known.version)
        ours = known.ours if known.ours is not None else holding.marks(self.store.read(graph))
        return Held(version=known.version, ours=ours | holding.marks(lines))

    def _bring(self, graph: str, lines: Graph) -> Held:
        """Change a graph, and read it again: that a store says it took a triple is not yet that it has it."""
        held = self.store.read(graph)
        difference, goal = self._difference(graph, lines, held)
        ours = holding.marks(lines) if self.goal.shared else None
        done = Held(holding.digest(lines), self.version, ours)
        if goal.keys() != held.keys():
            self.store.replace(graph, goal, held, shared=bool(difference.spared))
            self.touched += 1
            kept = self.store.read(graph)
            extra = kept.keys() - goal.keys() if ours is None else (kept.keys() & held.keys()) - goal.keys()
            if extra or goal.keys() - kept.keys():
                self.altered.append(Difference(graph, len(goal.keys() - kept.keys()), len(extra)))
                done = self._between(graph, lines)
        if difference:
            self.told(difference)
        return done

    def _drop(self, graph: str) -> None:
        held = self.store.read(graph)
        rest = self._foreign(graph, held)
        if len(rest) == len(held):
            return
        self.told(Difference(graph, 0, len(held) - len(rest), len(rest)))
        self.emptied += 1
        if rest:
            self.store.replace(graph, rest, held, shared=True)
        else:
            self.store.delete(graph, held)

    def _difference(self, graph: str, lines: Graph, held: Graph) -> tuple[Difference, Graph]:
        """The difference, and what the graph is to hold in all."""
        kept: Graph = {}
        if self.goal.shared and not self.prune:
            kept = self._foreign(graph, held) if graph in self.record else held
        goal = kept | lines
        spared = len(kept.keys() - lines.keys())
        return Difference(graph, len(goal.keys() - held.keys()), len(held.keys() - goal.keys()), spared), goal

    def _foreign(self, graph: str, held: Graph) -> Graph:
        """Of what a graph holds, what we did not put there."""
        known = self.record.get(graph)
        if (known is None or known.ours is None) and graph.startswith(self.goal.ours):
            return {}
        ours = known.ours if known and known.ours else ()
        return {key: line for key, line in held.items() if holding.mark(key) not in ours}

    def _keep(self, record: Mapping[str, Held], recorded: Graph) -> Graph:
        lines = spelt(holding.written(record, self.home))
        if lines.keys() != recorded.keys():
            self.store.replace(self.home, lines, recorded)
        return lines
