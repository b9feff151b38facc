"""What cards are made of: things, claims in a line, voices, times. Read from a view; plain values from there on.

A claim never goes without its speaker: where a card speaks of a claim it holds a `Told`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kbcli.view import View
PEGS = ("agent", "operation", "place", "kind", "scheme")


@dataclass(frozen=True)
class Kind:
    id: str
    label: str


@dataclass(frozen=True)
class Thing:
    """An agent, operation, place or kind. `unnamed`: the article does not name it."""

    id: str
    iri: str
    type: str
    label: str
    kinds: tuple[Kind, ...] = ()
    unnamed: bool = False


@dataclass(frozen=True)
class Voice:
    """One step of a chain: who speaks, in which claim, with which cue. The outlet's step has no claim."""

    role: Literal["outlet", "via", "speaker"]
    agent: Thing
    claim: str = ""
    class_: str = ""
    cues: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A claim in a line. `through` are the voices it comes through, outermost first, the outlet left out."""

    id: str
    iri: str
    class_: str
    label: str
    speaker: Thing
    through: tuple[Voice, ...]
    hedges: tuple[str, ...]
    restates: tuple[str, ...]
    restated_by: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True)
class OtherTime:
    id: str
    text: str


@dataclass(frozen=True)
class Moment:
    """A time: the article's words, the bounds, what they rest on, and how that is known (the notes)."""

    id: str
    iri: str
    text: str
    earliest: str
    latest: str
    edtf: str
    basis: str
    sources: tuple[str, ...]
    before: tuple[OtherTime, ...]
    after: tuple[OtherTime, ...]
    during: tuple[OtherTime, ...]
    notes: tuple[str, ...]


def thing(view: View, iri: str) -> Thing:
    """What an IRI stands for. Only pegs are shown by their labels: any other label may be somebody's words."""
    type_ = view.type(iri)
    label = view.label(iri) if type_ in PEGS else view.id(iri)
    kinds = view.nodes(iri, "kb:kind")
    unnamed = view.project.prefixes["k"] + "unnamed" in kinds
    shown = tuple(Kind(view.id(kind), view.label(kind)) for kind in kinds)
    return Thing(view.id(iri), iri, type_, label, shown, unnamed)


def things(view: View, subject: str, predicate: str) -> tuple[Thing, ...]:
    return tuple(thing(view, iri) for iri in view.nodes(subject, predicate))


def speaker(view: View, claim: str) -> Thing:
    """Who says it. A broken record may name nobody or several: then that is what the label says."""
    found = things(view, claim, "kb:speaker")
    if len(found) == 1:
        return found[0]
    label = " and ".join(one.label for one in found) or "a speaker who is not recorded"
    return Thing("", "", "agent", label, unnamed=any(one.unnamed for one in found))


def through(view: View, claim: str) -> tuple[Voice, ...]:
    """The voices a second-hand claim comes through, outermost first."""
    voices: list[Voice] = []
    seen = {claim}
    outer = _via(view, claim)
    while outer and outer not in seen:  # a circle in a broken record ends where it closes
        seen.add(outer)
        voices.insert(0, voice(view, outer, "via"))
        outer = _via(view, outer)
    return tuple(voices)


def voice(view: View, claim: str, role: Literal["via", "speaker"]) -> Voice:
    cues, hedges = (tuple(view.texts(claim, predicate)) for predicate in ("kb:cue", "kb:hedge"))
    return Voice(role, speaker(view, claim), view.id(claim), class_of(view, claim), cues, hedges)


def chain(view: View, claim: str) -> tuple[Voice, ...]:
    """Everybody through whose mouth a claim has come, outermost first: outlet, those between, the speaker."""
    outlets = {outlet for article in articles(view, claim) for outlet in view.nodes(article, "kb:outlet")}
    own = voice(view, claim, "speaker")
    outer = [Voice("outlet", thing(view, iri)) for iri in sorted(outlets) if iri != own.agent.iri]
    return (*outer, *through(view, claim), own)


def class_of(view: View, claim: str) -> str:
    """Admission, Allegation, Denial or Statement; Claim where the record has no more to say."""
    names = [name.removeprefix("kb:") for name in view.classes(claim) if name.startswith("kb:")]
    return " and ".join([name for name in names if name != "Claim"] or ["Claim"])


def told(view: View, iri: str) -> Told:
    return Told(
        id=view.id(iri),
        iri=iri,
        class_=class_of(view, iri),
        label=view.label(iri),
        speaker=speaker(view, iri),
        through=through(view, iri),
        hedges=tuple(view.texts(iri, "kb:hedge")),
        restates=view.ids(iri, "kb:restates"),
        restated_by=tuple(view.id(other) for other in view.subjects("kb:restates", iri)),
        articles=tuple(view.id(article) for article in articles(view, iri)),
    )


def all_told(view: View, claims: Iterable[str]) -> tuple[Told, ...]:
    """The claims in the order of their articles' texts."""
    return tuple(told(view, iri) for iri in sorted(set(claims), key=lambda iri: place_in_text(view, iri)))


def telling(view: View, predicate: str, value: str) -> tuple[Told, ...]:
    """The claims that have `value` under a predicate."""
    return all_told(view, filter(view.is_claim, view.subjects(predicate, value)))


def named_by(view: View, claim: str, predicate: str) -> tuple[Told, ...]:
    """The claims that a claim points to."""
    return all_told(view, view.nodes(claim, predicate))


def place_in_text(view: View, claim: str) -> tuple[str, int, str]:
    spans = view.nodes(claim, "kb:evidence")
    starts = [start for span in spans if (start := view.number(span, "oa:start")) is not None]
    return next(iter(articles(view, claim)), ""), min(starts, default=0), claim


def articles(view: View, claim: str) -> list[str]:
    return sorted({article for span in view.nodes(claim, "kb:evidence") for article in view.nodes(span, "kb:in")})


def moment(view: View, iri: str) -> Moment:
    return Moment(
        id=view.id(iri),
        iri=iri,
        text=view.text(iri, "kb:text"),
        earliest=view.text(iri, "kb:earliest"),
        latest=view.text(iri, "kb:latest"),
        edtf=view.text(iri, "kb:edtf"),
        basis=next(iter(view.ids(iri, "kb:basis")), ""),
        sources=(*view.nodes(iri, "dct:source"), *view.texts(iri, "dct:source")),
        before=_others(view, view.nodes(iri, "kb:before")),
        after=_others(view, view.subjects("kb:before", iri)),
        during=_others(view, view.nodes(iri, "kb:during")),
        notes=tuple(view.texts(iri, "skos:note")),
    )


def moments(view: View, claim: str, predicate: str) -> tuple[Moment, ...]:
    return tuple(moment(view, iri) for iri in view.nodes(claim, predicate))


def _others(view: View, times: Iterable[str]) -> tuple[OtherTime, ...]:
    return tuple(OtherTime(view.id(iri), view.text(iri, "kb:text")) for iri in times)


def _via(view: View, claim: str) -> str | None:
    return next(iter(view.nodes(claim, "kb:via")), None)
