"""What `kb validate` costs, the first time and after an edit, beside a script that does no more than parse."""

from __future__ import annotations

import shutil
import subprocess
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.case import ALWAYS, KB, Case, environment, kb, script
from bench.knowledge import SEEDS, Edits, Links, knowledge
from bench.title import Title

if TYPE_CHECKING:
    from pathlib import Path

LARGE = 10_000
FINDINGS = (0, 1)  # exit codes: one article in a hundred has a fault


def ready(folder: Path, size: int) -> Path:
    """What was found is kept from here on; of a large one from the first time that is counted."""
    root = knowledge(folder, size)
    if size < LARGE:
        done = subprocess.run([*KB, "validate"], cwd=root, check=False, capture_output=True, env=environment())
        assert done.returncode in FINDINGS, done.stderr.decode()
    return root


def cases(folder: Path, size: int, edits: Edits) -> list[Case]:
    """All but the script must find the same, edited or not, kept or not."""
    root = folder / f"kb{size}"
    large = size >= LARGE
    slow = 1 if large else 3
    same: dict[str, Any] = {"ends": FINDINGS, "asks": "findings"}
    forget = partial(shutil.rmtree, root / ".kb" / "validation", ignore_errors=True)
    found = [
        kb(Title.FIRST, root, "validate", before=forget, rounds=slow, **same),
        kb(Title.CHANGED, root, "validate", before=edits, weighed=large, **same),
        *([kb(Title.LINKED, root, "validate", before=Links(root), **same)] if size > SEEDS else []),
        kb(Title.AGAIN, root, "validate", **same),
        script(Title.PARSED, "by_hand.py", root, "pyoxigraph", root, rounds=5 if large else ALWAYS),
    ]
    if not large:
        found.append(kb(Title.WHOLE, root, "validate", "--no-cache", rounds=slow, **same))
    return found
