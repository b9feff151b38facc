"""N-Triples. What two files say is there twice, unless the export is canonical."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kbcli.lines import write_lines

if TYPE_CHECKING:
    from kbcli.extract import Extract


def write(extract: Extract, stream: BinaryIO) -> None:
    write_lines(extract.triples(), ox.RdfFormat.N_TRIPLES, stream)
