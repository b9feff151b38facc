"""The tokens of Turtle and SPARQL are the same on every Python that runs kb, also where its `re` has a defect."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from conftest import ROOT
from kbcli import sparql, turtle

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the tokens of many odd texts are, as a checksum. Run by other interpreters too: it needs nothing but kbcli.
_SUMS = r'''
import hashlib, random, sys
sys.path.insert(0, sys.argv[1])
if sys.argv[2:]:
    sys.version_info = (3, 11, 4, "final", 0)
from kbcli import sparql, turtle
PIECES = ['"""', '"', "'", "\\", "\\n", "\\u0041", "a", "é", ".", ":", "-", "_", "%41", "\\~", "<x>", "<a\\u0041>", "\n",
          " ", "#c", "@en", "@en-GB", "@en-", "1.5", ".5e3", "1e", "_:b", "_:b.1.", "kb:a.b", "kb:a.", "true", "^^", ";",
          "\x27\x27\x27", "?x", "$y", "[]", "\\q"]

def told(read, text):
    try:
        return repr([tuple(token) for token in read(text)])
    except Exception as error:
        return type(error).__name__

def of_all():
    chance, found = random.Random(4), hashlib.sha256()
    for _ in range(4000):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 12)))
        found.update(told(turtle.tokens, text).encode())
        found.update(told(lambda text: sparql.Query(text, "").body, text).encode())
    return found.hexdigest()

print(of_all())
'''


def told_by(python: str, *old: str) -> str:
    """The checksum; `old`: the expressions are made as for a Python with the defect."""
    return subprocess.run(
        [python, "-c", _SUMS, str(ROOT / "src"), *old], capture_output=True, text=True, check=True
    ).stdout.strip()


def others() -> Iterator[str]:
    """The interpreters at hand that kb runs on, one of each version, this one left out."""
    seen = {sys.version_info[:3]}
    for name in ("/usr/bin/python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        path = shutil.which(name)
        if path is None:
            continue
        asked = [path, "-c", "import json, sys; print(json.dumps(sys.version_info[:3]))"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        version = tuple(json.loads(done.stdout)) if done.returncode == 0 else (0,)
        if version >= (3, 11) and version not in seen:
            seen.add(version)
            yield path


def test_every_python_at_hand_finds_the_same() -> None:
    expected = told_by(sys.executable)
    assert told_by(sys.executable, "old") == expected
    assert {path: told_by(path) for path in others()} == dict.fromkeys(others(), expected)


def test_it_is_something_that_is_found() -> None:
    kinds = [token.kind for token in turtle.tokens('kb:a.b. """x"y"""@en-GB _:b.1.')]
    assert kinds == ["name", "dot", "string", "language", "label", "dot"]
    assert [token.text for token in sparql.Query("_:b.1. 1e", "").body if token.kind in ("blank", "number")] == [
        "_:b.1",
        "1",
    ]
