"""How long the texts of articles are, and how much of them is covered: by as many processes as there are processors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kbcli.crew import results
from kbcli.source import SourceError, source_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbcli.project import Project

Ranges = tuple[tuple[int, int], ...]


class Text(NamedTuple):
    """A file of seeds/, and the ranges of it that are covered, in code points, half-open."""

    name: str
    ranges: Ranges


class Extent(NamedTuple):
    """White space is left out of characters."""

    sentences: int
    characters: int
    covered: int


def extents(project: Project, texts: Mapping[str, Text]) -> dict[str, Extent]:
    """The extents of the texts that can be read, by the same keys."""
    found = results(partial(_extent, project), list(texts.values()))
    return {key: extent for key, extent in zip(texts, found, strict=True) if extent}


def _extent(project: Project, text: Text) -> Extent | None:
    try:
        source = source_of(project, text.name)
        solid = bytearray(not character.isspace() for character in source.text)
    except (SourceError, ValueError):
        return None
    whole = sum(solid)
    for start, end in text.ranges:
        end = min(end, len(solid))  # noqa: PLW2901 a wrong end covers what there is
        solid[start:end] = bytes(max(0, end - start))
    return Extent(len(source.sentences), whole, whole - sum(solid))
