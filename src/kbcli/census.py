"""What a knowledge base holds, counted: articles, claims, denials, agents, operations, times, evidence.

It counts what is recorded. That an allegation has no denial here does not mean that nobody denied it.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli import parts
from kbcli.denials import denials
from kbcli.extent import Extent, Text, extents
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
        self._fitting: dict[str, dict[str, bool]] = {}
        self._reserved: dict[str, tuple[bool, ...]] = {}
        self._claims: dict[str, list[str]] = {}
        for claim in self._classes:
            self._claims.setdefault(next(iter(parts.articles(view, claim)), ""), []).append(claim)

    def unread(self) -> list[str]:
        """The articles whose texts should be counted and cannot be read."""
        return [article for article in self.articles if self._texts and article not in self._extents]

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
        return self._of([iri], self._claims.get(iri, ()))

    def _of(self, articles: Iterable[str], claims: Iterable[str]) -> Figures:
        claims, articles = list(claims), list(articles)
        figures = self._sentences(articles)
        for name in self._traits():
            figures[name] = self._by_class(claim for claim in claims if self._fits(claim)[name])
        figures["allegations with a recorded denial"] = self._denied(claims)
        return {**figures, **self._evidence(articles)}

    def _fits(self, claim: str) -> dict[str, bool]:
        """Which traits a claim has; found out once."""
        if claim not in self._fitting:
            self._fitting[claim] = {name: fits(claim) for name, fits in self._traits().items()}
        return self._fitting[claim]

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
        found = Counter(class_ for claim in claims for class_ in self._classes[claim])
        counted = {class_: found[class_] for class_ in CLASSES if class_ != "Claim" or class_ in found}
        return {ALL: len(claims), **counted}

    def _denied(self, claims: Iterable[str]) -> dict[str, int | float]:
        """An allegation is denied if the utterance it tells again, or that tells it again, is."""
        found = (self._reservations(claim) for claim in claims if "Allegation" in self._classes[claim])
        answers = [own for own in found if own]
        return {ALL: len(answers), "with a reservation only": sum(map(all, answers))}

    def _reservations(self, claim: str) -> tuple[bool, ...]:
        """Of each denial of a claim whether it has a reservation; found out once."""
        if claim not in self._reserved:
            found = denials(self._view, claim)
            self._reserved[claim] = tuple(bool(one.hedges) for one in (*found.direct, *found.same_utterance))
        return self._reserved[claim]

    def _sentences(self, articles: list[str]) -> Figures:
        return {"sentences": {ALL: sum(one.sentences for one in self._read(articles))}} if self._texts else {}

    def _evidence(self, articles: list[str]) -> Figures:
        """The spans, and how much of the text they cover; white space is not counted."""
        figures: Figures = {"spans": {ALL: sum(len(self._spans[article]) for article in articles)}}
        if not self._texts:
            return figures
        read = self._read(articles)
        inside, total = sum(one.covered for one in read), sum(one.characters for one in read)
        figures["characters"] = {ALL: total, "covered by spans": inside}
        if total:
            figures["characters"]["share covered"] = round(inside / total, 4)
        return figures

    def _read(self, articles: list[str]) -> list[Extent]:
        return [self._extents[article] for article in articles if article in self._extents]

    @cached_property
    def _spans(self) -> dict[str, list[str]]:
        return {article: self._view.subjects("kb:in", article) for article in self.articles}

    @cached_property
    def _extents(self) -> dict[str, Extent]:
        """Of the articles whose text can be read."""
        texts = {
            article: Text(self._view.text(article, "kb:file"), tuple(map(self._range, spans)))
            for article, spans in self._spans.items()
        }
        return extents(self._view.project, texts)

    def _range(self, span: str) -> tuple[int, int]:
        start, end = (self._view.number(span, f"oa:{name}") or 0 for name in ("start", "end"))
        return start, end

    def _sorted_by(self, things: list[str], predicate: str) -> dict[str, int | float]:
        """How many there are, and how many of each sort; one thing may be of several."""
        view = self._view
        found = [sort for thing in things for sort in view.ids(thing, predicate) or ("none given",)]
        return {ALL: len(things), **dict(sorted(Counter(found).items()))}

    def _instances(self, class_: str) -> list[str]:
        return self._view.subjects("rdf:type", KB + class_)

    def _classed(self) -> dict[str, list[str]]:
        """Each claim with its classes; kb:Claim only where it has no other."""
        found: dict[str, list[str]] = {}
        for class_ in CLASSES:
            for claim in self._instances(class_):
                found.setdefault(claim, []).append(class_)
        return {claim: [c for c in classes if c != "Claim"] or classes for claim, classes in sorted(found.items())}
