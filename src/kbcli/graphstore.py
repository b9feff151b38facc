"""The graphs of a store: read, replaced and deleted, by the Graph Store Protocol or by SPARQL Update.

The name of a graph is an IRI, or empty for the default graph; what it holds is a `spelling.Graph`. Every request may be
made twice without harm, so those that fail in passing are made again. Where a store turns out to lack one of the two
protocols, the other is used from then on.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TypeVar

from kbcli.errors import RemoteError, UsageError
from kbcli.failure import LackingError, TransientError, UnreachableError
from kbcli.remote import Remote, media_type
from kbcli.spelling import graph as spelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kbcli.services import Service
    from kbcli.spelling import Graph

Result = TypeVar("Result")
WAITS = (1.0, 3.0, 9.0)  # seconds before each further try
AT_ONCE = 1000  # triples in one update: some compilers of updates take no more than a few thousand
LONGEST = 200_000  # characters of them
_DONE = frozenset([200, 201, 202, 204])
_NOT_THERE = frozenset([404, 410])
_OK = 200


class GraphStore:
    """One store. `timeout` in seconds of silence; `noted` is told of every request that is made again, and why."""

    def __init__(self, service: Service, timeout: float, noted: Callable[[str], None] = lambda _: None) -> None:
        self._graphs, self._update, self._query = (
            Remote(url, timeout) if url else None for url in (service.graphs, service.update, service.query)
        )
        self._noted = noted
        self._reached = False

    @property
    def shown(self) -> str:
        """The address that takes what is sent."""
        remote = self._graphs or self._update
        return remote.shown if remote else ""

    def read(self, graph: str) -> Graph:
        """What a graph holds; nothing where there is no such graph."""
        return self._either(lambda graphs: _got(graphs, graph), lambda: self._again(lambda: self._constructed(graph)))

    def probe(self) -> None:
        """Whether there is a graph store at all, where one says that a graph is not there: the default graph always is.

        Raises RemoteError if not.
        """

        def ask(graphs: Remote) -> None:
            # What else goes wrong here is no sign: Virtuoso has no default graph, and says so with a 500.
            accepted = frozenset(range(200, 600)) - _NOT_THERE
            with graphs.sent("GET", params=_named(""), headers=_accepting(), accepted=accepted):
                pass

        self._either(ask, lambda: None)

    def refuse_default(self) -> None:
        """Raises UsageError where the default graph cannot be told from the others."""
        if not self._graphs:
            raise UsageError(
                "the default graph needs a store with the Graph Store Protocol: a query cannot tell it from the union "
                "of all graphs",
                "--graph IRI or --graph per-article does without",
            )

    def replace(self, graph: str, goal: Graph, held: Graph, *, shared: bool = False) -> None:
        """Make a graph that holds `held` hold `goal`; where it is `shared`, without touching the rest, if that can be.

        In one request, where the Graph Store Protocol or one update can; else in steps, removals first. An update is for
        what is shared, and for a small change of a large graph: there are stores that compile one slowly. It never
        touches the default graph: there are stores that would remove a triple from all graphs.
        """
        removed = sorted(held[key] for key in held.keys() - goal.keys())
        added = sorted(goal[key] for key in goal.keys() - held.keys())
        steps = list(_steps(removed, added))
        apart = shared or (len(steps) == 1 and len(goal) > AT_ONCE)
        if graph and self._update and held and (apart or not self._graphs):
            try:
                self._change(graph, steps)
            except LackingError:
                if not self._graphs:
                    raise
                self._noted(f"{self._update.shown}: takes no updates; whole graphs are sent instead")
                self._update = None
            else:
                return
        merging = shared and not removed
        lines = added if merging else goal.values()
        self._either(
            lambda graphs: _sent(graphs, "POST" if merging else "PUT", graph, lines), lambda: self._change(graph, steps)
        )

    def delete(self, graph: str, held: Graph) -> None:
        """`held` is all that the graph holds."""
        self._either(lambda graphs: _deleted(graphs, graph), lambda: self.replace(graph, {}, held))

    def names(self, beginnings: Iterable[str]) -> list[str]:
        """The graphs whose names begin so; none where it is not known who takes queries."""
        if not self._query:
            return []
        from kbcli.endpoint import Endpoint

        endpoint = Endpoint(self._query.url, self._query.timeout)
        begins = " || ".join(f'strstarts(str(?graph), "{beginning}")' for beginning in beginnings)
        text = f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} FILTER ({begins}) }}"
        return [row["graph"].value for row in self._again(lambda: endpoint.rows(text))]

    def _constructed(self, graph: str) -> Graph:
        assert self._query  # noqa: S101 where there is no graph store, both other addresses are needed
        if not graph:
            self.refuse_default()
        query = {"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"}
        with self._query.sent("POST", data=query, headers=_accepting()) as response:
            return _lines(response, self._query)

    def _change(self, graph: str, steps: Iterable[Step]) -> None:
        def send(update: str) -> None:
            assert self._update  # noqa: S101 where there is no graph store, both other addresses are needed
            with self._update.sent("POST", data={"update": update}, accepted=_DONE):
                pass

        for removed, added in steps:
            update = _update(graph, removed, added)
            self._again(lambda update=update: send(update))  # type: ignore[misc]

    def _either(self, direct: Callable[[Remote], Result], otherwise: Callable[[], Result]) -> Result:
        """By the Graph Store Protocol; where the store lacks it, `otherwise`, if its other addresses are known."""
        if graphs := self._graphs:
            try:
                return self._again(lambda: direct(graphs))
            except LackingError as error:
                if not (self._update and self._query):
                    raise RemoteError(
                        error.what, "is this a graph store? for one that takes only updates: --update URL --query URL"
                    ) from error
                self._noted(f"{graphs.shown}: no Graph Store Protocol (HTTP {error.status}); SPARQL Update is used")
                self._graphs = None
        return otherwise()

    def _again(self, attempt: Callable[[], Result]) -> Result:
        """What `attempt` gives; made again after failures that may pass. What was never there is not waited for."""
        for wait in WAITS:
            try:
                result = attempt()
            except TransientError as error:
                if isinstance(error, UnreachableError) and not self._reached:
                    raise
                self._noted(f"{error.what}; trying again in {wait:g} s")
                time.sleep(wait)
            else:
                self._reached = True
                return result
        return attempt()


Step = tuple[list[str], list[str]]


def _got(graphs: Remote, graph: str) -> Graph:
    accepted = frozenset([_OK, 204]) | _NOT_THERE
    with graphs.sent("GET", params=_named(graph), headers=_accepting(), accepted=accepted) as response:
        return _lines(response, graphs) if response.status_code == _OK else {}


def _sent(graphs: Remote, method: str, graph: str, lines: Iterable[str]) -> None:
    body = "".join(f"{line} .\n" for line in sorted(lines)).encode()
    headers = {"Content-Type": "text/turtle; charset=utf-8"}  # N-Triples is Turtle, and older stores know no other
    with graphs.sent(method, params=_named(graph), data=body, headers=headers, accepted=_DONE):
        pass


def _deleted(graphs: Remote, graph: str) -> None:
    with graphs.sent("DELETE", params=_named(graph), accepted=_DONE | _NOT_THERE):
        pass


def _accepting() -> dict[str, str]:
    return {"Accept": "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"}


def _named(graph: str) -> dict[str, str] | str:
    return {"graph": graph} if graph else "default"


def _update(graph: str, removed: Iterable[str], added: Iterable[str]) -> str:
    """One update for both: a store does all of it or nothing."""
    parts = []
    for verb, lines in (("DELETE", removed), ("INSERT", added)):
        if body := "".join(f"{line} .\n" for line in lines):
            parts.append(f"{verb} DATA {{ GRAPH <{graph}> {{ {body} }} }}")
    return " ;\n".join(parts)


def _steps(removed: list[str], added: list[str]) -> Iterator[Step]:
    """All at once if that is little; else first what is removed, then what is added, by and by."""
    if len(removed) + len(added) <= AT_ONCE and sum(map(len, removed)) + sum(map(len, added)) <= LONGEST:
        yield removed, added
        return
    yield from ((bundle, []) for bundle in _bundled(removed))
    yield from (([], bundle) for bundle in _bundled(added))


def _bundled(lines: Iterable[str]) -> Iterator[list[str]]:
    bundle: list[str] = []
    size = 0
    for line in lines:
        if bundle and (len(bundle) == AT_ONCE or size + len(line) > LONGEST):
            yield bundle
            bundle, size = [], 0
        bundle.append(line)
        size += len(line)
    if bundle:
        yield bundle


def _lines(response: Any, remote: Remote) -> Graph:
    import pyoxigraph as ox

    from kbcli.endpoint import TRIPLE_FORMATS

    kind = media_type(response)
    if kind not in TRIPLE_FORMATS:
        raise RemoteError(
            f"{remote.shown}: answers with {kind or 'no media type'}, not with a graph",
            "is this the address of the graph store (as in /store, /data), and not of a web page?",
        )
    syntax = getattr(ox.RdfFormat, TRIPLE_FORMATS[kind])
    try:
        return spelt(str(quad.triple) for quad in ox.parse(remote.body(response), format=syntax))
    except SyntaxError as error:
        raise remote.broken(response, error) from error
