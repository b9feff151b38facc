"""Records of a Turtle file under other names and with other texts: what `kb cite --reanchor` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kbcli import citation
from kbcli.amendment import declare, proved, spelt
from kbcli.formatting import triples_in
from kbcli.layout import written
from kbcli.names import STANDARD, compact
from kbcli.outline import Comment, Group, Object
from kbcli.recordfile import RecordFile

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from kbcli.outline import Predicate, Statement

Values = dict[str, ox.Literal | None]  # by the IRI of a property: its only value from now on, None for none
_OA = STANDARD["oa"]
_OFFSET = ox.NamedNode(STANDARD["xsd"] + "nonNegativeInteger")
_MOST_CONTEXT = 240  # of a text that repeats itself no context tells the place


def replaced(
    text: str, renamed: Mapping[str, str | None], values: Mapping[str, Values], known: Mapping[str, str], *, shown: str
) -> str:
    """`text` with other IRIs in the place of some, all at once, and with other values of properties.

    `values` are by the old IRI of a record; what has None for a new IRI goes, with all that is
    said of it. Raises UsageError for what is no Turtle.
    """
    file = RecordFile.of(text, known, shown)
    before = triples_in(text)
    gone = {iri for iri, new in renamed.items() if new is None}
    names = {iri: new for iri, new in renamed.items() if new is not None}
    wanted = set(_changed((quad for quad in before if not _names(quad, gone)), names, values))
    for statement in file.statements:
        _take_out(file, statement, gone)
    for statement in file.statements:
        for predicate, value in values.get(file.subject(statement), {}).items():
            _replace(file, statement, predicate, value)
    for statement in file.statements:
        _rename(file, statement, names)
    return proved(text, written(file.whole), wanted, shown)


def anchored(text: str, start: int, end: int) -> Values:
    """What the record of a span says of these words of a text."""
    width = citation.context(text, start, end, _MOST_CONTEXT)
    words = {"exact": text[start:end], "prefix": text[max(0, start - width) : start], "suffix": text[end : end + width]}
    return {
        **{_OA + name: ox.Literal(one) if one else None for name, one in words.items()},
        _OA + "start": ox.Literal(str(start), datatype=_OFFSET),
        _OA + "end": ox.Literal(str(end), datatype=_OFFSET),
    }


def _names(quad: Any, iris: Container[str]) -> bool:
    return any(getattr(term, "value", "") in iris for term in (quad.subject, quad.object))


def _take_out(file: RecordFile, statement: Statement, gone: Container[str]) -> None:
    """The record of what is gone, or the values that name it; comments go to what stands next."""
    whole = file.whole
    if file.subject(statement) in gone:
        index = next(i for i, one in enumerate(whole.entries) if one is statement)
        del whole.entries[index]
        heir = whole.entries[index].above if index < len(whole.entries) else whole.rest
        heir[:0] = statement.above
        return
    for predicate in [*statement.predicates]:
        left = [one for one in predicate.objects if file.iri(one.term) not in gone]
        if not left:
            statement.predicates.remove(predicate)
            _keep_comments(statement, predicate)
        predicate.objects = left or predicate.objects


def _changed(before: Iterable[Any], renamed: Mapping[str, str], values: Mapping[str, Values]) -> Iterator[object]:
    """What the triples are to be."""

    def new(term: Any) -> Any:
        return ox.NamedNode(renamed[term.value]) if isinstance(term, ox.NamedNode) and term.value in renamed else term

    subjects = set()
    for quad in before:
        subject = getattr(quad.subject, "value", "")
        subjects.add(subject)
        if quad.predicate.value not in values.get(subject, {}):
            yield ox.Quad(new(quad.subject), quad.predicate, new(quad.object))
    for subject in subjects & values.keys():
        for predicate, value in values[subject].items():
            if value is not None:
                yield ox.Quad(new(ox.NamedNode(subject)), ox.NamedNode(predicate), value)


def _replace(file: RecordFile, statement: Statement, predicate: str, value: ox.Literal | None) -> None:
    there = file.predicate(statement, predicate)
    if value is None:
        if there:
            statement.predicates.remove(there)
            _keep_comments(statement, there)
        return
    (new,) = spelt(file, ox.Triple(ox.NamedNode(file.subject(statement)), ox.NamedNode(predicate), value))
    declare(file, [new])
    if there:
        there.objects = [Object(new.predicates[0].objects[0].term, there.objects[0].above)]
    else:
        file.put(statement, new.predicates[0])


def _keep_comments(statement: Statement, gone: Predicate) -> None:
    """Those of a property that goes stand above the last that stays."""
    kept = [*gone.above, *(Comment(one, gap=False) for one in [gone.beside] if one)]
    (statement.predicates[-1] if statement.predicates else statement).above.extend(kept)


def _rename(file: RecordFile, statement: Statement, renamed: Mapping[str, str]) -> None:
    subject = Object(statement.subject, [])
    for holder in (
        one for top in (subject, *(o for p in statement.predicates for o in p.objects)) for one in _terms(top)
    ):
        if (iri := file.iri(holder.term)) in renamed:
            holder.term = compact(renamed[iri], file.declared)
    statement.subject = subject.term


def _terms(object_: Object) -> Iterator[Object]:
    if not isinstance(object_.term, Group):
        yield object_
        return
    for one in object_.term.elements:
        yield from _terms(one)
    for predicate in object_.term.predicates:
        for one in predicate.objects:
            yield from _terms(one)
