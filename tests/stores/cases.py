"""What the stores are asked: every saved query, without parameters and with a value for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kbcli import savedquery
from kbcli.names import prefixes
from kbcli.parameters import bind
from kbcli.project import Project
from kbcli.store import load_project
from stores.place import ROOT
from test_saved_queries import STEERING, VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox


class Case(NamedTuple):
    """A question; `parameter` is what is given, `name=value`, empty if nothing is."""

    query: str
    parameter: str
    text: str

    def __str__(self) -> str:
        return f"{self.query} {self.parameter}".strip()


def cases() -> list[Case]:
    store = load_project(Project(ROOT), graphs=False)
    return [case for path in savedquery.paths([ROOT / "queries"]) for case in _of(savedquery.from_file(path), store)]


def _of(saved: savedquery.SavedQuery, store: ox.Store) -> Iterator[Case]:
    yield Case(saved.name, "", saved.query.text)
    for name in saved.header.params:
        for value in VALUES[saved.name].get(name) or (STEERING[saved.name, name],):
            terms = bind(saved, {name: value}, store, prefixes())
            yield Case(saved.name, f"{name}={value}", saved.query.bound(terms).text)
