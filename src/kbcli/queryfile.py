"""The files of the saved queries as they are checked: each with its text, and with why it cannot be asked, if it cannot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kbcli.errors import KbError
from kbcli.readable import below, obstacle
from kbcli.savedquery import SavedQuery, decoded
from kbcli.sparql import Query, Token, iri_of, line_and_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kbcli.project import Project
    from kbcli.projection import Reading

LONGEST = 1_000_000  # bytes; what is longer was written by no editor and is not read
_PLACE = re.compile(r"(\d+)(?::(\d+))?: ")


class Refusal(NamedTuple):
    """Why a query, or its header, is refused. Line and column count from 1, 0 where unknown."""

    line: int
    column: int
    what: str
    hint: str

    @classmethod
    def of(cls, error: KbError, shown: str) -> Refusal:
        """The error that `kb query` tells about the file `shown`: its place, and its words without the excerpt."""
        what = error.what.partition("\n")[0].removeprefix(f"{shown}:").lstrip(" ")
        place = _PLACE.match(what)
        line, column = (int(place[1]), int(place[2] or 0)) if place else (0, 0)
        return cls(line, column, what[place.end() if place else 0 :], error.hint)


class Name(NamedTuple):
    """An IRI that a query names, and the token by which it does."""

    iri: str
    token: Token


class Declaration(NamedTuple):
    """`prefix` stands for `iri`; `start` is the offset of the word PREFIX."""

    prefix: str
    iri: str
    start: int


@dataclass(frozen=True)
class QueryFile:
    """`shown` is the path as messages print it. `saved` is None for a file that cannot be read at all."""

    path: Path
    shown: str
    saved: SavedQuery | None
    refusal: Refusal | None

    @property
    def text(self) -> str:
        return self.saved.query.text if self.saved else ""

    @property
    def sound(self) -> SavedQuery | None:
        """The query if it can be asked: only then does it count what is in it."""
        return None if self.refusal else self.saved

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Every IRI in the query but those of the prologue, in the order of the text."""
        query = self.sound and self.sound.query
        tokens = [token for token in query.body if token.kind in ("iri", "prefixed")] if query else []
        return tuple(Name(iri_of(token, query.prefixes), token) for token in tokens) if query else ()

    @cached_property
    def declarations(self) -> tuple[Declaration, ...]:
        """The prefixes of the prologue."""
        return tuple(_declarations(self.sound.query.tokens)) if self.sound else ()

    @cached_property
    def reading(self) -> Reading | None:
        """What the query shows, and where it comes from."""
        from kbcli.projection import read

        return read(self.sound.query) if self.sound else None

    def misbound(self, known: Mapping[str, str]) -> list[Declaration]:
        """Those that give one of the `known` prefixes another namespace."""
        return [one for one in self.declarations if known.get(one.prefix, one.iri) != one.iri]

    def at(self, offset: int) -> tuple[int, int]:
        return line_and_column(self.text, offset)


def query_files(project: Project) -> tuple[QueryFile, ...]:
    """The files in queries/, by name, each read by the engine and none asked."""
    return read_files([(path, project.relative(path)) for path in paths(project.queries)], project.prefixes)


def read_files(paths: Iterable[tuple[Path, str]], known: Mapping[str, str]) -> tuple[QueryFile, ...]:
    """These files, each with its name for messages. `known` are prefixes that can be offered."""
    read = [_read(path, shown) for path, shown in paths]
    sound = [file for file in read if file.sound]
    told = refusals([file.sound.query for file in sound if file.sound], known)
    refused = {file.shown: refusal for file, refusal in zip(sound, told, strict=True) if refusal}
    return tuple(QueryFile(f.path, f.shown, f.saved, refused.get(f.shown, f.refusal)) for f in read)


def refusals(queries: Sequence[Query], known: Mapping[str, str]) -> list[Refusal | None]:
    """Why the engine cannot read each query; None where it can. `known` are prefixes that can be offered."""
    from kbcli.diagnosis import syntax_error
    from kbcli.grammar import complaints

    found: list[Refusal | None] = []
    for query, error in zip(queries, complaints(queries), strict=True):
        told = syntax_error(query, error, known) if isinstance(error, SyntaxError) else error
        if told is not None and not isinstance(told, KbError):
            told = KbError(str(told))
        found.append(Refusal.of(told, query.origin) if told else None)
    return found


def _declarations(tokens: list[Token]) -> Iterator[Declaration]:
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (word.kind, word.text.upper(), iri.kind) == ("word", "PREFIX", "iri"):
            yield Declaration(name.text.removesuffix(":"), iri.text[1:-1], word.start)


def paths(folder: Path) -> list[Path]:
    """What is called *.rq, folders of that name among them: who made one meant a query."""
    folders = [path for path in folder.glob("*.rq") if path.is_dir()] if folder.is_dir() else []
    return sorted([*below(folder, ".rq"), *folders])


def _read(path: Path, shown: str) -> QueryFile:
    try:
        raw, reason = (b"", obstacle(path))
        if not reason and path.stat().st_size > LONGEST:
            reason = f"longer than {LONGEST} bytes"
        raw = b"" if reason else path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        return QueryFile(path, shown, None, Refusal(0, 0, f"cannot be read: {reason}", ""))
    return _decoded(path, shown, raw)


def _decoded(path: Path, shown: str, raw: bytes) -> QueryFile:
    saved = None
    try:
        saved = SavedQuery(path.stem, Query(decoded(raw, shown), shown))
        saved.query.refuse_unsafe()
    except KbError as error:
        return QueryFile(path, shown, saved, Refusal.of(error, shown))
    return QueryFile(path, shown, saved, None)
