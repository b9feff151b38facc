"""Quads as lines of N-Triples or N-Quads, some thousands at a time."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 5_000


def write_lines(quads: Iterator[ox.Quad], format_: ox.RdfFormat, stream: BinaryIO) -> None:
    """The stream is written to from here, not by the engine: a reader who leaves is a BrokenPipeError then."""
    while chunk := list(islice(quads, CHUNK)):
        stream.write(ox.serialize(chunk, format=format_) or b"")
