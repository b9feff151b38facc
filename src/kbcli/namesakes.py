"""Who goes by which name: labels and aliases as readers compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli.folding import fold
from kbcli.names import ALT_LABEL, LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.document import Document


class Name(NamedTuple):
    """A label or an alias, and where it is written."""

    bearer: ox.NamedNode
    predicate: ox.NamedNode
    written: ox.Literal
    document: Document


def names_in(document: Document) -> Iterator[tuple[str, Name]]:
    """Every name in a file, folded, in its order."""
    for subject, predicate, written in document.triples:
        if (
            predicate.value in (LABEL, ALT_LABEL)
            and isinstance(subject, ox.NamedNode)
            and isinstance(written, ox.Literal)
            and written.value.strip()
        ):
            yield fold(written.value), Name(subject, predicate, written, document)
