"""Words such as “allegedly”: a claim by nobody who is named, or a hedge of what somebody reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.drafting.cues import Cue
    from kbcli.drafting.lexicon import Lexicon

_TRAILING = 1  # marks behind a cue that ends its sentence


def without_hedges(found: Sequence[Cue], lower: Sequence[str], lexicon: Lexicon) -> Iterator[Cue]:
    """The cues of a sentence without the words that are hedges of what another of them reports."""
    tells = [cue for cue in found if cue.kind in ("active", "participle") and not cue.takes_object]
    tells = [cue for cue in tells if cue.class_ != "Denial"]
    for cue in found:
        aside = lexicon.are("relatives") & set(lower[max(0, cue.first - 1) : cue.first])
        before = any(other.last <= cue.first for other in tells)
        # “Two were reportedly injured, police said.”
        behind = any(other.last + _TRAILING >= len(lower) and other.first > cue.last for other in tells)
        behind = behind and not lexicon.are("relatives") & set(lower[: cue.first])
        hedges = cue.kind == "unnamed" and lower[cue.first].endswith("ly")
        if not hedges or aside or not (before or behind):
            yield cue
