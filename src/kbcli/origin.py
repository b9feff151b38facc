"""Where the parts of an export come from: a project's own files, or any RDF files."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.extract import Extract, Part
from kbcli.store import RDFLIB_SYNTAXES, load_files, rdf_files, rdf_format, reading
from kbcli.unparsed import refused_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from kbcli.progress import Progress
    from kbcli.project import Project


def of_project(
    project: Project, articles: Sequence[str] = (), *, canonical: bool = False, progress: Progress | None = None
) -> Extract:
    """The data and the vocabulary of a project; of the data what `articles`, if any, need."""
    files = project.data_files()
    if not files:
        raise UsageError(f"{project.root / 'data'}: no data files", "a knowledge base has Turtle files in data/")
    parts = tuple(_part(project, path) for path in files)
    whole = Extract(project, parts, (_part(project, project.ontology),), canonical=canonical, progress=progress)
    return _narrowed(whole, articles)


def of_files(  # noqa: PLR0913 what an export of files may be given
    project: Project,
    paths: Iterable[Path],
    base: str | None,
    articles: Sequence[str] = (),
    *,
    canonical: bool = False,
    progress: Progress | None = None,
) -> Extract:
    """Any RDF files, with their own named graphs; `project` is there for its prefixes."""
    files = [file for path in paths for file in rdf_files(path)]
    parts = tuple(Part(str(file), partial(_given, number, file, base)) for number, file in enumerate(files))
    return _narrowed(Extract(project, parts, canonical=canonical, progress=progress), articles)


def _narrowed(whole: Extract, articles: Sequence[str]) -> Extract:
    if not articles:
        return whole
    from kbcli.closure import article, needed

    chosen = tuple(dict.fromkeys(article(whole.view, name) for name in articles))
    subjects = needed(whole.view, chosen, whole.scratch.subjects_in(chosen))
    found = whole.scratch.parts_of(subjects)
    parts = tuple(part for number, part in enumerate(whole.parts) if number in found)
    return replace(whole, parts=parts, articles=chosen, subjects=subjects)


def _part(project: Project, path: Path) -> Part:
    from kbcli.digestcache import key
    from kbcli.provenance import graph_provenance

    graph = project.graph_iri(path)
    return Part(
        project.relative(path),
        partial(_own, project, path),
        partial(graph_provenance, project, path),
        graph,
        partial(key, path, graph),
    )


def _own(project: Project, path: Path) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    document = Document(path, project.relative(path))
    if refused := document.defect and refused_document(document, project.prefixes):
        raise refused
    graph = ox.NamedNode(project.graph_iri(path))
    return (ox.Quad(one.subject, one.predicate, one.object, graph) for one in document.triples)


def _given(number: int, path: Path, base: str | None) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    renamed: dict[ox.BlankNode, ox.BlankNode] = {}

    def term(node: Any) -> Any:
        """Two files' blank nodes are never one, and are called the same at every export."""
        if not isinstance(node, ox.BlankNode):
            return node
        return renamed.setdefault(node, ox.BlankNode(f"f{number}b{len(renamed)}"))

    for quad in _parsed(path, base):
        yield ox.Quad(term(quad.subject), quad.predicate, term(quad.object), term(quad.graph_name))


def _parsed(path: Path, base: str | None) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    if path.suffix[1:].lower() in RDFLIB_SYNTAXES:
        yield from sorted(load_files([path], base=base, union=False), key=str)
        return
    with reading(path):
        yield from ox.parse(path=str(path), format=rdf_format(path), base_iri=base or path.absolute().as_uri())
