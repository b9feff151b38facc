"""The card of a span of an article: the words in their sentence, and the claims that rest on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import phrases
from kbcli.card import Card, each, sections
from kbcli.parts import Told, telling
from kbcli.passages import Passage, Span, passages, spans

if TYPE_CHECKING:
    from kbcli.view import View

OF_SAYING = "Evidence that it was said, not that it is so."


@dataclass(frozen=True)
class EvidenceCard:
    """`nothing_claimed_in`: articles that list the span as claiming nothing; the notes have the reason."""

    card: str
    evidence: Span
    iri: str
    sentences: tuple[Passage, ...]
    rest_on_it: tuple[Told, ...]
    nothing_claimed_in: tuple[str, ...]
    notes: tuple[str, ...]


def card(view: View, iri: str) -> Card:
    data = EvidenceCard(
        card="evidence",
        evidence=spans(view, [iri])[0],
        iri=iri,
        sentences=passages(view, [iri]),
        rest_on_it=telling(view, "kb:evidence", iri),
        nothing_claimed_in=tuple(view.id(article) for article in view.subjects("kb:nothingClaimed", iri)),
        notes=tuple(view.texts(iri, "skos:note")),
    )
    span = data.evidence
    where = f"{span.start} to {span.end} in code points, the end left out"
    shown = sections(
        ("The words", [*phrases.words(data.sentences, [span]), *each([where] * span.found, "offsets")]),
        phrases.counted("Claims that rest on it", data.rest_on_it),
        ("Listed as claiming nothing", each(data.nothing_claimed_in, "by")),
        ("Notes of the editors", each(data.notes)),
    )
    return Card(f"Evidence: a span of {span.article or 'no article'} [{span.id}]", (OF_SAYING,), shown, data)
