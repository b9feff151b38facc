"""schema.org: a Claim for each claim, in JSON-LD. Nothing is rated, so there is no ClaimReview.

`author` is who says it, if the article has it from them. A claim at second hand has no author: it is based on the one
it comes through, whose speaker is its interpreter. What somebody is said to have done is in the words alone; the
parties are merely mentioned. schema.org has no relations between claims; what a denial denies, it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kbcli.jsonnodes import Node, filled, write_graph
from kbcli.parts import all_told, moments
from kbcli.subjects.claim import CAVEATS, NO_FACT, SECOND_HAND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kbcli.extract import Extract
    from kbcli.parts import Told
    from kbcli.view import View

CONTEXT = "https://schema.org"
# What a party is by its kind. Of an unnamed party or an epithet it may be unknown whether it is one or many.
TYPES = {
    "person": "Person",
    "group": "Organization",
    "media": "Organization",
    "organization": "Organization",
    "state": "Organization",
}
MENTIONED = ("kb:actor", "kb:affected", "kb:channel", "kb:mentions", "kb:silent")


def write(extract: Extract, stream: BinaryIO) -> None:
    writer = _Writer(extract.view)
    write_graph(CONTEXT, writer.nodes(extract.articles_in_turn()), stream)


class _Writer:
    def __init__(self, view: View) -> None:
        self._view = view
        self._kinds = view.project.prefixes["k"]

    def nodes(self, articles: Iterable[str]) -> Iterator[Node]:
        for article in articles:
            yield self._article(article)
            spans = self._view.subjects("kb:in", article)
            claims = {claim for span in spans for claim in self._view.subjects("kb:evidence", span)}
            yield from map(self._claim, all_told(self._view, filter(self._view.is_claim, claims)))

    def _article(self, iri: str) -> Node:
        view = self._view
        return filled(
            {
                "@type": "NewsArticle",
                "@id": iri,
                "headline": view.texts(iri, "dct:title"),
                "inLanguage": view.texts(iri, "schema:inLanguage"),
                "datePublished": view.texts(iri, "dct:issued"),
                "author": self._parties(iri, "dct:creator"),
                "publisher": self._parties(iri, "dct:publisher"),
                "url": view.nodes(iri, "schema:url"),
                "archivedAt": view.nodes(iri, "schema:archivedAt"),
            }
        )

    def _claim(self, claim: Told) -> Node:
        view, iri = self._view, claim.iri
        return filled(
            {
                "@type": "Claim",
                "@id": iri,
                "additionalType": [node for node in view.nodes(iri, "rdf:type") if node.startswith("http")],
                "name": claim.label,
                "text": self._words(iri),
                "description": _description(claim),
                "creditText": _credit(claim),
                "about": [*self._things(iri, "kb:about"), *self._claims(iri, "kb:denies")],
                "mentions": self._mentions(iri),
                "appearance": [{"@type": "NewsArticle", "@id": article} for article in self._articles(iri)],
                **self._said(iri),
                **self._source(claim),
            }
        )

    def _mentions(self, iri: str) -> list[Node]:
        parties = dict.fromkeys(node for role in MENTIONED for node in self._view.nodes(iri, role))
        return [self._thing(node) for node in parties]

    def _source(self, claim: Told) -> Node:
        """Who says it: the author where the article has it from them, else those it comes through."""
        if not claim.through:
            return {"author": self._parties(claim.iri, "kb:speaker")}
        carriers = self._view.nodes(claim.iri, "kb:via")
        interpreters = [party for carrier in carriers for party in self._parties(carrier, "kb:speaker")]
        return {"isBasedOn": self._claims(claim.iri, "kb:via"), "claimInterpreter": interpreters}

    def _said(self, iri: str) -> Node:
        """The day it was said, if it is known; else the article's words for the time."""
        times = moments(self._view, iri, "kb:said")
        days = [time.earliest for time in times if time.earliest and time.earliest == time.latest]
        return {"dateCreated": days, "temporal": [] if days else [time.text for time in times]}

    def _words(self, iri: str) -> list[str]:
        spans = self._view.nodes(iri, "kb:evidence")
        spans.sort(key=lambda span: (self._view.number(span, "oa:start") or 0, span))
        return [self._view.text(span, "oa:exact") for span in spans]

    def _articles(self, iri: str) -> list[str]:
        spans = self._view.nodes(iri, "kb:evidence")
        return sorted({article for span in spans for article in self._view.nodes(span, "kb:in")})

    def _claims(self, iri: str, predicate: str) -> list[Node]:
        """Other claims, each with its name, which says whose it is, and a credit."""
        others = all_told(self._view, self._view.nodes(iri, predicate))
        return [{"@type": "Claim", "@id": one.iri, "name": one.label, "creditText": _credit(one)} for one in others]

    def _parties(self, iri: str, predicate: str) -> list[Node]:
        """The agents of whom it is known whether they are a person or a body."""
        return [node for node in self._things(iri, predicate) if node["@type"] != "Thing"]

    def _things(self, iri: str, predicate: str) -> list[Node]:
        return [self._thing(node) for node in self._view.nodes(iri, predicate)]

    def _thing(self, iri: str) -> Node:
        kinds = [kind.removeprefix(self._kinds) for kind in self._view.nodes(iri, "kb:kind")]
        is_agent = self._view.type(iri) == "agent"
        types = sorted({TYPES[kind] for kind in kinds if kind in TYPES}) if is_agent else []
        type_ = types[0] if len(types) == 1 else "Thing"
        aliases = self._view.texts(iri, "skos:altLabel")
        return filled({"@type": type_, "@id": iri, "name": self._view.label(iri), "alternateName": aliases})


def _credit(claim: Told) -> str:
    """Whose claim it is, in words: “Israel, according to New York Times”."""
    return ", according to ".join([claim.speaker.label, *(one.agent.label for one in reversed(claim.through))])


def _description(claim: Told) -> str:
    """What kind of claim it is, what that does not prove, and with which reservations it is made."""
    carriers = [claim.through[-1].agent.label] if claim.through else []
    second_hand = [SECOND_HAND.format(speaker=claim.speaker.label, carrier=carrier) for carrier in carriers]
    caveats = [caveat for class_, caveat in CAVEATS.items() if class_ in claim.class_.split(" and ")]
    hedges = [f"With the reservation “{hedge}”." for hedge in claim.hedges]
    return " ".join([*second_hand, *caveats, NO_FACT, *hedges])
