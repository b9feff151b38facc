"""Quads sorted by graph, subject, predicate and object, each once, in bounded memory.

Runs are sorted in memory, kept in temporary files, and merged. The order is that of the terms' N-Quads, by bytes.
"""

from __future__ import annotations

import heapq
import tempfile
from itertools import islice
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RUN = 100_000
FAN = 200  # files open at once
CHUNK = 5_000


def in_order(quads: Iterable[ox.Quad], run: int = RUN, fan: int = FAN) -> Iterator[ox.Quad]:
    """`quads` sorted, `run` of them at most in memory, in `fan` files at most."""
    rest = iter(quads)
    runs: list[IO[bytes]] = []
    try:
        while file := _sorted(islice(rest, run)):
            runs.append(file)
            if len(runs) >= fan:
                runs.append(_kept(_once(heapq.merge(*runs))))
                while len(runs) > 1:
                    runs.pop(0).close()
        merged = _once(heapq.merge(*runs))
        while chunk := b"".join(map(_statement, islice(merged, CHUNK))):
            yield from ox.parse(chunk, format=ox.RdfFormat.N_QUADS)
    finally:
        for file in runs:
            file.close()


def _sorted(quads: Iterable[ox.Quad]) -> IO[bytes] | None:
    """One run; it has left the memory when the next one is read. None: no quads."""
    lines = sorted(map(_line, quads))
    return _kept(lines) if lines else None


def _kept(lines: Iterable[bytes]) -> IO[bytes]:
    """`lines` in a temporary file, to be read from its beginning."""
    file = tempfile.TemporaryFile(prefix="kb-", buffering=1 << 16)  # noqa: SIM115 whoever reads it closes it
    file.writelines(lines)
    file.seek(0)
    return file


def _line(quad: ox.Quad) -> bytes:
    """The graph first. A term has no control character unescaped in it, so the one between them sorts below all."""
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return f"{graph}\t{quad.triple}\n".encode()


def _statement(line: bytes) -> bytes:
    graph, _, triple = line[:-1].partition(b"\t")
    return b"%s %s .\n" % (triple, graph)


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = b""
    for line in lines:
        if line != last:
            yield line
        last = line
