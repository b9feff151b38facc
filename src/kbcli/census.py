"""What a knowledge base holds, counted: articles, claims, denials, agents, operations, times, evidence.

It counts what is recorded. That an allegation has no denial here does not mean that nobody denied it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli import parts
from kbcli.denials import denials
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kbcli.source import Source
    from kbcli.view import View

# What is counted, and of it how many of which sort; ALL is the whole.
Figures = dict[str, dict[str, int | float]]
ALL = "all"
CLASSES = ("Admission", "Allegation", "Claim", "Denial", "Statement")


class Census:
    """The figures of one store. Without `texts` nothing is counted that only the articles' texts can tell."""

    def __init__(self, view: View, *, texts: bool) -> None:
        self._view = view
        self._texts = texts
        self.articles = self._instances("Article")
        self._outlets = {outlet for article in self.articles for outlet in view.nodes(article, "kb:outlet")}
        self._classes = self._classed()
        self._article_of = {claim: next(iter(parts.articles(view, claim)), "") for claim in self._classes}

    def unread(self) -> list[str]:
        """The articles whose texts should be counted and cannot be read."""
        return [article for article in self.articles if self._texts and self._view.source(article) is None]

    def whole(self) -> Figures:
        figures: Figures = {"articles": {ALL: len(self.articles)}, **self._of(self.articles, self._classes)}
        for name, class_, predicate in (
            ("agents", "Agent", "kb:kind"),
            ("operations", "Operation", "kb:kind"),
            ("times", "Time", "kb:basis"),
        ):
            figures[name] = self._sorted_by(self._instances(class_), predicate)
        return figures

    def article(self, iri: str) -> Figures:
        return self._of([iri], [claim for claim, article in self._article_of.items() if article == iri])

    def _of(self, articles: Iterable[str], claims: Iterable[str]) -> Figures:
        claims, articles = list(claims), list(articles)
        figures = self._sentences(articles)
        for name, fits in self._traits().items():
            figures[name] = self._by_class(claim for claim in claims if fits(claim))
        figures["allegations with a recorded denial"] = self._denied(claims)
        return {**figures, **self._evidence(articles)}

    def _traits(self) -> dict[str, Callable[[str], bool]]:
        view = self._view
        return {
            "claims": lambda _: True,
            "restatements": lambda claim: bool(view.nodes(claim, "kb:restates")),
            "second-hand": lambda claim: bool(view.nodes(claim, "kb:via")),
            "hedged": lambda claim: bool(view.texts(claim, "kb:hedge")),
            "by unnamed speakers": self._is_of_unnamed,
        }

    def _is_of_unnamed(self, claim: str) -> bool:
        """An outlet may have no name in its article; it is not meant."""
        speakers = set(self._view.nodes(claim, "kb:speaker")) - self._outlets
        kinds = (kind for speaker in speakers for kind in self._view.nodes(speaker, "kb:kind"))
        return any(kind.endswith("/kind/unnamed") for kind in kinds)

    def _by_class(self, claims: Iterable[str]) -> dict[str, int | float]:
        claims = list(claims)
        found = [class_ for claim in claims for class_ in self._classes[claim]]
        counted = {class_: found.count(class_) for class_ in CLASSES if class_ != "Claim" or class_ in found}
        return {ALL: len(claims), **counted}

    def _denied(self, claims: Iterable[str]) -> dict[str, int | float]:
        """An allegation is denied if the utterance it tells again, or that tells it again, is."""
        found = (self._denials(claim) for claim in claims if "Allegation" in self._classes[claim])
        answers = [own for own in found if own]
        reserved = [own for own in answers if all(denial.hedges for denial in own)]
        return {ALL: len(answers), "with a reservation only": len(reserved)}

    def _denials(self, claim: str) -> tuple[parts.Told, ...]:
        found = denials(self._view, claim)
        return (*found.direct, *found.same_utterance)

    def _sentences(self, articles: list[str]) -> Figures:
        texts = self._sources(articles)
        return {"sentences": {ALL: sum(len(source.sentences) for source in texts.values())}} if self._texts else {}

    def _evidence(self, articles: list[str]) -> Figures:
        """The spans, and how much of the text they cover; white space is not counted."""
        spans = {article: self._view.subjects("kb:in", article) for article in articles}
        figures: Figures = {"spans": {ALL: sum(map(len, spans.values()))}}
        if not self._texts:
            return figures
        inside = total = 0
        for article, source in self._sources(articles).items():
            covered = self._covered(spans[article], len(source.text))
            solid = [index for index, character in enumerate(source.text) if not character.isspace()]
            inside += sum(covered[index] for index in solid)
            total += len(solid)
        figures["characters"] = {ALL: total, "covered by spans": inside}
        if total:
            figures["characters"]["share covered"] = round(inside / total, 4)
        return figures

    def _covered(self, spans: Iterable[str], length: int) -> bytearray:
        """A 1 for each character of the text that stands in a span."""
        covered = bytearray(length)
        for span in spans:
            start, end = (min(self._view.number(span, f"oa:{name}") or 0, length) for name in ("start", "end"))
            covered[start:end] = b"\1" * max(0, end - start)
        return covered

    def _sources(self, articles: list[str]) -> dict[str, Source]:
        found = {article: self._view.source(article) for article in articles}
        return {article: source for article, source in found.items() if source is not None}

    def _sorted_by(self, things: list[str], predicate: str) -> dict[str, int | float]:
        """How many there are, and how many of each sort; one thing may be of several."""
        view = self._view
        found = [sort for thing in things for sort in view.ids(thing, predicate) or ("none given",)]
        return {ALL: len(things), **{sort: found.count(sort) for sort in sorted(set(found))}}

    def _instances(self, class_: str) -> list[str]:
        return self._view.subjects("rdf:type", KB + class_)

    def _classed(self) -> dict[str, list[str]]:
        """Each claim with its classes; kb:Claim only where it has no other."""
        found: dict[str, list[str]] = {}
        for class_ in CLASSES:
            for claim in self._instances(class_):
                found.setdefault(claim, []).append(class_)
        return {claim: [c for c in classes if c != "Claim"] or classes for claim, classes in sorted(found.items())}
