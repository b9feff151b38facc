"""Which kinds are for agents and which for operations, as their scope notes begin: “For operations. …”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.adding.fields import AGENT, OPERATION
from kbcli.errors import UsageError
from kbcli.names import STANDARD, expand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kbcli.adding.desk import Desk

_FOR = {AGENT: "for agents", OPERATION: "for operations"}
_BOTH = "for agents and operations"


def is_for_others(desk: Desk, kind: str, class_: str) -> bool:
    """Whether a kind (an IRI) is for the other sort only; where no scope note says so, it is for both."""
    import pyoxigraph as ox

    notes = [one.value.lower() for one in desk.near.values(ox.NamedNode(kind), STANDARD["skos"] + "scopeNote")]
    own, others = _FOR.get(class_), [told for sort, told in _FOR.items() if sort != class_]
    if own is None or any(note.startswith((own, _BOTH)) for note in notes):
        return False
    return any(note.startswith(other) for note in notes for other in others)


def refuse_others(desk: Desk, kinds: Iterable[str], class_: str) -> None:
    """Raises UsageError for a kind (a prefixed name) that is for the other sort."""
    for kind in kinds:
        iri = expand(kind, desk.project.prefixes) or ""
        if is_for_others(desk, iri, class_):
            other = next(told for sort, told in _FOR.items() if sort != class_)
            fit = ", ".join(one.removeprefix("k:") for one in fitting(desk, class_))
            raise UsageError(
                f"--kind {kind}: this kind is {other} ({desk.place(iri)}), and this is an "
                f"{class_.removeprefix('kb:').lower()}",
                f"choose one of {fit}, or make one: kb add kind" if fit else "make a kind: kb add kind",
            )


def fitting(desk: Desk, class_: str) -> list[str]:
    """The kinds that such a thing can be of, as prefixed names."""
    there = desk.near.instances(STANDARD["skos"] + "Concept")
    fit = (desk.short(one.value) for one in there if not is_for_others(desk, one.value, class_))
    return sorted(name for name in fit if name.startswith("k:"))
