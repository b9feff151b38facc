"""The two engines that are libraries: the one that `kb query` uses, and rdflib."""

from __future__ import annotations

import contextlib
import warnings
from typing import TYPE_CHECKING

import pyoxigraph as ox

from stores.answer import Answer, from_json
from stores.store import Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


class Pyoxigraph(Store):
    name = "pyoxigraph"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._store = ox.Store()

    @classmethod
    def missing(cls) -> str | None:
        return None

    @classmethod
    def version(cls) -> str:
        return str(ox.__version__)

    def load(self, path: Path) -> None:
        self._store.bulk_load(path=str(path))
        self._store.update(UNION)

    def rows(self, query: str) -> Answer:
        try:
            answer = self._store.query(query)
        except SyntaxError as error:
            raise StoreError(str(error)) from error
        assert isinstance(answer, ox.QuerySolutions)
        return from_json(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")


class InRdflib(Store):
    name = "rdflib"

    def __init__(self, folder: Path) -> None:
        import rdflib

        super().__init__(folder)
        self._dataset = rdflib.Dataset(default_union=True)

    @classmethod
    def missing(cls) -> str | None:
        return None

    @classmethod
    def version(cls) -> str:
        from importlib.metadata import version

        return version("rdflib")

    def load(self, path: Path) -> None:
        with path.open("rb") as file, _quiet():
            self._dataset.parse(file, format={".nq": "nquads", ".nt": "nt"}[path.suffix])

    def rows(self, query: str) -> Answer:
        with _quiet():
            return from_json(self._dataset.query(query).serialize(format="json") or b"")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """rdflib warns of its own use of its old names."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield
