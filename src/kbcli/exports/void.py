"""A description of the dataset in Turtle, by VoID and DCAT: how much of what it holds, which version, which licence.

What kb.toml does not say (title, description, license, version) is not said here; the version is then git's commit.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, BinaryIO

import pyoxigraph as ox

from kbcli.names import KB, RDF_TYPE, STANDARD, compact, part_of
from kbcli.provenance import DCAT, data_version
from kbcli.quadsort import in_order
from kbcli.turtletext import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.extract import Extract

VOID = "http://rdfs.org/ns/void#"
SPDX_LICENCES = "http://spdx.org/licenses/"
_TYPE, _DCT, _INTEGER = STANDARD["rdf"] + "type", STANDARD["dct"], ox.NamedNode(STANDARD["xsd"] + "integer")


def write(extract: Extract, stream: BinaryIO) -> None:
    prefixes = {**extract.project.prefixes, "dcat": DCAT, "void": VOID}
    body = "".join(Writer(prefixes).turtle(_description(extract)))
    used = {prefix: iri for prefix, iri in sorted(prefixes.items()) if f"{prefix}:" in body}
    stream.write(f"{Writer(used).header()}{body}".encode())


class _Counts:
    """How many triples, subjects, instances of each class and uses of each property there are; each triple once."""

    def __init__(self, extract: Extract) -> None:
        self.triples = self.subjects = 0
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        for _, said in groupby(in_order(extract.triples()), attrgetter("subject")):
            self.subjects += 1
            for quad in said:
                self.triples += 1
                self.properties[quad.predicate.value] += 1
                if quad.predicate.value == RDF_TYPE and isinstance(quad.object, ox.NamedNode):
                    self.classes[quad.object.value] += 1


def _description(extract: Extract) -> Iterator[ox.Quad]:
    counts = _Counts(extract)
    dataset = f"{extract.project.base}dataset"
    parts = {
        name: [(_part(dataset, name, iri, extract), iri, number) for iri, number in sorted(counted.items())]
        for name, counted in (("class", counts.classes), ("property", counts.properties))
    }
    said: list[tuple[str, str, Any]] = [
        (dataset, _TYPE, DCAT + "Dataset"),
        (dataset, _TYPE, VOID + "Dataset"),
        *((dataset, predicate, value) for predicate, value in _stated(extract)),
        (dataset, VOID + "uriSpace", ox.Literal(extract.project.base)),
        (dataset, VOID + "vocabulary", KB.removesuffix("#")),
        (dataset, VOID + "triples", counts.triples),
        (dataset, VOID + "distinctSubjects", counts.subjects),
        (dataset, VOID + "classes", len(counts.classes)),
        (dataset, VOID + "properties", len(counts.properties)),
        *((dataset, f"{VOID}{name}Partition", part) for name, found in parts.items() for part, _, _ in found),
    ]
    for name, found in parts.items():
        counted = "entities" if name == "class" else "triples"
        for part, iri, number in found:
            said += [(part, VOID + name, iri), (part, VOID + counted, number)]
    yield from (_quad(*one) for one in said)


def _stated(extract: Extract) -> Iterator[tuple[str, Any]]:
    """What kb.toml and git say of a project's own data."""
    if not extract.vocabulary:
        return
    project = extract.project
    for name in ("title", "description"):
        if text := project.setting(name):
            yield _DCT + name, ox.Literal(text)
    if licence := project.setting("license"):
        yield _licence(licence)
    if version := project.setting("version") or data_version(project):
        yield DCAT + "version", ox.Literal(version)


def _licence(text: str) -> tuple[str, Any]:
    """An address as it is, an SPDX name as SPDX's address for it, other words as words."""
    if re.match(r"https?://\S+\Z", text):
        return _DCT + "license", text
    if re.fullmatch(r"[A-Za-z0-9.+\-]+", text):
        return _DCT + "license", SPDX_LICENCES + text
    return _DCT + "rights", ox.Literal(text)


def _part(dataset: str, name: str, iri: str, extract: Extract) -> str:
    """The name of a partition: no blank nodes, the same at every export."""
    short = compact(iri, extract.project.prefixes)
    local = hashlib.sha256(iri.encode()).hexdigest()[:12] if short.startswith("<") else short.replace(":", "-")
    return part_of(dataset, f"{name}-{local}")


def _quad(subject: str, predicate: str, value: Any) -> ox.Quad:
    match value:
        case int():
            node: Any = ox.Literal(str(value), datatype=_INTEGER)
        case str():
            node = ox.NamedNode(value)
        case _:
            node = value
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), node)
