"""What an export holds: the files of a project, or others, or of them what chosen articles need.

Quads stream from the parser: no store is between them and the format, so every literal keeps its spelling, and one
file at a time is in memory. What a format must look up is put aside on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kbcli.progress import Progress
    from kbcli.project import Project
    from kbcli.scratch import Scratch
    from kbcli.view import View

Item = TypeVar("Item")
Quads = Callable[[], Iterator["ox.Quad"]]


class Part(NamedTuple):
    """One file. `quads` reads it anew at each call; `provenance` says where they come from, in a graph of its own.

    `graph` is the named graph they all are in and `key` what tells whether they are still the same, if that is known.
    """

    shown: str
    quads: Quads
    provenance: Quads = lambda: iter(())
    graph: str = ""
    key: Callable[[], str] = lambda: ""


@dataclass(frozen=True)
class Extract:
    """`subjects`: only what is said of these, by `articles` (IRIs); None: everything. `vocabulary` goes with all.

    `progress`, if any, is told of each file that is read and each article that is written.
    """

    project: Project
    parts: tuple[Part, ...]
    vocabulary: tuple[Part, ...] = ()
    articles: tuple[str, ...] = ()
    subjects: frozenset[str] | None = None
    canonical: bool = False
    progress: Progress | None = field(default=None, compare=False)

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
    def scratch(self) -> Scratch:
        """All of it, to be looked up; the parts as they are numbered here, the vocabulary's after them."""
        from kbcli.scratch import Scratch

        counted = self.counted((*self.parts, *self.vocabulary), lambda part: part.shown)
        return Scratch(self._wanted(part) for part in counted)

    @cached_property
    def view(self) -> View:
        """All of it as one graph, to be asked."""
        from kbcli.view import View

        return View(self.scratch, self.project)

    def article_iris(self) -> list[str]:
        """The articles the export is of."""
        from kbcli.names import KB

        return list(self.articles) or self.view.subjects("rdf:type", KB + "Article")

    def articles_in_turn(self) -> Iterator[str]:
        """The same, counted."""
        return self.counted(self.article_iris(), self.view.id)

    def counted(self, items: Sequence[Item], shown: Callable[[Item], str]) -> Iterator[Item]:
        return self.progress.over(items, shown) if self.progress else iter(items)

    def _quads(self, *, provenance: bool) -> Iterator[ox.Quad]:
        for part in self.counted((*self.parts, *self.vocabulary), lambda part: part.shown):
            there = part in self.vocabulary
            for quad in self._wanted(part):
                there = True
                yield quad
            if there and provenance:
                yield from part.provenance()

    def _wanted(self, part: Part) -> Iterator[ox.Quad]:
        """Of the vocabulary all."""
        if self.subjects is None or part in self.vocabulary:
            return part.quads()
        return (quad for quad in part.quads() if getattr(quad.subject, "value", "") in self.subjects)


def _ordered(quads: Iterator[ox.Quad], canonical: bool) -> Iterator[ox.Quad]:
    if not canonical:
        return quads
    from kbcli.quadsort import in_order

    return in_order(quads)


def _merged(quad: ox.Quad) -> ox.Quad:
    import pyoxigraph as ox

    return ox.Quad(*quad.triple)
