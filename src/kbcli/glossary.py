"""The terms of the vocabulary and the kinds of the data: what each means and how often it is used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli.names import KB, LABEL, RDF_TYPE, STANDARD, compact, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

_OWL, _SKOS, _SCHEMA = STANDARD["owl"], STANDARD["skos"], STANDARD["schema"]
SORTS: Mapping[str, str] = {
    _OWL + "Class": "class",
    _OWL + "ObjectProperty": "property with a thing as its value",
    _OWL + "DatatypeProperty": "property with a literal as its value",
    _OWL + "AnnotationProperty": "annotation property",
    _SKOS + "Concept": "concept",
    _SKOS + "ConceptScheme": "scheme of concepts",
}
FOREIGN = "term of another vocabulary"


@dataclass(frozen=True)
class Term:
    """`uses` tells how often the data uses it; None where no data was read. Names are prefixed."""

    id: str
    iri: str
    label: str
    sort: str
    definition: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    parents: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    scheme: tuple[str, ...]
    uses: tuple[str, ...] | None

    @property
    def local(self) -> str:
        return self.id.rpartition(":")[2]


class Glossary:
    """`data` are the triples that use the terms, and may define kinds; None outside a project."""

    def __init__(
        self, vocabulary: Iterable[ox.Triple], data: Iterable[ox.Triple] | None, prefixes: Mapping[str, str]
    ) -> None:
        self._prefixes = prefixes
        self._usage = None if data is None else Usage(data := list(data))
        self._facts: dict[str, dict[str, list[str]]] = {}
        for triple in (*vocabulary, *(data or ())):
            facts = self._facts.setdefault(_value(triple.subject), {})
            facts.setdefault(triple.predicate.value, []).append(_value(triple.object))
        self.terms = {iri: self._term(iri) for iri in sorted(self._facts) if self._sort(iri)}

    def meant(self, name: str) -> list[Term]:
        """The terms that `name` may stand for: an IRI, a prefixed name, the last part of one, or a label."""
        iri = expand(name, self._prefixes)
        if iri in self.terms:
            return [self.terms[iri]]
        exact = [term for term in self.terms.values() if name in (term.id, term.local)]
        folded = name.casefold()
        return exact or [t for t in self.terms.values() if folded in map(str.casefold, (t.id, t.local, t.label))]

    def foreign(self, name: str, concerned: Iterable[str]) -> Term | None:
        """A term of another vocabulary, if the data has it as class or property or a rule concerns it."""
        iri = expand(name, self._prefixes)
        if iri is None or not (iri in set(concerned) or (self._usage and self._usage.is_term(iri))):
            return None
        return self._term(iri)

    def names(self) -> set[str]:
        return {name for term in self.terms.values() for name in (term.id, term.local, term.label)}

    def _term(self, iri: str) -> Term:
        definition = " ".join(self._texts(iri, _SKOS + "definition"))
        return Term(
            id=compact(iri, self._prefixes),
            iri=iri,
            label=next(iter(self._texts(iri, LABEL)), ""),
            sort=self._sort(iri) or FOREIGN,
            definition=definition,
            notes=self._texts(iri, _SKOS + "scopeNote"),
            examples=self._texts(iri, _SKOS + "example"),
            parents=self._ids(iri, STANDARD["rdfs"] + "subClassOf"),
            domain=self._ids(iri, _SCHEMA + "domainIncludes"),
            range=self._ids(iri, _SCHEMA + "rangeIncludes"),
            scheme=self._ids(iri, _SKOS + "inScheme"),
            uses=self._usage.told(iri, self._below(iri), self._prefixes) if self._usage else None,
        )

    def _sort(self, iri: str) -> str:
        types = self._facts.get(iri, {}).get(RDF_TYPE, [])
        return next((sort for type_, sort in SORTS.items() if type_ in types), "")

    def _texts(self, iri: str, predicate: str) -> tuple[str, ...]:
        return tuple(self._facts.get(iri, {}).get(predicate, ()))

    def _ids(self, iri: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(compact(value, self._prefixes) for value in self._texts(iri, predicate)))

    def _below(self, iri: str) -> list[str]:
        sub = STANDARD["rdfs"] + "subClassOf"
        return [other for other, facts in self._facts.items() if iri in facts.get(sub, ())]


class Usage:
    """How often terms stand in triples, and where in them."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._properties: Counter[str] = Counter()
        self._values: Counter[tuple[str, str]] = Counter()
        for triple in triples:
            self._properties[triple.predicate.value] += 1
            self._values[_value(triple.object), triple.predicate.value] += 1

    def is_term(self, iri: str) -> bool:
        return bool(self._properties[iri] or self._values[iri, RDF_TYPE])

    def told(self, iri: str, subclasses: Iterable[str], prefixes: Mapping[str, str]) -> tuple[str, ...]:
        """One sentence for each way in which the data uses the term."""
        return tuple(self._ways(iri, subclasses, prefixes)) or ("not used",)

    def _ways(self, iri: str, subclasses: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
        if number := self._values[iri, RDF_TYPE]:
            yield f"the class of {_times(number, 'thing')}"
        for subclass in sorted(subclasses):
            if number := self._values[subclass, RDF_TYPE]:
                yield f"through {compact(subclass, prefixes)} the class of {_times(number, 'thing')}"
        if number := self._properties[iri]:
            yield f"the property of {_times(number, 'triple')}"
        for (value, predicate), number in sorted(self._values.items()):
            if value == iri and predicate != RDF_TYPE:
                yield f"the value of {compact(predicate, prefixes)} in {_times(number, 'triple')}"


def _times(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _value(term: object) -> str:
    return getattr(term, "value", str(term))


def is_own(term: Term) -> bool:
    """Whether the vocabulary defines it, not the data."""
    return term.iri.startswith(KB)
