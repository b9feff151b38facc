"""Where a named graph of an export comes from: which file, with which checksum, of which commit, from which article.

It is said in a graph of its own, and of nodes of its own: a graph's IRI is the article's, and an article was not made
by `kb`. So the default graph stays empty, and the union of all graphs answers every saved query as the data does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kbcli import __version__
from kbcli.names import FOLDERS, STANDARD, part_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyoxigraph as ox

    from kbcli.project import Project

SD = "http://www.w3.org/ns/sparql-service-description#"
SPDX = "http://spdx.org/rdf/terms#"
DCAT = "http://www.w3.org/ns/dcat#"
PARTS = ("data", "ontology/kb.ttl")


@lru_cache(maxsize=4)
def data_version(project: Project) -> str:
    """The commit that holds the data, if git tells."""
    from kbcli.git import version

    return version(project.root, *PARTS)


def graph_provenance(project: Project, path: Path) -> Iterator[ox.Quad]:
    """The graph of one file, the file, its checksum, and the export that made the one of the other."""
    import pyoxigraph as ox

    graph = project.graph_iri(path)
    where = ox.NamedNode(f"{project.base}graph/provenance")
    rdf, prov, dct, xsd = (STANDARD[prefix] for prefix in ("rdf", "prov", "dct", "xsd"))
    this, file, checksum = (part_of(graph, name) for name in ("graph", "file", "sha256"))
    export, tool = part_of(where.value, "export"), part_of(where.value, "kb")
    digest, article = _digests(path, graph, project)
    version = data_version(project)
    said: list[tuple[str, str, Any]] = [
        (this, rdf + "type", SD + "NamedGraph"),
        (this, rdf + "type", prov + "Entity"),
        (this, SD + "name", graph),
        (this, prov + "wasDerivedFrom", file),
        (this, prov + "wasGeneratedBy", export),
        (file, rdf + "type", prov + "Entity"),
        (file, dct + "title", ox.Literal(project.relative(path))),
        *([(file, DCAT + "version", ox.Literal(version))] if version else []),
        (file, SPDX + "checksum", checksum),
        *([(file, prov + "wasDerivedFrom", article)] if article else []),
        (checksum, rdf + "type", SPDX + "Checksum"),
        (checksum, SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256"),
        (checksum, SPDX + "checksumValue", ox.Literal(digest, datatype=ox.NamedNode(xsd + "hexBinary"))),
        *(_export(export, tool) if path == project.ontology else ()),
    ]
    for subject, predicate, value in said:
        object_ = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
        yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), object_, where)


def _digests(path: Path, graph: str, project: Project) -> tuple[str, str]:
    """The checksum of the file, and the article it transcribes (empty: none)."""
    import hashlib

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return digest, graph if graph.startswith(project.base + FOLDERS["art"]) else ""


def _export(export: str, tool: str) -> list[tuple[str, str, Any]]:
    """What is the same for all graphs; it is said once, beside the vocabulary, which no export is without."""
    import pyoxigraph as ox

    rdf, prov, dct = (STANDARD[prefix] for prefix in ("rdf", "prov", "dct"))
    return [
        (export, rdf + "type", prov + "Activity"),
        (export, prov + "wasAssociatedWith", tool),
        (tool, rdf + "type", prov + "SoftwareAgent"),
        (tool, dct + "title", ox.Literal(f"kb {__version__}")),
    ]
