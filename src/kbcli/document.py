"""One Turtle file of a project: its text, its triples, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kbcli.readable import obstacle

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyoxigraph as ox

    from kbcli.positions import Place, Positions


class SyntaxDefect(NamedTuple):
    """Why a file cannot be read, and where (from 1; 0 where unknown)."""

    line: int
    column: int
    message: str


@dataclass(frozen=True)
class Document:
    """`shown` is the path as messages print it. A file that cannot be read has a `defect` and no triples."""

    path: Path
    shown: str

    @cached_property
    def _read(self) -> tuple[str, list[ox.Triple], SyntaxDefect | None]:
        if reason := obstacle(self.path):
            return "", [], SyntaxDefect(0, 0, f"cannot be read: {reason}")
        try:
            raw = self.path.read_bytes()
        except OSError as error:
            return "", [], SyntaxDefect(0, 0, f"cannot be read: {error.strerror or error}")
        return _parsed(raw)

    @classmethod
    def holding(cls, path: Path, shown: str, raw: bytes) -> Document:
        """The file as it was when it held `raw`."""
        document = cls(path, shown)
        document.__dict__["_read"] = _parsed(raw)
        return document

    @property
    def text(self) -> str:
        return self._read[0]

    @property
    def triples(self) -> list[ox.Triple]:
        return self._read[1]

    @property
    def defect(self) -> SyntaxDefect | None:
        return self._read[2]

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The IRIs that the file says something about."""
        import pyoxigraph as ox

        return frozenset(t.subject.value for t in self.triples if isinstance(t.subject, ox.NamedNode))

    @cached_property
    def about(self) -> Mapping[ox.NamedNode | ox.BlankNode | ox.Triple, list[ox.Triple]]:
        """The triples by subject."""
        found: dict[ox.NamedNode | ox.BlankNode | ox.Triple, list[ox.Triple]] = {}
        for triple in self.triples:
            found.setdefault(triple.subject, []).append(triple)
        return found

    @cached_property
    def named(self) -> frozenset[str]:
        """The IRIs that it names as a value, other than of themselves."""
        import pyoxigraph as ox

        return frozenset(
            t.object.value for t in self.triples if isinstance(t.object, ox.NamedNode) and t.object != t.subject
        )

    @cached_property
    def naming(self) -> Mapping[str, list[ox.Triple]]:
        """The triples by the IRI that they name as a value."""
        import pyoxigraph as ox

        found: dict[str, list[ox.Triple]] = {}
        for triple in self.triples:
            if isinstance(triple.object, ox.NamedNode):
                found.setdefault(triple.object.value, []).append(triple)
        return found

    @cached_property
    def positions(self) -> Positions:
        from kbcli.positions import Positions

        return Positions.of(self.text, None, self.triples)

    def place(self, subject: ox.NamedNode, predicate: ox.NamedNode | None = None, value: object = None) -> Place | None:
        """Where the value stands, else the predicate, else the subject; None if the file has none of them."""
        places = self.positions
        found = None
        if predicate is not None and value is not None:
            found = places.object(subject, predicate, value)  # type: ignore[arg-type]
        if found is None and predicate is not None:
            found = places.predicate(subject, predicate)
        return found or places.subject(subject)


def _parsed(raw: bytes) -> tuple[str, list[ox.Triple], SyntaxDefect | None]:
    import pyoxigraph as ox

    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", [], _not_utf8(raw, error.start)
    if text.startswith("\ufeff"):
        return text, [], SyntaxDefect(1, 1, "a byte order mark; save the file as UTF-8 without one")
    try:
        # pyoxigraph 0.5.13 misreads an escaped local name before a dot that ends the text: never end it so.
        return text, [quad.triple for quad in ox.parse(raw + b"\n", format=ox.RdfFormat.TURTLE)], None
    except SyntaxError as error:
        what = (error.msg or "").partition(": ")[2] or str(error.msg)
        return text, [], SyntaxDefect(error.lineno or 0, error.offset or 0, what)


def _not_utf8(raw: bytes, at: int) -> SyntaxDefect:
    """Where the file stops being UTF-8, and what it may be instead."""
    line = raw.count(b"\n", 0, at)
    column = len(raw[raw.rfind(b"\n", 0, at) + 1 : at].decode("utf-8", "replace"))
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    meant = "UTF-16" if wide else "an older encoding (Windows-1252, Latin-1)"
    return SyntaxDefect(line + 1, column + 1, f"not UTF-8 but {meant}: byte 0x{raw[at]:02X}")
