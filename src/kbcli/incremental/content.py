"""What one data file adds to the whole, and what the whole loses and gains when it is edited."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.bindings import misbound
from kbcli.checks.languages import tagged
from kbcli.checks.queryterms import folder, terms_in
from kbcli.incremental import keys
from kbcli.names import ALT_LABEL, KB, LABEL, RDF_TYPE, STANDARD
from kbcli.namesakes import names_in
from kbcli.nearby import head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kbcli.document import Document
    from kbcli.project import Project

_FILE, _SUBCLASS = KB + "file", STANDARD["rdfs"] + "subClassOf"
_NAMES = (LABEL, ALT_LABEL)


@dataclass(frozen=True)
class Content:
    """A data file as it is or was; what is gone, or was not there yet, says nothing."""

    project: Project
    document: Document

    @cached_property
    def sound(self) -> bool:
        return not (self.document.defect or misbound(self.document.text, self.project.prefixes))

    @cached_property
    def odd(self) -> bool:
        """Whether it says what only the whole can be checked for."""
        return any(
            triple.predicate.value == _SUBCLASS
            or not isinstance(triple.subject, ox.NamedNode)
            or not isinstance(triple.object, (ox.NamedNode, ox.Literal))
            for triple in self.document.triples
        )

    @cached_property
    def triples(self) -> frozenset[ox.Triple]:
        return frozenset(self.document.triples)

    @cached_property
    def names(self) -> list[tuple[str, str, str, str]]:
        return [(folded, str(n.bearer), str(n.predicate), str(n.written)) for folded, n in names_in(self.document)]

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(terms_in(self.document))

    @cached_property
    def languages(self) -> Counter[tuple[str, str]]:
        return Counter((t.predicate.value, t.object.language or "") for t in tagged(self.document))

    @cached_property
    def rows(self) -> frozenset[int]:
        """The keys under which the file is found."""
        found = {row for iri in self.document.subjects for row in _of_subject(iri)}
        found.update(map(keys.naming, self.document.named))
        found.update(keys.called(folded) for folded, *_ in self.names)
        for triple in self.document.triples:
            name, value = triple.predicate.value, triple.object
            if isinstance(value, ox.NamedNode):
                if name != RDF_TYPE:
                    found.add(keys.pointing(name, value.value))
                elif value.value == KB + "Article":
                    found.add(keys.ARTICLES)
            if name == _FILE:
                found.add(keys.of_file(getattr(value, "value", "")))
        return frozenset(found)


def _of_subject(iri: str) -> Iterator[int]:
    yield keys.of_subject(iri)
    yield keys.inside(folder(iri))
    if begins := head(iri):
        yield keys.beginning(*begins)


def changed(old: Content, new: Content, pointed: Iterable[str]) -> tuple[set[int], set[str]]:
    """The keys of what differs, and the things that something else is said of. `pointed` are properties by which the
    shapes find what they are put to: what is pointed to by one is as good as said of."""
    before, after = old.document.subjects, new.document.subjects
    moved, triples = before ^ after, old.triples ^ new.triples
    if old.sound != new.sound:
        moved, triples = before | after, old.triples | new.triples
    found = {row for iri in moved for row in _of_subject(iri)}
    about = set(moved)
    for triple in triples:
        found.update(_of_triple(triple))
        about.add(getattr(triple.subject, "value", ""))
        if triple.predicate.value in pointed and isinstance(triple.object, ox.NamedNode):
            about.add(triple.object.value)
    if old.names != new.names or old.sound != new.sound:
        found.update(keys.called(folded) for folded, *_ in {*old.names, *new.names})
    if moved and new.document.path.parent.name != "articles":
        found.add(keys.SHARED)
    return found, about


def _of_triple(triple: ox.Triple) -> Iterator[int]:
    subject, name, value = getattr(triple.subject, "value", ""), triple.predicate.value, triple.object
    yield keys.said(subject)
    yield keys.said(subject, name)
    if isinstance(value, ox.NamedNode):
        yield keys.pointing(name, value.value)
    if name == _FILE:
        yield keys.of_file(getattr(value, "value", ""))
