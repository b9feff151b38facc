"""The names of claims, times, spans and files are made from their article's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.finding import Rule
from kbcli.names import FOLDERS, KB

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

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
    slugs = {article: _local(corpus, article, "art") for article in corpus.articles}
    yield from _claims(corpus, slugs)
    yield from _times(corpus, slugs)
    for span in corpus.spans:
        if span.node in corpus.sound_spans and span.article in slugs:
            name = f"{slugs[span.article]}-{span.start}-{span.end}"
            if _local(corpus, span.node, "ev") != name:
                found = corpus.finding(SPAN, span.node, said=corpus.short(span.node.value))
                yield found._replace(hint=f"rename it throughout: ev:{name}")
    for article, slug in slugs.items():
        for document in corpus.homes.get(article.value, [])[:1]:
            if document.path.stem == slug:
                continue
            found = corpus.finding(FILE, article, said=f"{corpus.short(article.value)} stands in {document.shown}")
            yield found._replace(hint=f"move it to data/articles/{slug}.ttl")


def _claims(corpus: Corpus, slugs: Mapping[ox.NamedNode, str]) -> Iterator[Finding]:
    """A claim without sound evidence is named after the article of its file; that it has none is told elsewhere."""
    for ground in corpus.grounds:
        article = ground.article if ground.pieces else None
        slug = slugs.get(article or _of_file(corpus, ground.claim) or ground.claim, "")
        other = _beginning(_local(corpus, ground.claim, "cl"), slugs.values())
        if not slug or _begins(_local(corpus, ground.claim, "cl"), slug):
            continue
        if not other:
            yield _misnamed(corpus, ground.claim, f"cl:{slug}-…")
        elif article:
            said = f"{corpus.short(ground.claim.value)} rests on {corpus.short(article.value)}"
            yield corpus.finding(OTHER, ground.claim, KB + "evidence", said=said)


def _times(corpus: Corpus, slugs: Mapping[ox.NamedNode, str]) -> Iterator[Finding]:
    """A time is named after the article of the claims that name it, or after that of its file."""
    named: dict[ox.NamedNode, list[ox.NamedNode | None]] = {}
    for ground in corpus.grounds:
        for predicate in ("said", "happened"):
            for time in corpus.values(ground.claim, KB + predicate):
                named.setdefault(time, []).append(ground.article if ground.pieces else None)
    for time in corpus.instances(KB + "Time"):
        articles = (*named.get(time, ()), _of_file(corpus, time))
        own = [slugs[article] for article in articles if article in slugs]
        if own and not _beginning(_local(corpus, time, "tm"), own):
            yield _misnamed(corpus, time, f"tm:{own[0]}-…")


def _misnamed(corpus: Corpus, node: ox.NamedNode, right: str) -> Finding:
    found = corpus.finding(SLUG, node, said=corpus.short(node.value))
    return found._replace(hint=f"rename it throughout: {right}")


def _of_file(corpus: Corpus, node: ox.NamedNode) -> ox.NamedNode | None:
    """The article of the file where the node stands, if it holds one."""
    homes = corpus.homes.get(node.value, [])
    held = [article for article in corpus.articles if corpus.homes.get(article.value, [])[:1] == homes[:1]]
    return held[0] if len(held) == 1 else None


def _beginning(local: str, slugs: Iterable[str]) -> str:
    """The slug that the name begins with, empty if it begins with none."""
    return next((slug for slug in slugs if _begins(local, slug)), "")


def _begins(local: str, slug: str) -> bool:
    return local.startswith(slug + "-") and local != slug + "-"


def _local(corpus: Corpus, node: ox.NamedNode, prefix: str) -> str:
    return node.value.removeprefix(corpus.project.base + FOLDERS[prefix])
