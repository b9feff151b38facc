"""Every term of the kb vocabulary that data, shapes and saved queries use is defined in ontology/kb.ttl."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import KB, STANDARD, nearest
from kbcli.spot import finding_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding

UNKNOWN = Rule(
    "KB901",
    "term-not-in-ontology",
    "error",
    "ontology/kb.ttl does not define this term",
    "kb explain lists the terms; a new one is defined in ontology/kb.ttl first",
)
RULES = (UNKNOWN,)
_QUERIES = tuple(STANDARD["sh"] + name for name in ("select", "ask", "construct"))


def check(corpus: Corpus) -> Iterator[Finding]:
    if not corpus.is_sound(corpus.vocabulary):
        return
    defined = frozenset(iri for iri in corpus.vocabulary.subjects if iri.startswith(KB))
    documents = [document for document in corpus.all_documents if document is not corpus.vocabulary]
    found = (finding for d in documents for triple in d.triples for finding in _triple(d, triple, defined))
    yield from dict.fromkeys(found)  # a subject is told once, not for each of its triples
    if corpus.shapes in documents:
        yield from _queries(corpus.shapes, defined)
    for file in corpus.queries:
        for iri, token in file.names:
            if iri.startswith(KB) and iri != KB and iri not in defined:
                local, near = iri.removeprefix(KB), _near(iri, defined)
                written = token.text.partition(":")[0] if token.kind == "prefixed" else "kb"
                hint = f"did you mean {written}:{near}?" if near else ""
                yield UNKNOWN.at(file.shown, *file.at(token.start), said=f"kb:{local}", hint=hint)


def _triple(document: Document, triple: ox.Triple, defined: frozenset[str]) -> Iterator[Finding]:
    """Of each unknown term of the triple, that of a literal's datatype included."""
    parts = tuple(triple)
    for number, part in enumerate(parts, 1):
        term = part.datatype if isinstance(part, ox.Literal) else part
        if isinstance(term, ox.NamedNode) and term.value.startswith(KB) and term.value not in defined:
            yield _told(document, defined, term.value, *parts[:number])


def _queries(shapes: Document, defined: frozenset[str]) -> Iterator[Finding]:
    """The terms in the SPARQL of the shapes, which no engine would miss."""
    from kbcli.sparql import tokens

    for triple in shapes.triples:
        if triple.predicate.value in _QUERIES and isinstance(triple.object, ox.Literal):
            for token in tokens(triple.object.value):
                if token.kind == "prefixed" and token.text.startswith("kb:") and KB + token.text[3:] not in defined:
                    yield _told(shapes, defined, KB + token.text[3:], *triple)


def _told(document: Document, defined: frozenset[str], iri: str, *place: Any) -> Finding:
    local = iri.removeprefix(KB)
    found = finding_in(document, UNKNOWN, f"kb:{local}", *place)
    near = _near(iri, defined)
    return found._replace(hint=f"did you mean kb:{near}?") if near else found


def _near(iri: str, defined: frozenset[str]) -> str | None:
    return nearest(iri.removeprefix(KB), (name.removeprefix(KB) for name in defined))
