"""Formats of `kb coverage`: each module here is one, with one function `parts(survey, view)` that yields text.

`FORMATS` is read off the folder, so that a new module is a new format.
"""

from __future__ import annotations

import io
import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from kbcli.transcription.survey import Survey

FORMATS = sorted(module.name for module in pkgutil.iter_modules(__path__))


class View(NamedTuple):
    """What it is written for: a terminal obeys what text tells it; a coloured one can shade."""

    is_terminal: bool
    is_coloured: bool


def write(name: str, survey: Survey, stream: BinaryIO, view: View) -> None:
    """Write it in the format `name`, one of FORMATS, in UTF-8."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        text.writelines(import_module(f"{__name__}.{name}").parts(survey, view))
    finally:
        text.detach()
