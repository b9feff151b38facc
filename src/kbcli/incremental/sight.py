"""What the shapes can tell of a text: whether one in the place of another of the same sort can make a difference.

Most constraints cannot tell two texts of one datatype and language from each other: there are as many as before. Some
ask a question of each (is it long enough, does it match): what they find is the same if the answers are. All others,
and whatever is not known here, may tell any two apart.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kbcli.incremental.reading import ANY, ends
from kbcli.names import RDF_TYPE, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_SH, _RDF, _XSD = (STANDARD[prefix] for prefix in ("sh", "rdf", "xsd"))
_TEXTS = frozenset([_XSD + "string", _RDF + "langString"])
_SPEAKING = "message severity name description order group deactivated declare prefix namespace prefixes select sparql"
_TARGETS = "targetClass targetSubjectsOf targetObjectsOf"
_COUNTING = "minCount maxCount uniqueLang qualifiedMinCount qualifiedMaxCount"
_SORTING = "datatype nodeKind class languageIn closed ignoredProperties"
_BLIND = frozenset(f"path {_SPEAKING} {_TARGETS} {_COUNTING} {_SORTING}".split())
_TESTS = frozenset(["minLength", "maxLength", "pattern"])
_PARTS, _LISTS = frozenset(["node", "property", "not", "qualifiedValueShape"]), frozenset(["and", "or", "xone"])
_OF_VALUES = frozenset(["in", "hasValue"])
_PAIRS = frozenset(["equals", "disjoint", "lessThan", "lessThanOrEquals"])
_OTHERS = "flags minInclusive maxInclusive minExclusive maxExclusive qualifiedValueShapesDisjoint"
_PATHS = "alternativePath inversePath oneOrMorePath zeroOrMorePath zeroOrOnePath"
_KNOWN = _BLIND | _TESTS | _PARTS | _LISTS | _OF_VALUES | _PAIRS | frozenset(f"{_OTHERS} {_PATHS}".split())
_STEP = ox.NamedNode(RDF_TYPE)
Test = tuple[str, str]  # a constraint and its value


class Keen(Exception):  # noqa: N818 it is no error
    """A shape may tell any two texts apart."""


class Sight(NamedTuple):
    """Properties whose IRI ends in one of `ends` are looked at closely; of others' texts only `tests` are made."""

    ends: frozenset[str]
    tests: Mapping[str, Sequence[Test]]

    @classmethod
    def of(cls, shapes: Iterable[ox.Triple]) -> Sight:
        return _Shapes(shapes).sight()

    @classmethod
    def read(cls, written: str) -> Sight:
        """What `written` has kept."""
        found: dict[str, Any] = json.loads(written) if written else {"ends": list(ANY), "tests": {}}
        return cls(frozenset(found["ends"]), found["tests"])

    def written(self) -> str:
        return json.dumps({"ends": sorted(self.ends), "tests": dict(self.tests)})

    def sign(self, predicate: str, value: object) -> tuple[object, ...] | None:
        """All that the shapes can tell of a value; None if that may be anything."""
        if not isinstance(value, ox.Literal) or value.datatype.value not in _TEXTS:
            return None
        if predicate == RDF_TYPE or predicate.endswith(tuple(self.ends)):
            return None
        answers = [_answer(name, wanted, value.value) for name, wanted in self.tests.get(predicate, ())]
        return value.datatype.value, value.language, bool(value.value), *answers


def _answer(name: str, wanted: str, text: str) -> bool:
    if name == "pattern":
        return re.search(wanted, text) is not None
    return len(text) >= int(wanted) if name == "minLength" else len(text) <= int(wanted)


class _Shapes:
    """The shapes, by what is said of each node in SHACL's own words."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._said: dict[object, list[tuple[str, object]]] = {}
        for triple in triples:
            self._said.setdefault(triple.subject, []).append((triple.predicate.value, triple.object))

    def sight(self) -> Sight:
        found, tests = set[str](), dict[str, list[Test]]()
        for node, said in self._said.items():
            for name, value in _shacl(said):
                found |= self._read_by(name, value)
                if name == "path":
                    simple = value.value if isinstance(value, ox.NamedNode) else ""
                    try:
                        tests.setdefault(simple, []).extend(self._tests(node, {node}) if simple else ())
                    except Keen:
                        found.add(simple)
        return Sight(frozenset(found), {path: made for path, made in tests.items() if made and path not in found})

    def _read_by(self, name: str, value: object) -> frozenset[str]:
        """The properties that are looked at closely because of one thing that is said of a shape."""
        if name not in _KNOWN:
            return ANY
        if name == "select":
            return ends(getattr(value, "value", ""))
        if name in _PAIRS or name == "targetObjectsOf":
            return frozenset([getattr(value, "value", "")])
        if name == "path" and not isinstance(value, ox.NamedNode):
            return frozenset(self._within(value, set()))
        return frozenset()

    def _within(self, path: object, seen: set[object]) -> Iterator[str]:
        """The properties in a path of several steps."""
        if isinstance(path, ox.NamedNode):
            yield path.value
        elif path not in seen:
            seen.add(path)
            for _, value in self._said.get(path, ()):
                yield from self._within(value, seen)

    def _tests(self, node: object, seen: set[object]) -> Iterator[Test]:
        """What a shape asks of each value. Raises Keen if it may ask anything."""
        for name, value in _shacl(self._said.get(node, ())):
            if name in _TESTS:
                yield _test(name, value)
            elif name in _PARTS or name in _LISTS:
                for part in self._items(value) if name in _LISTS else [value]:
                    yield from self._of_part(part, seen)
            elif name in _OF_VALUES:
                if any(not isinstance(one, ox.NamedNode) for one in (self._items(value) if name == "in" else [value])):
                    raise Keen
            elif name not in _BLIND:
                raise Keen

    def _of_part(self, part: object, seen: set[object]) -> Iterator[Test]:
        """A shape that the value itself is put to; of a text there is nothing that a property could lead to."""
        said = dict(_shacl(self._said.get(part, ())))
        if part in seen or "sparql" in said or not isinstance(said.get("path", _STEP), ox.NamedNode):
            raise Keen
        if "path" not in said:
            yield from self._tests(part, {*seen, part})

    def _items(self, head: object) -> Iterator[object]:
        seen = set()
        while head in self._said and head not in seen:
            seen.add(head)
            cell = dict(self._said[head])
            yield cell.get(_RDF + "first")
            head = cell.get(_RDF + "rest")


def _shacl(said: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    return [(name.removeprefix(_SH), value) for name, value in said if name.startswith(_SH)]


def _test(name: str, value: object) -> Test:
    text = value.value if isinstance(value, ox.Literal) else ""
    try:
        if name == "pattern":
            re.compile(text)
        else:
            int(text)
    except (re.error, ValueError, OverflowError) as error:
        raise Keen from error
    return name, text
