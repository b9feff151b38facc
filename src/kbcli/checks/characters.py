"""No text holds what nobody sees: controls, and marks that turn the direction of writing.

The words of an article are kept as they are, in spans and quotations; an editor's words need no such thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import KB, STANDARD
from kbcli.spot import finding_in
from kbcli.unseen import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding

CONTROL = Rule(
    "KB017",
    "control-character",
    "error",
    "the text holds a character that nobody sees",
    "remove it: a reader, or a terminal, would be shown something else than what is written",
)
RULES = (CONTROL,)
_KEPT = frozenset([KB + "quote", *(STANDARD["oa"] + name for name in ("exact", "prefix", "suffix"))])


def check(corpus: Corpus) -> Iterator[Finding]:
    for document in corpus.all_documents:
        yield from _unseen(document)


def _unseen(document: Document) -> Iterator[Finding]:
    for triple in document.triples:
        text = triple.object
        if (
            isinstance(text, ox.Literal)
            and triple.predicate.value not in _KEPT
            and (found := UNSEEN.search(text.value))
        ):
            said = f"U+{ord(found[0]):04X} after “{text.value[: found.start()][-20:]}”"
            yield finding_in(document, CONTROL, said, *triple)
