"""What else one could use, where it is installed: as libraries beside us, or by .ci/stores ($KB_STORES_HOME)."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bench.case import HERE
from stores import shacl
from stores.comunica import Comunica
from stores.jena import Jena, jars
from stores.place import home, program, python
from stores.virtuoso import Virtuoso

if TYPE_CHECKING:
    from pathlib import Path


def oxigraph() -> str | None:
    return program("oxigraph")


def has(library: str) -> bool:
    return find_spec(library) is not None


def jena(root: Path, query: Path) -> tuple[str, ...] | None:
    if Jena.missing():
        return None
    return str(python()), str(HERE / "by_jena.py"), str(jars()), str(root), str(query)


def comunica(root: Path, query: Path) -> tuple[str, ...] | None:
    """Its command, over the files."""
    if Comunica.missing():
        return None
    packages = home() / "node" / "node_modules"
    node = next(packages.glob("node-linux-*/bin/node"))
    command = packages / "@comunica" / "query-sparql-file" / "bin" / "query.js"
    files = [*sorted((root / "data").rglob("*.ttl")), root / "ontology" / "kb.ttl"]
    return str(node), str(command), *map(str, files), "-f", str(query), "-t", "text/csv"


def virtuoso(triples: Path, query: Path) -> tuple[str, ...] | None:
    if Virtuoso.missing():
        return None
    return sys.executable, str(HERE / "by_virtuoso.py"), str(triples), str(query)


def shapes(engine: str, root: Path) -> tuple[str, ...] | None:
    """pyshacl-turbo or shacl-rust."""
    if shacl.missing(engine):
        return None
    return str(python()), str(HERE / "by_shacl.py"), engine, str(root)


def versions() -> dict[str, str]:
    """Of what is installed, by name."""
    found = {name: _version(name) for name in ("kbcli", "pyoxigraph", "rdflib", "pyshacl", "click")}
    if oxigraph():
        told = subprocess.run([str(oxigraph()), "--version"], capture_output=True, text=True, check=True)
        found["oxigraph"] = told.stdout.split()[-1]
    found |= {store.name: store.version() for store in (Jena, Comunica, Virtuoso) if not store.missing()}
    for name in ("pyshacl-turbo", "shacl-rust"):
        if not shacl.missing(name):
            code = "import sys; from importlib.metadata import version; print(version(sys.argv[1]))"
            told = subprocess.run([str(python()), "-c", code, name], capture_output=True, text=True, check=True)
            found[name] = told.stdout.strip()
    return {name: number for name, number in found.items() if number}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
