"""Formats of `kb show`: each module here is one, with one function `write(card, stream)`.

`FORMATS` is read off the folder, so that a new module is a new format.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from kbcli.card import Card

FORMATS = sorted(module.name for module in pkgutil.iter_modules(__path__))


def write(name: str, card: Card, stream: TextIO) -> None:
    """Write `card` in the format `name`, one of FORMATS."""
    import_module(f"{__name__}.{name}").write(card, stream)
