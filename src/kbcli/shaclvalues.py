"""The sort of value that each term of SHACL takes, and which values of a file of shapes are of another sort.

Engines differ in what they make of a wrong one: this one passes over it, that one compares all data with it.
Source: Shapes Constraint Language (SHACL), W3C Recommendation of 20 July 2017, "syntax rules".
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kbcli.names import RDF_TYPE, STANDARD, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SH, _RDF, _XSD = (STANDARD[prefix] for prefix in ("sh", "rdf", "xsd"))
_SORTS = {
    "name": """class datatype disjoint equals lessThan lessThanOrEquals nodeKind severity targetClass targetObjectsOf
        targetSubjectsOf""",
    "number": "maxCount maxLength minCount minLength qualifiedMaxCount qualifiedMinCount",
    "truth": "closed deactivated qualifiedValueShapesDisjoint uniqueLang",
    "string": "ask flags pattern prefix select",
    "text": "description message name",
    "value": "maxExclusive maxInclusive minExclusive minInclusive",
    "list": "alternativePath and ignoredProperties in languageIn or xone",
    "shape": "declare node not path prefixes property qualifiedValueShape sparql",
}
SORTS = {name: sort for sort, names in _SORTS.items() for name in names.split()}
_MEMBERS = {"and": "shape", "ignoredProperties": "name", "languageIn": "string", "or": "shape", "xone": "shape"}
_MANY = frozenset(
    """and class declare description disjoint equals lessThan lessThanOrEquals message name node not or prefixes
    property sparql targetClass targetObjectsOf targetSubjectsOf xone""".split()  # noqa: SIM905
)
_OF_VALUES = frozenset("lessThan lessThanOrEquals maxCount minCount qualifiedValueShape uniqueLang".split())  # noqa: SIM905
_NODE_KINDS = ("BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRI", "IRIOrLiteral", "Literal")
_WRITE_PATH = "write sh:path and the property"
_REMEDY = {
    "name": "a name (xsd:string, kb:Agent), without quotation marks",
    "number": "a whole number, without quotation marks: 1",
    "truth": "true or false, without quotation marks",
    "string": "a text in quotation marks, without a language tag",
    "text": "a text in quotation marks",
    "value": "a number or a date, not a name",
    "list": "a list in round brackets: ( one other )",
    "shape": "a name, or what it stands for in square brackets",
}


class Malformed(NamedTuple):
    """`at` is the subject, then the predicate and the value if it is about these."""

    at: tuple[Any, ...]
    said: str
    hint: str


def malformed(triples: Iterable[ox.Triple], short: Callable[[str], str]) -> list[Malformed]:
    """What no engine could apply as it is meant, in the order of the text, once for each property of a shape."""
    found = list(_Values(triples, short).all())
    first = {(one.at[:2]): one for one in reversed(found)}
    return [one for one in found if first[one.at[:2]] is one]


class _Values:
    def __init__(self, triples: Iterable[ox.Triple], short: Callable[[str], str]) -> None:
        self._triples, self._short = list(triples), short
        self._of: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._named = _values(triple.object for triple in self._triples)
        for triple in self._triples:
            self._of[triple.subject][triple.predicate.value].append(triple.object)

    def all(self) -> Iterator[Malformed]:
        seen = set()
        for triple in self._triples:
            subject, name = triple.subject, triple.predicate.value.removeprefix(_SH)
            if subject not in seen:
                seen.add(subject)
                yield from self._of_shape(subject)
            if triple.predicate.value.startswith(_SH) and name in SORTS:
                for said, hint in self._of_value(subject, name, triple.object):
                    yield Malformed(tuple(triple), said, hint)

    def _of_shape(self, subject: Any) -> Iterator[Malformed]:
        """What it lacks, or has and cannot have."""
        own = self._of[subject]
        kinds = _values(own[RDF_TYPE])
        if _SH + "path" not in own:
            if _SH + "PropertyShape" in kinds:
                yield Malformed((subject,), "it does not say on which property it is", _WRITE_PATH)
            elif name := next((name for name in sorted(_OF_VALUES) if _SH + name in own), None):
                said = f"sh:{name} is about the values of a property, and none is named"
                yield Malformed((subject, ox.NamedNode(_SH + name)), said, _WRITE_PATH)
        if _SH + "SPARQLConstraint" in kinds and _SH + "select" not in own:
            yield Malformed((subject,), "it has no query", "write sh:select and the query")

    def _of_value(self, subject: Any, name: str, value: Any) -> Iterator[tuple[str, str]]:
        sort = SORTS[name]
        if not self._fits(sort, value):
            yield self._misfit(name, sort, value)
        elif name not in _MANY and self._of[subject][_SH + name][0] != value:
            yield f"sh:{name} stands here twice", "keep one of the two"
        elif sort == "shape":
            yield from self._of_reference(name, value)
        elif sort == "list":
            yield from self._of_members(name, value)
        elif name == "nodeKind" and value.value.removeprefix(_SH) not in _NODE_KINDS:
            yield (
                f"sh:nodeKind is {self._shown(value)}",
                f"write one of {', '.join(f'sh:{one}' for one in _NODE_KINDS)}",
            )
        elif name == "pattern":
            yield from _of_pattern(value.value)
        elif name == "select":
            yield from _of_columns(value.value)

    def _of_reference(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        own = self._of.get(value)
        if own is None and isinstance(value, ox.NamedNode) and name != "path":
            known = [subject.value for subject in self._of if isinstance(subject, ox.NamedNode)]
            unnamed = [iri for iri in known if iri not in self._named and self._is_like(iri, name)]
            near = nearest(value.value, unnamed) or nearest(value.value, known)
            hint = f"did you mean {self._short(near)}?" if near else "define it, or take it out"
            yield f"{self._shown(value)} is nowhere defined", hint
        elif name == "property" and own is not None and not own.keys() & {_SH + "path"}:
            if _SH + "PropertyShape" in _values(own[RDF_TYPE]):
                return  # it is told where the shape stands
            shown = self._shown(value) if isinstance(value, ox.NamedNode) else "what is in the brackets"
            said = f"{shown} is no rule on a property, as it has no sh:path"
            yield said, "write its sh:path, or take it out of sh:property"

    def _is_like(self, iri: str, name: str) -> bool:
        """Whether it has what is needed to be a value of the term."""
        return name != "property" or _SH + "path" in self._of[ox.NamedNode(iri)]

    def _of_members(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        sort, seen = _MEMBERS.get(name, ""), set()
        while sort and value in self._of and value not in seen:
            seen.add(value)
            for member in self._of[value][_RDF + "first"]:
                if not self._fits(sort, member):
                    yield f"in the list of sh:{name} stands {self._shown(member)}", f"write {_REMEDY[sort]}"
                elif sort == "shape":
                    yield from self._of_reference(name, member)
            value = next(iter(self._of[value][_RDF + "rest"]), None)

    def _misfit(self, name: str, sort: str, value: Any) -> tuple[str, str]:
        given = value.value if isinstance(value, ox.Literal) else ""
        if sort == "name" and re.fullmatch(r"[\w\-]+:[\w\-]+", given):
            return f"sh:{name} is {self._shown(value)}, a text", f"write {given}, without quotation marks"
        if sort == "name" and name == "nodeKind" and given in _NODE_KINDS:
            return f"sh:nodeKind is {self._shown(value)}, a text", f"write sh:{given}, without quotation marks"
        said = "is no list" if sort == "list" else f"is {self._shown(value)}"
        return f"sh:{name} {said}", f"write {_REMEDY[sort]}"

    def _fits(self, sort: str, value: Any) -> bool:
        if sort == "list":
            return value == ox.NamedNode(_RDF + "nil") or _RDF + "first" in self._of.get(value, {})
        if sort == "name":
            return isinstance(value, ox.NamedNode)
        if sort == "shape" or not isinstance(value, ox.Literal):
            return sort == "shape" and not isinstance(value, ox.Literal)
        datatype, text = value.datatype.value.removeprefix(_XSD), value.value
        fits = {
            "number": datatype == "integer" and text.isdigit(),
            "truth": datatype == "boolean" and text in ("true", "false", "0", "1"),
            "string": datatype == "string",
            "text": datatype == "string" or bool(value.language),
        }
        return fits.get(sort, True)

    def _shown(self, value: Any) -> str:
        if isinstance(value, ox.NamedNode):
            return self._short(value.value)
        return str(value) if isinstance(value, ox.Literal) else "what is in brackets"


def _values(nodes: Iterable[Any]) -> set[str]:
    return {getattr(node, "value", "") for node in nodes}


def _of_pattern(pattern: str) -> Iterator[tuple[str, str]]:
    try:
        re.compile(pattern)
    except re.error as error:
        near = f" (character {error.pos + 1})" if error.pos is not None else ""
        yield (
            f"sh:pattern is no regular expression: {error.msg}{near}",
            r"close its brackets; write \\ before a sign that is meant as such",
        )


def _of_columns(query: str) -> Iterator[tuple[str, str]]:
    """What a query shows that can be no check."""
    from kbcli.projection import read
    from kbcli.sparql import Query

    read_query = Query(query, "")
    if read_query.form in ("ASK", "CONSTRUCT", "DESCRIBE"):
        yield f"sh:select is no SELECT but {read_query.form}", "begin it with SELECT DISTINCT $this"
    elif read_query.form and "?this" not in (read(read_query).shown or {"?this": 0}):
        yield "the query does not show $this, the node that is wrong", "begin it with SELECT DISTINCT $this"
