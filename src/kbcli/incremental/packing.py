"""How what is kept is written: numbers as bytes, findings and outcomes as JSON, terms as Turtle has them."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kbcli.shacl.outcome import Outcome


def packed(keys: Iterable[int]) -> bytes:
    return array("q", sorted(keys)).tobytes()


def unpacked(written: bytes) -> Sequence[int]:
    found = array("q")
    found.frombytes(written)
    return found


def term(written: str) -> Any:
    """The term that `str` has written."""
    (quad,) = ox.parse(f"<x:s> <x:p> {written} .", format=ox.RdfFormat.N_TRIPLES)
    return quad.object


def written(outcomes: Mapping[str, Sequence[Outcome]]) -> str:
    found = {
        shape: [[o.shape, str(o.focus), o.path, o.value and str(o.value), o.message, o.component] for o in some]
        for shape, some in outcomes.items()
        if some
    }
    return json.dumps(found, ensure_ascii=False) if found else ""


def outcomes(text: str) -> dict[str, list[Outcome]]:
    if not text:
        return {}
    from kbcli.shacl.outcome import Outcome

    return {
        shape: [Outcome(s, term(focus), path, value and term(value), *rest) for s, focus, path, value, *rest in some]
        for shape, some in json.loads(text).items()
    }
