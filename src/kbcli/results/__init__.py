"""Output formats of `kb query`: each module here is one, with one function `write(answer, stream)`.

`FORMATS` is read off the folder, so that a new module is a new format. The stream is binary; text is UTF-8.
"""

from __future__ import annotations

import contextlib
import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

from kbcli.guard import sealed

if TYPE_CHECKING:
    from kbcli.answer import Answer

FORMATS = sorted(module.name for module in pkgutil.iter_modules(__path__))


def write(name: str, answer: Answer, stream: BinaryIO) -> None:
    """Write `answer` in the format `name` (one of FORMATS). Raises UsageError if the format has no such answers."""
    module = import_module(f"{__name__}.{name}")
    if answer.count:
        import json  # noqa: F401 what a module imports while rows are read must be there before
    with contextlib.nullcontext() if answer.remote else sealed(answer.unopened):
        module.write(answer, stream)
