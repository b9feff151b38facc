"""Where the terms of a Turtle file stand, for `file:line:column` beside a finding.

pyoxigraph reads the data and keeps no positions. So the text is read once more, here, beside the graph and
never in it. The triples come in pyoxigraph's own order, so that its blank nodes can be told from one another.

A literal stands from its opening quote to the end of its language or datatype, `[]` and `()` from bracket to
bracket, a described blank node or a list with elements at its opening bracket. The triples that make up a
list stand at the first token of the element they are for, and the last of them at the closing bracket.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import pyoxigraph as ox

from kbcli.reader import Found, Node, Reader, Span, Term
from kbcli.turtle import TurtleSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_T = TypeVar("_T", bound=Term)

# As pyoxigraph counts lines in its errors: no form feed, no U+2028.
_LINE_END = re.compile(r"\r\n?|\n")


class Place(NamedTuple):
    """Line and column count from 1, column and length in code points."""

    line: int
    column: int
    length: int


class Placed(NamedTuple):
    """A triple and the half-open ranges of code points where its terms stand."""

    triple: ox.Triple
    subject: Span
    predicate: Span
    object: Span


def placed_triples(text: str, base: str | None = None) -> Iterator[Placed]:
    """Each triple of `text`. Raises TurtleSyntaxError when all that precedes the error has been given."""
    for (subject, subject_at), (predicate, predicate_at), (object_, object_at) in Reader(text, base).read():
        yield Placed(ox.Triple(subject, predicate, object_), subject_at, predicate_at, object_at)


class Positions:
    """Where terms stand in one text. `error` is what ended its reading early, if anything did."""

    def __init__(self, text: str) -> None:
        self.error: TurtleSyntaxError | None = None
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(text))]
        self._subjects: dict[Node, Span] = {}
        self._predicates: dict[tuple[Node, ox.NamedNode], Span] = {}
        self._objects: dict[tuple[Node, ox.NamedNode, Term], Span] = {}
        self._ours: dict[ox.BlankNode, ox.BlankNode] = {}

    @classmethod
    def of(cls, text: str, base: str | None = None, parsed: Iterable[ox.Triple | ox.Quad] = ()) -> Positions:
        """With `parsed`, what pyoxigraph read from the same text, the blank nodes in it can be asked for."""
        positions = cls(text)
        try:
            positions._fill(Reader(text, base).read(), iter(parsed))
        except TurtleSyntaxError as error:
            positions.error = error
        return positions

    def subject(self, subject: Node) -> Place | None:
        """The first place where it stands as a subject."""
        return self._placed(self._subjects.get(self._own(subject)))

    def predicate(self, subject: Node, predicate: ox.NamedNode) -> Place | None:
        """The first place where `predicate` is said of `subject`."""
        return self._placed(self._predicates.get((self._own(subject), predicate)))

    def object(self, subject: Node, predicate: ox.NamedNode, object_: Term) -> Place | None:
        """The first place where exactly this triple has its object."""
        return self._placed(self._objects.get((self._own(subject), predicate, self._own(object_))))

    def place(self, start: int, end: int) -> Place:
        line = bisect_right(self._lines, start)
        return Place(line, start - self._lines[line - 1] + 1, end - start)

    def _placed(self, span: Span | None) -> Place | None:
        return self.place(*span) if span else None

    def _own(self, term: _T) -> _T | ox.BlankNode:
        return self._ours.get(term, term) if isinstance(term, ox.BlankNode) else term

    def _fill(self, found: Iterator[Found], parsed: Iterator[ox.Triple | ox.Quad]) -> None:
        for triple in found:
            (subject, subject_at), (predicate, predicate_at), (object_, object_at) = triple
            self._subjects.setdefault(subject, subject_at)
            self._predicates.setdefault((subject, predicate), predicate_at)
            self._objects.setdefault((subject, predicate, object_), object_at)
            twin = next(parsed, None)
            if twin is not None and not self._agrees(triple, twin):
                # Another text, or another order: no place is better than a wrong one.
                self._ours, parsed = {}, iter(())

    def _agrees(self, found: Found, twin: ox.Triple | ox.Quad) -> bool:
        pairs = zip(found, (twin.subject, twin.predicate, twin.object), strict=True)
        return all(self._is_same(ours, theirs) for (ours, _), theirs in pairs)

    def _is_same(self, ours: Term, theirs: Term) -> bool:
        if isinstance(ours, ox.BlankNode) and isinstance(theirs, ox.BlankNode):
            return self._ours.setdefault(theirs, ours) == ours
        return ours == theirs
