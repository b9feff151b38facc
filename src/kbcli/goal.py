"""What a store is to hold: the graphs of a project, by file or in one, each with its triples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli import holding
from kbcli.digestcache import DigestCache
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.spelling import graph as spelt

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    import pyoxigraph as ox

    from kbcli.extract import Extract, Part
    from kbcli.services import Service
    from kbcli.spelling import Graph

DEFAULT = "default"
PER_ARTICLE = "per-article"


class _Every:
    def __contains__(self, _: object) -> bool:
        return True


_EVERY = _Every()


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
        if self.shared:
            return {graph: holding.digest(lines) for graph, lines in self.graphs()}
        return {
            graph: next(iter(own.values())) if len(own) == 1 else holding.digest(_merged(own))
            for graph, own in self._places.items()
        }

    def graphs(self, only: Container[str] = _EVERY) -> Iterator[tuple[str, Graph]]:
        """Each graph, or those of `only`, with what it is to hold, read anew; by article, one at a time is in memory."""
        if self.shared:
            yield "" if self.mode == DEFAULT else self.mode, _merged(self._counted())
            return
        for name, own in self._places.items():
            if name in only:
                yield name, _merged(own)

    @cached_property
    def _places(self) -> dict[str, dict[Part, str]]:
        """The files of each graph with their digests: two of the same name in different folders share one.

        A file whose bytes were parsed for an earlier push is not parsed again.
        """
        cache = DigestCache(self.extract.project.root)
        places: dict[str, dict[Part, str]] = {}
        for part in self._counted():
            key = part.key()
            digest = cache.get(key)
            if digest is None:
                lines = _merged([part])
                digest = holding.digest(lines) if lines else ""
                cache.put(key, digest)
            if digest:
                places.setdefault(part.graph, {})[part] = digest
        cache.keep()
        return places

    def _counted(self) -> Iterator[Part]:
        extract = self.extract
        return extract.counted((*extract.parts, *extract.vocabulary), lambda part: part.shown)


def check_mode(mode: str, known: Service) -> None:
    """Raises UsageError for a graph that cannot be."""
    from kbcli.endpoint import is_iri

    if mode == DEFAULT and known.store == "Virtuoso":
        raise UsageError(
            "--graph default: Virtuoso has no default graph of its own, only the union of its named graphs",
            "--graph per-article or --graph IRI: what is pushed there is seen without naming a graph",
        )
    if mode not in (DEFAULT, PER_ARTICLE) and not (is_iri(mode) and mode[:1].isalpha() and ":" in mode[1:]):
        raise UsageError(f"--graph {printable(mode)}: neither default nor per-article nor an IRI")


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
