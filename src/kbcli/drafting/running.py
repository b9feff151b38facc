"""Quotations that run on over sentences: what is quoted in the next one has the speaker of the first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.drafting.proposal import Proposal
    from kbcli.drafting.quotes import Quotes
    from kbcli.source import Sentence, Source

_MOST = 12  # sentences of one quotation


def joined(source: Source, found: Sequence[list[Proposal]], quotes: Quotes) -> list[list[Proposal]]:
    """The proposals of each sentence, where one quotation makes one claim on all the sentences that it runs over, if no
    more than one of them says who speaks. Where none does, whoever speaks right before is kept to be asked for."""
    made = [list(own) for own in found]
    starts = [one.start for one in source.sentences]
    wholes: list[Proposal] = []
    halved: set[int] = set()
    for run in quotes.runs:
        first, behind = max(0, bisect_right(starts, run.start) - 1), bisect_left(starts, run.end)
        over = range(first, behind)
        if len(over) < 2:  # noqa: PLR2004 it stands in one sentence
            continue
        joint = len(over) <= _MOST and not _is_broken(source, first, behind - 1)
        whole = (
            _join(made, over, source.sentences, "" if run in quotes.unsure else quotes.words(run)) if joint else None
        )
        if whole is None:
            halved |= {id(one) for number in over for one in made[number]}
        else:
            wholes.append(whole)
    for one in wholes:
        one.beyond = id(one) in halved
    for number in range(1, len(made)):
        if _is_bare(made[number]) and made[number - 1] and not _is_broken(source, number - 1, number):
            made[number][0].followed = made[number - 1][-1].speaker
    return made


def _join(made: list[list[Proposal]], over: range, sentences: Sequence[Sentence], words: str) -> Proposal | None:
    """The proposal that has the whole quotation now, in one span; none if other claims are made in its sentences."""
    bare = [number for number in over if _is_bare(made[number])]
    telling = [one for number in over if number not in bare for one in made[number] if one.beyond]
    others = [number for number in over if made[number] and number not in bare]
    if len(telling) > 1 or len(others) > len(telling) or not bare:
        return None
    one = telling[0] if telling else made[bare[0]][0]
    shared = any(not made[number] for number in over)  # with a quotation before
    for number in bare:
        if made[number][0] is not one:
            one.mentions = [*one.mentions, *made[number][0].mentions]
            made[number] = []
    if shared or any(made[number] not in ([], [one]) for number in over):
        more = {(sentences[number].start, sentences[number].end) for number in bare}
        one.spans = sorted(more.union(one.spans))
        return None
    _widen(one, sentences[over[0]].start, sentences[over[-1]].end)
    one.quotes = [*([words] if words else []), *(quote for quote in one.quotes if quote != words)]
    one.unsure |= not words
    return one


def _widen(one: Proposal, start: int, end: int) -> None:
    """One span in place of those that touch this piece."""
    within = [(start, end), *(span for span in one.spans if span[0] < end and start < span[1])]
    apart = [span for span in one.spans if span not in within]
    one.spans = sorted([*apart, (min(first for first, _ in within), max(last for _, last in within))])


def _is_bare(own: list[Proposal]) -> bool:
    """Whether nothing but a quotation is there."""
    return len(own) == 1 and own[0].lemma == "quote" and not own[0].cue


def _is_broken(source: Source, first: int, last: int) -> bool:
    """Whether a line ends between the two sentences."""
    between = source.text[source.sentences[first].start : source.sentences[last].start]
    return any(mark in between for mark in "\r\n")
