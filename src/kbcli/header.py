"""The `#+` header of a saved query: YAML in comments, read strictly, every complaint with its line and column.

It is parsed only when it is needed; a plain run reads no YAML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kbcli.errors import UsageError
from kbcli.names import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kbcli.sparql import Query

TYPES = ("iri", "string", "date", "integer", "decimal", "boolean")
VIEWS = ("table", "timeline", "graph", "count")
_KEYS = frozenset(("summary", "description", "tags", "defaults", "params", "view", "expect", "endpoint", "method"))
_OF_PARAMETER = frozenset(("type", "help", "required", "choices", "class"))
_OF_EXPECT = frozenset(("min_rows", "rows", "unique"))
_LONGEST = 100_000  # characters: YAML is slow to read, and nobody writes so much about a question
_SHALLOW, _FEW = 10_000, 500  # so many characters cannot be indented, nor so many brackets opened, dangerously deep
_LINE_END = re.compile(r"\r\n|\r|\n")

Keys = tuple[str, ...]
Place = tuple[int, int]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a saved query. `type` is one of TYPES."""

    name: str
    type: str = "iri"
    help: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str | None = None
    class_: str | None = None  # for an IRI: the class its label is looked up in, a prefixed name


@dataclass(frozen=True)
class Header:
    """`places` has line and column of each key by the keys that lead to it: ("params", "agent", "type").

    What stands in a list is placed as if it were a key.
    """

    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    view: str = "table"
    params: Mapping[str, Parameter] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[Keys, Place] = field(default_factory=dict)


def read(query: Query) -> Header:
    """The header of `query`; empty if there is none. Raises UsageError at the place where it is not valid."""
    lines = [(n, line) for n, line in enumerate(_LINE_END.split(query.text), 1) if line.startswith("#+")]
    if not lines:
        return Header(params={slot.name: Parameter(slot.name) for slot in query.slots})
    return _Block(query, lines).header()


