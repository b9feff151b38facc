"""The README's examples: every ```console block is run, in order, and must print what the README shows.

KB_UPDATE_README=1 writes what they print into the README instead.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import NEUTRAL, ROOT

if TYPE_CHECKING:
    from pathlib import Path

README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RECORD = re.compile(r"<!-- record -->\n(?:```turtle\n.*?^```\n)?", re.MULTILINE | re.DOTALL)
PARTS = ("cl:khodaei-nyt-report-ben-barak-denial", "ev:khodaei-nyt-report-891-1059")


def commands(block: str) -> list[str]:
    """The `$ …` lines of a block, each with its `> …` continuation lines."""
    found: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
        elif line.startswith("> ") and found:
            found[-1] += "\n" + line[2:]
    return found


def shown(command: str) -> str:
    first, *more = command.split("\n")
    return "\n".join([f"$ {first}", *(f"> {line}" for line in more)])


def run(command: str, folder: Path) -> str:
    scripts = folder / "bin"
    scripts.mkdir(exist_ok=True)
    kb = scripts / "kb"
    kb.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kbcli "$@"\n')
    kb.chmod(0o755)
    environment = {
        **os.environ,
        **NEUTRAL,
        "PATH": f"{scripts}:{os.environ['PATH']}",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, env=environment, check=False, timeout=60
    )
    return done.stdout + done.stderr


def test_every_example_prints_what_the_readme_shows(project: Path) -> None:
    text = README.read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    assert len(blocks) >= 10
    for block in blocks:
        printed = [f"{shown(command)}\n{run(command, project)}" for command in commands(block)]
        now = "".join(part if part.endswith("\n") else part + "\n" for part in printed)
        if "sed -i" in block:  # the next examples start from clean data
            for name in ("data/articles/khodaei-nyt-report.ttl",):
                (project / name).write_bytes((ROOT / name).read_bytes())
        if os.environ.get("KB_UPDATE_README"):
            text = text.replace(f"```console\n{block}```", f"```console\n{now}```", 1)
        else:
            assert now == block
    if os.environ.get("KB_UPDATE_README"):
        README.write_text(text, encoding="utf-8")


def test_the_record_shown_is_the_record() -> None:
    text = README.read_text(encoding="utf-8")
    data = (ROOT / "data" / "articles" / "khodaei-nyt-report.ttl").read_text(encoding="utf-8")
    found = [re.search(rf"^{part} a .*?\.$", data, re.MULTILINE | re.DOTALL) for part in PARTS]
    record = "\n\n".join(match[0] for match in found if match)
    assert record.count("\n\n") == 1
    wanted = f"<!-- record -->\n```turtle\n{record}\n```\n"
    if os.environ.get("KB_UPDATE_README"):
        README.write_text(RECORD.sub(lambda _: wanted, text, count=1), encoding="utf-8")
    else:
        assert wanted in text


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8")))))
def test_links_lead_somewhere(target: str) -> None:
    assert (ROOT / target).exists()
