"""JSON-LD with the project's own context, framed by article: its record, with its claims, their spans and times in it.

A claim of another article is never named without its speaker and those it comes through. What is in no article, such
as agents, kinds and the vocabulary, follows by itself. It is one graph: named graphs are joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kbcli.described import Described
from kbcli.jsonldcontext import context
from kbcli.jsonnodes import Node, write_graph
from kbcli.names import KB, LABEL
from kbcli.parts import PEGS, place_in_text
from kbcli.view import CLAIM_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.extract import Extract

INSIDE = ("evidence", "time")  # told wherever they are referred to


def write(extract: Extract, stream: BinaryIO) -> None:
    prefixes = extract.project.prefixes
    terms = context(prefixes)
    frame = _Frame(extract, Described(extract.scratch, terms, prefixes))
    write_graph(terms, frame.nodes(), stream)


class _Frame:
    def __init__(self, extract: Extract, described: Described) -> None:
        self._extract = extract
        self._view = extract.view
        self._said = extract.scratch.said
        self._described = described
        self._told: set[int] = set()  # numbers of subjects: their names would fill the memory

    def nodes(self) -> Iterator[Node]:
        articles = self._view.subjects("rdf:type", KB + "Article")
        yield from map(self._article, self._extract.counted(articles, self._view.id))
        for subject in self._extract.scratch.subjects():
            if self._said(subject).number not in self._told:
                yield self._whole(subject)

    def _article(self, iri: str) -> Node:
        view = self._view
        spans = view.subjects("kb:in", iri)
        found = {claim for span in spans for claim in view.subjects("kb:evidence", span)}
        claims = [claim for claim in found if self._said(claim).number not in self._told]
        node = self._whole(iri)
        inside = [self._whole(claim) for claim in sorted(claims, key=lambda one: place_in_text(view, one))]
        return {**node, "claims": inside} if inside else node

    def _whole(self, subject: str) -> Node:
        self._told.add(self._said(subject).number)
        return self._described.node(subject, self._within)

    def _within(self, iri: str) -> Node | None:
        """What is written where a node is referred to: all of a span or a time, names of the rest."""
        type_ = self._view.type(iri)
        if type_ in INSIDE:
            self._told.add(self._said(iri).number)
            return self._described.node(iri, self._beside)
        if type_ in CLAIM_TYPES:
            return self._claim(iri, {iri})
        return self._named(iri) if type_ in PEGS else None

    def _beside(self, iri: str) -> Node | None:
        """Of what a span or a time refers to no more is written, so that it ends."""
        return None if self._view.type(iri) in INSIDE else self._within(iri)

    def _named(self, iri: str) -> Node:
        return self._described.node(iri, only=[LABEL])

    def _claim(self, iri: str, seen: set[str]) -> Node:
        """A claim in short: who says what, and through whom."""

        def named(other: str) -> Node | None:
            if not self._view.is_claim(other):
                return self._named(other)
            return None if other in seen else self._claim(other, {*seen, other})

        return self._described.node(iri, named, only=(LABEL, KB + "speaker", KB + "via"))
