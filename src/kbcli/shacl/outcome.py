"""What a shape finds, in our own terms."""

from __future__ import annotations

from typing import Any, NamedTuple


class Outcome(NamedTuple):
    """One result of a shape. `shape` and `component` are IRIs or blank; `path` is None unless it is one predicate."""

    shape: str
    focus: Any
    path: str | None
    value: Any
    message: str
    component: str
