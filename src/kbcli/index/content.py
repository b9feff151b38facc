"""The quads of one file, as the store has them, and how quads of several files are counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kbcli.store import load_own

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyoxigraph as ox

    from kbcli.project import Project

_TAG = re.compile(rb"@([A-Za-z]+(?:-[A-Za-z0-9]+)*)")


class NamelessError(Exception):
    """A text has blank nodes: they cannot be found again in a store."""


@dataclass(frozen=True)
class Reader:
    """Reads the files of `project`; with `graphs` each triple is in the file's named graph too."""

    project: Project
    graphs: bool

    def quads(self, name: str, text: bytes) -> set[ox.Quad]:
        """Raises UsageError with the place of a mistake. A store rewrites some values, so they pass through one."""
        import pyoxigraph as ox

        path = self.project.root / name
        store = ox.Store()
        load_own(store, self.project, path, text=text)
        quads = set(store)
        if self.graphs:
            graph = ox.NamedNode(self.project.graph_iri(path))
            quads |= {ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads}
        return quads

    def named_quads(self, name: str, text: bytes) -> set[ox.Quad]:
        """The same of a text that was read before. Raises NamelessError."""
        import pyoxigraph as ox

        quads = self.quads(name, text)
        if any(isinstance(end, ox.BlankNode) for quad in quads for end in (quad.subject, quad.object)):
            raise NamelessError
        return quads


def tags(text: bytes) -> set[str]:
    """The language tags in a Turtle file, and whatever looks like one."""
    return {tag.decode() for tag in _TAG.findall(text) if _is_language(tag.decode())}


@cache
def _is_language(tag: str) -> bool:
    import pyoxigraph as ox

    try:
        ox.Literal("", language=tag)
    except ValueError:
        return False
    return True


def exchange(store: ox.Store, extra: Counter[ox.Quad], gone: Iterable[ox.Quad], come: Iterable[ox.Quad]) -> None:
    """Take quads of some files out of `store` and put others in; `extra` says how many more files have a quad."""
    for quad in gone:
        if extra[quad]:
            extra[quad] -= 1
        else:
            store.remove(quad)
    store.extend(come)


def write_extra(path: Path, extra: Counter[ox.Quad]) -> None:
    import pyoxigraph as ox

    ox.serialize(extra.elements(), str(path), format=ox.RdfFormat.N_QUADS)


def read_extra(path: Path) -> Counter[ox.Quad]:
    import pyoxigraph as ox

    return Counter(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))
