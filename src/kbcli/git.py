"""What git knows of a project. Nothing else in the package runs git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kbcli.display import printable
from kbcli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

# A hook's git sets these to its own repository, which need not be the project's.
_NOT_OURS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")


def version(root: Path, *parts: str) -> str:
    """The commit checked out at `root`, with “-dirty” where `parts` differ from it; empty where there is none."""
    commit = _git(root, "rev-parse", "--verify", "HEAD")
    if not commit:
        return ""
    there = [part for part in parts if (root / part).exists()]
    return f"{commit}-dirty" if _git(root, "status", "--porcelain", "--", *there) else commit


def check_out(root: Path, revision: str, target: Path, parts: Sequence[str]) -> None:
    """Write `parts` of `root`, as they are at `revision`, below `target`. Nothing of the repository is changed.

    Raises UsageError if git does not know the revision, or if there is no repository.
    """
    tree = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}:./")
    if not tree:
        _refuse(root, revision)
    index = {"GIT_INDEX_FILE": str(target / ".index")}
    top = Path(_git(root, "rev-parse", "--show-toplevel"))  # below it git would take names to be from where it stands
    _git(top, "read-tree", tree, **index)
    names = _git(top, "ls-files", "-z", "--", *parts, **index)
    _git(top, "checkout-index", "-z", "--stdin", f"--prefix={target}/", given=names, **index)
    (target / ".index").unlink(missing_ok=True)


def _refuse(root: Path, revision: str) -> NoReturn:
    if not _git(root, "rev-parse", "--git-dir"):
        raise UsageError(f"{root}: not in a git repository", "what has changed is known only under git")
    raise UsageError(
        f"{printable(revision)}: git knows no such commit, branch or tag here, or the project was not in it",
        "git fetch brings what a shallow clone lacks; in actions/checkout, fetch-depth: 0",
    )


def _git(root: Path, *arguments: str, given: str = "", **settings: str) -> str:
    """What git answers; empty where it fails or there is no git."""
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    try:
        done = subprocess.run(  # noqa: S603 a list of our own words
            ["git", "-C", str(root), "--no-optional-locks", *arguments],  # noqa: S607 the user's git
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            input=given,
            env=environment | settings,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
