"""Whether a node conforms to a shape, told without pySHACL where that is certain; None where it is not."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.incremental.constraints import CHECKS, TESTS, Answer, Case, every, iri, one, opposite, some, text
from kbcli.incremental.glance import Unsure
from kbcli.incremental.rooted import Rooted
from kbcli.names import STANDARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kbcli.incremental.glance import Glance, Term

_SH, _RDF = STANDARD["sh"], STANDARD["rdf"]
_TARGETS = frozenset(["targetClass", "targetSubjectsOf", "targetObjectsOf"])
_SILENT = _TARGETS | frozenset("path message severity name description order group ignoredProperties".split())  # noqa: SIM905
_OF_QUERIES = frozenset(["select", "prefixes", "message"])
_OF_PREFIXES = frozenset(["declare", "prefix", "namespace"])
_TRUE = ox.Literal(value=True)
_DEEPEST = 20


class Conformance:
    """To the shapes in `triples`."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._said: dict[object, dict[str, list[Term]]] = {}
        self._asked: dict[object, list[str]] = {}
        self._lists: dict[Term, list[Term]] = {}
        self._queries: dict[Term, Rooted] = {}
        for triple in triples:
            name = triple.predicate.value
            said = self._said.setdefault(triple.subject, {})
            said.setdefault(name.removeprefix(_SH) if name.startswith(_SH) else f"<{name}>", []).append(triple.object)  # type: ignore[arg-type]

    @cached_property
    def is_plain(self) -> bool:
        """Whether there is nothing in the shapes that could mean more than is known here."""
        known = _SILENT | _OF_QUERIES | _OF_PREFIXES | self._known
        return all(name in known or name[0] == "<" for said in self._said.values() for name in said)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset([*self._checks, *TESTS])

    def targets(self) -> Iterator[tuple[object, Mapping[str, Sequence[str]]]]:
        """The shapes that have targets: by SHACL's names of the sorts, the classes and properties."""
        for shape, said in self._said.items():
            if found := {name: [iri(term) for term in said[name]] for name in _TARGETS & said.keys()}:
                yield shape, found

    def conforms(self, shape: object, focus: Term, glance: Glance, depth: int = 0) -> Answer:
        said = self._said.get(shape)
        if said is None or depth > _DEEPEST:
            return None
        try:
            values = glance.values(focus, iri(one(said, "path"))) if "path" in said else [focus]
            case = Case(said, focus, values, glance, depth)
            return every(self._holds(name, case) for name in self._asking(shape))
        except Unsure:
            return None

    def _asking(self, shape: object) -> Sequence[str]:
        """The parameters of a shape by which something may be found. Raises Unsure if another is not known here."""
        found = self._asked.get(shape)
        if found is None:
            found = self._asked[shape] = [name for name in self._said[shape] if name not in _SILENT and name[0] != "<"]
        if not self._known.issuperset(found):
            raise Unsure
        return found

    def _holds(self, name: str, case: Case) -> Answer:
        """One parameter of a shape, for all values."""
        if test := TESTS.get(name):
            wanted = one(case.said, name)
            return every(test(value, wanted) for value in case.values)
        return every(self._checks[name](wanted, case) for wanted in case.said[name])

    @cached_property
    def _checks(self) -> Mapping[str, Callable[[Term, Case], Answer]]:
        return {
            **CHECKS,
            "in": self._among,
            "closed": self._closed,
            "node": self._node,
            "property": self._property,
            "not": self._none,
            "and": self._and,
            "or": self._or,
            "sparql": self._sparql,
        }

    def _among(self, head: Term, case: Case) -> Answer:
        one(case.said, "in")
        return {*map(iri, case.values)} <= {*map(iri, self._items(head))}

    def _node(self, shape: Term, case: Case) -> Answer:
        return None if "path" in self._said.get(shape, {}) else self._each(shape, case)

    def _property(self, shape: Term, case: Case) -> Answer:
        return self._each(shape, case) if "path" in self._said.get(shape, {}) else None

    def _each(self, shape: Term, case: Case) -> Answer:
        return every(self._nested(shape, value, case) for value in case.values)

    def _none(self, shape: Term, case: Case) -> Answer:
        return every(opposite(self._nested(shape, value, case)) for value in case.values)

    def _and(self, head: Term, case: Case) -> Answer:
        return every(self._each(shape, case) for shape in self._items(head))

    def _or(self, head: Term, case: Case) -> Answer:
        shapes = self._items(head)
        return every(some(self._nested(shape, value, case) for shape in shapes) for value in case.values)

    def _nested(self, shape: Term, value: Term, case: Case) -> Answer:
        return self.conforms(shape, value, case.glance, case.depth + 1)

    def _closed(self, closed: Term, case: Case) -> Answer:
        """Never false: what is wrong then is for pySHACL to say."""
        if closed != _TRUE:
            return None
        allowed = {iri(one(self._said.get(shape, {}), "path")) for shape in case.said.get("property", ())}
        for head in case.said.get("ignoredProperties", ()):
            allowed |= {*map(iri, self._items(head))}
        return all(case.glance.properties(value) <= allowed for value in case.values) or None

    def _sparql(self, constraint: Term, case: Case) -> Answer:
        """Never false, as above."""
        return None if "path" in case.said else self._query(constraint).is_silent(case.glance, case.focus) or None

    def _query(self, constraint: Term) -> Rooted:
        if constraint not in self._queries:
            said = self._said.get(constraint, {})
            if any(name[0] != "<" and name not in _OF_QUERIES for name in said):
                raise Unsure
            self._queries[constraint] = Rooted.of(text(one(said, "select")), dict(self._declared(said)))
        return self._queries[constraint]

    def _declared(self, said: Mapping[str, Sequence[Term]]) -> Iterator[tuple[str, str]]:
        for ontology in said.get("prefixes", ()):
            for declared in self._said.get(ontology, {}).get("declare", ()):
                of = self._said.get(declared, {})
                namespace = one(of, "namespace")
                yield text(one(of, "prefix")), getattr(namespace, "value", "")

    def _items(self, head: Term) -> list[Term]:
        if head not in self._lists:
            self._lists[head] = list(self._listed(head))
        return self._lists[head]

    def _listed(self, head: Term) -> Iterator[Term]:
        seen = set[object]()
        while head != ox.NamedNode(_RDF + "nil"):
            if head in seen:
                raise Unsure
            seen.add(head)
            cell = self._said.get(head, {})
            yield one(cell, f"<{_RDF}first>")
            head = one(cell, f"<{_RDF}rest>")
