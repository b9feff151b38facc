"""Who denies what, asked of `kb`, of scripts by hand, and of triple stores; then what one agent denies."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from functools import partial
from typing import TYPE_CHECKING, Any

from bench import peers
from bench.case import ALWAYS, KB, ROOT, Case, environment, kb, nothing, script
from bench.knowledge import SEEDS, Edits, knowledge
from bench.title import Title

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BASE = "https://w3id.org/contested-claims/"
QUERY = ROOT / "queries" / "denials.rq"
LARGE = 10_000
INDEXED_FROM = 1000  # articles; fewer are read as quickly without an index, and none is used
# How often what is slow is run at most, and up to which size.
SLOW, RDFLIB, PARSED = 2, 3, 5
STORES_UP_TO, COMUNICA_UP_TO = 1000, 100


def rows(output: bytes) -> list[list[str]]:
    """A CSV's rows, sorted. Engines join in different orders, so cells joined by " | " are sorted, too."""
    found = csv.reader(io.StringIO(output.decode(), newline=""))
    return sorted([" | ".join(sorted(cell.split(" | "))) for cell in row] for row in found)


def run(root: Path, *arguments: str) -> None:
    """Once, uncounted: the first question after an edit records that it is one."""
    subprocess.run([*KB, *arguments], cwd=root, check=True, capture_output=True, env=environment())


def ready(folder: Path, size: int) -> Path:
    root = knowledge(folder, size)
    run(root, "index")
    run(root, "query", "denials", "-f", "csv")
    return root


def cases(folder: Path, size: int, edits: Edits) -> list[Case]:
    root = folder / f"kb{size}"
    return [*_selective(root, size, edits), *_all(root, size), *(_stores(root, size) if size <= STORES_UP_TO else [])]


def _selective(root: Path, size: int, edits: Edits) -> list[Case]:
    ask = ("query", "denials", "-p", f"agent=ag:{edits.agent}", "-f", "csv")
    given = f"agent={BASE}agent/{edits.agent}"
    often = PARSED if size >= LARGE else ALWAYS
    by_hand = partial(script, Title.PYOXIGRAPH_ONE, "by_hand.py", root, "pyoxigraph", root, QUERY, given)
    return [
        kb(Title.ONE_EDITED, root, *ask, before=edits, asks="one", answer=rows, weighed=size >= LARGE),
        by_hand(asks="one", answer=rows, rounds=often),
        kb(Title.ONE, root, *ask, before=partial(run, root, *ask), asks="one", answer=rows, weighed=size >= LARGE),
    ]


def _all(root: Path, size: int) -> list[Case]:
    ask = ("query", "denials", "-f", "csv")
    large = size >= LARGE
    often = PARSED if large else ALWAYS
    answer: dict[str, Any] = {"asks": "all", "answer": rows}
    found = [script(Title.PYOXIGRAPH, "by_hand.py", root, "pyoxigraph", root, QUERY, rounds=often, **answer)]
    if size > SEEDS:
        found.append(kb(Title.SCANNED, root, *ask, "--no-index", rounds=often, weighed=large, **answer))
    if size >= INDEXED_FROM:
        drop = partial(run, root, "index", "--drop")
        found.append(kb(Title.INDEX, root, "index", before=drop, rounds=2 if large else 5))
    found.append(kb(Title.INDEXED, root, *ask, weighed=large, **answer))
    if peers.has("rdflib") and size <= STORES_UP_TO:
        found.append(script(Title.RDFLIB, "by_hand.py", root, "rdflib", root, QUERY, rounds=RDFLIB, **answer))
    return found


def _stores(root: Path, size: int) -> list[Case]:
    triples = root / "all.nt"
    commands: list[tuple[Title, tuple[str, ...] | None, Callable[[], object]]] = [
        (Title.JENA, peers.jena(root, QUERY), nothing),
        (Title.VIRTUOSO, peers.virtuoso(triples, QUERY), partial(_write_triples, root, triples)),
    ]
    if size <= COMUNICA_UP_TO:
        commands.append((Title.COMUNICA, peers.comunica(root, QUERY), nothing))
    found = [
        Case(title, command, root, before=before, rounds=SLOW, asks="all", answer=rows, outsider=True)
        for title, command, before in commands
        if command
    ]
    return [*([_oxigraph(root)] if peers.oxigraph() else []), *found]


def _oxigraph(root: Path) -> Case:
    """Its two commands, as one would put them after one another."""
    store = root / ".oxigraph"
    files = [*sorted((root / "data").rglob("*.ttl")), root / "ontology" / "kb.ttl"]
    load = f"{peers.oxigraph()} load -l {store} " + " ".join(f"-f {path.relative_to(root)}" for path in files)
    ask = f"{peers.oxigraph()} query -l {store} --query-file {QUERY} --results-format csv"
    forget = partial(shutil.rmtree, store, ignore_errors=True)
    return Case(Title.OXIGRAPH, ("sh", "-c", f"{load} && {ask}"), root, before=forget, asks="all", answer=rows)


def _write_triples(root: Path, target: Path) -> None:
    """All files as one of N-Triples, which Virtuoso's loader reads. It is not counted."""
    import pyoxigraph as ox

    with target.open("wb") as stream:
        for path in [*sorted((root / "data").rglob("*.ttl")), root / "ontology" / "kb.ttl"]:
            quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
            ox.serialize((quad.triple for quad in quads), stream, format=ox.RdfFormat.N_TRIPLES)
