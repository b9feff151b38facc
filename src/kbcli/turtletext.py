"""Quads as Turtle or TriG in the layout of `kb fmt`: `a` first, one predicate a line, every literal as spelt."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.citation import literal
from kbcli.layout import STEP, WIDTH
from kbcli.names import RDF_TYPE, compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TYPE = ox.NamedNode(RDF_TYPE)
_KNOWN = 1 << 16  # names kept; a knowledge base has more, and what is near is named again


class Writer:
    """`prefixes` are declared, whether or not what follows uses them: it is not known before it is written."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._name = lru_cache(_KNOWN)(lambda iri: compact(iri, prefixes))

    def header(self) -> str:
        return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in self._prefixes.items())

    def turtle(self, quads: Iterable[ox.Quad]) -> Iterator[str]:
        """A paragraph for each subject. One whose quads are apart has several."""
        for _, own in groupby(quads, attrgetter("subject")):
            yield "\n" + "".join(f"{line}\n" for line in self._statement(list(own)))

    def trig(self, quads: Iterable[ox.Quad]) -> Iterator[str]:
        """A block for each graph. One whose quads are apart has several."""
        for graph, own in groupby(quads, attrgetter("graph_name")):
            if isinstance(graph, ox.DefaultGraph):
                yield from self.turtle(own)
                continue
            yield f"\n{self._term(graph)} {{\n"
            for number, (_, said) in enumerate(groupby(own, attrgetter("subject"))):
                yield "\n" * bool(number) + "".join(f"{STEP}{line}\n" for line in self._statement(list(said)))
            yield "}\n"

    def _statement(self, quads: list[ox.Quad]) -> Iterator[str]:
        objects: dict[ox.NamedNode, dict[object, None]] = {}
        for quad in quads:
            objects.setdefault(quad.predicate, {})[quad.object] = None
        lead = f"{self._term(quads[0].subject)} "
        verbs = sorted(objects, key=lambda verb: verb != _TYPE)
        for verb in verbs:
            shown = "a" if verb == _TYPE else self._term(verb)
            end = " ." if verb == verbs[-1] else " ;"
            yield from self._predicate(f"{lead}{shown}", [self._term(one) for one in objects[verb]], end)
            lead = STEP

    def _predicate(self, lead: str, objects: list[str], end: str) -> Iterator[str]:
        line = f"{lead} {' , '.join(objects)}{end}"
        if len(objects) == 1 or len(line) <= WIDTH:
            yield line
            return
        yield lead
        yield from (f"{STEP}{STEP}{one} ," for one in objects[:-1])
        yield f"{STEP}{STEP}{objects[-1]}{end}"

    def _term(self, term: object) -> str:
        if isinstance(term, ox.NamedNode):
            return self._name(term.value)
        if not isinstance(term, ox.Literal):
            return str(term)
        if term.language:
            suffix = str(term)[len(str(ox.Literal(term.value))) :]
            return literal(term.value) + suffix
        plain = term.datatype.value.endswith("#string")
        return literal(term.value) + ("" if plain else f"^^{self._name(term.datatype.value)}")
