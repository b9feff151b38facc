"""Whatever is lost or falsified in the data, a question or a check notices it.

First, for each of the forty questions: what its answer rests on is removed, replaced and made up, one triple at a
time, and the question must fail. Then, over both articles: each triple of an attribution is removed in turn, whether
an answer rests on it or not, and what notices it is counted: a question, a saved query that has fewer rows than its
header expects, a check that is code, a shape.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from conftest import ROOT
from kbcli import checks
from kbcli.corpus import Corpus
from kbcli.document import Document
from kbcli.errors import KbError
from kbcli.names import compact, expand, prefixes
from kbcli.project import Project
from kbcli.store import load_project
from kbcli.view import View
from questions import QUESTIONS, InStore, Question, saved, tellings

KNOWN = prefixes()
QUERIES = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
CODE = [name for name in checks.MODULES if name != "shapes"]
OTHER_BASIS = {"stated": "inferred", "inferred": "stated", "relative": "inferred", "external": "stated"}


def node(name: str) -> ox.NamedNode:
    iri = expand(name, KNOWN)
    assert iri
    return ox.NamedNode(iri)


class Change(NamedTuple):
    """What is done to a property, and the quads that go and come by it."""

    property: str
    how: str
    lost: tuple[ox.Quad, ...]
    gained: tuple[ox.Quad, ...] = ()

    def __str__(self) -> str:
        (quad, *_) = self.lost or self.gained
        value = compact(quad.object.value, KNOWN) if isinstance(quad.object, ox.NamedNode) else f"“{quad.object.value}”"
        return f"{compact(quad.subject.value, KNOWN)} {self.property} {value}: {self.how}"


@contextmanager
def changed(store: ox.Store, change: Change) -> Iterator[None]:
    """The store with the change, and afterwards without it."""
    gained = [quad for quad in change.gained if quad not in store]
    for quad in change.lost:
        store.remove(quad)
    store.extend(gained)
    try:
        yield
    finally:
        for quad in gained:
            store.remove(quad)
        store.extend(change.lost)


def notices(question: Question, view: View, change: Change) -> bool:
    """Whether the question no longer gets its answer."""
    with changed(view.store, change):
        try:
            question.check(InStore(view))
        except (AssertionError, KbError, LookupError, ValueError):
            return True
    return False


@pytest.fixture(scope="module")
def view() -> View:
    """A copy of the data that is spoiled and mended."""
    project = Project(ROOT)
    return View(load_project(project, graphs=False), project)


# --- What an answer rests on -------------------------------------------------------------------------


class Spoiler:
    """The changes to one claim and its times."""

    def __init__(self, store: ox.Store, claim: str) -> None:
        self.store = store
        self.claim = ox.NamedNode(claim)

    def changes(self) -> Iterator[Change]:
        yield from self._speaker()
        for name in ("kb:via", "kb:denies", "kb:restates"):
            yield from self._removed(self.claim, name)
        yield from self._hedges()
        yield from self._quotes()
        yield from self._times()
        yield self._doubled()

    def _quads(self, subject: ox.NamedNode, name: str) -> list[ox.Quad]:
        return sorted(self.store.quads_for_pattern(subject, node(name), None, None), key=str)

    def _removed(self, subject: ox.NamedNode, name: str) -> Iterator[Change]:
        for quad in self._quads(subject, name):
            yield Change(name, "removed", (quad,))

    def _replaced(self, quad: ox.Quad, name: str, value: ox.NamedNode | ox.Literal) -> Change:
        return Change(name, "replaced", (quad,), (ox.Quad(quad.subject, quad.predicate, value),))

    def _speaker(self) -> Iterator[Change]:
        (quad,) = self._quads(self.claim, "kb:speaker")
        yield Change("kb:speaker", "removed", (quad,))
        others = {self._outlet(), node("ag:mossad"), node("ag:kan")} - {quad.object}
        for other in sorted(others, key=str)[:2]:
            yield self._replaced(quad, "kb:speaker", other)
        unnamed = ox.Quad(quad.object, node("kb:kind"), node("k:unnamed"))
        if unnamed in self.store:
            yield Change("k:unnamed", "removed", (unnamed,))

    def _outlet(self) -> ox.NamedNode:
        span = self._quads(self.claim, "kb:evidence")[0].object
        (article,) = self._quads(span, "kb:in")
        (outlet,) = self._quads(article.object, "kb:outlet")
        return outlet.object

    def _hedges(self) -> Iterator[Change]:
        made_up = ox.Quad(self.claim, node("kb:hedge"), ox.Literal("reportedly"))
        yield Change("kb:hedge", "added", (), (made_up,))
        for quad in self._quads(self.claim, "kb:hedge"):
            yield Change("kb:hedge", "removed", (quad,))
            yield self._replaced(quad, "kb:hedge", ox.Literal("reportedly"))

    def _quotes(self) -> Iterator[Change]:
        for quad in self._quads(self.claim, "kb:quote"):
            yield Change("kb:quote", "removed", (quad,))
            yield self._replaced(quad, "kb:quote", ox.Literal(quad.object.value[:-1]))

    def _times(self) -> Iterator[Change]:
        for name in ("kb:said", "kb:happened"):
            for quad in self._quads(self.claim, name):
                yield Change(name, "removed", (quad,))
                yield from self._time(quad.object)
        said = ox.Quad(self.claim, node("kb:said"), node("tm:iran-accuses-mossad-2015"))
        if not self._quads(self.claim, "kb:said"):
            yield Change("kb:said", "added", (), (said,))

    def _time(self, time: ox.NamedNode) -> Iterator[Change]:
        for quad in self._quads(time, "kb:basis"):
            basis = compact(quad.object.value, KNOWN).removeprefix("kb:")
            yield Change("kb:basis", "removed", (quad,))
            yield self._replaced(quad, "kb:basis", node(f"kb:{OTHER_BASIS[basis]}"))
        day = ox.Literal("2022-05-26", datatype=node("xsd:date"))
        for name in ("kb:earliest", "kb:latest"):
            yield from self._removed(time, name)
            if not self._quads(time, name):
                yield Change(name, "added", (), (ox.Quad(time, node(name), day),))

    def _doubled(self) -> Change:
        """A second claim that says the same."""
        twin = ox.NamedNode(f"{self.claim.value}-twin")
        quads = self.store.quads_for_pattern(self.claim, None, None, None)
        return Change("a claim", "added", (), tuple(ox.Quad(twin, quad.predicate, quad.object) for quad in quads))


Outcomes = list[tuple[Change, bool]]


@pytest.fixture(scope="module")
def outcomes(view: View) -> Mapping[str, Outcomes]:
    """By question: each change to what its answer rests on, and whether the question notices it."""
    return {name: list(_outcomes(question, view)) for name, question in QUESTIONS.items()}


def _outcomes(question: Question, view: View) -> Iterator[tuple[Change, bool]]:
    claims = {one.iri for one in tellings(question.check(InStore(view)))}
    every = {str(change): change for claim in sorted(claims) for change in Spoiler(view.store, claim).changes()}
    for change in every.values():
        yield change, notices(question, view, change)


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_notices_every_change(name: str, outcomes: Mapping[str, Outcomes]) -> None:
    assert len(outcomes[name]) >= 5
    assert [str(change) for change, noticed in outcomes[name] if not noticed] == []


def test_the_data_is_as_it_was(view: View, outcomes: Mapping[str, Outcomes]) -> None:
    assert outcomes
    assert set(view.store) == set(load_project(Project(ROOT), graphs=False))
