"""N-Quads: a named graph for each file, and one that says where the graphs come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kbcli.lines import write_lines

if TYPE_CHECKING:
    from kbcli.extract import Extract


def write(extract: Extract, stream: BinaryIO) -> None:
    write_lines(extract.quads(), ox.RdfFormat.N_QUADS, stream)
