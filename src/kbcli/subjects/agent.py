"""The card of an agent: its names, what it is reported to say, and what others are reported to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kbcli import phrases
from kbcli.card import Card, Line, Section, each, sections
from kbcli.parts import Thing, Told, all_told, telling, thing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kbcli.view import View

ONLY_CLAIMS = (
    "Only names and kinds are recorded of an agent. All else below is what somebody is reported to say, not a fact."
)
UNNAMED = "NOT NAMED: the article does not name this party; the name here is only a description."


@dataclass(frozen=True)
class Membership:
    """That the agent belongs to a whole, with the claims that say so."""

    whole: Thing
    part: Thing
    claims: tuple[Told, ...]


@dataclass(frozen=True)
class AgentCard:
    """Claims by their relation to the agent.

    `says`: its own, as the articles have them from it. `ascribed`: second-hand ones. `accused_in`: allegations by
    others. `acts_in`: others' claims that have it act without accusing it. `carries`: others' claims that an
    article has only through one of its claims.
    """

    card: str
    agent: Thing
    aliases: tuple[str, ...]
    outlet_of: tuple[str, ...]
    part_of: tuple[Membership, ...]
    parts: tuple[Membership, ...]
    says: tuple[Told, ...]
    ascribed: tuple[Told, ...]
    carries: tuple[Told, ...]
    accused_in: tuple[Told, ...]
    acts_in: tuple[Told, ...]
    affected_in: tuple[Told, ...]
    about_it: tuple[Told, ...]
    mentioned_in: tuple[Told, ...]
    silent_in: tuple[Told, ...]
    channel_of: tuple[Told, ...]
    notes: tuple[str, ...]


def card(view: View, iri: str) -> Card:
    own = telling(view, "kb:speaker", iri)
    others = [claim for claim in telling(view, "kb:actor", iri) if claim.speaker.iri != iri]
    data = AgentCard(
        card="agent",
        agent=thing(view, iri),
        aliases=tuple(view.texts(iri, "skos:altLabel")),
        outlet_of=tuple(view.id(article) for article in view.subjects("kb:outlet", iri)),
        part_of=tuple(_membership(view, iri, whole) for whole in view.nodes(iri, "kb:partOf")),
        parts=tuple(_membership(view, part, iri) for part in view.subjects("kb:partOf", iri)),
        says=tuple(claim for claim in own if not claim.through),
        ascribed=tuple(claim for claim in own if claim.through),
        carries=all_told(view, (inner for claim in own for inner in view.subjects("kb:via", claim.iri))),
        accused_in=tuple(claim for claim in others if claim.class_ == "Allegation"),
        acts_in=tuple(claim for claim in others if claim.class_ != "Allegation"),
        affected_in=telling(view, "kb:affected", iri),
        about_it=telling(view, "kb:about", iri),
        mentioned_in=telling(view, "kb:mentions", iri),
        silent_in=telling(view, "kb:silent", iri),
        channel_of=telling(view, "kb:channel", iri),
        notes=tuple(view.texts(iri, "skos:note")),
    )
    cautions = (*([UNNAMED] if data.agent.unnamed else []), ONLY_CLAIMS)
    return Card(f"Agent: {phrases.named(data.agent)} [{data.agent.id}]", cautions, _sections(data), data)


def _membership(view: View, part: str, whole: str) -> Membership:
    """With the claims about the part that call it something and name the whole; if none do, those that name it."""
    naming = [
        claim
        for claim in view.subjects("kb:about", part)
        if any(whole in view.nodes(claim, predicate) for predicate in ("kb:mentions", "kb:about", "kb:actor"))
    ]
    calling = [claim for claim in naming if view.texts(claim, "kb:designates")]
    return Membership(thing(view, whole), thing(view, part), all_told(view, calling or naming))


def _sections(data: AgentCard) -> tuple[Section, ...]:
    name = phrases.named(data.agent)
    return sections(
        ("Names and kinds", _names(data)),
        ("Part of, according to the claims below it", _memberships(data.part_of, of_part=False)),
        *_by_class(f"Reported to be said by {name}", data.says),
        *_by_class(f"SECOND-HAND: ascribed to {name} by others, perhaps never said", data.ascribed),
        phrases.counted(f"Known only through what {name} is reported to say", data.carries),
        phrases.counted("Claims that accuse it", data.accused_in),
        phrases.counted("Other claims that have it act", data.acts_in),
        phrases.counted("Claims in which it is affected", data.affected_in),
        phrases.counted("Claims about it", data.about_it),
        phrases.counted("Claims that mention it, which gives it no part in anything", data.mentioned_in),
        phrases.counted("Claims that it has not said something", data.silent_in),
        phrases.counted("Said on it or to it, not by it", data.channel_of),
        ("Agents that are part of it, according to the claims below them", _memberships(data.parts, of_part=True)),
        ("Notes of the editors", each(data.notes)),
    )


def _names(data: AgentCard) -> list[Line]:
    return [
        Line(data.agent.label, "description" if data.agent.unnamed else "name"),
        *each(data.aliases, "also"),
        *each([kind.label for kind in data.agent.kinds], "kind"),
        *each(data.outlet_of, "speaks as the outlet of"),
    ]


def _memberships(found: Iterable[Membership], *, of_part: bool) -> list[Line]:
    lines = []
    for one in found:
        lines.append(Line(phrases.described(one.part if of_part else one.whole)))
        lines += phrases.all_told(one.claims, depth=1) or [Line("no claim is recorded that says so", depth=1)]
    return lines


def _by_class(heading: str, claims: tuple[Told, ...]) -> list[tuple[str, list[Line]]]:
    ordered = sorted(claims, key=lambda claim: claim.class_)  # sorted keeps the order of the text within a class
    grouped = groupby(ordered, key=lambda claim: claim.class_)
    return [phrases.counted(f"{heading}: {class_.lower()}s", group) for class_, group in grouped]
