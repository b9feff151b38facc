"""Whether two records can be one and the same, and what names the one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.adding.alike import Key
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.folding import fold
from kbcli.mentions import last_part, mentioning
from kbcli.names import ALT_LABEL, KB, LABEL

if TYPE_CHECKING:
    from kbcli.adding.desk import Desk

_LISTED = 8
_PERSON = "k:person"


def refuse_two_persons(desk: Desk, iri: str, heir: str) -> None:
    """Raises UsageError for two persons of whom none has a name like one of the other’s."""
    if told := two_persons(desk, iri, heir):
        raise UsageError(told, "if they are one and the same person: --same")


def two_persons(desk: Desk, iri: str, heir: str) -> str:
    """What to say of them, with what would name the other; empty if they may be one."""
    if not (_is_person(desk, iri) and _is_person(desk, heir)):
        return ""
    own, others = _names(desk, iri), _names(desk, heir)
    if any(Key(one).is_like(other, fold(other)) or fold(one) == fold(other) for one in own for other in others):
        return ""
    both = " and ".join(f"{desk.short(one)} ({printable(desk.label(one))})" for one in (iri, heir))
    names = ", ".join(f"“{printable(one)}”" for one in own)
    told = f"{both} are two persons by their names; {desk.short(heir)} would get the other names {names}"
    there = listed(desk, iri)
    return f"{told}, and be named here:\n{there}" if there else told


def listed(desk: Desk, iri: str) -> str:
    """What names it, a line each; empty if nothing does."""
    found = naming(desk, iri)
    return "\n".join(found[:_LISTED]) + (f"\n  … and {len(found) - _LISTED} more" if len(found) > _LISTED else "")


def naming(desk: Desk, iri: str) -> list[str]:
    """Where it is named as a value: file and line, the record, and with which property."""
    found = []
    for document in mentioning(desk.corpus.documents, [last_part(iri)]):
        for triple in document.naming.get(iri, ()):
            place = document.place(triple.subject, triple.predicate, triple.object)  # type: ignore[arg-type]
            line, subject = f":{place.line}" if place else "", desk.short(getattr(triple.subject, "value", ""))
            found.append(f"  {document.shown}{line}  {subject} {desk.short(triple.predicate.value)}")
    return found


def _is_person(desk: Desk, iri: str) -> bool:
    import pyoxigraph as ox

    kinds = desk.near.values(ox.NamedNode(iri), KB + "kind")
    return any(desk.short(getattr(one, "value", "")) == _PERSON for one in kinds)


def _names(desk: Desk, iri: str) -> list[str]:
    import pyoxigraph as ox

    return [one.value for name in (LABEL, ALT_LABEL) for one in desk.near.values(ox.NamedNode(iri), name)]
