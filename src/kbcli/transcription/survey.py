"""What is transcribed of all articles, or of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kbcli.crew import results
from kbcli.drafting.lexicon import lexicon
from kbcli.errors import UsageError
from kbcli.transcription.account import account_of
from kbcli.transcription.coverage import Coverage, Shares, coverage_of
from kbcli.transcription.ledger import Ledger
from kbcli.transcription.leftovers import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    import pyoxigraph as ox

    from kbcli.corpus import Corpus
    from kbcli.progress import Progress


@dataclass(frozen=True)
class Survey:
    """`unread` are the articles whose texts cannot be read, `broken` the data files that cannot be.

    `is_single`: one article was asked for.
    """

    coverages: tuple[Coverage, ...]
    unread: tuple[str, ...]
    broken: tuple[str, ...]
    is_single: bool = False

    @property
    def sentences(self) -> Shares:
        return sum((one.sentences for one in self.coverages), Shares())

    @property
    def characters(self) -> Shares:
        return sum((one.characters for one in self.coverages), Shares())

    @property
    def unused(self) -> dict[str, int] | None:
        """None if no article is in a language with word lists."""
        told = [one.unused for one in self.coverages if one.unused is not None]
        return {kind: sum(own[kind] for own in told) for kind in KINDS} if told else None

    @property
    def is_whole(self) -> bool:
        """Whether all was seen."""
        return not (self.unread or self.broken)

    def reaches(self, percent: Fraction) -> bool:
        """Whether so much of all sentences is done. What was not seen counts as nothing done."""
        shares = self.sentences
        return self.is_whole and 100 * shares.done >= percent * shares.all

    def cautions(self) -> Iterator[str]:
        """What may be wrong with the figures."""
        yield from (f"{shown} cannot be read (kb validate); what it has was not seen" for shown in self.broken)
        yield from (f"{one}: its text cannot be read (kb validate), so it is not measured" for one in self.unread)
        yield from (f"{one.id}: {caution} (kb validate)" for one in self.coverages for caution in one.cautions)

    def notes(self) -> Iterator[str]:
        """What could not be measured, by language."""
        found: dict[str, list[str]] = {}
        for one in self.coverages:
            if one.unused is None:
                found.setdefault(one.language, []).append(one.id)
        for language, articles in sorted(found.items()):
            why = f"there are no word lists for the language “{language}”" if language else "no language is given"
            more = f" and {len(articles) - 1} more" if len(articles) > 1 else ""
            yield f"{why} of {articles[0]}{more}: only sentences and text are measured"


def of_all(corpus: Corpus, progress: Progress) -> Survey:
    """Raises UsageError if there is no article."""
    ledger = Ledger.reading(corpus, progress.over(corpus.documents, lambda document: document.shown))
    articles = ledger.articles
    if not articles:
        told = f"; {', '.join(ledger.broken)} cannot be read" if ledger.broken else ""
        raise UsageError(f"no article in {corpus.project.root / 'data'}{told}", "kb draft FILE.txt makes one of a text")
    found, unread = [], []
    progress.count(len(articles))
    for article, coverage in zip(articles, results(partial(_measured, ledger), articles), strict=True):
        progress.step(corpus.short(article.value))
        if coverage:
            found.append(coverage)
        else:
            unread.append(corpus.short(article.value))
    return Survey(tuple(found), tuple(unread), tuple(ledger.broken))


def of_one(corpus: Corpus, article: ox.NamedNode) -> Survey:
    """Of an article whose text can be read."""
    ledger = Ledger.around(corpus, article)
    coverage = _measured(ledger, article)
    return Survey((coverage,) if coverage else (), (), tuple(ledger.broken), is_single=True)


def _measured(ledger: Ledger, article: ox.NamedNode) -> Coverage | None:
    source = ledger.source(article)
    if source is None:
        return None
    account = account_of(ledger, article)
    return coverage_of(source.text, source.sentences, account, lexicon(account.language))
