"""A case: one command that is measured, beside others that answer the same question."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.title import Title


ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
# The command as its users have it, of the Python that runs the benchmark.
_SCRIPT = shutil.which("kb", path=str(Path(sys.executable).parent))
KB: tuple[str, ...] = (_SCRIPT,) if _SCRIPT else (sys.executable, "-m", "kbcli")
ALWAYS = 1000

Answer = Callable[[bytes], object]


class DifferentError(Exception):
    """Two commands that were asked the same did not answer the same: their costs cannot be compared."""


def nothing() -> None:
    pass


@dataclass(frozen=True)
class Case:
    """`before` puts things as they must be and is not counted. It is run in the first `rounds` rounds.

    Cases with the same `asks` must give the same answer, as `answer` reads it from what they print. An `outsider`, a
    peer that may have its own reading of the standards, is only marked if it does not.
    """

    title: Title
    command: tuple[str, ...]
    folder: Path
    before: Callable[[], object] = nothing
    rounds: int = ALWAYS
    asks: str = ""
    answer: Answer = bytes
    ends: tuple[int, ...] = (0,)
    outsider: bool = False
    weighed: bool = False  # whether the memory of all its processes together is looked at, in a run of its own


def kb(title: Title, root: Path, *arguments: str, **more: Any) -> Case:
    return Case(title, (*KB, *arguments), root, **more)


def script(title: Title, name: str, root: Path, *arguments: object, **more: Any) -> Case:
    """One of the scripts of this folder, run by the Python that runs the benchmark."""
    return Case(title, (sys.executable, str(HERE / name), *map(str, arguments)), root, **more)


def environment() -> dict[str, str]:
    """That of a user at a terminal of their own: no colours, no CI, and modules are compiled once."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**ours, "NO_COLOR": "1", "GITHUB_ACTIONS": "", "GITHUB_WORKSPACE": ""}
