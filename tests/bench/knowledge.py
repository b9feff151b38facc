"""The knowledge bases that are measured: our own two articles and generated ones, kept from run to run; and edits."""

from __future__ import annotations

import hashlib
import re
import shutil
from typing import TYPE_CHECKING

from bench.case import HERE, ROOT
from bench.generate import generate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SEEDS = 2  # articles: those of this project, with real data
MADE = "made-from"
_DENIAL = re.compile(r'^(?:cl:\S+)\s+a\s+kb:Denial\b(?:[^"]|"[^"]*")*?kb:speaker\s+ag:(?P<agent>\S+)', re.MULTILINE)
_LABEL = re.compile(r'rdfs:label "([^"]*)"')


def knowledge(folder: Path, size: int, *, pinned: bool = False) -> Path:
    """A project with `size` articles, one in a hundred with a fault; made if it is not there as it would be made now.

    `pinned`: with the benchmark's own copy of the shapes, and more faults, so that later shapes change no figure.
    """
    root = folder / (f"shapes{size}" if pinned else f"kb{size}")
    source = _digest()
    if (root / MADE).exists() and (root / MADE).read_text() == source:
        return root
    shutil.rmtree(root, ignore_errors=True)
    if size == SEEDS:
        for part in ("data", "ontology", "queries", "seeds"):
            shutil.copytree(ROOT / part, root / part)
    else:
        generate(root, size, faults=max(2, size // 10) if pinned else size // 100)
    if pinned:
        shutil.copy(HERE / "shapes.ttl", root / "ontology" / "shapes.ttl")
    (root / MADE).write_text(source)
    return root


def _digest() -> str:
    """Of all that a knowledge base is made from."""
    found = hashlib.sha256()
    for path in _files([HERE / "shapes.ttl", HERE / "generate.py", *HERE.glob("*.template")]):
        found.update(path.read_bytes())
    for part in ("data", "ontology", "queries", "seeds"):
        for path in _files((ROOT / part).rglob("*")):
            found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()


def _files(paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if path.is_file())


class Edits:
    """Edits of one article, in whose last denial an agent `agent` denies: each gives that denial another label."""

    def __init__(self, root: Path) -> None:
        articles = sorted((root / "data" / "articles").glob("*.ttl"))
        denying = [path for path in articles if _DENIAL.search(path.read_text(encoding="utf-8"))]
        self._path = denying[len(denying) // 2]
        self._text = self._path.read_text(encoding="utf-8")
        self._denial = list(_DENIAL.finditer(self._text))[-1]
        self.agent = self._denial["agent"]
        self._number = 0

    def __call__(self) -> None:
        self._number += 1
        before, after = self._text[: self._denial.start()], self._text[self._denial.start() :]
        edited = _LABEL.sub(lambda label: f'rdfs:label "{label[1]} ({self._number})"', after, count=1)
        assert edited != after
        self._path.write_text(before + edited, encoding="utf-8")

    def undo(self) -> None:
        self._path.write_text(self._text, encoding="utf-8")


class Links(Edits):
    """Edits of the same article in which that denial comes to mention a party, and no longer does, in turn."""

    def __call__(self) -> None:
        self._number += 1
        start = self._denial.start("agent") - len("kb:speaker ag:")
        link = "kb:mentions ag:aldaria ;\n    " if self._number % 2 else ""
        self._path.write_text(self._text[:start] + link + self._text[start:], encoding="utf-8")
