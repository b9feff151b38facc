"""The files of a new knowledge base: those beside this module, the vocabulary, the shapes and the saved queries.

In a file beside this module @BASE@, @KB@ and @TITLE@ stand for what they say. `data/kinds.ttl` there is only the head
of the file: the kinds themselves are those of this project.
"""

from __future__ import annotations

import re
from importlib import resources as packaged
from typing import TYPE_CHECKING

from kbcli.names import BASE, FOLDERS, KB
from kbcli.project import CONFIG, resources

if TYPE_CHECKING:
    from collections.abc import Mapping

# Where a file beside this module goes. None of them is called as it will be: here such a file would be in force.
_PLACES = {
    ".gitattributes": "gitattributes",
    ".github/workflows/kb.yml": "workflow.yaml",
    ".gitignore": "gitignore",
    ".pre-commit-config.yaml": "pre-commit.yaml",
    "README.md": "README.md",
    "data/agents.ttl": "data/agents.ttl",
    "data/operations.ttl": "data/operations.ttl",
    "data/places.ttl": "data/places.ttl",
}
_EMPTY = ("data/articles/.gitkeep", "seeds/.gitkeep")  # git keeps no folder without a file
_EXPECTED = re.compile(r"(?m)^#\+ expect: \{min_rows: \d+(?:, )?(.*)\}\n")
_BLANK = re.compile(r"@([A-Z]+)@")


def files(base: str, title: str) -> dict[str, str]:
    """Every file by its path, with forward slashes. `title` is one line, `base` a right one."""
    filled = {"BASE": base, "KB": KB, "TITLE": title}
    return {
        **{path: _read(name, filled) for path, name in _PLACES.items()},
        **dict.fromkeys(_EMPTY, ""),
        CONFIG: _read("kb.toml", {**filled, "TITLE": re.sub(r'([\\"])', r"\\\1", title)}),
        "data/kinds.ttl": _read("data/kinds.ttl", filled) + _kinds(base),
        **{f"ontology/{name}": text for name, text in ontology(base).items()},
        **{f"queries/{name}": text for name, text in queries().items()},
    }


def ontology(base: str) -> dict[str, str]:
    """The files of ontology/ by name, for a project whose data lives under `base`."""
    from kbcli.jsonldcontext import published

    found = {path.name: path.read_text(encoding="utf-8") for path in sorted((resources() / "ontology").glob("*.ttl"))}
    return {**found, "context.jsonld": published(base)}


def queries() -> dict[str, str]:
    """The saved queries by name, as they are for a knowledge base that has no data yet."""
    found = sorted((resources() / "queries").glob("*.rq"))
    return {path.name: expecting_nothing(path.read_text(encoding="utf-8")) for path in found}


def expecting_nothing(query: str) -> str:
    """A saved query without the number of rows that its header expects: that is of one knowledge base alone."""
    return _EXPECTED.sub(lambda found: f"#+ expect: {{{found[1]}}}\n" if found[1] else "", query)


def _kinds(base: str) -> str:
    """The scheme and the kinds, below `base`."""
    text = (resources() / "data" / "kinds.ttl").read_text(encoding="utf-8")
    scheme = FOLDERS["k"].rstrip("/")
    return text[text.index("\n<") + 1 :].replace(f"<{BASE}{scheme}>", f"<{base}{scheme}>")


def _read(name: str, filled: Mapping[str, str]) -> str:
    text = packaged.files(__name__).joinpath(name).read_text(encoding="utf-8")
    return _BLANK.sub(lambda blank: filled[blank[1]], text)
