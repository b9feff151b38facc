"""The card of an operation: every version of it side by side, each its speaker's, and none of them a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import denials, phrases
from kbcli.card import Card, Line, Section, each, sections
from kbcli.content import Content, Words, actor_name, content_of, hedge_lines, quote_lines, words_of
from kbcli.parts import Thing, Told, all_told, named_by, telling, thing

if TYPE_CHECKING:
    from kbcli.denials import Denials
    from kbcli.view import View

VERSIONS = (
    "These are VERSIONS. Nothing here is established: not that it took place, not who did it or to whom, not when, "
    "where or at what toll. The name is only a peg to hang claims on."
)
ASPECTS = {"affected": "affected", "happened": "when", "place": "where", "deaths": "deaths"}
SILENT = "silent, according to this claim"


@dataclass(frozen=True)
class Version:
    """What one claim has to say of the operation."""

    claim: Told
    content: Content
    words: Words
    denies: tuple[Told, ...]
    denied_by: Denials


@dataclass(frozen=True)
class OperationCard:
    """`versions`: the claims about it that are no denials. `denials`: of it in general, or of one of the versions.

    `silences` are those of `versions` that report a silence. `affected_in`: claims in which it is affected.
    """

    card: str
    operation: Thing
    aliases: tuple[str, ...]
    versions: tuple[Version, ...]
    denials: tuple[Version, ...]
    silences: tuple[Told, ...]
    affected_in: tuple[Told, ...]
    notes: tuple[str, ...]


def card(view: View, iri: str) -> Card:
    about = telling(view, "kb:about", iri)
    told = [_version(view, claim) for claim in about if claim.class_ != "Denial"]
    denying = {claim.iri for claim in about if claim.class_ == "Denial"}
    denying |= {denial.iri for version in told for denial in version.denied_by.direct}
    data = OperationCard(
        card="operation",
        operation=thing(view, iri),
        aliases=tuple(view.texts(iri, "skos:altLabel")),
        versions=tuple(told),
        denials=tuple(_version(view, claim) for claim in all_told(view, denying)),
        silences=tuple(version.claim for version in told if version.content.silent),
        affected_in=telling(view, "kb:affected", iri),
        notes=tuple(view.texts(iri, "skos:note")),
    )
    return Card(f"Operation: {data.operation.label} [{data.operation.id}]", (VERSIONS,), _sections(data), data)


def _version(view: View, claim: Told) -> Version:
    return Version(
        claim,
        content_of(view, claim.iri),
        words_of(view, claim.iri, sentences=False),
        named_by(view, claim.iri, "kb:denies"),
        denials.denials(view, claim.iri),
    )


def _sections(data: OperationCard) -> tuple[Section, ...]:
    again = sum(bool(version.claim.restates) for version in data.versions)
    count = f"{len(data.versions)}" + (f", {again} of them told again" if again else "")
    return sections(
        ("Names and kinds", [*each(data.aliases, "also"), *each([k.label for k in data.operation.kinds], "kind")]),
        (f"Versions side by side ({count})", _versions(data)),
        (f"Denials ({len(data.denials)})", _denials(data)),
        phrases.counted("Reported silence, which neither denies nor admits", data.silences),
        phrases.counted("Claims in which it is affected", data.affected_in),
        ("Notes of the editors", each(data.notes)),
    )


def _versions(data: OperationCard) -> list[Line]:
    """The aspects that any version has stand under each, so that what one leaves open is seen."""
    if not data.versions:
        return [Line("no claim is about it")]
    lines = []
    for version in data.versions:
        lines += [Line(phrases.told(version.claim)), *_aspects(version, data.versions), *_telling(version)]
        lines += denials.lines(version.denied_by, "denied", depth=1)
    return lines


def _aspects(version: Version, all_: tuple[Version, ...]) -> list[Line]:
    said = version.content
    values = {
        "actor": phrases.all_described(said.actor),
        "affected": phrases.all_described(said.affected),
        "happened": list(map(phrases.time, said.happened)),
        "place": phrases.all_described(said.place),
        "deaths": list(said.deaths),
    }
    lines = []
    if len(said.about) > 1 and not said.actor:
        del values["actor"]  # of which of the operations nobody is named, the claim does not tell
    for aspect, shown in values.items():
        name = actor_name(version.claim.class_) if aspect == "actor" else ASPECTS[aspect]
        if f"kb:{aspect}" in said.not_stated:
            lines += each(shown or ["not stated in the article"], name, 1)
        elif any(getattr(one.content, aspect) for one in all_):
            lines += each(shown or ["this claim does not say"], name, 1)
    silent = each(phrases.all_described(said.silent), SILENT, 1)
    return [*lines, *each(map(phrases.quoted, said.designates), "what it calls its subject", 1), *silent]


def _telling(version: Version) -> list[Line]:
    """How it is told: reservations, and the words, the speaker's own or the article's."""
    how = version.words
    spans = [] if how.quotes else each([phrases.rested_on(span.exact) for span in how.spans], "the article’s words", 1)
    return [*hedge_lines(how, 1), *quote_lines(how, 1), *spans]


def _denials(data: OperationCard) -> list[Line]:
    if not data.denials:
        return [Line("none is recorded here, which does not mean that nobody denied anything")]
    lines = []
    for denial in data.denials:
        what = phrases.all_told(denial.denies, "denies", 1)
        general = [Line("no claim in particular; it is only about the operation", "denies", 1)]
        lines += [Line(phrases.told(denial.claim)), *(what or general), *_telling(denial)]
    return lines
