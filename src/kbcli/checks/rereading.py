"""An article whose text has changed: what has become of each span, and which claims rest on it.

The sentences that are new are told as all are that no claim rests on (KB250).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.aftermath import is_listed, remedy, resting, slug_of, told
from kbcli.finding import Rule
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

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
_SHOWN = 3  # spans of those that have moved


def check(corpus: Corpus) -> Iterator[Finding]:
    moved: dict[tuple[str, str], list[Fated]] = {}
    for span in corpus.spans:
        reread = corpus.rereading(span.article) if span.article else None
        fated = reread.fates.get(span.node.value) if reread else None
        if not (reread and fated and fated.fate != "same" and span.exact and None not in (span.start, span.end)):
            continue
        if fated.fate == "moved" and fated.place:
            homes = corpus.homes_of(span.node.value)
            alone = "" if len(homes) == 1 else span.node.value  # written twice: which of the two is first, none can say
            moved.setdefault((homes[0].shown if homes else "", alone), []).append(fated)
        else:
            yield _told(corpus, reread, fated)
    for own in moved.values():
        yield from _moved(corpus, own)


def _told(corpus: Corpus, reread: Rereading, fated: Fated) -> Finding:
    rule, clause = ALTERED if fated.place else LOST, told(corpus, reread.source, fated)
    found = corpus.finding(rule, fated.span.node, said=f"{clause.said}; {resting(corpus, fated.span.node)}")
    return found._replace(hint=remedy(corpus, fated), related=clause.related)


def _moved(corpus: Corpus, fated: Iterable[Fated]) -> Iterator[Finding]:
    """One finding for each article, at the first of its spans: one command mends them all."""
    by_article: dict[ox.NamedNode | None, list[Fated]] = {}
    for one in fated:
        by_article.setdefault(one.span.article, []).append(one)
    for article, own in by_article.items():
        reread = corpus.rereading(article)
        first = min(own, key=lambda one: one.span.start or 0)
        there = reread.source.comparison.at(*first.place) if reread and first.place else None
        if there is None:
            continue
        said = f"{_place(first)} ({there.said})" if len(own) == 1 else _shift(corpus, own)
        found = corpus.finding(MOVED, first.span.node, said=f"{said}; {_all_resting(corpus, own)}")
        hint = (
            f"if the new text is meant, `kb cite --reanchor {slug_of(corpus, first.span)}` writes all such offsets anew"
        )
        yield found._replace(hint=hint, related=there.related)


def _place(one: Fated) -> str:
    own, (start, end) = one.span, one.place or (0, 0)
    if (start, end) == (own.start, own.end):
        return "as before, among other words"
    return f"now {start}–{end}, no longer {own.start}–{own.end}"


def _shift(corpus: Corpus, own: list[Fated]) -> str:
    """How many have moved, and by how much, with some of them."""
    shifts = sorted(one.place[0] - (one.span.start or 0) for one in own if one.place)
    moved = [shift for shift in shifts if shift]
    by = " to ".join(f"{shift:+}" for shift in dict.fromkeys([*moved[:1], *moved[-1:]]))
    still = len(shifts) - len(moved)
    counts = [f"{_counted(len(moved), 'has', 'have')} moved by {by}"] if moved else []
    counts += [f"{_counted(still, 'stands', 'stand')} as before, among other words"] if still else []
    listed = ", ".join(
        f"{corpus.short(one.span.node.value)} ({_place(one)})" for one in sorted(own, key=_start)[:_SHOWN]
    )
    more = f" and {len(own) - _SHOWN} more" if len(own) > _SHOWN else ""
    return f"{', '.join(counts)}: {listed}{more}"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} span {one}" if number == 1 else f"{number} spans {many}"


def _start(one: Fated) -> tuple[int, int]:
    return one.span.start or 0, one.span.end or 0


def _all_resting(corpus: Corpus, own: list[Fated]) -> str:
    """Which claims rest on them, all of them: a reader of JSON learns it nowhere else."""
    if len(own) == 1:
        return resting(corpus, own[0].span.node)
    claims = {claim.value for one in own for claim in corpus.subjects(KB + "evidence", one.span.node)}
    listed = sum(is_listed(corpus, one.span.node) for one in own)
    names = [corpus.short(one) for one in sorted(claims)]
    found = [f"on them rest{'s' * (len(names) == 1)} {', '.join(names)}"] if names else ["no claim rests on them"]
    return " and ".join([*found, *([f"{listed} of them are listed as claiming nothing"] if listed else [])])
