"""The files that the stores load, and a push to them: this knowledge base's data and vocabulary, by the `kb` command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import run_kb

if TYPE_CHECKING:
    from pathlib import Path

    from stores.store import Store


def write_triples(folder: Path) -> Path:
    """As N-Triples, each triple once."""
    return _exported(folder / "kb.nt", "--canonical")


def write_quads(folder: Path) -> Path:
    """As N-Quads, a named graph for each file."""
    return _exported(folder / "kb.nq")


def push(store: Store) -> None:
    """A named graph for each file, over HTTP."""
    done = run_kb("push", *store.push_arguments(), env=store.push_account())
    assert done.code == 0, done.err


def _exported(path: Path, *options: str) -> Path:
    done = run_kb("export", "-o", path, *options)
    assert done.code == 0, done.err
    return path
