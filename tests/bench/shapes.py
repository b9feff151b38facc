"""What the shapes cost to check, beside other SHACL engines: the same shapes (shapes.ttl, a copy that stays) and data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bench import peers
from bench.case import Case, kb, script
from bench.knowledge import SEEDS, knowledge
from bench.title import Title

if TYPE_CHECKING:
    from pathlib import Path

    from bench.knowledge import Edits

PYSHACL_UP_TO, OTHERS_UP_TO, UP_TO = 100, 1000, 1000  # articles; pyshacl takes minutes for 100
SLOW = 2
TITLES = {"pyshacl-turbo": Title.TURBO, "shacl-rust": Title.RUST}


def results(output: bytes) -> list[list[str]]:
    """Shape, focus node and path of each result; twice if it is there twice."""
    return sorted(json.loads(line) for line in output.decode().splitlines())


def ready(folder: Path, size: int) -> Path:
    return knowledge(folder, size, pinned=True)


def cases(folder: Path, size: int, edits: Edits) -> list[Case]:
    root = folder / f"shapes{size}"
    same: dict[str, Any] = {"asks": "results", "answer": results}
    if size > UP_TO:
        return []
    found = [
        script(Title.SHAPES, "by_shacl.py", root, "kb", root, **same),
        kb(Title.CHECKED, root, "validate", "--no-cache", ends=(0, 1), rounds=3),
    ]
    if peers.has("pyshacl") and size <= PYSHACL_UP_TO:
        found.append(
            script(Title.PYSHACL, "by_shacl.py", root, "pyshacl", root, rounds=1 if size > SEEDS else SLOW, **same)
        )
    for engine, title in TITLES.items() if size <= OTHERS_UP_TO else ():
        if command := peers.shapes(engine, root):
            found.append(Case(title, command, root, rounds=SLOW, outsider=True, **same))
    return found
