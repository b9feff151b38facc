"""The names of claims, times, spans and files are made from their article's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.finding import Rule
from kbcli.grounds import article_of_times, grounds
from kbcli.names import FOLDERS, KB

if TYPE_CHECKING:
    from collections.abc import Iterator

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
RULES = (SLUG, SPAN, FILE)


def check(corpus: Corpus) -> Iterator[Finding]:
    slugs = {article: _local(corpus, article, "art") for article in corpus.articles}
    yield from _claims_and_times(corpus, slugs)
    for span in corpus.spans:
        if span.article in slugs and span.start is not None and span.end is not None:
            name = f"{slugs[span.article]}-{span.start}-{span.end}"
            if _local(corpus, span.node, "ev") != name:
                yield corpus.finding(SPAN, span.node, said=corpus.short(span.node.value))._replace(
                    hint=f"rename it throughout: ev:{name}"
                )
    for article, slug in slugs.items():
        document = corpus.homes[article.value][0]
        if document.path.stem != slug:
            found = corpus.finding(FILE, article, said=f"{corpus.short(article.value)} stands in {document.shown}")
            yield found._replace(hint=f"move it to data/articles/{slug}.ttl")


def _claims_and_times(corpus: Corpus, slugs: dict[ox.NamedNode, str]) -> Iterator[Finding]:
    of_times = article_of_times(corpus)
    named = [(ground.claim, ground.article, "cl") for ground in grounds(corpus)]
    named += [(time, of_times.get(time), "tm") for time in corpus.instances(KB + "Time")]
    for node, article, prefix in named:
        local = _local(corpus, node, prefix)
        slug = slugs.get(article, "") if article else ""
        if not slug or not local.startswith(slug + "-") or local == slug + "-":
            found = corpus.finding(SLUG, node, said=corpus.short(node.value))
            yield found._replace(hint=f"rename it throughout: {prefix}:{slug}-…") if slug else found


def _local(corpus: Corpus, node: ox.NamedNode, prefix: str) -> str:
    return node.value.removeprefix(corpus.project.base + FOLDERS[prefix])
