"""The card of an article: its record, and its sentences with the claims that rest on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import phrases
from kbcli.card import Card, Line, Section, each, sections
from kbcli.parts import Thing, Told, all_told, things
from kbcli.passages import overlaps

if TYPE_CHECKING:
    from kbcli.source import Sentence
    from kbcli.view import View

A_SOURCE = "An article is evidence of what was said and by whom, not of what happened."
OUTLETS_WORDS = (
    "Its title and sentences are the outlet’s words, or those the outlet reports; none of them is a fact here."
)
# The parts of the record, with their words.
RECORD = {
    "kb:file": "file",
    "kb:sha256": "SHA-256",
    "dct:title": "title, in the outlet’s words",
    "schema:inLanguage": "language",
    "dct:issued": "issued",
    "dct:publisher": "publisher",
    "dct:creator": "author",
    "schema:url": "address",
    "schema:archivedAt": "archived at",
    "pav:retrievedOn": "retrieved on",
}
FOLLOWS = {True: "the file has it", False: "THE FILE HAS ANOTHER ONE", None: "the file cannot be read"}


@dataclass(frozen=True)
class Entry:
    """One part of the record. `not_stated`: the article was searched for it and does not state it."""

    property: str
    values: tuple[str, ...]
    not_stated: bool


@dataclass(frozen=True)
class TranscribedSentence:
    """`nothing_claimed`: the reasons why it, or a part of it, claims nothing."""

    number: int
    start: int
    end: int
    text: str
    claims: tuple[Told, ...]
    nothing_claimed: tuple[str, ...]


@dataclass(frozen=True)
class ArticleCard:
    """`intact`: whether the file has the checksum of the record; null if it cannot be read."""

    card: str
    id: str
    iri: str
    outlet: tuple[Thing, ...]
    record: tuple[Entry, ...]
    intact: bool | None
    sentences: tuple[TranscribedSentence, ...]
    notes: tuple[str, ...]


def card(view: View, iri: str) -> Card:
    source = view.source(iri)
    data = ArticleCard(
        card="article",
        id=view.id(iri),
        iri=iri,
        outlet=things(view, iri, "kb:outlet"),
        record=_record(view, iri),
        intact=source.sha256 == view.text(iri, "kb:sha256") if source else None,
        sentences=tuple(_Transcription(view, iri).sentences()),
        notes=tuple(view.texts(iri, "skos:note")),
    )
    return Card(f"Article: {data.id}", (f"{A_SOURCE} {OUTLETS_WORDS}",), _sections(data), data)


def _record(view: View, iri: str) -> tuple[Entry, ...]:
    missing = set(view.ids(iri, "kb:notStated"))
    found = []
    for name in RECORD:
        agents = tuple(phrases.described(agent) for agent in things(view, iri, name) if agent.type == "agent")
        others = tuple(node for node in view.nodes(iri, name) if view.type(node) != "agent")
        found.append(Entry(name, (*view.texts(iri, name), *agents, *others), name in missing))
    return tuple(found)


class _Transcription:
    """The sentences of an article with what rests on them."""

    def __init__(self, view: View, iri: str) -> None:
        self.view = view
        self.source = view.source(iri)
        self.spans = [
            (span, view.number(span, "oa:start"), view.number(span, "oa:end")) for span in view.subjects("kb:in", iri)
        ]
        self.empty = set(view.nodes(iri, "kb:nothingClaimed"))

    def sentences(self) -> list[TranscribedSentence]:
        source = self.source
        return [self._sentence(one, source.text[one.start : one.end]) for one in source.sentences] if source else []

    def _sentence(self, sentence: Sentence, text: str) -> TranscribedSentence:
        here = [span for span, start, end in self.spans if overlaps(sentence, start, end)]
        claims = {claim for span in here for claim in self.view.subjects("kb:evidence", span)}
        empty = [span for span in here if span in self.empty]
        reasons = [", ".join(self.view.texts(span, "skos:note")) or "no reason is given" for span in empty]
        told = all_told(self.view, filter(self.view.is_claim, claims))
        return TranscribedSentence(*sentence, text, told, tuple(reasons))


def _sections(data: ArticleCard) -> tuple[Section, ...]:
    unread = [Line("the article’s file cannot be read, so there are no sentences to show; kb validate tells more")]
    return sections(
        ("Record", _record_lines(data)),
        (f"Sentences and what rests on them ({len(data.sentences)})", _sentence_lines(data) or unread),
        ("Notes of the editors", each(data.notes)),
    )


def _record_lines(data: ArticleCard) -> list[Line]:
    lines = each(phrases.all_described(data.outlet), "outlet, whose voice the article has")
    for entry in data.record:
        name = RECORD[entry.property]
        lines += each(entry.values, name)
        if not entry.values:
            lines.append(Line("not stated in the article" if entry.not_stated else "not recorded", name))
        if entry.property == "kb:sha256":
            lines.append(Line(FOLLOWS[data.intact], "checked against the file"))
    return lines


def _sentence_lines(data: ArticleCard) -> list[Line]:
    lines = []
    for sentence in data.sentences:
        lines += [Line(sentence.text, f"sentence {sentence.number}"), *phrases.all_told(sentence.claims, depth=1)]
        lines += each(sentence.nothing_claimed, "claims nothing", 1)
        if not sentence.claims and not sentence.nothing_claimed:
            lines.append(Line("NOT TRANSCRIBED: no claim rests on it", depth=1))
    return lines
