"""What git knows of a project. Nothing else in the package runs git."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# A hook's git sets these to its own repository, which need not be the project's.
_NOT_OURS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")


def version(root: Path, *parts: str) -> str:
    """The commit checked out at `root`, with “-dirty” where `parts` differ from it; empty where there is none."""
    commit = _git(root, "rev-parse", "--verify", "HEAD")
    if not commit:
        return ""
    there = [part for part in parts if (root / part).exists()]
    return f"{commit}-dirty" if _git(root, "status", "--porcelain", "--", *there) else commit


def _git(root: Path, *arguments: str) -> str:
    """What git answers; empty where it fails or there is no git."""
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    try:
        done = subprocess.run(  # noqa: S603 a list of our own words
            ["git", "-C", str(root), "--no-optional-locks", *arguments],  # noqa: S607 the user's git
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
