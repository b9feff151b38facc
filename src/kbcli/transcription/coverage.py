"""An account held against the text: which sentences are done, how much of the text, and what no claim uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kbcli.transcription.leftovers import KINDS, Leftover, Leftovers
from kbcli.transcription.spans import CLAIMED, LISTED, UNDECIDED, by_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kbcli.drafting.lexicon import Lexicon
    from kbcli.source import Sentence
    from kbcli.transcription.account import Account

OPEN = "open"
STATES = (CLAIMED, LISTED, OPEN)
_BLANK = re.compile(r"\s+")
_MARKS = {OPEN: 0, LISTED: 1, CLAIMED: 2}
_WHITE = 3
_WHOLE = 1000


class Shares(NamedTuple):
    """How many there are of each state."""

    claimed: int = 0
    listed: int = 0
    open: int = 0

    @property
    def all(self) -> int:
        return sum(self)

    @property
    def done(self) -> int:
        return self.claimed + self.listed

    @property
    def percents(self) -> dict[str, float]:
        """To a tenth, by state. They make up 100 (0 of nothing), and what is there is never 0."""
        if not self.all:
            return dict.fromkeys(STATES, 0.0)
        tenths, rests = zip(*(divmod(_WHOLE * number, self.all) for number in self), strict=True)
        found = list(tenths)
        for index in sorted(range(len(self)), key=lambda index: -rests[index])[: _WHOLE - sum(tenths)]:
            found[index] += 1
        for index, number in enumerate(self):
            if number and not found[index]:
                found[index] += 1
                found[found.index(max(found))] -= 1
        return {state: tenth / 10 for state, tenth in zip(STATES, found, strict=True)}

    @property
    def percent_done(self) -> float:
        """100 only if all is done."""
        return round(100 - self.percents[OPEN], 1)

    def __add__(self, other: Shares) -> Shares:  # type: ignore[override]
        return Shares(*(one + more for one, more in zip(self, other, strict=True)))


class Reading(NamedTuple):
    """A sentence with its state, the claims that rest on a part of it, and those of them that leave it open."""

    number: int
    start: int
    end: int
    state: str
    claims: tuple[str, ...]
    leftovers: tuple[Leftover, ...]
    words: str
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """`shades` are the states of the characters, run by run: (start, end, state), the open ones left out.

    `characters` are those without white space; `unused` is None for a language without word lists.
    """

    id: str
    file: str
    language: str
    readings: tuple[Reading, ...]
    characters: Shares
    shades: tuple[tuple[int, int, str], ...]
    unused: dict[str, int] | None
    cautions: tuple[str, ...] = ()

    @property
    def sentences(self) -> Shares:
        states = [one.state for one in self.readings]
        return Shares(*map(states.count, STATES))


def coverage_of(text: str, sentences: Sequence[Sentence], account: Account, lexicon: Lexicon | None) -> Coverage:
    left = Leftovers(text, account, lexicon) if lexicon else None
    touching = by_sentence(sentences, account.pieces)
    readings = []
    for sentence, pieces in zip(sentences, touching, strict=True):
        uses = {piece.use for piece in pieces}
        state = OPEN if UNDECIDED in uses else next((use for use in (CLAIMED, LISTED) if use in uses), OPEN)
        claims, undecided = _all(piece.claims for piece in pieces), _all(piece.undecided for piece in pieces)
        unused = tuple(left.of(sentence)) if left else ()
        readings.append(Reading(*sentence, state, claims, unused, text[sentence.start : sentence.end], undecided))
    shades = _shades(text, account)
    return Coverage(
        account.id,
        account.file,
        account.language,
        tuple(readings),
        _counted(text, sentences, shades),
        tuple(_runs(shades)),
        {kind: sum(own.kind == kind for one in readings for own in one.leftovers) for kind in KINDS} if left else None,
        account.cautions,
    )


def _all(names: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted(set().union(*names)))


def _shades(text: str, account: Account) -> bytearray:
    """The state of each character. Where a claim rests on what is listed too, it is claimed."""
    marks = bytearray(len(text))
    for state in (LISTED, CLAIMED):
        for piece in account.pieces:
            if piece.use == state:
                first, last = piece.start, min(piece.end, len(text))
                marks[first:last] = bytes([_MARKS[state]]) * max(0, last - first)
    return marks


def _counted(text: str, sentences: Iterable[Sentence], shades: bytearray) -> Shares:
    solid = bytearray(shades)
    for blank in _BLANK.finditer(text):
        solid[blank.start() : blank.end()] = bytes([_WHITE]) * (blank.end() - blank.start())
    numbers = {state: sum(solid.count(_MARKS[state], one.start, one.end) for one in sentences) for state in STATES}
    return Shares(*(numbers[state] for state in STATES))


def _runs(shades: bytearray) -> Iterable[tuple[int, int, str]]:
    for state in (LISTED, CLAIMED):
        pattern = re.compile(bytes([_MARKS[state]]) + b"+")
        yield from ((match.start(), match.end(), state) for match in pattern.finditer(shades))
