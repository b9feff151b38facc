"""What a search finds, told: a line for people, an object for programs. No hit goes without those whose words it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kbcli.display import printable, wrapped
from kbcli.phrases import named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kbcli.parts import Told
    from kbcli.source import Sentence

FORMATS = ("text", "json")
MARGIN = 4


@dataclass(frozen=True)
class Hit:
    """One place where the words occur.

    `what` is the sort of thing that `id` names, `kind` the part of it that was hit, `value` that part (or the
    sentence). `claims` has the claim itself; for a sentence, the claims that rest on the words. `whose` says whose
    words they are. `ranges` are half-open offsets in code points, in `value` or, with a `sentence`, in the article.
    """

    id: str
    iri: str
    what: str
    kind: str
    value: str
    exact: bool
    ranges: tuple[tuple[int, int], ...]
    claims: tuple[Told, ...] = ()
    whose: str = ""
    sentence: Sentence | None = None


def lines(hits: Iterable[Hit], width: int | None) -> list[str]:
    """A line for each hit, broken to `width` cells if that is given."""
    whole = (printable(line(hit)) for hit in hits)
    if width is None:
        return list(whole)
    return [part for one in whole for part in _hanging(one, width)]


def line(hit: Hit) -> str:
    words = f"«{hit.value}»" if hit.whose else hit.value
    return f"{hit.id}  {hit.kind}  {_attribution(hit)}: {words}"


def objects(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    return [_object(hit) for hit in hits]


def _attribution(hit: Hit) -> str:
    if hit.sentence is not None:
        places = ", ".join(f"{start}–{end}" for start, end in hit.ranges)
        voices = list(dict.fromkeys(_told(claim) for claim in hit.claims))
        return f"sentence {hit.sentence.number}, {places} ({'; '.join(voices) or hit.whose})"
    who = "; ".join(_told(claim) for claim in hit.claims) or hit.what
    return f"{who} ({hit.whose})" if hit.whose else who


def _told(claim: Told) -> str:
    """The claim's class, its speaker, and through whom alone it is known, from the speaker outwards."""
    return f"{claim.class_} by {', via '.join([named(claim.speaker), *_via(claim)])}"


def _via(claim: Told) -> list[str]:
    return [named(voice.agent) for voice in reversed(claim.through)]


def _object(hit: Hit) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": hit.id,
        "iri": hit.iri,
        "what": hit.what,
        "hit": hit.kind,
        "exact": hit.exact,
        "value": hit.value,
        "whose": hit.whose or None,
        "ranges": [{"start": start, "end": end} for start, end in hit.ranges],
        "claims": [_claim(claim) for claim in hit.claims],
    }
    if hit.sentence is not None:
        found["sentence"] = hit.sentence._asdict()
    return found


def _claim(claim: Told) -> dict[str, Any]:
    """`via`: the claims it comes through and their speakers, from the speaker outwards."""
    return {
        "id": claim.id,
        "class": claim.class_,
        "speaker": {"id": claim.speaker.id, "label": claim.speaker.label},
        "via": [
            {"claim": voice.claim, "speaker": {"id": voice.agent.id, "label": voice.agent.label}}
            for voice in reversed(claim.through)
        ],
    }


def _hanging(text: str, width: int) -> list[str]:
    """The first line is whole, those that follow stand under it."""
    first, *more = wrapped(text, width)
    rest = wrapped(" ".join(more), width - MARGIN) if more else []
    return [first, *(" " * MARGIN + part for part in rest)]
