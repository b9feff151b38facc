"""RDF files in a pyoxigraph store: one named graph per file, their union as the default graph.

The union is real: its triples are copied into the default graph, where equal triples of two files are one.
(The engine's own union view would give such a triple once per file, and rows would double.)
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.project import files_below

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyoxigraph as ox

    from kbcli.project import Project

# Extensions of syntaxes that only rdflib reads, with rdflib's name for them.
RDFLIB_SYNTAXES = {"trix": "trix", "hext": "hext"}
SYNTAXES = ("ttl", "nt", "nq", "trig", "n3", "rdf", "xml", "owl", "jsonld", "json", *RDFLIB_SYNTAXES)
_UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


def load_project(project: Project, *, graphs: bool) -> ox.Store:
    """The project's data and vocabulary. The named graphs are kept only if `graphs`: most questions need none."""
    import pyoxigraph as ox

    files = project.data_files()
    if not files:
        raise UsageError(f"{project.root / 'data'}: no data files", "a knowledge base has Turtle files in data/")
    store = ox.Store()
    for path in [*files, project.ontology]:
        graph = ox.NamedNode(project.graph_iri(path)) if graphs else None
        _load(store, path, project.relative(path), graph, None)
    if graphs:
        store.update(_UNION)
    return store


def load_files(paths: Iterable[Path], *, base: str | None, union: bool) -> ox.Store:
    """Any RDF files or folders of them, loaded as they are; `union` makes their named graphs visible by default."""
    import pyoxigraph as ox

    store = ox.Store()
    for path in paths:
        for file in rdf_files(path):
            _load(store, file, str(file), None, base or file.absolute().as_uri())
    if union:
        store.update(_UNION)
    return store


def rdf_files(path: Path) -> list[Path]:
    """`path` itself, or the RDF files below it. Refuses what is missing, empty of RDF, or no regular file."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    if stat.S_ISREG(mode):
        return [path]
    if not stat.S_ISDIR(mode):
        raise UsageError(f"{path}: neither a file nor a folder", "copy what it delivers into a file first")
    found = [file for file in files_below(path) if file.suffix[1:].lower() in SYNTAXES]
    if not found:
        raise UsageError(f"{path}: no RDF files in this folder", f"extensions read: {', '.join(SYNTAXES)}")
    return found


def _load(store: ox.Store, path: Path, shown: str, graph: ox.NamedNode | None, base: str | None) -> None:
    import pyoxigraph as ox

    extension = path.suffix[1:].lower()
    try:
        if extension in RDFLIB_SYNTAXES:
            store.load(_through_rdflib(path), format=ox.RdfFormat.N_QUADS)
            return
        syntax = ox.RdfFormat.JSON_LD if extension == "json" else ox.RdfFormat.from_extension(extension)
        if syntax is None:
            raise UsageError(f"{shown}: unknown kind of file", f"extensions read: {', '.join(SYNTAXES)}")
        store.load(path=str(path), format=syntax, base_iri=base, to_graph=graph)
    except SyntaxError as error:
        place = f"{shown}:{error.lineno}:{error.offset}" if error.lineno else shown
        hint = "kb validate shows what is wrong with it" if graph or base is None else "correct the file at this place"
        raise UsageError(f"{place}: {printable(error.msg.rpartition(': ')[2])}", hint) from error
    except OSError as error:
        raise UsageError(f"{shown}: {error.strerror or printable(str(error))}") from error


def _through_rdflib(path: Path) -> bytes:
    import rdflib

    if b"<!DOCTYPE" in path.read_bytes():  # entities can grow without end, and rdflib has no limit for them
        raise UsageError(f"{path}: a document type declaration is not read", "write its entities out")
    graph = rdflib.Dataset()
    try:
        graph.parse(path, format=RDFLIB_SYNTAXES[path.suffix[1:].lower()])
    except Exception as error:  # rdflib's parsers raise whatever their libraries do
        raise UsageError(f"{path}: {printable(str(error))}") from error
    return graph.serialize(format="nquads", encoding="utf-8")
