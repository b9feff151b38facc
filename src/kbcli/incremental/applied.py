"""What came of the shapes in one file, as it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kbcli.shacl.outcome import Outcome


class Applied(NamedTuple):
    """The outcomes by shape, the keys of what was read, and the properties by which each shape read.

    `reads` has None among them where all that is said of something was read.
    """

    outcomes: dict[str, list[Outcome]]
    keys: frozenset[int]
    reads: dict[str, set[str | None]]
