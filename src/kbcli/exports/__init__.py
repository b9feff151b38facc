"""Formats of `kb export`: each module here is one, with one function `write(extract, stream)`.

`FORMATS` is read off the folder, so that a new module is a new format. The stream is binary; text is UTF-8.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from kbcli.extract import Extract

FORMATS = sorted(module.name for module in pkgutil.iter_modules(__path__))


def write(name: str, extract: Extract, stream: BinaryIO) -> None:
    """Write `extract` in the format `name`, one of FORMATS."""
    import_module(f"{__name__}.{name}").write(extract, stream)
