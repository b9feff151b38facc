"""What follows from a span that was altered or lost in an article that has changed: told, and with which command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.comparison import Told
from kbcli.names import FOLDERS, KB

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kbcli.corpus import Corpus
    from kbcli.grounds import Span
    from kbcli.rereading import Fated
    from kbcli.source import Source

_EVIDENCE = KB + "evidence"
_VERBATIM = ("quote", "cue", "hedge", "designates")
_MOST = 6  # claims named
_LONGEST = 200  # characters of a sentence


def told(corpus: Corpus, source: Source, one: Fated) -> Told:
    """Why it is not found again, as a clause, with the words that are others now."""
    if one.place and one.why:
        there = source.comparison.at(*one.place)
        return there._replace(said=f"{one.why} ({there.said}): “{_sentence_at(source, *one.place)}”")
    if one.place:
        return source.comparison.difference(*one.place, one.span.exact or "")
    return Told(f"{one.why}: {corpus.short(one.instead)}" if one.instead else one.why)


def _sentence_at(source: Source, start: int, end: int) -> str:
    """The sentence in which a passage stands, or enough of it."""
    first = max((one.start for one in source.sentences if one.start <= start), default=start)
    last = min((one.end for one in source.sentences if one.end >= end), default=end)
    words = source.text[first:last]
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def resting(corpus: Corpus, span: ox.NamedNode) -> str:
    """Which claims rest on a span, or that an article lists it as claiming nothing, as a clause."""
    claims = _claims(corpus, span)
    if not claims:
        return "it is listed as claiming nothing" if is_listed(corpus, span) else "no claim rests on it"
    more = f" and {len(claims) - _MOST} more" if len(claims) > _MOST else ""
    return f"on it rest{'s' * (len(claims) == 1)} {', '.join(claims[:_MOST])}{more}"


def is_listed(corpus: Corpus, span: ox.NamedNode) -> bool:
    """As claiming nothing."""
    return bool(corpus.subjects(KB + "nothingClaimed", span))


def slug_of(corpus: Corpus, span: Span) -> str:
    """What its article is called in a command."""
    return (span.article.value if span.article else "").removeprefix(corpus.project.base + FOLDERS["art"])


def remedy(corpus: Corpus, one: Fated) -> str:
    """The commands that mend it."""
    slug, name, claims = slug_of(corpus, one.span), corpus.short(one.span.node.value), _claims(corpus, one.span.node)
    accept = f"`kb cite --reanchor {slug} --accept {name}`"
    if heir := _heir(corpus, one):
        new = corpus.short(heir.node.value)
        other = (
            f"; else {accept} writes the new words into it" if one.fate == "altered" and not _is_of(heir, one) else ""
        )
        return f"if {new} has the words that are meant: `kb drop {name} --for {new}`{other}"
    if one.fate == "altered" and one.why:
        return f"read the sentence: if all that rests on the span is still said in it, {accept} takes it so"
    if one.fate == "altered":
        return f"read the new words: if all that rests on the span rests on them as well, {accept} writes them into it"
    if not claims:
        return f"{accept} takes it out" if is_listed(corpus, one.span.node) else f"take it out: `kb drop {name}`"
    anew = f'`kb cite {slug} "its words now" --append {claims[0]}`, and `kb drop {name} --for` the new span'
    return f"if the article no longer claims this: `kb drop {claims[0]}`; else cite it anew: {anew}"


def _heir(corpus: Corpus, one: Fated) -> Span | None:
    """A span with all the words that are like these, on which a claim rests already that rests on these too; with it
    in their place every claim has what it quotes."""
    reread = corpus.rereading(one.span.article)
    first, last = one.place or (0, 0)
    for claim in corpus.subjects(_EVIDENCE, one.span.node):
        for other in corpus.values(claim, _EVIDENCE):
            fated = reread.fates.get(other.value) if reread else None
            if fated and fated.fate == "same" and fated.place:
                start, end = fated.place
                has_them = start <= first < last <= end if one.place else other.value == one.instead
                if has_them and _can_take_over(corpus, one.span, fated.span):
                    return fated.span
    return None


def _can_take_over(corpus: Corpus, old: Span, heir: Span) -> bool:
    """Whether what the claims on a span have word for word, and it has, stands in what they would rest on instead."""
    for claim in corpus.subjects(_EVIDENCE, old.node):
        left = [span for node in corpus.values(claim, _EVIDENCE) if node != old.node and (span := corpus.span(node))]
        texts = [span.exact or "" for span in (*left, heir)]
        words = [one.value for name in _VERBATIM for one in corpus.values(claim, KB + name)]
        if any(one in (old.exact or "") and not any(one in text for text in texts) for one in words):
            return False
    return True


def _is_of(heir: Span, one: Fated) -> bool:
    """Whether it has the very words that stand there now: no second span can have them."""
    return (heir.start, heir.end) == one.place


def _claims(corpus: Corpus, span: ox.NamedNode) -> list[str]:
    return [corpus.short(claim.value) for claim in corpus.subjects(_EVIDENCE, span)]
