"""The Oxigraph server, with its data on disk."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from stores.place import program
from stores.service import Service
from stores.store import Server

if TYPE_CHECKING:
    from pathlib import Path


class Oxigraph(Server):
    name = "Oxigraph server"

    @classmethod
    def missing(cls) -> str | None:
        return None if program("oxigraph") else "the program oxigraph"

    @classmethod
    def version(cls) -> str:
        return subprocess.run([_oxigraph(), "--version"], capture_output=True, text=True, check=True).stdout.split()[1]

    @property
    def query_url(self) -> str:
        return f"{self.origin}/query"

    @property
    def update_url(self) -> str:
        return f"{self.origin}/update"

    @property
    def gsp_url(self) -> str:
        return f"{self.origin}/store"

    def load(self, path: Path) -> None:
        """The loader opens the data itself, so the server makes room for it."""
        self.stop()
        command = [_oxigraph(), "load", "--location", str(self.folder / "data"), "--file", str(path)]
        subprocess.run(command, capture_output=True, check=True)
        self.start()

    def _started(self) -> Service:
        where = ["--location", str(self.folder / "data"), "--bind", f"127.0.0.1:{self.port}"]
        return Service([_oxigraph(), "serve", *where, "--union-default-graph"], self.folder)


def _oxigraph() -> str:
    found = program("oxigraph")
    assert found
    return found
