"""Every typed literal is a value of its datatype: `"2018-02-30"^^xsd:date` is a date to no store.

Where a shape complains of the same value, that is told and not this (see `validation`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.datatypes import XSD, ill_typed
from kbcli.finding import Rule
from kbcli.spot import finding_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding

ILL_TYPED = Rule(
    "KB465",
    "ill-typed-literal",
    "error",
    "the text is no value of its datatype",
    "correct the text, or write the datatype that it is of",
)
RULES = (ILL_TYPED,)
_STRING = ox.NamedNode(XSD + "string")


def check(corpus: Corpus) -> Iterator[Finding]:
    typed: dict[ox.Literal, list[tuple[Document, ox.Triple]]] = {}
    for document in corpus.all_documents:
        for triple in document.triples:
            value = triple.object
            if isinstance(value, ox.Literal) and not value.language and value.datatype != _STRING:
                typed.setdefault(value, []).append((document, triple))
    for literal, remedy in ill_typed(typed):
        said = f'"{literal.value}"^^{corpus.short(literal.datatype.value)}'
        for document, triple in typed[literal]:
            yield finding_in(document, ILL_TYPED, said, *triple)._replace(hint=remedy)
