"""What a kept result depends on beside the data: the rules, the vocabulary, the settings, and the programs."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

import kbcli
from kbcli.incremental.library import Undecided
from kbcli.mark import mark
from kbcli.project import CONFIG, resources
from kbcli.queryfile import paths
from kbcli.readable import below, obstacle

if TYPE_CHECKING:
    from types import ModuleType

    from kbcli.project import Project

_LIBRARIES = ("pyshacl-", "rdflib-", "syntok-")  # as their installers name what they put beside them


def of_rules(project: Project) -> str:
    """Changes with anything by which another result may be found for the same data, and with who has found it.

    Raises Undecided where it cannot be known who has.
    """
    if not mark():
        raise Undecided
    package = Path(kbcli.__file__).parent
    code = [(str(path.relative_to(package)), path.stat()) for path in below(package, ".py")]
    told = [
        mark(),
        sys.version,
        ox.__version__,
        *sorted(path.name for path in _beside(ox).iterdir() if path.name.lower().startswith(_LIBRARIES)),
        *(f"{name} {status.st_size} {status.st_mtime_ns}" for name, status in code),
        *(_sum(path) for path in (project.ontology, project.shapes, project.root / CONFIG)),
        *(_sum(resources() / "ontology" / path.name) for path in (project.ontology, project.shapes)),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def of_queries(project: Project) -> str:
    """Changes with the saved queries."""
    told = (f"{path} {_sum(path)}" for path in paths(project.queries))
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()


def _beside(library: ModuleType) -> Path:
    return Path(library.__file__ or ".").parent.parent


def _sum(path: Path) -> str:
    try:
        return obstacle(path) or hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return str(error.strerror)
