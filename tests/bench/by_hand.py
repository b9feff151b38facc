"""What one would write without this project: parse every file with pyoxigraph (or rdflib), ask, print CSV.

python tests/bench/by_hand.py pyoxigraph|rdflib PROJECT [QUERY.rq [NAME=IRI]]; without a query it counts the triples.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(library: str, project: str, query: str = "", given: str = "") -> None:
    root = Path(project)
    files = [*sorted((root / "data").rglob("*.ttl")), root / "ontology" / "kb.ttl"]
    text = Path(query).read_text(encoding="utf-8") if query else ""
    if given:
        name, _, iri = given.partition("=")
        text = text.replace(f"VALUES ?{name} {{ UNDEF }}", f"VALUES ?{name} {{ <{iri}> }}")
    (_with_pyoxigraph if library == "pyoxigraph" else _with_rdflib)(files, text)


def _with_pyoxigraph(files: list[Path], text: str) -> None:
    import pyoxigraph as ox

    store = ox.Store()
    for path in files:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    if text:
        answer = store.query(text)
        assert isinstance(answer, ox.QuerySolutions)
        answer.serialize(sys.stdout.buffer, ox.QueryResultsFormat.CSV)
    else:
        print(len(store))


def _with_rdflib(files: list[Path], text: str) -> None:
    import rdflib

    graph = rdflib.Graph()
    for path in files:
        graph.parse(path, format="turtle")
    if text:
        graph.query(text).serialize(sys.stdout.buffer, format="csv")
    else:
        print(len(graph))


if __name__ == "__main__":
    main(*sys.argv[1:])
