"""What a claim says, and how it is told: roles, place, time, toll, words. All of it according to its speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import phrases
from kbcli.card import Line, each
from kbcli.parts import Moment, Thing, articles, moments, things
from kbcli.passages import Passage, Span, passages, spans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kbcli.view import View

# What a claim may leave unsaid, in words; other properties go by their label.
ASPECTS = {
    "kb:actor": "who did it",
    "kb:affected": "who was affected",
    "kb:deaths": "how many died",
    "kb:happened": "when it happened",
    "kb:place": "where it happened",
    "kb:said": "when it was said",
}
OWN_WORDS = "the outlet’s own words: nobody is quoted"


@dataclass(frozen=True)
class Content:
    """`not_stated`: properties whose value the article does not state."""

    about: tuple[Thing, ...]
    actor: tuple[Thing, ...]
    affected: tuple[Thing, ...]
    mentions: tuple[Thing, ...]
    silent: tuple[Thing, ...]
    place: tuple[Thing, ...]
    happened: tuple[Moment, ...]
    deaths: tuple[str, ...]
    designates: tuple[str, ...]
    not_stated: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """`quotes` are the speaker's own words; with none of them the claim is the article's paraphrase.

    `own_voice`: the speaker is the outlet of the article; `issued`: when the article appeared, if it says so.
    `sentences` is None where no sentences were asked for.
    """

    quotes: tuple[str, ...]
    cues: tuple[str, ...]
    hedges: tuple[str, ...]
    speaking_as: tuple[str, ...]
    channel: tuple[Thing, ...]
    said: tuple[Moment, ...]
    own_voice: bool
    issued: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[Passage, ...] | None


def content_of(view: View, claim: str) -> Content:
    about, actor, affected, mentions, silent, place = (
        things(view, claim, f"kb:{name}") for name in ("about", "actor", "affected", "mentions", "silent", "place")
    )
    return Content(
        about=about,
        actor=actor,
        affected=affected,
        mentions=mentions,
        silent=silent,
        place=place,
        happened=moments(view, claim, "kb:happened"),
        deaths=tuple(view.texts(claim, "kb:deaths")),
        designates=tuple(view.texts(claim, "kb:designates")),
        not_stated=view.ids(claim, "kb:notStated"),
    )


def words_of(view: View, claim: str, *, sentences: bool) -> Words:
    evidence = view.nodes(claim, "kb:evidence")
    found = spans(view, evidence)
    text = " ".join(span.exact for span in found)
    sources = articles(view, claim)
    outlets = {outlet for article in sources for outlet in view.nodes(article, "kb:outlet")}
    return Words(
        quotes=tuple(sorted(view.texts(claim, "kb:quote"), key=lambda quote: (text.find(quote), quote))),
        cues=tuple(view.texts(claim, "kb:cue")),
        hedges=tuple(view.texts(claim, "kb:hedge")),
        speaking_as=tuple(view.texts(claim, "kb:speakingAs")),
        channel=things(view, claim, "kb:channel"),
        said=moments(view, claim, "kb:said"),
        own_voice=bool(outlets & set(view.nodes(claim, "kb:speaker"))),
        issued=tuple(day for article in sources for day in view.texts(article, "dct:issued")),
        spans=found,
        sentences=passages(view, evidence) if sentences else None,
    )


def content_lines(said: Content, class_: str) -> list[Line]:
    """What the claim says beside what it is about; the accused of an allegation is called so."""
    return [
        *each(phrases.all_described(said.actor), actor_name(class_)),
        *each(phrases.all_described(said.affected), "affected"),
        *each(map(phrases.quoted, said.designates), "what it calls its subject"),
        *each(phrases.all_described(said.place), "where"),
        *each(map(phrases.time, said.happened), ASPECTS["kb:happened"]),
        *each(said.deaths, "deaths, by this claim’s count"),
        *each(phrases.all_described(said.silent), "reported not to have spoken"),
        *each(phrases.all_described(said.mentions), "mentioned, which gives no part in it"),
    ]


def actor_name(class_: str) -> str:
    return {"Allegation": "accused", "Admission": "actor, who is the speaker"}.get(class_, "actor")


def quote_lines(how: Words, depth: int = 0) -> list[Line]:
    """The speaker's own words, or a word that there are none."""
    if how.quotes:
        return each(map(phrases.quoted, how.quotes), "quoted", depth)
    return [Line("paraphrase: the article quotes nothing of it" if not how.own_voice else OWN_WORDS, "", depth)]


def hedge_lines(how: Words, depth: int = 0) -> list[Line]:
    """Reservations. Inside a quotation they are the speaker's, outside it is open whose they are."""
    return [
        Line(
            phrases.quoted(hedge),
            "reservation, in the words quoted" if any(hedge in q for q in how.quotes) else "the article’s reservation",
            depth,
        )
        for hedge in how.hedges
    ]


def said_lines(how: Words, not_stated: tuple[str, ...]) -> list[Line]:
    """When it was said; if no time is recorded, why."""
    if how.said:
        return [line for moment in how.said for line in phrases.time_lines(moment)]
    if "kb:said" in not_stated:
        return [Line("not stated in the article")]
    if how.own_voice:
        return [
            Line(f"in the article itself, which appeared {' or '.join(how.issued) or 'on a day it does not state'}")
        ]
    return [Line("no time is recorded")]


def unstated(view: View, properties: Iterable[str]) -> list[str]:
    """What the article does not state, in words."""
    known = view.project.prefixes
    found = []
    for name in properties:
        prefix, _, local = name.partition(":")
        label = view.text(known[prefix] + local, "rdfs:label") if prefix in known else ""
        found.append(ASPECTS.get(name) or label or local or name)
    return found
