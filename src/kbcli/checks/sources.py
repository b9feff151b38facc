"""Every article has its source, unchanged; every source its article; every span stands in it, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.finding import Rule
from kbcli.names import KB, STANDARD
from kbcli.readable import below
from kbcli.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    import pyoxigraph as ox

    from kbcli.comparison import Told
    from kbcli.corpus import Corpus
    from kbcli.finding import Finding
    from kbcli.grounds import Span
    from kbcli.project import Project
    from kbcli.source import Source

QUOTE = Rule(
    "KB201",
    "quote-not-in-source",
    "error",
    "the words differ from the article's at these offsets",
    "take the block from the article again: oa:exact, oa:start and oa:end belong together",
)
CONTEXT = Rule(
    "KB202",
    "context-not-in-source",
    "error",
    "the words around the span differ from the article's",
    "copy oa:prefix and oa:suffix from the article, 12 characters on either side",
)
CHANGED = Rule(
    "KB203",
    "source-changed",
    "error",
    "the file is not the one that was transcribed",
    "restore the file: a text in seeds/ stays as it was; one that came out anew is a new reading",
)
MISSING = Rule(
    "KB204",
    "source-missing",
    "error",
    "the article's file cannot be had from seeds/",
    "put the file itself there, unchanged, or correct kb:file",
)
NOT_UTF8 = Rule(
    "KB240",
    "source-not-utf8",
    "error",
    "the article's file is not UTF-8",
    "offsets count characters: keep the source as UTF-8",
)
UNKNOWN = Rule(
    "KB241",
    "source-without-article",
    "error",
    "no article names this file of seeds/",
    "transcribe it into data/articles/, or take it out of seeds/",
)
SHARED = Rule(
    "KB242",
    "source-of-two-articles",
    "error",
    "another article names the same file",
    "one article a file: keep one record",
)
RULES = (QUOTE, CONTEXT, CHANGED, MISSING, NOT_UTF8, UNKNOWN, SHARED)
_OA = STANDARD["oa"]


def check(corpus: Corpus) -> Iterator[Finding]:
    for article in corpus.articles:
        for name in corpus.values(article, KB + "file"):
            yield from _file(corpus, article, name)
    for span in corpus.spans:
        source = corpus.source(span.article)
        if source and None not in (span.start, span.end, span.exact) and not corpus.rereading(span.article):
            yield from _span(corpus, span, source)


def overall(corpus: Corpus) -> Iterator[Finding]:
    """The files that no article names."""
    yield from corpus.if_whole(unnamed(corpus.project, corpus.named_files))


def unnamed(project: Project, named: Container[str]) -> Iterator[Finding]:
    """To be told only while all files are sound: a broken one may be the one that names it."""
    for path in below(project.seeds, ".txt"):
        if path.parent == project.seeds and path.name not in named:
            yield UNKNOWN.at(project.relative(path))


def _file(corpus: Corpus, article: ox.NamedNode, name: ox.Literal) -> Iterator[Finding]:
    first, written = next(
        (other, value)
        for other in corpus.articles_of(name.value)
        for value in corpus.values(other, KB + "file")
        if value.value == name.value
    )
    if (first, written) != (article, name):
        said = f"{name.value}, as {corpus.short(first.value)} does"
        yield corpus.finding(SHARED, article, KB + "file", name, said=said)
        return
    try:
        source = corpus.file(name.value)
    except SourceError as error:
        yield corpus.finding(MISSING, article, KB + "file", name, said=f"{name.value} ({error})")
        return
    for sum_ in corpus.values(article, KB + "sha256"):
        if sum_.value != source.sha256:
            yield _changed(corpus, article, sum_, f"{name.value} has sha256 {source.sha256}")
    if not corpus.source(article):
        yield corpus.finding(NOT_UTF8, article, KB + "file", name, said=name.value)


def _changed(corpus: Corpus, article: ox.NamedNode, sum_: ox.Literal, said: str) -> Finding:
    """With what has become of the spans."""
    reread = corpus.rereading(article)
    if reread is None:
        return corpus.finding(CHANGED, article, KB + "sha256", sum_, said=said)
    found = corpus.finding(CHANGED, article, KB + "sha256", sum_, said=f"{said}; {reread.summary}")
    slug = corpus.short(article.value).removeprefix("art:")
    more = f"if the new text is meant, `kb cite --reanchor {slug}` takes over what it can find again"
    return found._replace(hint=f"restore the file: a text in seeds/ stays as it was; {more}")


def _span(corpus: Corpus, span: Span, source: Source) -> Iterator[Finding]:
    start, end, exact = span.start or 0, span.end or 0, span.exact or ""
    text = source.text
    if text[start:end] != exact:
        told = source.comparison.span(start, end, exact)
        yield _placed(corpus, QUOTE, span, "exact", told)
        return
    around = {
        "prefix": (span.prefix, max(0, start - len(span.prefix or "")), start),
        "suffix": (span.suffix, end, min(len(text), end + len(span.suffix or ""))),
    }
    for name, (words, first, last) in around.items():
        if words is not None and text[first:last] != words:
            told = source.comparison.difference(first, last, words)
            yield _placed(corpus, CONTEXT, span, name, told)


def _placed(corpus: Corpus, rule: Rule, span: Span, name: str, told: Told) -> Finding:
    words = corpus.value(span.node, _OA + name)
    return corpus.finding(rule, span.node, _OA + name, words, said=told.said)._replace(related=told.related)
