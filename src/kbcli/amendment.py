"""Records written into Turtle files: added, or given a value. `renaming` changes what is there.

A file comes out in the layout of `kb fmt`, with every comment, and with exactly the triples that it had and the new
ones; that is proved by parsing it before and after. What cannot be done so is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.deposit import write, write_all
from kbcli.errors import UsageError
from kbcli.formatting import comments_in, triples_in
from kbcli.layout import written
from kbcli.names import compact
from kbcli.outline import Directive, Statement
from kbcli.placement import Heading, Placement
from kbcli.recordfile import RecordFile, append
from kbcli.turtle import name_value
from kbcli.turtletext import Writer
from kbcli.undecided import todos

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Heading", "headings_of", "with_records", "with_value", "without_todo", "write", "write_all"]


def with_records(
    text: str, records: str, known: Mapping[str, str], *, shown: str = "the file", headings: Sequence[Heading] = ()
) -> str:
    """`text`, a Turtle file or nothing, with `records` where a person would have put them.

    `records` are Turtle with the prefixes of `known`, which they do not declare; comments above and in them are kept.
    `shown` is the file's path as messages print it. `headings` of the article's sentences (`headings_of`) put claims
    below the comment of their sentence; without them their spans' offsets tell the place. A span that is there
    already, word for word, must not be among the records. Raises UsageError for what is no Turtle, or is there already.
    """
    file = RecordFile.of(text, known, shown)
    new = RecordFile.fragment(records, known).statements
    declare(file, new)
    for statement in new:
        if file.about(file.subject(statement)):
            raise UsageError(f"{shown}: {statement.subject} is there already", "change that record, or name another")
    Placement(file, headings).put(new)
    added = triples_in(_header(known) + records)
    return proved(text, written(file.whole), triples_in(text) | added, shown)


def with_value(  # noqa: PLR0913 a triple has three parts
    text: str,
    subject: str,
    predicate: str,
    value: ox.NamedNode | ox.Literal,
    known: Mapping[str, str],
    *,
    shown: str = "the file",
) -> str:
    """`text` with one more value in a property of a record that is there. `subject` and `predicate` are IRIs.

    If it has this value already, nothing but the layout can change.
    """
    file = RecordFile.of(text, known, shown)
    triple = ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)
    records = file.about(subject)
    if not records:
        raise UsageError(f"{shown}: nothing is said of {compact(subject, known)} there", "name a record of this file")
    before = triples_in(text)
    if ox.Quad(*triple) not in before:
        _add(file, records, triple)
    return proved(text, written(file.whole), before | {ox.Quad(*triple)}, shown)


def without_todo(text: str, subject: str, words: str, known: Mapping[str, str], *, shown: str = "the file") -> str:
    """`text` without the TODOs of a record that begin with these words, and say that something is open that no
    longer is."""
    places = [todo.offset for todo in todos(text) if todo.subject == subject and todo.words.startswith(words)]
    if not places:
        return text
    comments = {at: _COMMENT.match(text, at) for at in places}
    gone = [found[0].rstrip() for found in comments.values() if found]
    rest = text
    for at in reversed(places):
        rest = rest[:at] + rest[at + len(found[0] if (found := comments[at]) else "") :]
    return proved(text, written(RecordFile.of(rest, known, shown).whole), triples_in(text), shown, gone)


def headings_of(text: str, sentences: Iterable[tuple[int, int, int]]) -> list[Heading]:
    """For `with_records`: the comments above the claims of each sentence of an article's text."""
    from kbcli.display import printable

    found = []
    for number, start, end in sentences:
        first = text[start:end].split()
        opening = printable(" ".join(first[:_OPENING])) + (" …" if len(first) > _OPENING else "")
        found.append(Heading(number, end, f"# {number} {opening}"))
    return found


_COMMENT = re.compile(r"#[^\r\n]*")
_OPENING = 4  # words of a sentence in the comment above its claims


def _header(known: Mapping[str, str]) -> str:
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in known.items())


def declare(file: RecordFile, new: Iterable[Statement]) -> None:
    """The prefixes that the new records need. Raises UsageError if the file has one of them for something else."""
    entries = file.whole.entries
    for prefix in sorted({name for statement in new for name in _prefixes(statement)} & file.known.keys()):
        if file.bound[prefix] != file.known[prefix]:
            raise UsageError(
                f"{file.shown}: its prefix {prefix}: stands for {file.bound[prefix]}",
                f"write @prefix {prefix}: <{file.known[prefix]}> . there",
            )
        if prefix not in file.written:
            index = sum(1 for one in entries if isinstance(one, Directive))
            entries.insert(index, Directive(f"{prefix}:", f"<{file.known[prefix]}>", []))
            file.written.add(prefix)


def _prefixes(statement: Statement) -> Iterator[str]:
    """Those that a statement is written with."""
    for term in _terms(statement):
        name = term.rpartition("^^")[2] if term[:1] in ('"', "'") else term
        if ":" in name and name[:1] not in ("<", "_", '"', "'"):
            yield name_value(name)[0]


def _terms(statement: Statement) -> Iterator[str]:
    yield from (statement.subject,) if isinstance(statement.subject, str) else ()
    for predicate in statement.predicates:
        yield predicate.verb
        yield from (one.term for one in predicate.objects if isinstance(one.term, str))


def _add(file: RecordFile, records: Sequence[Statement], triple: ox.Triple) -> None:
    (new,) = spelt(file, triple)
    declare(file, [new])
    added = new.predicates[0]
    for record in records:
        if there := file.predicate(record, triple.predicate.value):
            append(there, added.objects[0])
            return
    file.put(records[0], added)


def spelt(file: RecordFile, triple: ox.Triple) -> list[Statement]:
    return RecordFile.fragment("".join(Writer(file.known).turtle([ox.Quad(*triple)])), file.known).statements


def proved(before: str, after: str, triples: set[object], shown: str, gone: Iterable[str] = ()) -> str:
    """`after`, if it says exactly `triples` and has all comments of `before` but those that are to go."""
    lost = comments_in(before) - Counter(gone) - comments_in(after)
    if lost or _triples(after) != triples:
        raise UsageError(f"{shown}: this cannot be written there without changing more", "edit the file by hand")
    return after


def _triples(text: str) -> set[object] | None:
    """None of a text that is no Turtle: never seen, but none may reach a file."""
    try:
        return triples_in(text)
    except SyntaxError:
        return None
