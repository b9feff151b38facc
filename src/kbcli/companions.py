"""What a claim rests on beside a span that is new to it, and what the editor may want to do about that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyoxigraph as ox

    from kbcli.citable import Article
    from kbcli.corpus import Corpus
    from kbcli.grounds import Span

_LONGEST = 60
_QUOTING = ("quote", "cue", "hedge", "designates")


def beside(
    near: Corpus, cited: Article, claim: ox.NamedNode, new: ox.NamedNode, place: tuple[int, int]
) -> Iterator[str]:
    """The spans that are parts of the new one, and those that the article no longer has."""
    values = near.values(claim, KB + "evidence")
    own = [span for node in values if node != new and (span := near.span(node)) and span.article == cited.node]
    stale = [span for span in own if _is_stale(near, span)]
    kept = [span for span in own if span not in stale]
    for span in kept:
        if place[0] <= (span.start or 0) and (span.end or 0) <= place[1]:
            yield f"it rests on {near.short(span.node.value)} too, which is a part of this: {_opening(span)}"
    for span in stale:
        name = near.short(span.node.value)
        yield (
            f"it rests on {name} too, whose words the article no longer has: {_opening(span)}; "
            f"if these take their place: kb drop {name} --for {near.short(new.value)}"
        )
    yield from _quoting(near, claim, [*_words(kept), cited.text[slice(*place)]], _words(stale))


def _quoting(near: Corpus, claim: ox.NamedNode, kept: Sequence[str], old: Sequence[str]) -> Iterator[str]:
    """What the claim quotes of words that the article no longer has."""
    for name in _QUOTING:
        for value in near.values(claim, KB + name):
            words = value.value
            if any(words in one for one in old) and not any(words in one for one in kept):
                command = f"kb add to {near.short(claim.value)} --{name} … --instead"
                yield f"kb:{name} “{words}” stands in the old words only: {command}"


def _is_stale(near: Corpus, span: Span) -> bool:
    reread = near.rereading(span.article)
    fated = reread.fates.get(span.node.value) if reread else None
    return fated is not None and not fated.found


def _words(spans: Sequence[Span]) -> list[str]:
    return [span.exact or "" for span in spans]


def _opening(span: Span) -> str:
    words = span.exact or ""
    return f"“{words if len(words) <= _LONGEST else f'{words[:_LONGEST]} …'}”"
