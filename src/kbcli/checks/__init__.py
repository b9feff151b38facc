"""The checks of `kb validate`: each module here has RULES and one function `check(corpus)` that yields findings.

A check knows nothing of printing, of which codes are wanted, or of exit codes. The modules are read off the folder.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

MODULES = sorted(module.name for module in pkgutil.iter_modules(__path__))


def run(corpus: Corpus) -> Iterator[Finding]:
    """What every check finds, check by check."""
    for name in MODULES:
        yield from import_module(f"{__name__}.{name}").check(corpus)
