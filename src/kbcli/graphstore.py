"""The graphs of a store: read, replaced and deleted, by the Graph Store Protocol or by SPARQL Update.

The name of a graph is an IRI, or empty for the default graph; what it holds is a `spelling.Graph`. Every request may be made twice without harm, so those that fail in passing are made again.
"""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from kbcli.errors import RemoteError
from kbcli.remote import Remote, TransientError, media_type
from kbcli.spelling import graph as spelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kbcli.services import Service
    from kbcli.spelling import Graph

Result = TypeVar("Result")
WAITS = (1.0, 3.0, 9.0)  # seconds before each further try
AT_ONCE = 1000  # triples in one update: some compilers of updates take no more than a few thousand
_DONE = frozenset([200, 201, 202, 204])
_NOT_THERE = frozenset([404, 410])


class GraphStore:
    """One store. `timeout` in seconds of silence; `retrying` is told why, before a request is made again."""

    def __init__(self, service: Service, timeout: float, retrying: Callable[[str], None] = lambda _: None) -> None:
        self._graphs, self._update, self._query = (
            Remote(url, timeout) if url else None for url in (service.graphs, service.update, service.query)
        )
        self._retrying = retrying

    def read(self, graph: str) -> Graph:
        """What a graph holds; nothing where there is no such graph."""
        return self._again(lambda: self._got(graph) if self._graphs else self._constructed(graph))

    def replace(self, graph: str, goal: Graph, held: Graph) -> None:
        """Make a graph that holds `held` hold `goal`.

        In one request, where the Graph Store Protocol or one update can; else in steps, removals first.
        """
        removed = sorted(held[key] for key in held.keys() - goal.keys())
        added = sorted(goal[key] for key in goal.keys() - held.keys())
        few = len(removed) + len(added) <= AT_ONCE
        if self._graphs and not (self._update and few and held):
            self._again(lambda: self._put(graph, goal.values()))
            return
        for step in [(removed, added)] if few else _steps(removed, added):
            self._changed(_change(graph, *step))

    def delete(self, graph: str) -> None:
        if self._graphs:
            self._again(lambda: self._deleted(graph))
        else:
            self._changed(f"DROP SILENT GRAPH <{graph}>" if graph else "CLEAR SILENT DEFAULT")

    def _got(self, graph: str) -> Graph:
        assert self._graphs  # noqa: S101 `read` made sure
        headers = {"Accept": "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"}
        with self._graphs.sent(
            "GET", params=_named(graph), headers=headers, accepted=frozenset([200, 204]) | _NOT_THERE
        ) as response:
            return {} if response.status_code != 200 else _lines(response, self._graphs.url)  # noqa: PLR2004

    def _constructed(self, graph: str) -> Graph:
        assert self._query  # noqa: S101 where there is no graph store, both other addresses are needed
        inner = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        query = {"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {inner} }}"}
        headers = {"Accept": "application/n-triples, text/turtle;q=0.9"}
        with self._query.sent("POST", data=query, headers=headers) as response:
            return _lines(response, self._query.url)

    def _put(self, graph: str, lines: Iterable[str]) -> None:
        assert self._graphs  # noqa: S101 `replace` made sure
        body = "".join(f"{line} .\n" for line in sorted(lines)).encode()
        headers = {"Content-Type": "text/turtle; charset=utf-8"}  # N-Triples is Turtle, and older stores know no other
        with self._graphs.sent("PUT", params=_named(graph), data=body, headers=headers, accepted=_DONE):
            pass

    def _deleted(self, graph: str) -> None:
        assert self._graphs  # noqa: S101 `delete` made sure
        with self._graphs.sent("DELETE", params=_named(graph), accepted=_DONE | _NOT_THERE):
            pass

    def _changed(self, update: str) -> None:
        def send() -> None:
            assert self._update  # noqa: S101 where there is no graph store, both other addresses are needed
            with self._update.sent("POST", data={"update": update}, accepted=_DONE):
                pass

        self._again(send)

    def _again(self, attempt: Callable[[], Result]) -> Result:
        """What `attempt` gives; made again after failures that may pass."""
        for wait in WAITS:
            try:
                return attempt()
            except TransientError as error:
                self._retrying(f"{error.what}; trying again in {wait:g} s")
                time.sleep(wait)
        return attempt()


def _named(graph: str) -> dict[str, str]:
    return {"graph": graph} if graph else {"default": ""}


def _change(graph: str, removed: Iterable[str], added: Iterable[str]) -> str:
    """One update for both: a store does all of it or nothing."""
    parts = []
    for verb, lines in (("DELETE", removed), ("INSERT", added)):
        if body := "".join(f"{line} .\n" for line in lines):
            parts.append(f"{verb} DATA {{ {f'GRAPH <{graph}> {{ {body} }}' if graph else body} }}")
    return " ;\n".join(parts)


def _steps(removed: Iterable[str], added: Iterable[str]) -> Iterator[tuple[list[str], list[str]]]:
    for index, lines in enumerate((iter(removed), iter(added))):
        while step := list(islice(lines, AT_ONCE)):
            yield ([], step) if index else (step, [])


def _lines(response: Any, url: str) -> Graph:
    import pyoxigraph as ox

    from kbcli.endpoint import body

    formats = {
        "application/n-triples": ox.RdfFormat.N_TRIPLES,
        "text/plain": ox.RdfFormat.N_TRIPLES,
        "text/turtle": ox.RdfFormat.TURTLE,
        "application/rdf+xml": ox.RdfFormat.RDF_XML,
    }
    kind = media_type(response)
    if kind not in formats:
        raise RemoteError(
            f"{url}: answers with {kind or 'no media type'}, not with a graph",
            "is this the address of the graph store (as in /store, /data), and not of a web page?",
        )
    try:
        return spelt(str(quad.triple) for quad in ox.parse(body(response), format=formats[kind]))
    except SyntaxError as error:
        raise TransientError(f"{url}: the graph breaks off or is damaged: {error.msg}") from error
