"""The ontology of a knowledge base brought up to that of the installed program, and what of it stays the project's own.

A term or a shape that the program's file does not have is the project's own: it is kept, behind the program's. So is
a comment; where it stood above what the program has anew, it stands at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kbcli import skeleton
from kbcli.accounts import accounts, difference
from kbcli.display import printable
from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.formatting import Formatted, comments_in, write
from kbcli.layout import written
from kbcli.names import expand
from kbcli.outline import Comment, Directive, Outline, Statement, outline
from kbcli.readable import obstacle

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from kbcli.project import Project

_ENTRIES = ("kb.ttl", "shapes.ttl")  # a project may add to these


class Upgrade(NamedTuple):
    """`changes` are the files of ontology/ as they are and as they should be; `own` is what is kept of a project's own,
    as (file, IRI); `other` and `absent` are the saved queries that differ from the program's or are not here."""

    changes: Sequence[Formatted]
    own: Sequence[tuple[str, str]]
    other: Sequence[str]
    absent: Sequence[str]

    def carry_out(self) -> None:
        """Write what is to be changed."""
        for change in self.changes:
            change.document.path.parent.mkdir(exist_ok=True)
            write(change.document.path, change.after)


def upgrade(project: Project) -> Upgrade:
    """Raises UsageError for a file that cannot be read: what is the project's own in it is not known."""
    changes, own = [], []
    for name, text in skeleton.ontology(project.base).items():
        path = project.root / "ontology" / name
        document = Document(path, project.relative(path))
        before = _held(path, document.shown)
        after, kept = _merged(document, text) if name in _ENTRIES and before else (text, [])
        own += [(document.shown, thing) for thing in kept]
        if after != before:
            changes.append(Formatted(document, before, after, None))
    held = {name: _held(project.queries / name, f"queries/{name}") for name in skeleton.queries()}
    other = [
        name
        for name, text in skeleton.queries().items()
        if held[name] and skeleton.expecting_nothing(held[name]) != text
    ]
    return Upgrade(changes, own, other, [name for name, text in held.items() if not text])


def _held(path: Path, shown: str) -> str:
    """What the file holds, nothing if it is not there."""
    if not path.exists():
        return ""
    if reason := obstacle(path):
        raise UsageError(f"{printable(shown)}: cannot be read: {reason}", "put it right, or move it away")
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{printable(shown)}: cannot be read: {error}", "put it right, or move it away") from error


def _merged(document: Document, installed: str) -> tuple[str, list[str]]:
    """The program's text with the project's own behind it, and the names of these."""
    if defect := document.defect:
        raise UsageError(
            f"{document.shown}:{defect.line}:{defect.column}: {printable(defect.message)}",
            "mend it, so that what is your own in it can be kept; or move it away",
        )
    theirs = _triples(installed)
    own = list(difference(document.triples, theirs).own)
    after = installed
    if own:
        after = _joined(outline(installed), outline(document.text), accounts(theirs).keys())
        _refuse_other(document, after, theirs, own)
    return _with_comments(after, document.text), own


def _with_comments(after: str, before: str) -> str:
    """`after` with the comments of `before` that it has not."""
    missing = comments_in(before) - comments_in(after)
    if not missing:
        return after
    whole = outline(after)
    whole.rest += [Comment(one, gap=False) for one in missing.elements()]
    return written(whole)


def _joined(program: Outline, project: Outline, known: Iterable[str]) -> str:
    """The program's file with the statements of the project's that are about nothing it knows."""
    directives = [entry for entry in project.entries if isinstance(entry, Directive)]
    prefixes = {entry.name[:-1]: entry.iri[1:-1] for entry in directives if entry.name}
    known = frozenset(known)
    own = [
        entry
        for entry in project.entries
        if isinstance(entry, Statement)
        and not (isinstance(entry.subject, str) and expand(entry.subject, prefixes) in known)
    ]
    body = written(Outline([*own], []))
    theirs = {entry.name for entry in program.entries if isinstance(entry, Directive)}
    more = [entry for entry in directives if entry.name and entry.name not in theirs and entry.name in body]
    for entry in more:
        entry.above = []
    return written(Outline([program.entries[0], *more, *program.entries[1:], *own], program.rest))


def _refuse_other(document: Document, after: str, theirs: Iterable[ox.Triple], own: Iterable[str]) -> None:
    """Raises UsageError if the joined file does not say what the two say: prefixes may mean something else there."""
    told, right = accounts(_triples(after)), accounts(theirs)
    ours = accounts(document.triples)
    if told != right | {thing: ours[thing] for thing in own}:
        raise UsageError(
            f"{document.shown}: what is your own in it cannot be told from the rest",
            "move it into another file, run kb init --upgrade, and put it back",
        )


def _triples(text: str) -> list[ox.Triple]:
    import pyoxigraph as ox

    try:
        return [quad.triple for quad in ox.parse(text.encode() + b"\n", format=ox.RdfFormat.TURTLE)]
    except SyntaxError:
        return []
