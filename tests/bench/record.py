"""What was measured, kept as JSON: the machine, the versions, the figures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.cost import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = "results.json"


@dataclass(frozen=True)
class Record:
    day: str
    rounds: int
    machine: dict[str, str]
    versions: dict[str, str]
    figures: list[Figure]

    def added_to(self, earlier: Record) -> Record:
        """With the earlier figures of other sizes and suites. Raises ValueError if they are of another machine."""
        if (self.machine, self.versions) != (earlier.machine, earlier.versions):
            raise ValueError("the figures that are there are of another machine or of other versions")
        new = {(figure.suite, figure.size) for figure in self.figures}
        kept = [figure for figure in earlier.figures if (figure.suite, figure.size) not in new]
        return Record(self.day, self.rounds, self.machine, self.versions, kept + self.figures)

    def of(self, suite: str, size: int) -> Iterable[Figure]:
        return (figure for figure in self.figures if (figure.suite, figure.size) == (suite, size))

    @property
    def sizes(self) -> list[int]:
        return sorted({figure.size for figure in self.figures})

    def write(self, folder: Path) -> None:
        held = {**vars(self), "figures": [figure.record() for figure in self.figures]}
        (folder / NAME).write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(folder: Path) -> Record:
    held = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return Record(**{**held, "figures": [Figure(**figure) for figure in held["figures"]]})
