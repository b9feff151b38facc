"""No text holds what nobody sees: controls, and marks that turn the direction of writing.

The words of an article are kept as they are, in spans and quotations; an editor's words need no such thing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import KB, STANDARD
from kbcli.spot import finding_in

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
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
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
            and (found := _UNSEEN.search(text.value))
        ):
            said = f"U+{ord(found[0]):04X} after “{text.value[: found.start()][-20:]}”"
            yield finding_in(document, CONTROL, said, *triple)
