"""The nodes of the data that no shape looks at, for they have no class of the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.names import KB, RDF_TYPE, STANDARD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbcli.corpus import Corpus

_CONCEPTS = frozenset(STANDARD["skos"] + name for name in ("Concept", "ConceptScheme"))


def classless(corpus: Corpus) -> Mapping[str, list[str]]:
    """Their IRIs, sorted, each with the classes that it has instead."""
    known = _CONCEPTS | {iri for iri in corpus.vocabulary.subjects if iri.startswith(KB) and iri[len(KB)].isupper()}
    typed: dict[str, list[str]] = {}
    for quad in corpus.store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), None, None):
        typed.setdefault(getattr(quad.subject, "value", ""), []).append(getattr(quad.object, "value", ""))
    return {iri: sorted(typed.get(iri, ())) for iri in sorted(corpus.homes) if known.isdisjoint(typed.get(iri, ()))}
