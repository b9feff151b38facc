"""What an endpoint says around one thing: read like a store, fetched piece by piece when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.names import ALT_LABEL, LABEL, RDF_TYPE, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

    from kbcli.endpoint import Endpoint

MOST = 1000  # things whose name has the part that was typed
_NAMING = f"<{RDF_TYPE}> <{LABEL}> <{ALT_LABEL}>"


class Neighbourhood:
    """A part of `quads_for_pattern` of a store, all in the default graph.

    A subject comes with all that is said of it and of its objects: a card asks for these next.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        import pyoxigraph as ox

        self._endpoint = endpoint
        self._store = ox.Store()
        self._fetched: set[object] = set()

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        value: ox.NamedNode | None,
        _: None = None,
    ) -> Iterator[ox.Quad]:
        if subject is not None:
            self._fetch(subject, f"{{ BIND ({subject} AS ?s) ?s ?p ?o }} UNION {{ {subject} ?via ?s . ?s ?p ?o }}")
        else:
            self._fetch((predicate, value), f"?s {predicate or '?any'} {value or '?value'} ; ?p ?o")
        return self._store.quads_for_pattern(subject, predicate, value, None)

    def __iter__(self) -> Iterator[ox.Quad]:
        """What has been fetched so far."""
        return iter(self._store)

    def _fetch(self, key: object, pattern: str) -> None:
        if key in self._fetched:
            return
        triples = self._endpoint.triples(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}")
        self._extend(triples)
        self._fetched |= {key, *(triple.subject for triple in triples)}

    def _extend(self, triples: Iterable[ox.Triple]) -> None:
        import pyoxigraph as ox

        self._store.extend(ox.Quad(*triple) for triple in triples)


def named(endpoint: Endpoint, name: str, prefixes: Mapping[str, str]) -> ox.Store:
    """A store of the classes, labels and aliases of what may be meant by `name`."""
    import pyoxigraph as ox

    from kbcli.endpoint import is_iri, literal

    iri = expand(name, prefixes)
    part = literal(name.casefold())
    store = ox.Store()
    for pattern in (
        f"VALUES ?s {{ {ox.NamedNode(iri)} }} ?s a ?class" if iri and is_iri(iri) else "",
        f"?s a ?class FILTER (strends(lcase(str(?s)), {part}))",
        f"?s <{LABEL}>|<{ALT_LABEL}> ?name FILTER (contains(lcase(str(?name)), {part}))",
    ):
        if pattern:
            text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ SELECT DISTINCT ?s {{ {pattern} }} LIMIT {MOST} }} VALUES ?p {{ {_NAMING} }} ?s ?p ?o }}"
            store.extend(ox.Quad(*triple) for triple in endpoint.triples(text))
    return store
