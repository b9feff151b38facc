"""A project: the folder that holds one knowledge base, and where its parts are."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kbcli.errors import UsageError
from kbcli.names import BASE, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIG = "kb.toml"
SETTINGS = ("base", "title", "description", "license", "version", "index")  # its keys
# What cannot stand in the last part of an IRI. Source: RFC 3987, section 2.2.
_NO_IRI = re.compile(
    r"[^A-Za-z0-9\-._~!$&'()*+,;=:@\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd]"
)
FOLDERS = ("ontology", "data", "queries")
INDEX_PAYS = 5_000_000  # bytes of data: less than that is read as quickly as an index is opened


@dataclass(frozen=True)
class Project:
    """`root` is absolute. Every path handed out is below it; lists of paths are sorted."""

    root: Path

    @cached_property
    def base(self) -> str:
        """The IRI below which the project's own data lives; `base` in kb.toml, else the house's."""
        base = self._config.get("base", BASE)
        if not isinstance(base, str) or ":" not in base or base[-1] not in "/#":
            raise UsageError(f"{self.root / CONFIG}: base is {base!r}", "write an absolute IRI ending in / or #")
        if base != BASE:
            self._refuse_no_iri(base)
        return base

    def _refuse_no_iri(self, base: str) -> None:
        import pyoxigraph as ox  # not for the house's own base, which is right: many commands need no engine

        try:
            ox.NamedNode(base)
        except ValueError as error:
            raise UsageError(
                f"{self.root / CONFIG}: base is {base!r}, which is no IRI: {error}",
                "write an absolute IRI ending in / or #",
            ) from error

    @cached_property
    def prefixes(self) -> dict[str, str]:
        return prefixes(self.base)

    @cached_property
    def index_from(self) -> float:
        """From how many bytes of data on an index pays; `index` in kb.toml: "always", "never" or a number of bytes."""
        wanted = self._config.get("index", INDEX_PAYS)
        size = {"always": 0, "never": float("inf")}.get(wanted, wanted) if isinstance(wanted, str) else wanted
        if isinstance(size, bool | str) or not isinstance(size, int | float) or size < 0:
            raise UsageError(
                f"{self.root / CONFIG}: index is {wanted!r}", 'write "always", "never" or a number of bytes'
            )
        return size

    @property
    def ontology(self) -> Path:
        return self.root / "ontology" / "kb.ttl"

    @property
    def shapes(self) -> Path:
        return self.root / "ontology" / "shapes.ttl"

    @property
    def seeds(self) -> Path:
        return self.root / "seeds"

    @property
    def queries(self) -> Path:
        return self.root / "queries"

    def data_files(self) -> list[Path]:
        return turtle_below(self.root / "data")

    def graph_iri(self, path: Path) -> str:
        """The named graph of one file: the article's IRI, or `<base>graph/<stem>`; never a path."""
        folder = "article" if path.parent.name == "articles" else "graph"
        stem = "ontology" if path == self.ontology else path.stem
        return f"{self.base}{folder}/{_NO_IRI.sub(_percent, stem)}"

    def setting(self, name: str) -> str:
        """What kb.toml has under `name`, a text; empty where it has nothing."""
        value = self._config.get(name, "")
        if not isinstance(value, str):
            raise UsageError(f"{self.root / CONFIG}: {name} is {value!r}", "write a text, in quotation marks")
        return value

    def relative(self, path: Path) -> str:
        """`path` as messages print it: from the project's root, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path)

    @cached_property
    def _config(self) -> dict[str, object]:
        path = self.root / CONFIG
        if not path.is_file():
            return {}
        import tomllib

        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: {error}", "mend the file or remove it: configuration is optional") from error


def _percent(character: re.Match[str]) -> str:
    """As its bytes, whatever the name of the file is encoded in."""
    return "".join(f"%{byte:02X}" for byte in os.fsencode(character[0]))


def turtle_below(folder: Path) -> list[Path]:
    return [path for path in files_below(folder) if is_turtle(path.name)]


def is_turtle(name: str) -> bool:
    return name[-4:].lower() == ".ttl" and not name.startswith(".")


def files_below(folder: Path) -> list[Path]:
    """Every regular file below `folder`, sorted. Raises UsageError for a folder that cannot be read."""
    return sorted(Path(parent, entry.name) for parent, entry in entries_below(folder))


def entries_below(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The same in no order, each as its folder and what the system tells of it; a link to a folder is not followed.

    A folder is read through a descriptor: so its files are found without walking their whole paths.
    """
    left = [str(folder)]
    while left:
        parent = left.pop()
        try:
            descriptor = os.open(parent, os.O_RDONLY)
            try:
                with os.scandir(descriptor) as found:
                    for entry in found:
                        if entry.is_dir(follow_symlinks=False):
                            left.append(f"{parent}/{entry.name}")
                        elif entry.is_file():
                            yield parent, entry
            finally:
                os.close(descriptor)
        except OSError as error:
            raise UsageError(
                f"{parent}: {error.strerror}", "a folder that cannot be read is not an empty one"
            ) from error


def turtle_files(path: Path) -> list[Path]:
    """`path` itself, or the Turtle files below it. Raises UsageError if there is none."""
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder")
    files = turtle_below(path) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"{path}: no Turtle files here")
    return files


def find_project(start: Path | None = None, *, explicit: str | None = None) -> Project | None:
    """The project named by `explicit` or $KB_PROJECT, else the first one upward from `start` (default: here)."""
    named = explicit if explicit is not None else os.environ.get("KB_PROJECT")
    if named == "":
        raise UsageError("KB_PROJECT is empty", "set it to a project's folder, or unset it")
    if named:
        root = Path(named).absolute()
        if not _is_project(root):
            raise UsageError(f"{named}: not a kb project", f"a project has {', '.join(FOLDERS)} or a {CONFIG}")
        return Project(root)
    here = (start or Path.cwd()).absolute()
    return next((Project(folder) for folder in (here, *here.parents) if _is_project(folder)), None)


def require_project(explicit: str | None = None) -> Project:
    project = find_project(explicit=explicit)
    if project is None:
        raise UsageError(
            "no kb project here or above",
            f"go into one (a folder with {', '.join(FOLDERS)} or a {CONFIG}), or name it: kb --project DIR …",
        )
    return project


def resources() -> Path:
    """What the package carries with it: ontology/ and queries/; in a checkout these are the folders themselves."""
    packaged = Path(__file__).parent / "resources"
    return packaged if packaged.is_dir() else Path(__file__).parents[2]


def _is_project(folder: Path) -> bool:
    return (folder / CONFIG).is_file() or all((folder / name).is_dir() for name in FOLDERS)
