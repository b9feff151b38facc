"""This working tree as others get it: a git repository with a tag, at the address that the README's examples name."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import yaml

from conftest import NEUTRAL, ROOT, Result

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS, TAG = "https://github.com/OWNER/kb", "vX.Y.Z"
BLOCK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A commit needs an author, and no configuration of whoever runs the tests may reach it.
IDENTITY = {f"GIT_{who}_{what}": f"{who}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def example(name: str) -> str:
    """The README's example of the file `name`."""
    (found,) = (text for file, text in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")) if file == name)
    return str(found)


def steps(text: str) -> list[dict[str, Any]]:
    """The steps of the one job of a workflow."""
    (job,) = yaml.safe_load(text)["jobs"].values()
    return list(job["steps"])


def publish(folder: Path) -> dict[str, str]:
    """Commit the working tree into a new repository below `folder`; the environment in which ADDRESS leads there.

    Whether the tree is itself a clone, a shallow one or none, does not matter.
    """
    place = folder / "kb.git"
    env = environment()
    run("git", "init", "-q", "--bare", str(place), cwd=folder, env=env)
    here = ("git", f"--git-dir={place}", f"--work-tree={ROOT}")
    for words in (("add", "--all"), ("commit", "-q", "-m", "all"), ("tag", TAG)):
        done = run(*here, *words, cwd=ROOT, env=env)
        assert done.code == 0, done.err
    return {
        **env,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{place.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": ADDRESS,
    }


def environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**inherited, **NEUTRAL, **ALONE, **IDENTITY}


def run(*command: str, cwd: Path, env: dict[str, str]) -> Result:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300, check=False)
    return Result(done.returncode, done.stdout, done.stderr)
