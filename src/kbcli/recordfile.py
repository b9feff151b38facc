"""A Turtle file as the records in it: its outline, with what the names in it stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.names import KB, LABEL, RDF_TYPE, STANDARD
from kbcli.outline import Directive, Object, Outline, Predicate, Statement, outline
from kbcli.turtle import TurtleSyntaxError, iri_value, name_value, string_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EVIDENCE = KB + "Evidence"
_OA = STANDARD["oa"]
# In a span these stand in this order; in other records properties are sorted by their names.
_OF_A_SPAN = (KB + "in", *(_OA + name for name in ("exact", "prefix", "suffix", "start", "end")))
_NOTE = STANDARD["skos"] + "note"


@dataclass
class RecordFile:
    """`known` are the prefixes of the project, `shown` is the path as messages print it."""

    whole: Outline
    known: Mapping[str, str]
    shown: str

    @classmethod
    def of(cls, text: str, known: Mapping[str, str], shown: str) -> RecordFile:
        """Raises UsageError, with the place, for what is no Turtle."""
        from pathlib import Path

        from kbcli.unparsed import refused_document

        if refusal := refused_document(Document.holding(Path(shown), shown, text.encode()), known):
            raise refusal
        try:
            return cls(outline(text), known, shown)
        except TurtleSyntaxError as error:  # brackets deeper than an outline goes
            raise UsageError(f"{shown}: {error.what}", "kb validate tells what is wrong with it") from error

    @classmethod
    def fragment(cls, records: str, known: Mapping[str, str]) -> RecordFile:
        """Of records that are written with the prefixes of the project and declare none."""
        return cls(outline(records), known, "")

    @property
    def statements(self) -> list[Statement]:
        return [entry for entry in self.whole.entries if isinstance(entry, Statement)]

    @cached_property
    def declared(self) -> dict[str, str]:
        """The prefixes of the file, as it was read."""
        own = (entry for entry in self.whole.entries if isinstance(entry, Directive) and entry.name)
        return {one.name.removesuffix(":"): iri_value(one.iri) for one in own}

    @cached_property
    def written(self) -> set[str]:
        """The prefixes that the file declares by now; whoever adds one adds it here too."""
        return {*self.declared}

    @cached_property
    def bound(self) -> dict[str, str]:
        """The prefixes of the file, and those of the project that the file does not declare."""
        return {**self.known, **self.declared}

    def iri(self, term: object) -> str:
        """What a term as spelt stands for, empty if it is no IRI."""
        if not isinstance(term, str) or term[:1] in ('"', "'", "_"):
            return ""
        if term == "a":
            return RDF_TYPE
        if term.startswith("<"):
            return iri_value(term)
        prefix, local = name_value(term)
        return self.bound.get(prefix, "\0") + local if ":" in term else ""

    def subject(self, statement: Statement) -> str:
        return self.iri(statement.subject)

    def about(self, iri: str) -> list[Statement]:
        return [statement for statement in self.statements if self.subject(statement) == iri]

    def predicate(self, statement: Statement, predicate: str) -> Predicate | None:
        return next((one for one in statement.predicates if self.iri(one.verb) == predicate), None)

    def values(self, statement: Statement, predicate: str) -> Iterator[str]:
        """The IRIs that a property has as its values."""
        for one in statement.predicates:
            if self.iri(one.verb) == predicate:
                yield from filter(None, (self.iri(object_.term) for object_ in one.objects))

    def classes(self, statement: Statement) -> frozenset[str]:
        return frozenset(self.values(statement, RDF_TYPE))

    def uses(self, statement: Statement) -> frozenset[str]:
        """The IRIs that a record names as values."""
        terms = (object_.term for one in statement.predicates for object_ in one.objects)
        return frozenset(filter(None, map(self.iri, terms)))

    def start(self, statement: Statement) -> int | None:
        """Where a span begins."""
        found = self.predicate(statement, _OA + "start")
        written = found.objects[0].term if found and found.objects else ""
        if not isinstance(written, str):
            return None
        digits = string_value(written.partition("^^")[0]) if written[:1] in ('"', "'") else written
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < _LONGEST else None

    def put(self, statement: Statement, predicate: Predicate) -> None:
        """Add a property at its place, with all its values."""
        rank = self._rank(statement, predicate)
        index = next(
            (i for i, other in enumerate(statement.predicates) if self._rank(statement, other) > rank),
            len(statement.predicates),
        )
        statement.predicates.insert(index, predicate)

    def _rank(self, statement: Statement, predicate: Predicate) -> tuple[int, str]:
        iri = self.iri(predicate.verb)
        if EVIDENCE in self.classes(statement) and iri in _OF_A_SPAN:
            return 1 + _OF_A_SPAN.index(iri), ""
        first = {RDF_TYPE: -1, LABEL: 0, _NOTE: len(_OF_A_SPAN) + 2}.get(iri, len(_OF_A_SPAN) + 1)
        return first, predicate.verb


_LONGEST = 16  # digits of an offset: no text is longer


def append(predicate: Predicate, value: Object) -> None:
    """Another value, last. The comment beside the one that was last stays beside it."""
    if predicate.beside:
        predicate.objects[-1].beside, predicate.beside = predicate.beside, ""
    predicate.objects.append(value)
