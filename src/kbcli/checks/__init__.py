"""The checks of `kb validate`: each module here has RULES and one function `check(corpus)` that yields findings.

A check knows nothing of printing, of which codes are wanted, or of exit codes. The modules are read off the folder.
It looks at what `corpus` is about (its documents, claims, spans, articles, instances) and looks everything else up by
the methods of the corpus, so that it can be put to one file as well as to the whole (see `kbcli.incremental`).
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

MODULES = sorted(module.name for module in pkgutil.iter_modules(__path__))


def run(corpus: Corpus) -> Iterator[Finding]:
    """What every check finds, check by check."""
    for check in all_checks():
        yield from check(corpus)
    yield from overall(corpus)


def all_checks() -> list[Callable[[Corpus], Iterator[Finding]]]:
    return [import_module(f"{__name__}.{name}").check for name in MODULES]


def overall(corpus: Corpus) -> Iterator[Finding]:
    """What is found by what the project has, not by what a file of it says."""
    yield from import_module(f"{__name__}.sources").overall(corpus)
