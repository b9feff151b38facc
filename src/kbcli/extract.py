"""What an export holds: the files of a project, or others, or of them what chosen articles need.

Quads stream from the parser: no store is between them and the format, so every literal keeps its spelling, and one
file at a time is in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kbcli.project import Project
    from kbcli.view import View

Quads = Callable[[], Iterator["ox.Quad"]]


class Part(NamedTuple):
    """One file. `quads` reads it anew at each call; `provenance` says where they come from, in a graph of its own."""

    shown: str
    quads: Quads
    provenance: Quads = lambda: iter(())


@dataclass(frozen=True)
class Extract:
    """`subjects`: only what is said of these, by `articles` (IRIs); None: everything. `vocabulary` goes with all."""

    project: Project
    parts: tuple[Part, ...]
    vocabulary: tuple[Part, ...] = ()
    articles: tuple[str, ...] = ()
    subjects: frozenset[str] | None = None
    canonical: bool = False

    def quads(self) -> Iterator[ox.Quad]:
        """All, in named graphs, by file or sorted by graph; each graph's provenance after it."""
        return _ordered(self._quads(provenance=True), self.canonical)

    def triples(self) -> Iterator[ox.Quad]:
        """All as one graph, by file (what two files say is there twice) or sorted (then once)."""
        return _ordered(map(_merged, self._quads(provenance=False)), self.canonical)

    def given(self) -> Iterator[ox.Quad]:
        """The data as the files have it, in named graphs."""
        return self._quads(provenance=False)

    @cached_property
    def view(self) -> View:
        """All of it in a store, to be asked."""
        import pyoxigraph as ox

        from kbcli.view import View

        store = ox.Store()
        store.bulk_extend(map(_merged, self._quads(provenance=False)))
        return View(store, self.project)

    def article_iris(self) -> list[str]:
        """The articles the export is of."""
        from kbcli.names import KB

        return list(self.articles) or self.view.subjects("rdf:type", KB + "Article")

    def _quads(self, *, provenance: bool) -> Iterator[ox.Quad]:
        for part in self.parts:
            there = False
            for quad in part.quads():
                if self.subjects is None or getattr(quad.subject, "value", "") in self.subjects:
                    there = True
                    yield quad
            if there and provenance:
                yield from part.provenance()
        for part in self.vocabulary:
            yield from part.quads()
            if provenance:
                yield from part.provenance()


def _ordered(quads: Iterator[ox.Quad], canonical: bool) -> Iterator[ox.Quad]:
    if not canonical:
        return quads
    from kbcli.quadsort import in_order

    return in_order(quads)


def _merged(quad: ox.Quad) -> ox.Quad:
    import pyoxigraph as ox

    return ox.Quad(*quad.triple)
