"""Triples put aside for an export to look up: by subject, and by what they refer to.

SQLite keeps them in a file without a name, which is gone with the process, however that ends; what is little never
leaves the memory. Unlike a store of the engine it gives every literal as it is spelt where that is asked for.
"""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kbcli.names import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CACHE = 32  # MiB of the file that stay in memory
CHUNK = 2_000  # runs written at once
NEAR = 4_000  # subjects kept as they were read last: claims of one story name the same ones
_SCHEMA = f"""
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE << 10};
CREATE TABLE said (number INTEGER PRIMARY KEY, part INTEGER, graph INTEGER, subject TEXT, triples TEXT);
CREATE TABLE named (value TEXT, predicate INTEGER, number INTEGER);
"""
_INDEXES = "CREATE INDEX by_subject ON said (subject); CREATE INDEX by_value ON named (value, predicate)"
_TYPED = "^^<"
_AS_THEY_ARE = frozenset((STANDARD["xsd"] + "string", STANDARD["rdf"] + "langString"))


class Said(NamedTuple):
    """What is said of one subject. `number` is the same for the same subject, 0 for one of which nothing is."""

    number: int
    quads: tuple[ox.Quad, ...]
    stored: dict[str, list[ox.Quad]]  # by predicate, literals as a store would have them


class _Run(NamedTuple):
    """Quads of one file that stand together and have the same subject and graph."""

    number: int
    part: int
    graph: int
    quads: list[ox.Quad]


class Scratch:
    """`parts` are the quads of each file. What is asked of a store can be asked here: all is in one graph."""

    def __init__(self, parts: Iterable[Iterable[ox.Quad]]) -> None:
        self._file = sqlite3.connect("")
        self._file.executescript(_SCHEMA)
        self._predicates: dict[str, int] = {}
        self._graphs: dict[str, int] = {}
        runs = self._runs(parts)
        while some := list(islice(runs, CHUNK)):
            self._file.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?)", map(_row, some))
            self._file.executemany("INSERT INTO named VALUES (?, ?, ?)", self._naming(some))
        self._file.commit()
        self._file.executescript(_INDEXES)
        self.said = lru_cache(NEAR)(self._looked_up)

    def subjects(self) -> Iterator[str]:
        """All of them, sorted; blank nodes as N-Triples has them."""
        return (subject for (subject,) in self._file.execute("SELECT DISTINCT subject FROM said ORDER BY subject"))

    def subjects_in(self, graphs: Iterable[str]) -> set[str]:
        """The IRIs of which these named graphs say something."""
        numbers = [str(self._graphs[graph]) for graph in graphs if graph in self._graphs]
        wanted = f"SELECT DISTINCT subject FROM said WHERE graph IN ({','.join(numbers)})"  # noqa: S608 numbers
        return {subject for (subject,) in self._file.execute(wanted) if not subject.startswith("_:")}

    def parts_of(self, subjects: Iterable[str]) -> set[int]:
        """Which parts say something of them, by number from 0."""
        wanted = "SELECT part FROM said WHERE subject = ?"
        return {part for subject in subjects for (part,) in self._file.execute(wanted, (subject,))}

    def quads_for_pattern(
        self, subject: ox.NamedNode | None, predicate: ox.NamedNode | None, value: ox.NamedNode | None, _: None = None
    ) -> Iterator[ox.Quad]:
        """As of a store; `value` is looked up only where there is no subject."""
        if subject is not None:
            stored = self.said(subject.value).stored
            if predicate is not None:
                return iter(stored.get(predicate.value, ()))
            return (quad for quads in stored.values() for quad in quads)
        if value is not None:
            return self._referring(predicate, value)
        return (quad for quad in self if predicate is None or quad.predicate == predicate)

    def __iter__(self) -> Iterator[ox.Quad]:
        return (quad for subject in self.subjects() for quads in self.said(subject).stored.values() for quad in quads)

    def _referring(self, predicate: ox.NamedNode | None, value: ox.NamedNode) -> Iterator[ox.Quad]:
        found = "SELECT predicate, subject FROM named JOIN said USING (number) WHERE value = ?"
        wanted: list[Any] = [value.value]
        if predicate is not None:
            found += " AND predicate = ?"
            wanted.append(self._predicates.get(predicate.value, -1))
        names = list(self._predicates)
        for number, subject in self._file.execute(found, wanted).fetchall():
            yield ox.Quad(_node(subject), ox.NamedNode(names[number]), value)

    def _runs(self, parts: Iterable[Iterable[ox.Quad]]) -> Iterator[_Run]:
        number = 0
        for part, quads in enumerate(parts):
            for (_, graph), own in groupby(quads, attrgetter("subject", "graph_name")):
                number += 1
                yield _Run(number, part, _numbered(getattr(graph, "value", ""), self._graphs), list(own))

    def _naming(self, runs: Iterable[_Run]) -> Iterator[tuple[str, int, int]]:
        for run in runs:
            for quad in run.quads:
                if isinstance(quad.object, ox.NamedNode):
                    yield quad.object.value, _numbered(quad.predicate.value, self._predicates), run.number

    def _looked_up(self, subject: str) -> Said:
        found = self._file.execute("SELECT number, triples FROM said WHERE subject = ? ORDER BY number", (subject,))
        number, lines = 0, []
        for own, triples in found:
            number = number or own
            lines += triples.split("\n")
        if not lines:
            return Said(0, (), {})
        node = _node(subject)
        text = "".join([f"{node} {line} .\n" for line in dict.fromkeys(lines)])
        quads = tuple(ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES))
        stored: dict[str, list[ox.Quad]] = {}
        for quad in map(as_stored, quads) if _TYPED in text else quads:
            stored.setdefault(quad.predicate.value, []).append(quad)
        return Said(number, quads, stored)


def as_stored(quad: ox.Quad) -> ox.Quad:
    """A quad as the engine's store gives it back: "01"^^xsd:integer as "1"."""
    if not isinstance(quad.object, ox.Literal) or quad.object.datatype.value in _AS_THEY_ARE:
        return quad
    store = ox.Store()
    store.add(quad)
    stored: ox.Quad = next(iter(store))
    return stored


def _row(run: _Run) -> tuple[int, int, int, str, str]:
    subject: Any = run.quads[0].subject
    key = str(subject) if isinstance(subject, ox.BlankNode) else subject.value
    return run.number, run.part, run.graph, key, "\n".join(f"{quad.predicate} {quad.object}" for quad in run.quads)


def _node(subject: str) -> Any:
    return ox.BlankNode(subject[2:]) if subject.startswith("_:") else ox.NamedNode(subject)


def _numbered(name: str, known: dict[str, int]) -> int:
    return known.setdefault(name, len(known))
