"""What is said of a record beside its names, and whether its successor has it too: nothing of it is lost unsaid."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from kbcli.adding.fields import fields_of
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import ALT_LABEL, LABEL, RDF_TYPE

if TYPE_CHECKING:
    from typing import Any

    from kbcli.adding.desk import Desk

_PEGS = ("kb:Agent", "kb:Operation", "kb:Place", "skos:Concept")
# A successor has these for itself, and one of each only: what differs is told, not refused.
_OWN = ("kb:kind", "skos:definition", "skos:inScheme")


def handed_on(desk: Desk, iri: str, heir: str, class_: str) -> list[str]:
    """What goes with the record, as notes. Raises UsageError for what somebody else would have to write again.

    Only of pegs: claims, times and spans have their facts from the words that they rest on.
    """
    lost = _lost(desk, iri, heir) if class_ in _PEGS else []
    own = [(name, term) for name, term in lost if name in _OWN]
    others = [(name, term) for name, term in lost if name not in _OWN]
    if others:
        told = "\n".join(f"  {name} {printable(_told(desk, term))}" for name, term in others)
        commands = "\n".join(dict.fromkeys(_command(desk, heir, class_, *one) for one in others))
        options = dict.fromkeys(_option(class_, name) for name, _ in others)
        without = " ".join(f"--without {option}" for option in options if option)
        let_go = f"\nor let it go: kb add to {desk.short(iri)} {without}" if without else ""
        raise UsageError(
            f"{desk.short(iri)} has what {desk.short(heir)} has not; it would be lost:\n{told}",
            f"carry it over first:\n{commands}{let_go}",
        )
    return [f"gone with it: {name} {printable(_told(desk, term))}" for name, term in own]


def _lost(desk: Desk, iri: str, heir: str) -> list[tuple[str, Any]]:
    there = {(one.predicate, one.object) for one in _said_of(desk, heir)}
    names = (RDF_TYPE, LABEL, ALT_LABEL)
    return [
        (desk.short(one.predicate.value), one.object)
        for one in _said_of(desk, iri)
        if one.predicate.value not in names
        and (one.predicate, one.object) not in there
        and getattr(one.object, "value", "") != heir
    ]


def _said_of(desk: Desk, iri: str) -> list[Any]:
    import pyoxigraph as ox

    return [one for home in desk.near.homes_of(iri) for one in home.about.get(ox.NamedNode(iri), [])]


def _told(desk: Desk, term: Any) -> str:
    import pyoxigraph as ox

    return desk.short(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _command(desk: Desk, heir: str, class_: str, name: str, term: Any) -> str:
    """That says the same of the successor."""
    if not (option := _option(class_, name)):
        return f"by hand, in the file of {desk.short(heir)}: {name} {printable(_told(desk, term))}"
    is_thing = next(one.takes for one in fields_of(class_) if one.option == option) == "thing"
    value = desk.short(term.value) if is_thing else term.value
    language = getattr(term, "language", None) or "en"
    tag = "" if language == "en" else f" --lang {language}"
    return f"kb add to {desk.short(heir)} --{option} {printable(shlex.quote(value))}{tag}"


def _option(class_: str, name: str) -> str:
    return next((one.option for one in fields_of(class_) if one.predicate == name), "")
