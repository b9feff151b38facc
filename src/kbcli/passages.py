"""The words a claim rests on: its spans, and the sentences of the article in which they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kbcli.source import Sentence
    from kbcli.view import View


@dataclass(frozen=True)
class Span:
    """A kb:Evidence. `found`: the article's file has these very words at this very place."""

    id: str
    article: str
    start: int | None
    end: int | None
    exact: str
    found: bool


@dataclass(frozen=True)
class Passage:
    """A sentence with the parts of it that are meant. `marks` are (from, to) in `text`, apart and in order."""

    article: str
    number: int
    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]


def spans(view: View, evidence: Iterable[str]) -> tuple[Span, ...]:
    """The spans in the order of the text."""
    found = (_span(view, iri) for iri in evidence)
    return tuple(sorted(found, key=lambda span: (span.article, span.start or 0, span.end or 0, span.id)))


def passages(view: View, evidence: Iterable[str]) -> tuple[Passage, ...]:
    """Each sentence in which one of the spans stands, once, with all of them marked."""
    bounds: dict[str, list[tuple[int, int]]] = {}
    for iri in evidence:
        span = _span(view, iri)
        if span.found and span.start is not None and span.end is not None:
            bounds.setdefault(_article(view, iri), []).append((span.start, span.end))
    return tuple(passage for article in sorted(bounds) for passage in _marked(view, article, bounds[article]))


def overlaps(sentence: Sentence, start: int | None, end: int | None) -> bool:
    return start is not None and end is not None and start < sentence.end and sentence.start < end


def _marked(view: View, article: str, bounds: list[tuple[int, int]]) -> Iterable[Passage]:
    source = view.source(article)
    for sentence in source.sentences if source else ():
        number, start, end = sentence
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in bounds if overlaps(sentence, a, b)]
        if source and inside:
            yield Passage(view.id(article), number, start, end, source.text[start:end], tuple(_joined(inside)))


def _joined(bounds: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Overlapping parts as one, in order."""
    start, end = min(bounds)
    for first, last in sorted(bounds):
        if first > end:
            yield start, end
            start, end = first, last
        end = max(end, last)
    yield start, end


def _span(view: View, iri: str) -> Span:
    start, end = view.number(iri, "oa:start"), view.number(iri, "oa:end")
    exact, article = view.text(iri, "oa:exact"), _article(view, iri)
    source = view.source(article) if article else None
    found = source is not None and exact != "" and source.text[slice(start or 0, end or 0)] == exact
    return Span(view.id(iri), view.id(article) if article else "", start, end, exact, found)


def _article(view: View, evidence: str) -> str:
    return next(iter(view.nodes(evidence, "kb:in")), "")
