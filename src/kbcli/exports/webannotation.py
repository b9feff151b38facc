"""W3C Web Annotations, in JSON-LD: one for each span of an article that a claim rests on.

The target is the article with both selectors: the words with what stands around them, and their place in code points.
A body identifies a claim that rests on the words; another says in words what kind of claim it is, whose, through whom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kbcli.jsonnodes import HERE, Counted, Node, filled, write_around
from kbcli.names import part_of
from kbcli.parts import telling
from kbcli.phrases import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.extract import Extract
    from kbcli.parts import Told
    from kbcli.view import View

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write(extract: Extract, stream: BinaryIO) -> None:
    view, articles = extract.view, extract.article_iris()
    own = f"{view.project.base}annotations"
    if extract.articles:
        own += "/" + "+".join(article.rpartition("/")[2] for article in articles)
    items = Counted(item for article in extract.articles_in_turn() for item in _annotations(view, article))

    def collection() -> Node:
        page = {"id": part_of(own, "page"), "type": "AnnotationPage", "partOf": own, "startIndex": 0, "items": [HERE]}
        return {"@context": CONTEXT, "id": own, "type": "AnnotationCollection", "total": items.number, "first": page}

    write_around(collection, items, stream)


def _annotations(view: View, article: str) -> Iterator[Node]:
    spans = view.subjects("kb:in", article)
    for span in sorted(
        spans, key=lambda one: (view.number(one, "oa:start") or 0, view.number(one, "oa:end") or 0, one)
    ):
        claims = telling(view, "kb:evidence", span)
        if claims:
            yield _annotation(view, span, article, claims)


def _annotation(view: View, span: str, article: str, claims: tuple[Told, ...]) -> Node:
    return {
        "type": "Annotation",
        "id": part_of(span, "annotation"),
        "motivation": ["identifying", "describing"],
        "body": [body for claim in claims for body in _bodies(claim)],
        "target": {
            "type": "SpecificResource",
            "source": article,
            "selector": [_words(view, span), _place(view, span)],
        },
    }


def _words(view: View, span: str) -> Node:
    return filled(
        {
            "type": "TextQuoteSelector",
            **{name: view.text(span, f"oa:{name}") for name in ("exact", "prefix", "suffix")},
        }
    )


def _place(view: View, span: str) -> Node:
    start, end = view.number(span, "oa:start"), view.number(span, "oa:end")
    return {"type": "TextPositionSelector", "start": start, "end": end}


def _bodies(claim: Told) -> Iterator[Node]:
    yield {"type": "SpecificResource", "purpose": "identifying", "source": claim.iri}
    yield {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "value": f"{claim.class_} by {source_of(claim)}: {claim.label}",
    }
