"""Each prefix that a saved query declares is used in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.errors import KbError
from kbcli.finding import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding
    from kbcli.queryfile import QueryFile

UNUSED = Rule(
    "KB509",
    "query-prefix-unused",
    "warning",
    "the query declares this prefix and never uses it",
    "remove the line",
)
RULES = (UNUSED,)


def check(corpus: Corpus) -> Iterator[Finding]:
    for file in corpus.queries:
        used = {name.token.text.partition(":")[0] for name in file.names if name.token.kind == "prefixed"}
        for prefix, _, start in file.declarations:
            if prefix not in used and prefix not in _in_header(file):
                yield UNUSED.at(file.shown, *file.at(start), said=f"{prefix}:")


def _in_header(file: QueryFile) -> set[str]:
    """The prefixes in which the header names the classes of parameters."""
    try:
        header = file.saved and file.saved.header
    except KbError:
        header = None
    return {(p.class_ or "").partition(":")[0] for p in header.params.values()} if header else set()
