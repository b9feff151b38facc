"""A file that a command needs and that cannot be parsed: the words and the place that `kb validate` has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.document import Document, SyntaxDefect
from kbcli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kbcli.turtlehints import Explained

MORE = "kb validate shows all that is wrong with it"


def first_defect(document: Document, known: Mapping[str, str]) -> Explained | None:
    """What `kb validate` tells first of a file; None if it can be read. `known` are the prefixes it may use."""
    from kbcli.recovery import defects

    return next(iter(defects(document, known)), None)


def refused_document(document: Document, known: Mapping[str, str]) -> UsageError | None:
    """Why one of a project's own files cannot be used; None if it can be read."""
    found = first_defect(document, known)
    if found is None:
        return None
    return _refused(
        document.shown, found.line, found.column, found.what, f"{found.hint}; {MORE}" if found.hint else MORE
    )


def refused_file(path: Path, shown: str, error: SyntaxError, known: Mapping[str, str]) -> UsageError:
    """Why the engine cannot read any RDF file; of Turtle in an editor's words."""
    from kbcli.turtlehints import explained

    what = (error.msg or "").rpartition(": ")[2]
    hint = "correct the file at this place"
    line, column = error.lineno or 0, error.offset or 0
    if path.suffix.lower() == ".ttl" and line:
        text = path.read_bytes().decode("utf-8", "replace")
        told = explained(text, SyntaxDefect(line, column, (error.msg or "").partition(": ")[2] or what), known)
        line, column, what, hint = told or (line, column, what, hint)
    return _refused(shown, line, column, what, hint or "correct the file at this place")


def _refused(shown: str, line: int, column: int, what: str, hint: str) -> UsageError:
    place = f"{shown}:{line}:{column}" if line else shown
    return UsageError(f"{place}: {printable(what)}", printable(hint))
