"""TriG in the layout of `kb fmt`: a named graph for each file, and one that says where the graphs come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kbcli.provenance import DCAT, SD, SPDX
from kbcli.turtletext import Writer

if TYPE_CHECKING:
    from kbcli.extract import Extract


def write(extract: Extract, stream: BinaryIO) -> None:
    writer = Writer(dict(sorted({**extract.project.prefixes, "dcat": DCAT, "sd": SD, "spdx": SPDX}.items())))
    stream.write(writer.header().encode())
    stream.writelines(block.encode() for block in writer.trig(extract.quads()))
