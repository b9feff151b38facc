"""HTTP servers for the tests: an endpoint that answers with the engine, and ones that misbehave."""

from __future__ import annotations

import contextlib
import http.server
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

Answering = "Callable[[Handler], None]"


class Handler(http.server.BaseHTTPRequestHandler):
    """Hands every request to the server's `answering`, and keeps what was asked in `seen`."""

    protocol_version = "HTTP/1.1"
    server: Server

    def handle_any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        self.server.seen.append((self.command, self.path, dict(self.headers), self.body))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.server.answering(self)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815 the library calls them so

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    answering: Callable[[Handler], None]
    seen: list[tuple[str, str, dict[str, str], bytes]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/query"


@contextlib.contextmanager
def serving(answering: Callable[[Handler], None], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.answering, server.seen = answering, []
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def endpoint(store: ox.Store, *, union: bool = False) -> Callable[[Handler], None]:
    """A SPARQL endpoint over `store`."""

    def answer(request: Handler) -> None:
        asked = request.body.decode() if request.command == "POST" else urlsplit(request.path).query
        try:
            result: Any = store.query(parse_qs(asked)["query"][0], use_default_graph_as_union=union)
        except SyntaxError as error:
            request.reply(400, str(error).encode(), Content_Type="text/plain")
            return
        if isinstance(result, ox.QueryTriples):
            request.reply(200, result.serialize(format=ox.RdfFormat.N_TRIPLES), Content_Type="application/n-triples")
        else:
            body = result.serialize(format=ox.QueryResultsFormat.JSON)
            request.reply(200, body, Content_Type="application/sparql-results+json; charset=utf-8")

    return answer


def graph_store(store: ox.Store, *, union: bool = False) -> Callable[[Handler], None]:
    """A triple store at /store (Graph Store Protocol), /update and /query; `union`: queries see all graphs."""

    def answer(request: Handler) -> None:
        path, _, query = request.path.partition("?")
        if path == "/query":
            endpoint(store, union=union)(request)
        elif path == "/update":
            store.update(parse_qs(request.body.decode())["update"][0])
            request.reply(204)
        elif path == "/store":
            _graph(request, store, parse_qs(query, keep_blank_values=True))
        else:
            request.reply(404)

    return answer


def _graph(request: Handler, store: ox.Store, asked: dict[str, list[str]]) -> None:
    graph = ox.DefaultGraph() if "default" in asked else ox.NamedNode(asked["graph"][0])
    there = next(store.quads_for_pattern(None, None, None, graph), None) is not None or "default" in asked
    if request.command in ("PUT", "DELETE"):
        store.clear_graph(graph)
    if request.command in ("PUT", "POST"):
        triples = ox.parse(request.body, format=ox.RdfFormat.TURTLE)
        store.extend(ox.Quad(*triple.triple, graph) for triple in triples)
        request.reply(204)
    elif not there:
        request.reply(404)
    elif request.command == "DELETE":
        request.reply(204)
    else:
        quads = store.quads_for_pattern(None, None, None, graph)
        body = "".join(f"{quad.triple} .\n" for quad in quads).encode()
        request.reply(200, body, Content_Type="application/n-triples")
