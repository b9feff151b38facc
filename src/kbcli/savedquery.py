"""Saved queries: SPARQL files whose `#+` header says what they ask, which parameters they take, what to expect.

The header is grlc's: a YAML block in comments, so that the file runs unchanged on any endpoint. It is parsed only
when it is needed; a plain run reads no YAML.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbcli.errors import UsageError
from kbcli.names import nearest
from kbcli.project import files_below
from kbcli.sparql import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = ("iri", "string", "date", "integer", "decimal", "boolean")
_KEYS = frozenset(("summary", "description", "tags", "defaults", "params", "view", "expect", "endpoint", "method"))


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
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    view: str = "table"
    params: Mapping[str, Parameter] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SavedQuery:
    name: str
    query: Query

    @cached_property
    def header(self) -> Header:
        """The parsed header; empty if there is none. Raises UsageError with the line if it is not valid."""
        lines = self.query.text.splitlines()
        block = [line[2:].removeprefix(" ") for line in lines if line.startswith("#+")]
        if not block:
            return Header(params={slot.name: Parameter(slot.name) for slot in self.query.slots})
        first = next(number for number, line in enumerate(lines, 1) if line.startswith("#+"))
        return _header("\n".join(block), self.query, first)


def read(source: str, folders: list[Path]) -> SavedQuery:
    """The query named `source`: "-" for stdin, a path, or a name found in one of `folders`."""
    if source == "-":
        return SavedQuery("-", Query(_decoded(sys.stdin.buffer.read(), "<stdin>"), "<stdin>"))
    path = Path(source)
    if source.endswith(".rq") or "/" in source:
        return from_file(path, folders)
    found = next((f for folder in folders if (f := folder / f"{source}.rq").is_file()), None)
    if found is None and not path.exists():
        raise _no_such_query(source, folders)
    return from_file(found or path)


def from_file(path: Path, folders: list[Path] | None = None) -> SavedQuery:
    """The query in a file; `folders` are where its name is looked for if there is no such file."""
    if path.is_dir():
        raise UsageError(
            f"{path}: is a folder", "name one of the .rq files in it; kb query --list shows the saved ones"
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        names = [one.stem for one in paths(folders or [])]
        near = path.stem if path.stem in names else nearest(path.stem, names)
        hint = f"did you mean the saved query {near}? " if near else ""
        raise UsageError(f"{path}: {error.strerror}", f"{hint}kb query --list shows the saved queries") from error
    return SavedQuery(path.stem, Query(_decoded(raw, str(path)), str(path)))


def paths(folders: list[Path]) -> list[Path]:
    """The files of the saved queries by name; a name in an earlier folder hides the same name in a later one."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in files_below(folder):
            if path.suffix == ".rq" and path.parent == folder:
                found.setdefault(path.stem, path)
    return [found[name] for name in sorted(found)]


def _decoded(raw: bytes, origin: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{origin}:{line}: not UTF-8 (byte 0x{raw[error.start]:02X} at offset {error.start})",
            "save the query as UTF-8",
        ) from error


def _no_such_query(name: str, folders: list[Path]) -> UsageError:
    names = [path.stem for folder in folders for path in folder.glob("*.rq")]
    near = nearest(name, names)
    hint = f"did you mean {near}? " if near else ""
    return UsageError(
        f"no saved query named {name!r}", f"{hint}kb query --list shows the saved queries; a file is FILE.rq"
    )


def _header(block: str, query: Query, first_line: int) -> Header:
    import yaml

    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(block)):
            raise UsageError(f"{query.origin}:{first_line}: the header has YAML aliases", "write the values out")
        values = yaml.safe_load(block) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        raise UsageError(
            f"{query.origin}:{line}: the header is not valid YAML", "each header line is `#+ key: value`"
        ) from error
    where = f"{query.origin}:{first_line}"
    if not isinstance(values, dict):
        raise UsageError(f"{where}: the header is not a list of `key: value` lines")
    if unknown := sorted(map(str, set(values) - _KEYS)):
        raise UsageError(f"{where}: unknown header key {unknown[0]!r}", f"keys: {', '.join(sorted(_KEYS))}")
    params = values.get("params") or {}
    if not isinstance(params, dict):
        raise UsageError(
            f"{where}: params is not a mapping", "write `#+   name: {type: iri, help: …}` below `#+ params:`"
        )
    return Header(
        summary=str(values.get("summary", "")),
        description=str(values.get("description", "")).strip(),
        tags=_strings(values.get("tags"), "tags", where),
        view=str(values.get("view", "table")),
        params=_parameters(params, values.get("defaults"), query, where),
        expect=values.get("expect") or {},
    )


def _parameters(params: dict[Any, object], defaults: object, query: Query, where: str) -> dict[str, Parameter]:
    """Those that the header describes, then the slots that it does not."""
    described = {str(name): _parameter(str(name), value, defaults, where) for name, value in params.items()}
    return described | {slot.name: Parameter(slot.name) for slot in query.slots if slot.name not in described}


def _strings(value: object, name: str, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise UsageError(f"{where}: {name} is not a list", f"write {name.partition(' ')[0]}: [one, other]")
    return tuple(map(str, value))


def _parameter(name: str, value: object, defaults: object, where: str) -> Parameter:
    described = value if isinstance(value, dict) else {}
    kind = str(described.get("type", "iri"))
    if kind not in TYPES:
        raise UsageError(f"{where}: parameter {name} has the type {kind!r}", f"types: {', '.join(TYPES)}")
    default = defaults.get(name) if isinstance(defaults, dict) else None
    return Parameter(
        name=name,
        type=kind,
        help=str(described.get("help", "")),
        required=bool(described.get("required", False)),
        choices=_strings(described.get("choices"), f"choices of {name}", where),
        default=None if default is None else str(default),
        class_=str(described["class"]) if "class" in described else None,
    )
