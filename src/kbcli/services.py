"""The addresses of known stores: where each takes graphs, updates and queries, guessed from any one of them.

And how to make each show its named graphs to a query that names none. Sources: the manuals of the stores.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Service(NamedTuple):
    """The addresses of one store; empty where it is not known. `graphs` is that of the Graph Store Protocol."""

    store: str
    graphs: str
    update: str
    query: str
    union: str = ""


class _Known(NamedTuple):
    """`pattern` has the group `root`; the templates put what stands behind it for a graph store, updates, queries."""

    store: str
    pattern: str
    graphs: str
    update: str
    query: str
    union: str


_STORES = (
    _Known(
        "GraphDB or RDF4J",
        r"(?P<root>.*/repositories/[^/?]+)(/statements|/rdf-graphs/service)?",
        "/rdf-graphs/service",
        "/statements",
        "",
        "",
    ),
    _Known(
        "Virtuoso",
        r"(?P<root>https?://[^/]+)(/sparql-graph-crud(-auth)?|/sparql-auth|(?<=:8890)/sparql)",
        "/sparql-graph-crud-auth",
        "/sparql-auth",
        "/sparql",
        "",
    ),
    _Known("Neptune", r"(?P<root>https?://[^/]+:8182)/sparql(/gsp)?", "/sparql/gsp/", "/sparql", "/sparql", ""),
    _Known(
        "Fuseki",
        r"(?P<root>https?://[^/]+/[^?]*[^/?])/(data|get|update|query|sparql)",
        "/data",
        "/update",
        "/query",
        "the dataset's tdb2:unionDefaultGraph true, or start it with --set tdb:unionDefaultGraph=true",
    ),
    _Known(
        "Oxigraph",
        r"(?P<root>https?://[^/]+)/(store|update|query)",
        "/store",
        "/update",
        "/query",
        "start it as oxigraph serve --union-default-graph",
    ),
)
_ANY = "for a store that hides them: push with --graph default"


def service(url: str) -> Service:
    """What is known of the store that has `url`; of a stranger only that address, taken for that of its graphs."""
    for known in _STORES:
        if match := re.fullmatch(known.pattern, url.rstrip("/")):
            root = match["root"]
            return Service(
                known.store, root + known.graphs, root + known.update, root + known.query, known.union or _ANY
            )
    return Service("", url, "", "", _ANY)
