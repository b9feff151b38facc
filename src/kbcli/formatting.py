"""Bringing Turtle files into canonical layout, without ever changing a triple or losing a comment."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kbcli.crew import results
from kbcli.display import printable
from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.output import target
from kbcli.project import Project, turtle_below, turtle_files
from kbcli.turtlehints import Explained
from kbcli.unparsed import first_defect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Formatted(NamedTuple):
    """One file: its text, the same in canonical layout, or the reason why it cannot be formatted."""

    document: Document
    before: str
    after: str
    defect: Explained | None

    @property
    def changed(self) -> bool:
        return self.before != self.after


def files(project: Project | None, paths: Sequence[str]) -> list[Document]:
    """The files below `paths`, or the project's data and ontology. Raises UsageError if there are none."""
    if paths:
        found = [file for path in paths for file in turtle_files(Path(path))]
    elif project is None:
        raise UsageError("no kb project here or above, and no file named", "name files: kb fmt FILE.ttl")
    else:
        found = [*project.data_files(), *turtle_below(project.root / "ontology")]
    if not found:
        raise UsageError("no Turtle files, nothing to format")
    return [Document(path, project.relative(path.absolute()) if project else str(path)) for path in found]


def refusal(result: Formatted) -> str:
    """Why a file is left as it is, with its place."""
    defect = result.defect or Explained(0, 0, "", "")
    place = f":{defect.line}:{defect.column}" if defect.line else ""
    hint = f"\nhint: {printable(defect.hint)}" if defect.hint else ""
    return printable(f"{result.document.shown}{place}: left as it is: {defect.what}") + hint


def difference(result: Formatted) -> str:
    """What would change, as a unified diff."""
    import difflib

    name = result.document.shown
    lines = (result.before.splitlines(keepends=True), result.after.splitlines(keepends=True))
    found = difflib.unified_diff(*lines, f"a/{name}", f"b/{name}")
    return "".join(printable(line.rstrip("\r\n")) + "\n" for line in found)


def summary(total: int, changed: int, *, done: bool) -> str:
    what = "formatted" if done else "to format"
    return f"{total} file{'' if total == 1 else 's'}, {changed} {what}"


def all_formatted(documents: Sequence[Document], known: Mapping[str, str]) -> Iterator[Formatted]:
    """Each in turn, on all cores."""
    return results(partial(formatted, known=known), documents)


def formatted(document: Document, known: Mapping[str, str]) -> Formatted:
    """What `document` would be in canonical layout. `known` are the prefixes that it may use.

    `document` itself stays unread: there may be many of them.
    """
    from kbcli.layout import laid_out
    from kbcli.positions import Positions
    from kbcli.turtle import TurtleSyntaxError

    read = Document(document.path, document.shown)
    text = read.text
    if read.defect:
        return Formatted(document, text, text, first_defect(read, known))
    try:
        after = laid_out(text)
    except TurtleSyntaxError as error:
        place = Positions.of(text).place(error.offset, error.offset)
        return Formatted(document, text, text, Explained(place.line, place.column, error.what, ""))
    if after != text and not _is_same(text, after):  # never seen; a bug of the layout must not reach a file
        return Formatted(document, text, text, Explained(0, 0, "formatting would change it, so it is left alone", ""))
    return Formatted(document, text, after, None)


def write(path: Path, text: str) -> None:
    """Put `text` in place of the file's at once; whoever reads meanwhile sees the one or the other."""
    with target(str(path)) as stream:
        stream.write(text.encode())


def _is_same(before: str, after: str) -> bool:
    return triples_in(before) == triples_in(after) and comments_in(before) == comments_in(after)


def triples_in(text: str) -> set[object]:
    """The triples of `text`, blank nodes told apart by what is said of them."""
    import pyoxigraph as ox

    data = ox.Dataset(ox.parse((text + "\n").encode(), format=ox.RdfFormat.TURTLE, base_iri="kb:base"))
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(data)


def comments_in(text: str) -> Counter[str]:
    """The comments of `text`, without white space behind them."""
    from kbcli.turtle import tokens

    return Counter(text[token.start : token.end].rstrip() for token in tokens(text) if token.kind == "comment")
