"""What a store is to hold: the graphs of a project, by file or in one, each with its triples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli import holding
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.spelling import graph as spelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from kbcli.extract import Extract, Part
    from kbcli.spelling import Graph

DEFAULT = "default"
PER_ARTICLE = "per-article"


@dataclass
class Goal:
    """`mode` is DEFAULT, PER_ARTICLE, or the IRI of the one graph that takes everything."""

    extract: Extract
    mode: str

    @property
    def shared(self) -> bool:
        """Whether others may have triples in the graph too. Graphs of articles bear names of ours."""
        return self.mode != PER_ARTICLE

    @property
    def ours(self) -> tuple[str, ...]:
        """What the names of the graphs of articles begin with."""
        return tuple(self.extract.project.base + folder for folder in ("article/", "graph/"))

    @cached_property
    def digests(self) -> dict[str, str]:
        """Of each graph. All files are read for it, so a broken one ends a push before it begins."""
        return {graph: holding.digest(lines) for graph, lines in self.graphs()}

    def graphs(self) -> Iterator[tuple[str, Graph]]:
        """Each graph with what it is to hold, read anew; by article, one at a time is in memory."""
        if self.shared:
            yield "" if self.mode == DEFAULT else self.mode, _merged((*self.extract.parts, *self.extract.vocabulary))
            return
        for name, own in self._places.items():
            yield name, _merged(own)

    @cached_property
    def _places(self) -> dict[str, list[Part]]:
        """The files of each graph: two of the same name in different folders share one."""
        places: dict[str, list[Part]] = {}
        for part in (*self.extract.parts, *self.extract.vocabulary):
            if first := next(_quads(part), None):
                places.setdefault(first.graph_name.value, []).append(part)  # type: ignore[union-attr]
        return places


def _merged(parts: Iterable[Part]) -> Graph:
    """Raises UsageError for a blank node: no store keeps its name, so no difference would be exact."""
    return {key: line for part in parts for key, line in spelt(_line(quad.triple) for quad in _quads(part)).items()}


def _quads(part: Part) -> Iterator[ox.Quad]:
    try:
        yield from part.quads()
    except ValueError as error:
        raise UsageError(f"{printable(part.shown)}: its name makes no IRI: {error}", "rename the file") from error


def _line(triple: ox.Triple) -> str:
    import pyoxigraph as ox

    if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
        raise UsageError(f"{triple}: a blank node cannot be pushed", "give it an IRI; kb validate shows the place")
    return str(triple)
