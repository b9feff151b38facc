"""The names of claims, times, spans and files are made from their article's."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from kbcli.finding import Rule
from kbcli.grounds import beginnings, grounds_naming, sound_piece
from kbcli.names import FOLDERS, KB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyoxigraph as ox

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding

    OfFile = Callable[[Document], ox.NamedNode | None]

SLUG = Rule(
    "KB014",
    "iri-without-article",
    "error",
    "the name of a claim or a time begins with that of its article",
    "rename it throughout",
)
SPAN = Rule(
    "KB015",
    "span-name-wrong",
    "error",
    "the name of a span is its article and its offsets",
    "rename it throughout",
)
FILE = Rule(
    "KB016",
    "article-in-another-file",
    "error",
    "the file of an article bears the article's name",
    "rename the file, or move the article's block",
)
OTHER = Rule(
    "KB019",
    "evidence-of-another-article",
    "error",
    "the claim bears the name of one article and rests on another",
    "correct kb:evidence, or rename the claim throughout",
)
RULES = (SLUG, SPAN, FILE, OTHER)


def check(corpus: Corpus) -> Iterator[Finding]:
    of_file = cache(partial(_of_file, corpus))
    yield from _claims(corpus, of_file)
    yield from _times(corpus, of_file)
    for span in corpus.spans:
        if (slug := _slug(corpus, span.article)) and sound_piece(corpus, span) == (span.start, span.end):
            name = f"{slug}-{span.start}-{span.end}"
            if _local(corpus, span.node, "ev") != name:
                found = corpus.finding(SPAN, span.node, said=corpus.short(span.node.value))
                yield found._replace(hint=f"rename it throughout: ev:{name}")
    for article in corpus.articles:
        slug = _slug(corpus, article)
        for document in corpus.homes_of(article.value)[:1]:
            if document.path.stem == slug:
                continue
            found = corpus.finding(FILE, article, said=f"{corpus.short(article.value)} stands in {document.shown}")
            yield found._replace(hint=f"move it to data/articles/{slug}.ttl")


def _claims(corpus: Corpus, of_file: OfFile) -> Iterator[Finding]:
    """A claim without sound evidence is named after the article of its file; that it has none is told elsewhere."""
    for ground in corpus.grounds:
        article = ground.article if ground.pieces else None
        slug = _slug(corpus, article or _home(corpus, ground.claim, of_file))
        if not slug or _begins(_local(corpus, ground.claim, "cl"), slug):
            continue
        if not _is_named_after_an_article(corpus, _local(corpus, ground.claim, "cl")):
            yield _misnamed(corpus, ground.claim, f"cl:{slug}-…")
        elif article:
            said = f"{corpus.short(ground.claim.value)} rests on {corpus.short(article.value)}"
            yield corpus.finding(OTHER, ground.claim, KB + "evidence", said=said)


def _times(corpus: Corpus, of_file: OfFile) -> Iterator[Finding]:
    """A time is named after the article of the claims that name it, or after that of its file."""
    for time in corpus.instances(KB + "Time"):
        articles = (*(one.article for one in grounds_naming(corpus, time) if one.pieces), _home(corpus, time, of_file))
        own = [slug for article in articles if (slug := _slug(corpus, article))]
        if own and not any(_begins(_local(corpus, time, "tm"), slug) for slug in own):
            yield _misnamed(corpus, time, f"tm:{own[0]}-…")


def _misnamed(corpus: Corpus, node: ox.NamedNode, right: str) -> Finding:
    found = corpus.finding(SLUG, node, said=corpus.short(node.value))
    return found._replace(hint=f"rename it throughout: {right}")


def _home(corpus: Corpus, node: ox.NamedNode, of_file: OfFile) -> ox.NamedNode | None:
    """The article of the file where the node stands, if it holds one."""
    homes = corpus.homes_of(node.value)
    return of_file(homes[0]) if homes else None


def _of_file(corpus: Corpus, document: Document) -> ox.NamedNode | None:
    held = corpus.articles_in(document)
    return held[0] if len(held) == 1 else None


def _slug(corpus: Corpus, article: ox.NamedNode | None) -> str:
    """The name of an article, empty if it is none."""
    return _local(corpus, article, "art") if article and corpus.has_class(article, KB + "Article") else ""


def _is_named_after_an_article(corpus: Corpus, local: str) -> bool:
    return any(corpus.article_called(slug) and _begins(local, slug) for slug in beginnings(local))


def _begins(local: str, slug: str) -> bool:
    return local.startswith(slug + "-") and local != slug + "-"


def _local(corpus: Corpus, node: ox.NamedNode, prefix: str) -> str:
    return node.value.removeprefix(corpus.project.base + FOLDERS[prefix])
