"""RDF files in a pyoxigraph store: one named graph per file, their union as the default graph.

The union is real: its triples are copied into the default graph, where equal triples of two files are one.
(The engine's own union view would give such a triple once per file, and rows would double.)
"""

from __future__ import annotations

import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.names import prefixes
from kbcli.project import files_below
from kbcli.unparsed import refused_document, refused_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
        raise no_data(project)
    store = ox.Store()
    for path in [*files, project.ontology]:
        graph = ox.NamedNode(project.graph_iri(path)) if graphs else None
        load_own(store, project, path, graph)
    if graphs:
        store.update(_UNION)
    return store


def no_data(project: Project) -> UsageError:
    return UsageError(f"{project.root / 'data'}: no data files", "a knowledge base has Turtle files in data/")


def load_files(paths: Iterable[Path], *, base: str | None, union: bool) -> ox.Store:
    """Any RDF files or folders of them, loaded as they are; `union` makes their named graphs visible by default."""
    import pyoxigraph as ox

    store = ox.Store()
    for path in paths:
        for file in rdf_files(path):
            _load(store, file, base or file.absolute().as_uri())
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


def rdf_format(path: Path) -> ox.RdfFormat:
    """The syntax that the name of a file stands for. Raises UsageError where that is none the engine reads."""
    import pyoxigraph as ox

    extension = path.suffix[1:].lower()
    syntax = ox.RdfFormat.JSON_LD if extension == "json" else ox.RdfFormat.from_extension(extension)
    if syntax is None:
        raise UsageError(f"{path}: unknown kind of file", f"extensions read: {', '.join(SYNTAXES)}")
    return syntax


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """What goes wrong while a file outside any project is read is a UsageError."""
    try:
        yield
    except SyntaxError as error:
        raise refused_file(path, str(path), error, prefixes()) from error
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or printable(str(error))}") from error


def load_own(
    store: ox.Store, project: Project, path: Path, graph: ox.NamedNode | None = None, *, text: bytes | None = None
) -> None:
    """A Turtle file of the project; `text` is what it holds if it was read already. Raises UsageError with the place."""
    import pyoxigraph as ox

    shown = project.relative(path)
    try:
        source = None if text is not None else str(path)
        store.load(text, path=source, format=ox.RdfFormat.TURTLE, to_graph=graph)
    except SyntaxError as error:
        refused = refused_document(Document(path, shown), project.prefixes)
        raise (refused or refused_file(path, shown, error, project.prefixes)) from error
    except OSError as error:
        raise UsageError(f"{shown}: {error.strerror or printable(str(error))}") from error


def _load(store: ox.Store, path: Path, base: str) -> None:
    import pyoxigraph as ox

    with reading(path):
        if path.suffix[1:].lower() in RDFLIB_SYNTAXES:
            store.load(_through_rdflib(path), format=ox.RdfFormat.N_QUADS)
        else:
            store.load(path=str(path), format=rdf_format(path), base_iri=base)


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