class _Block:
    """The lines of one header. What refuses a value names the keys that lead to it."""

    def __init__(self, query: Query, lines: list[tuple[int, str]]) -> None:
        self._query = query
        self._lines = [(number, 3 if line.startswith("#+ ") else 2) for number, line in lines]
        self._text = "\n".join(line[width:] for (_, line), (_, width) in zip(lines, self._lines, strict=True))
        self._places: dict[Keys, Place] = {}

    def header(self) -> Header:
        values = self._values()
        self._known((), values, _KEYS, "header key")
        given = self._mapping(values, "defaults", "write `#+ defaults: {name: value}`").items()
        defaults = {name: self._text_of(("defaults", name), value) for name, value in given if value is not None}
        view = self._text_of(("view",), values.get("view", "table"))
        if view not in VIEWS:
            raise self._refused(("view",), f"there is no view {view!r}", f"views: {', '.join(VIEWS)}")
        return Header(
            summary=self._text_of(("summary",), values.get("summary")),
            description=self._text_of(("description",), values.get("description")).strip(),
            tags=self._strings(("tags",), values.get("tags"), "tags"),
            view=view,
            params=self._parameters(values, defaults),
            defaults=defaults,
            expect=self._expect(values),
            places=self._places,
        )

    def _values(self) -> dict[str, Any]:
        """What the YAML says, by key; where each key stands goes into `_places`."""
        import yaml

        if len(self._text) > _LONGEST:
            raise self._refused((), f"the header is longer than {_LONGEST} characters", "say less, or say it elsewhere")
        try:
            loader = getattr(yaml, _loader(self._text), yaml.SafeLoader)(self._text)
            node = loader.get_single_node()
            self._mark(node, (), set())
            if node is None:
                return {}
            if not isinstance(node, yaml.MappingNode):
                raise self._refused(
                    (), "the header is not a list of `key: value` lines", "write #+ summary: what it asks"
                )
            return {_key(key): self._built(loader, value) for key, value in node.value}
        except (yaml.YAMLError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            raise self._no_yaml(mark, getattr(error, "problem", None) or "") from error

    def _built(self, loader: Any, node: Any) -> Any:
        try:
            value = loader.construct_object(node, deep=True)
            str(value)  # a number may be too long to be written
        except (ValueError, ArithmeticError, AttributeError, LookupError) as error:  # a date that does not exist
            raise self._no_yaml(node.start_mark, str(error) if type(error) is ValueError else "") from error
        return value

    def _no_yaml(self, mark: Any, problem: str) -> UsageError:
        place = self._place(mark) if mark else self._place_of(())
        hint = "each header line is `#+ key: value`"
        if "mapping values" in problem:
            hint = "put quotation marks around a text that holds a colon"
        return self._at(place, f"the header is not valid YAML{problem and f': {problem}'}", hint)

    def _mark(self, node: Any, keys: Keys, seen: set[int]) -> None:
        """Note where the keys stand. Raises UsageError for one that stands twice, and for an alias."""
        if id(node) in seen:
            raise self._at(self._place(node.start_mark), "the header has YAML aliases", "write the values out")
        seen.add(id(node))
        for child in node.value if node is not None and node.id in ("mapping", "sequence") else ():
            if node.id == "sequence":
                self._mark(child, (*keys, ""), seen)
                self._places.setdefault((*keys, _key(child)), self._place(child.start_mark))
                continue
            key, value = child
            self._mark(key, (*keys, ""), seen)
            path = (*keys, _key(key))
            if path in self._places:
                raise self._at(self._place(key.start_mark), f"{path[-1]} stands here twice", "keep one of the two")
            if "" not in path:
                self._places[path] = self._place(key.start_mark)
            self._mark(value, path, seen)

    def _parameters(self, values: dict[str, Any], defaults: Mapping[str, str]) -> dict[str, Parameter]:
        """Those that the header describes, then the slots that it does not."""
        params = self._mapping(values, "params", "write `#+   name: {type: iri, help: …}` below `#+ params:`")
        described = {name: self._parameter(name, value, defaults) for name, value in params.items()}
        bare = (slot.name for slot in self._query.slots if slot.name not in described)
        return described | {name: Parameter(name, default=defaults.get(name)) for name in bare}

    def _parameter(self, name: str, value: object, defaults: Mapping[str, str]) -> Parameter:
        keys = ("params", name)
        if not isinstance(value, dict | None):
            raise self._refused(keys, f"parameter {name} is not described", "write {type: iri, help: …}")
        described = {str(key): what for key, what in (value or {}).items()}
        self._known(keys, described, _OF_PARAMETER, f"key of the parameter {name}:")
        kind = self._text_of((*keys, "type"), described.get("type", "iri"))
        if kind not in TYPES:
            raise self._refused(
                (*keys, "type"), f"parameter {name} has the type {kind!r}", f"types: {', '.join(TYPES)}"
            )
        if not isinstance(described.get("required", False), bool):
            raise self._refused((*keys, "required"), f"required of {name} is neither true nor false", "write true")
        return Parameter(
            name=name,
            type=kind,
            help=self._text_of((*keys, "help"), described.get("help")),
            required=described.get("required", False),
            choices=self._strings((*keys, "choices"), described.get("choices"), f"choices of {name}"),
            default=defaults.get(name),
            class_=str(described["class"]) if "class" in described else None,
        )

    def _expect(self, values: dict[str, Any]) -> dict[str, Any]:
        expect = values.get("expect") or {}
        if not isinstance(expect, dict):
            raise self._refused(("expect",), "expect is not a mapping", "write `#+ expect: {min_rows: 1}`")
        self._known(("expect",), expect, _OF_EXPECT, "expectation")
        for name in ("min_rows", "rows"):
            number = expect.get(name, 0)
            if type(number) is not int or number < 0:
                raise self._refused(("expect", name), f"{name} is {number!r}, not a number of rows", "write 0 or more")
        unique = self._strings(("expect", "unique"), expect.get("unique"), "unique")
        return {**expect, "unique": unique} if unique else expect

    def _known(self, keys: Keys, values: Iterable[object], known: frozenset[str], what: str) -> None:
        for name in map(str, values):
            if name not in known:
                near = nearest(name, known)
                hint = f"did you mean {near}?" if near else f"keys: {', '.join(sorted(known))}"
                raise self._refused((*keys, name), f"unknown {what} {name!r}", hint)

    def _mapping(self, values: dict[str, Any], name: str, hint: str) -> dict[str, Any]:
        value = values.get(name)
        if not isinstance(value, dict | None):
            raise self._refused((name,), f"{name} is not a mapping", hint)
        return {str(key): what for key, what in (value or {}).items()}

    def _text_of(self, keys: Keys, value: object) -> str:
        if isinstance(value, dict | list):
            raise self._refused(keys, f"{keys[-1]} is not a text", f"write {keys[-1]}: …, in one value")
        return "" if value is None else _written(value)

    def _strings(self, keys: Keys, value: object, name: str) -> tuple[str, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self._refused(keys, f"{name} is not a list", f"write {name.partition(' ')[0]}: [one, other]")
        return tuple(map(_written, value))

    def _refused(self, keys: Keys, what: str, hint: str) -> UsageError:
        return self._at(self._place_of(keys), what, hint)

    def _at(self, place: Place, what: str, hint: str) -> UsageError:
        return UsageError(f"{self._query.origin}:{place[0]}:{place[1]}: {what}", hint)

    def _place_of(self, keys: Keys) -> Place:
        """Where the last of the keys stands that stands anywhere."""
        found = (self._places[keys[:end]] for end in range(len(keys), 0, -1) if keys[:end] in self._places)
        return next(found, (self._lines[0][0], 1))

    def _place(self, mark: Any) -> Place:
        number, width = self._lines[min(mark.line, len(self._lines) - 1)]
        return number, width + mark.column + 1


def _key(node: Any) -> str:
    return node.value if isinstance(node.value, str) else "(a list)"


def _loader(text: str) -> str:
    """Ten times faster is the loader in C, which deep nesting crashes: it gets what cannot be deep."""
    shallow = len(text) <= _SHALLOW and sum(text.count(mark) for mark in ("[", "{", "- ", "? ")) <= _FEW
    return "CSafeLoader" if shallow else "SafeLoader"


def _written(value: object) -> str:
    """A value as a parameter is given it: true, not True."""
    return str(value).lower() if isinstance(value, bool) else str(value)
