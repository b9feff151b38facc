"""The shapes themselves: a misspelt term of SHACL would be a rule that nobody applies, and nobody would notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import STANDARD, nearest
from kbcli.shaclterms import TERMS
from kbcli.shaperules import rules_of
from kbcli.spot import finding_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

UNKNOWN = Rule(
    "KB902",
    "unknown-shacl-term",
    "error",
    "neither SHACL Core nor SHACL-SPARQL has this term, so nothing applies it",
    "correct the term: the shape checks nothing as it is",
)
NONE = Rule(
    "KB903",
    "no-shapes",
    "error",
    "no shape here has a code, so the data is checked against nothing",
    "restore ontology/shapes.ttl: a shape is called by its code (kbs:KB101) and has a label",
)
RULES = (UNKNOWN, NONE)
_SH = STANDARD["sh"]


def check(corpus: Corpus) -> Iterator[Finding]:
    if corpus.shapes not in corpus.all_documents or not corpus.is_sound(corpus.shapes):
        return
    if not rules_of(corpus.shapes.triples):
        yield NONE.at(corpus.shapes.shown)
    yield from dict.fromkeys(_unknown(corpus))


def _unknown(corpus: Corpus) -> Iterator[Finding]:
    for triple in corpus.shapes.triples:
        parts = tuple(triple)
        for number, part in enumerate(parts, 1):
            term = part.datatype if isinstance(part, ox.Literal) else part
            if isinstance(term, ox.NamedNode) and term.value.startswith(_SH):
                local = term.value.removeprefix(_SH)
                if local not in TERMS:
                    found = finding_in(corpus.shapes, UNKNOWN, f"sh:{local}", *parts[:number])
                    near = nearest(local, TERMS)
                    yield found._replace(hint=f"did you mean sh:{near}?") if near else found
