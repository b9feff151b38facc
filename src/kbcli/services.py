"""The addresses of known stores: where each takes graphs, updates and queries, guessed from any one of them.

And how to make each show its named graphs to a query that names none. Sources: the manuals of the stores.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Service(NamedTuple):
    """The addresses of one store; empty where it is not known, or has none. `graphs` is that of the Graph Store Protocol.

    `union`: what makes a query that names no graph see all of them.
    """

    store: str
    graphs: str
    update: str
    query: str
    union: str = ""


class _Known(NamedTuple):
    """`pattern` has the group `root`; the templates put what stands behind it for a graph store, updates, queries."""

    store: str
    pattern: str
    graphs: str | None  # None: there is none
    update: str
    query: str
    union: str = ""


_HOST = r"(?P<root>https?://[^/?]+)"
_UNION_IS_RULE = "its default graph is the union of all, unless it was set up otherwise"
_STORES = (
    _Known(
        "GraphDB or RDF4J",
        r"(?P<root>[^?]*/repositories/[^/?]+)(/statements|/rdf-graphs/service)?",
        "/rdf-graphs/service",
        "/statements",
        "",
        _UNION_IS_RULE,
    ),
    _Known(
        "Virtuoso",
        _HOST + r"(/sparql-graph-crud-auth|/sparql-auth|(?<=:8890)/sparql)",
        "/sparql-graph-crud-auth",
        "/sparql-auth",
        "/sparql",
        "no DefaultGraph in virtuoso.ini, so that the default graph is the union of all",
    ),
    _Known("Virtuoso", _HOST + "/sparql-graph-crud", "/sparql-graph-crud", "/sparql", "/sparql"),
    _Known(
        "Neptune", r"(?P<root>https?://[^/?]+:8182)/sparql(/gsp)?", "/sparql/gsp/", "/sparql", "/sparql", _UNION_IS_RULE
    ),
    _Known(
        "Blazegraph",
        r"(?P<root>[^?]*/(bigdata|blazegraph)(/namespace/[^/?]+)?/sparql)",
        None,
        "",
        "",
        "a namespace in quads mode shows the union of all",
    ),
    _Known(
        "Stardog",
        r"(?P<root>https?://[^/?]+:5820/[^/?]+)(/query|/update)?",
        "",
        "/update",
        "/query",
        "set the database's option query.all.graphs to true",
    ),
    _Known(
        "Fuseki",
        r"(?P<root>https?://[^/?]+/[^?]*[^/?])/(data|get|gsp|update|query|sparql)|(?P<dataset>https?://[^/?]+:3030/[^/?]+)",
        "/data",
        "/update",
        "/query",
        "tdb2:unionDefaultGraph true in the dataset's configuration",
    ),
    _Known(
        "Oxigraph",
        r"(?P<root>https?://[^?]+)/store|(?P<dataset>https?://[^/?]+)/(update|query)",
        "/store",
        "/update",
        "/query",
        "start it as oxigraph serve --union-default-graph",
    ),
    _Known("QLever", _HOST, "", "", "", _UNION_IS_RULE),
)
_ANY = "for a store that hides them: push with --graph default"


def service(url: str) -> Service:
    """What is known of the store that has `url`; of a stranger only that address, taken for that of its graphs."""
    for known in _STORES:
        if match := re.fullmatch(known.pattern, url.rstrip("/")):
            root = match["root"] or match["dataset"]
            graphs = "" if known.graphs is None else root + known.graphs
            return Service(known.store, graphs, root + known.update, root + known.query, known.union or _ANY)
    return Service("", url, "", "", _ANY)
