"""Turtle in the layout of `kb fmt`, all files as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kbcli.turtletext import Writer

if TYPE_CHECKING:
    from kbcli.extract import Extract


def write(extract: Extract, stream: BinaryIO) -> None:
    writer = Writer(extract.project.prefixes)
    stream.write(writer.header().encode())
    stream.writelines(paragraph.encode() for paragraph in writer.turtle(extract.triples()))
