"""The defects of the file of shapes, each at its place; and which of them is why no shape can be applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kbcli.names import RDF_TYPE, STANDARD
from kbcli.shaclvalues import Malformed, malformed
from kbcli.sparql import line_and_column, offset_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kbcli.document import Document
    from kbcli.project import Project

_SH = STANDARD["sh"]
_SHAPES = frozenset([_SH + "NodeShape", _SH + "PropertyShape"])
_SELECT, _PARTS = ox.NamedNode(_SH + "select"), frozenset([_SH + "property", _SH + "node"])


class Defect(NamedTuple):
    """`shape` is the IRI of the shape with a name in which it is."""

    shape: str
    line: int
    column: int
    said: str
    hint: str


def defects(shapes: Document, project: Project) -> list[Defect]:
    """By place: values of another sort than SHACL takes, and queries that cannot be read."""
    from kbcli.names import compact

    owner = _owners(shapes.triples)
    found = [_placed(shapes, one, owner) for one in malformed(shapes.triples, lambda i: compact(i, project.prefixes))]
    return sorted({*found, *_unreadable(shapes, project, owner)}, key=lambda one: (one.line, one.column))


def broken(shapes: Iterable[ox.Triple], attempt: Callable[[list[ox.Triple]], Exception | None]) -> dict[str, Exception]:
    """The shapes that cannot be applied to anything, each tried by itself, and the complaint."""
    of: dict[Any, list[ox.Triple]] = {}
    for triple in shapes:
        of.setdefault(triple.subject, []).append(triple)
    named = [subject for subject, said in of.items() if isinstance(subject, ox.NamedNode) and any(map(_is_shape, said))]
    tried = ((subject.value, attempt(_alone(subject, of))) for subject in named)
    return {iri: error for iri, error in tried if error}


def _is_shape(triple: ox.Triple) -> bool:
    return triple.predicate.value == RDF_TYPE and getattr(triple.object, "value", "") in _SHAPES


def _is_property_shape(triple: ox.Triple) -> bool:
    return _is_shape(triple) and triple.object == ox.NamedNode(_SH + "PropertyShape")


def _owners(shapes: Iterable[ox.Triple]) -> Callable[[Any], str]:
    """A function that gives the shape with a name that a node is, or is a part of."""
    triples = list(shapes)
    whole = {triple.subject for triple in triples if _is_shape(triple) and isinstance(triple.subject, ox.NamedNode)}
    parents = {triple.object: triple.subject for triple in reversed(triples)}

    def owner(node: Any) -> str:
        seen = set()
        while node not in whole and node in parents and node not in seen:
            seen.add(node)
            node = parents[node]
        return node.value if isinstance(node, ox.NamedNode) else ""

    return owner


def _alone(shape: ox.NamedNode, of: Mapping[Any, list[ox.Triple]]) -> list[ox.Triple]:
    """What is said of `shape` and of what it is made of, except for the shapes that it only names."""
    found = [ox.Triple(shape, ox.NamedNode(_SH + "targetNode"), ox.NamedNode("urn:x-kb:node"))]
    todo: list[Any] = [shape]
    seen: set[Any] = {shape}
    while todo:
        for triple in of.get(todo.pop(), ()):
            if triple.predicate.value not in _PARTS or not isinstance(triple.object, ox.NamedNode):
                found.append(triple)
                if triple.object in of and triple.object not in seen:
                    seen.add(triple.object)
                    todo.append(triple.object)
            elif not _can_be_part(triple, of):
                found.append(triple)
    return found


def _can_be_part(triple: ox.Triple, of: Mapping[Any, list[ox.Triple]]) -> bool:
    """Whether the named shape is one that can stand there; what it lacks itself is its own defect."""
    own = of.get(triple.object, [])
    if triple.predicate.value != _SH + "property":
        return bool(own)
    return any(said.predicate.value == _SH + "path" or _is_property_shape(said) for said in own)


def _placed(shapes: Document, one: Malformed, owner: Callable[[Any], str]) -> Defect:
    place = shapes.place(*one.at)
    return Defect(owner(one.at[0]), place.line if place else 0, place.column if place else 0, one.said, one.hint)


def _unreadable(shapes: Document, project: Project, owner: Callable[[Any], str]) -> Iterator[Defect]:
    """The queries that the engine cannot read."""
    from kbcli.queryfile import refusals
    from kbcli.sparql import Query

    asked = [one for one in shapes.triples if one.predicate == _SELECT and isinstance(one.object, ox.Literal)]
    queries = []
    for one in asked:
        prologue = _prologue(one.subject, shapes.triples)
        queries.append((prologue, Query(prologue + getattr(one.object, "value", ""), "sh:select")))
    told = refusals([query for _, query in queries], project.prefixes)
    for triple, (prologue, query), refusal in zip(asked, queries, told, strict=True):
        if refusal:
            offset = offset_of(query.text, refusal.line, refusal.column) - len(prologue)
            undeclared = "is not declared" in refusal.what
            hint = "name under sh:prefixes where it is declared (sh:declare)" if undeclared else refusal.hint
            said = f"its query cannot be read: {refusal.what}"
            yield Defect(owner(triple.subject), *_within(shapes, triple, offset), said, hint or "correct the query")


def _prologue(constraint: Any, triples: Iterable[ox.Triple]) -> str:
    """The prefixes that a constraint takes from elsewhere, as its query would declare them; on one line."""
    of: dict[tuple[Any, str], list[Any]] = {}
    for triple in triples:
        of.setdefault((triple.subject, triple.predicate.value.removeprefix(_SH)), []).append(triple.object)
    found = ""
    for source in of.get((constraint, "prefixes"), ()):
        for one in of.get((source, "declare"), ()):
            prefix, namespace = (next(iter(of.get((one, name), ())), None) for name in ("prefix", "namespace"))
            found += f"PREFIX {getattr(prefix, 'value', '')}: <{getattr(namespace, 'value', '')}> "
    return found


def _within(shapes: Document, triple: ox.Triple, offset: int) -> tuple[int, int]:
    """Where a character of a value stands in the file; the value itself, if it is written with escapes."""
    place = shapes.place(*triple)
    if place is None:
        return 0, 0
    start = offset_of(shapes.text, place.line, place.column)
    at = shapes.text.find(getattr(triple.object, "value", ""), start, start + place.length)
    return line_and_column(shapes.text, at + offset) if at >= 0 and offset >= 0 else (place.line, place.column)
