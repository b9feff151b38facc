"""The canonical layout of Turtle: what `kb fmt` writes.

Prefixes sorted, `a` first, one predicate a line, the author's order of subjects, every comment kept, every literal
as spelt. Laying out twice gives what laying out once gave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.outline import Comment, Directive, Group, Object, Outline, Predicate, Statement, outline

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 120
STEP = "    "


def laid_out(text: str) -> str:
    """`text`, which must be Turtle, in canonical layout. Raises TurtleSyntaxError where it is none."""
    return written(outline(text))


def written(whole: Outline) -> str:
    """An outline as text in canonical layout."""
    return "".join(f"{line}\n" for line in _trimmed(_document(whole)))


def _document(whole: Outline) -> Iterator[str]:
    header, entries = _sorted(whole.entries)
    yield from _comments(header, "")
    previous: Directive | Statement | None = None
    for entry in entries:
        if previous is not None and not (isinstance(previous, Directive) and isinstance(entry, Directive)):
            yield ""
        yield from _comments(entry.above, "")
        yield from _directive(entry) if isinstance(entry, Directive) else _statement(entry)
        previous = entry
    if whole.rest:
        yield ""
        yield from _comments(whole.rest, "")


def _sorted(entries: list[Directive | Statement]) -> tuple[list[Comment], list[Directive | Statement]]:
    """The comments at the top, and the entries with the leading prefixes sorted.

    A base, or a prefix declared twice, gives their order a meaning: then it stays.
    """
    count = next((i for i, entry in enumerate(entries) if not isinstance(entry, Directive)), len(entries))
    leading = [entry for entry in entries[:count] if isinstance(entry, Directive)]
    names = [directive.name for directive in leading]
    if not leading:
        return [], entries
    header, leading[0].above = leading[0].above, []
    if "" in names or len(set(names)) < len(names):
        return header, entries
    unique = {(d.name, d.iri): d for d in leading}
    return header, [*sorted(unique.values(), key=lambda d: d.name), *entries[count:]]


def _directive(directive: Directive) -> Iterator[str]:
    keyword = f"@prefix {directive.name}" if directive.name else "@base"
    yield _beside(f"{keyword} {directive.iri} .", directive.beside)


def _statement(statement: Statement) -> Iterator[str]:
    subject = list(_term(statement.subject, "", ""))
    if not statement.predicates:
        yield from (*subject[:-1], f"{subject[-1]} .")
        return
    first, *others = sorted(statement.predicates, key=lambda predicate: predicate.verb != "a")
    if first.above:
        yield from subject
        yield from _predicate(first, STEP, STEP, " ;" if others else " .")
    else:
        yield from subject[:-1]
        yield from _predicate(first, f"{subject[-1]} ", STEP, " ;" if others else " .")
    for index, predicate in enumerate(others):
        yield from _predicate(predicate, STEP, STEP, " ." if index == len(others) - 1 else " ;")


def _predicate(predicate: Predicate, lead: str, indent: str, end: str) -> Iterator[str]:
    """`lead` is what stands before the verb, `indent` where the predicate's own lines begin."""
    yield from _comments(predicate.above, indent)
    objects = predicate.objects
    flat = _flat_objects(objects)
    if flat is not None and len(line := f"{lead}{predicate.verb} {flat}{end}") <= WIDTH:
        yield _beside(line, predicate.beside)
        return
    if len(objects) == 1 and not objects[0].above:
        *body, last = _term(objects[0].term, f"{lead}{predicate.verb} ", indent)
        yield from (*body, _beside(f"{last}{end}", predicate.beside))
        return
    yield f"{lead}{predicate.verb}"
    for index, object_ in enumerate(objects):
        inner, final = indent + STEP, index == len(objects) - 1
        yield from _comments(object_.above, inner)
        *body, last = _term(object_.term, inner, inner)
        yield from body
        yield _beside(last + (end if final else " ,"), predicate.beside if final else object_.beside)


def _term(term: str | Group, lead: str, indent: str) -> Iterator[str]:
    """The lines of a term, the first behind `lead`, those within brackets one step beyond `indent`."""
    flat = _flat(term)
    if flat is not None and (isinstance(term, str) or len(lead) + len(flat) <= WIDTH - 2):
        yield lead + flat
        return
    assert isinstance(term, Group)  # noqa: S101 a text is always flat
    inner = indent + STEP
    yield lead + ("(" if term.round else "[")
    for element in term.elements:
        yield from _comments(element.above, inner)
        *body, last = _term(element.term, inner, inner)
        yield from (*body, _beside(last, element.beside))
    for index, predicate in enumerate(term.predicates):
        yield from _predicate(predicate, inner, inner, "" if index == len(term.predicates) - 1 else " ;")
    yield from _comments(term.rest, inner)
    yield indent + (")" if term.round else "]")


def _flat(term: str | Group) -> str | None:
    """The term on one line; None if a comment in it forbids that."""
    if isinstance(term, str):
        return term
    if term.rest or any(p.above or p.beside for p in term.predicates):
        return None
    parts = [_flat_objects([element], comma=" ") for element in term.elements]
    for predicate in term.predicates:
        objects = _flat_objects(predicate.objects)
        parts.append(objects and f"{predicate.verb} {objects}")
    if None in parts or any(element.beside for element in term.elements):
        return None
    inside = (" " if term.round else " ; ").join(part for part in parts if part)
    opening, closing = "()" if term.round else "[]"
    return f"{opening} {inside} {closing}" if inside else opening + closing


def _flat_objects(objects: list[Object], comma: str = " , ") -> str | None:
    flat = [None if o.above or (o.beside and o is not objects[-1]) else _flat(o.term) for o in objects]
    return None if None in flat else comma.join(text for text in flat if text is not None)


def _comments(comments: list[Comment], indent: str) -> Iterator[str]:
    for comment in comments:
        yield indent + comment.text
        if comment.gap:
            yield ""


def _beside(line: str, comment: str) -> str:
    return f"{line}  {comment}" if comment else line


def _trimmed(lines: Iterator[str]) -> list[str]:
    """`lines` without an empty one at either end or two in a row."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept
