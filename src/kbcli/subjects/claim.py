"""The card of a claim: who says it, through whom, in which words, and what becomes of it. Never that it is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import content, denials, phrases
from kbcli.card import Card, Line, Section, each, sections
from kbcli.parts import Told, Voice, chain, named_by, telling, told

if TYPE_CHECKING:
    from kbcli.content import Content, Words
    from kbcli.denials import Denials
    from kbcli.view import View

CAVEATS = {
    "Allegation": "An allegation: its speaker holds somebody responsible. That is neither proven nor refuted here.",
    "Denial": "A denial: its speaker rejects the claims it is linked to, and nothing beyond them. It refutes nothing.",
    "Admission": "An admission: an act that its speaker is reported to ascribe to itself. It is no proof of the act.",
    "Statement": "A statement: it accuses nobody, and it is no better proven than an allegation.",
}
NO_FACT = "This is what somebody is reported to say, not a fact."
SECOND_HAND = (
    "SECOND-HAND: the article does not have this from {speaker}. It exists only inside what {carrier} is reported to "
    "say; {speaker} may never have said it."
)
RELATIONS = {
    "restates": "tells again, as the same utterance",
    "restated_by": "told again in",
    "responds_to": "responds to",
    "answered_by": "answered by",
    "echoes": "echoes",
    "echoed_by": "echoed by",
    "carries": "comes only through this claim",
}


@dataclass(frozen=True)
class Relations:
    """Other claims. `carries`: those that the article has only through this one."""

    denies: tuple[Told, ...]
    restates: tuple[Told, ...]
    restated_by: tuple[Told, ...]
    responds_to: tuple[Told, ...]
    answered_by: tuple[Told, ...]
    echoes: tuple[Told, ...]
    echoed_by: tuple[Told, ...]
    carries: tuple[Told, ...]


@dataclass(frozen=True)
class ClaimCard:
    card: str
    claim: Told
    caveat: str
    second_hand: bool
    chain: tuple[Voice, ...]
    words: Words
    content: Content
    denied_by: Denials
    relations: Relations
    notes: tuple[str, ...]


def card(view: View, iri: str) -> Card:
    claim = told(view, iri)
    caveat = " ".join([*(CAVEATS[name] for name in claim.class_.split(" and ") if name in CAVEATS), NO_FACT])
    data = ClaimCard(
        card="claim",
        claim=claim,
        caveat=caveat,
        second_hand=bool(claim.through),
        chain=chain(view, iri),
        words=content.words_of(view, iri, sentences=True),
        content=content.content_of(view, iri),
        denied_by=denials.denials(view, iri),
        relations=_relations(view, iri),
        notes=tuple(view.texts(iri, "skos:note")),
    )
    return Card(phrases.told(claim), _cautions(data), _sections(view, data), data)


def _relations(view: View, iri: str) -> Relations:
    return Relations(
        denies=named_by(view, iri, "kb:denies"),
        restates=named_by(view, iri, "kb:restates"),
        restated_by=telling(view, "kb:restates", iri),
        responds_to=named_by(view, iri, "kb:respondsTo"),
        answered_by=telling(view, "kb:respondsTo", iri),
        echoes=named_by(view, iri, "kb:echoes"),
        echoed_by=telling(view, "kb:echoes", iri),
        carries=telling(view, "kb:via", iri),
    )


def _cautions(data: ClaimCard) -> tuple[str, ...]:
    found = []
    claim = data.claim
    if claim.through:
        carrier = phrases.named(claim.through[-1].agent)
        found.append(SECOND_HAND.format(speaker=phrases.named(claim.speaker), carrier=carrier))
    if claim.restates:
        found.append(f"TOLD AGAIN: the same utterance as {', '.join(claim.restates)}; not to be counted twice.")
    return (*found, data.caveat)


def _sections(view: View, data: ClaimCard) -> tuple[Section, ...]:
    who = phrases.source_of(data.claim)
    return sections(
        ("Who is said to say it" if data.second_hand else "Who says it", _speaker(data)),
        ("Through whom, outermost voice first", _chain(data)),
        ("The words", _words(data)),
        ("When it was said", content.said_lines(data.words, data.content.not_stated)),
        ("What it is about (names, which assert nothing)", each(phrases.all_described(data.content.about))),
        (f"According to {who}", content.content_lines(data.content, data.claim.class_)),
        ("Who denies it", _denials(data.denied_by)),
        ("What it denies, and nothing beyond", phrases.all_told(data.relations.denies)),
        ("Related claims", _related(data.relations)),
        ("Not stated in the article", each(content.unstated(view, data.content.not_stated))),
        ("Notes of the editors", each(data.notes)),
    )


def _speaker(data: ClaimCard) -> list[Line]:
    speaker = data.claim.speaker
    carriers = phrases.carriers(data.claim)
    return [
        Line(phrases.described(speaker) + (f", according to {carriers} alone" if carriers else "")),
        *each([phrases.NOT_NAMED] * speaker.unnamed),
        *each(map(phrases.quoted, data.words.speaking_as), "speaking as, in the article’s words"),
        *each(["the outlet, in its own voice: no source is given"] * data.words.own_voice),
    ]


def _chain(data: ClaimCard) -> list[Line]:
    """One voice below the other, so that each stands inside the one before it."""
    if len(data.chain) == 1:
        return [Line("through nobody: it is the outlet’s own voice" if data.words.own_voice else "not recorded")]
    return [Line(_step(voice), depth=depth) for depth, voice in enumerate(data.chain)]


def _step(voice: Voice) -> str:
    who = phrases.described(voice.agent)
    cues = "".join(f", {phrases.quoted(cue)}" for cue in voice.cues)
    hedges = "".join(f", with the reservation {phrases.quoted(hedge)}" for hedge in voice.hedges)
    if voice.role == "outlet":
        return f"{who}, the outlet, reports:"
    if voice.role == "via":
        return f"{who}{cues}{hedges}, in its {voice.class_.lower()} [{voice.claim}], has it that:"
    return f"{who}{cues}{hedges}: this claim"


def _words(data: ClaimCard) -> list[Line]:
    how = data.words
    return [
        *phrases.words(how.sentences or (), how.spans),
        *content.quote_lines(how),
        *each(map(phrases.quoted, how.cues), "the article’s word for the saying"),
        *content.hedge_lines(how),
        *each(phrases.all_described(how.channel), "spoken on or to"),
    ]


def _denials(found: Denials) -> list[Line]:
    missing = [] if found.direct else [Line(phrases.NO_DENIAL)]
    return [*missing, *denials.lines(found)]


def _related(relations: Relations) -> list[Line]:
    return [line for name, shown in RELATIONS.items() for line in phrases.all_told(getattr(relations, name), shown)]
