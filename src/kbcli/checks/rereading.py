"""An article whose text has changed: what has become of each span, and which claims rest on it.

The sentences that are new are told as all are that no claim rests on (KB250).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.aftermath import remedy, resting, slug_of, told
from kbcli.finding import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding
    from kbcli.rereading import Fated, Rereading

MOVED = Rule(
    "KB243",
    "span-moved",
    "error",
    "the article has changed, and with it the place of these words",
    "if the new text is meant, kb cite --reanchor and the article writes all such offsets anew",
)
ALTERED = Rule(
    "KB244",
    "span-altered",
    "error",
    "the article has changed, and has other words instead of these",
    "read the new words: if all that rests on the span still does, kb cite --reanchor … --accept takes them for it",
)
LOST = Rule(
    "KB245",
    "span-lost",
    "error",
    "the article has changed, and these words cannot be found again",
    "look whether the claim still stands in the article: cite its words anew (kb cite … --append), or kb drop it",
)
RULES = (MOVED, ALTERED, LOST)


def check(corpus: Corpus) -> Iterator[Finding]:
    for span in corpus.spans:
        reread = corpus.rereading(span.article) if span.article else None
        fated = reread.fates.get(span.node.value) if reread else None
        if reread and fated and fated.fate != "same" and span.exact and None not in (span.start, span.end):
            yield _told(corpus, reread, fated)


def _told(corpus: Corpus, reread: Rereading, fated: Fated) -> Finding:
    span, comparison = fated.span, reread.source.comparison
    rests = resting(corpus, span.node)
    if fated.place is None or fated.fate == "altered":
        rule, clause = ALTERED if fated.place else LOST, told(corpus, reread.source, fated)
        found = corpus.finding(rule, span.node, said=f"{clause.said}; {rests}")
        return found._replace(hint=remedy(corpus, fated), related=clause.related)
    start, end = fated.place
    there = comparison.at(start, end)
    is_there = (start, end) == (span.start, span.end)
    where = "as before, among other words" if is_there else f"now {start}–{end}, no longer {span.start}–{span.end}"
    found = corpus.finding(MOVED, span.node, said=f"{where} ({there.said}); {rests}")
    slug = slug_of(corpus, span)
    hint = f"if the new text is meant, `kb cite --reanchor {slug}` writes all such offsets anew"
    return found._replace(hint=hint, related=there.related)
