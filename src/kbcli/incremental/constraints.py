"""Constraints of SHACL Core that can be judged by looking at the values alone, where one can be certain.

The answer is None, or Unsure is raised, where one cannot. Source: Shapes Constraint Language (SHACL), section 4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli.incremental.glance import Unsure
from kbcli.incremental.plainly import DATE, NUMBERS, TEXTS, is_plain
from kbcli.names import RDF_TYPE, STANDARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kbcli.incremental.glance import Glance, Term

_SH, _SUBCLASS = STANDARD["sh"], STANDARD["rdfs"] + "subClassOf"
_KINDS = {
    ox.NamedNode: frozenset(["IRI", "BlankNodeOrIRI", "IRIOrLiteral"]),
    ox.Literal: frozenset(["Literal", "BlankNodeOrLiteral", "IRIOrLiteral"]),
}
Answer = bool | None


class Case(NamedTuple):
    """A focus node, the values that a shape is about, and what is `said` of the shape by SHACL's names."""

    said: Mapping[str, Sequence[Term]]
    focus: Term
    values: Sequence[Term]
    glance: Glance
    depth: int


def every(answers: Iterable[Answer]) -> Answer:
    found = list(answers)
    return False if False in found else None if None in found else True


def some(answers: Iterable[Answer]) -> Answer:
    unsure = False
    for answer in answers:
        if answer:
            return True
        unsure = unsure or answer is None
    return None if unsure else False


def opposite(answer: Answer) -> Answer:
    return None if answer is None else not answer


def one(said: Mapping[str, Sequence[Term]], name: str) -> Term:
    """The only value. Raises Unsure if there is none, or another."""
    if len(said.get(name, ())) != 1:
        raise Unsure
    return said[name][0]


def iri(term: object) -> str:
    if not isinstance(term, ox.NamedNode):
        raise Unsure
    return term.value


def text(term: Term) -> str:
    if not isinstance(term, ox.Literal) or term.datatype.value not in TEXTS:
        raise Unsure
    return term.value


def _number(term: Term) -> int:
    if not isinstance(term, ox.Literal) or term.datatype.value not in NUMBERS:
        raise Unsure
    if not is_plain(term.value, term.datatype.value):
        raise Unsure
    return int(term.value)


def _has_datatype(value: Term, wanted: Term) -> Answer:
    if iri(wanted) not in TEXTS | NUMBERS | {DATE}:
        return None
    if not isinstance(value, ox.Literal) or value.datatype != wanted:
        return False
    return is_plain(value.value, value.datatype.value) or None


def _has_kind(value: Term, wanted: Term) -> Answer:
    kinds = _KINDS.get(type(value))  # of a blank node nothing is known
    return None if kinds is None else iri(wanted).removeprefix(_SH) in kinds


def _matches(value: Term, pattern: Term) -> Answer:
    try:
        return re.search(text(pattern), text(value)) is not None
    except re.error:
        return None


# By themselves. A shape may have one of each.
TESTS: Mapping[str, Callable[[Term, Term], Answer]] = {
    "datatype": _has_datatype,
    "nodeKind": _has_kind,
    "minLength": lambda value, least: len(text(value)) >= _number(least),
    "maxLength": lambda value, most: len(text(value)) <= _number(most),
    "minInclusive": lambda value, least: _number(value) >= _number(least),
    "maxInclusive": lambda value, most: _number(value) <= _number(most),
    "pattern": _matches,
}


def _counted(case: Case) -> int:
    if "path" not in case.said:
        raise Unsure
    return len(case.values)


def _have_class(wanted: Term, case: Case) -> Answer:
    return every(_is_instance(value, iri(wanted), case.glance) for value in case.values)


def _is_instance(value: Term, wanted: str, glance: Glance) -> Answer:
    if isinstance(value, ox.Literal):
        return False
    ahead, seen = [iri(one) for one in glance.values(value, RDF_TYPE)], set[str]()
    while ahead:
        class_ = ahead.pop()
        if class_ == wanted:
            return True
        if class_ not in seen:
            seen.add(class_)
            ahead += [iri(above) for above in glance.values(ox.NamedNode(class_), _SUBCLASS)]
    return False


def _equal(predicate: Term, case: Case) -> Answer:
    return {*map(iri, case.values)} == {*map(iri, case.glance.values(case.focus, iri(predicate)))}


def _disjoint(predicate: Term, case: Case) -> Answer:
    return not {*map(iri, case.values)} & {*map(iri, case.glance.values(case.focus, iri(predicate)))}


CHECKS: Mapping[str, Callable[[Term, Case], Answer]] = {
    "minCount": lambda least, case: _counted(case) >= _number(least),
    "maxCount": lambda most, case: _counted(case) <= _number(most),
    "hasValue": lambda wanted, case: ox.NamedNode(iri(wanted)) in case.values,
    "class": _have_class,
    "equals": _equal,
    "disjoint": _disjoint,
}
