"""Whatever is lost or falsified in the data, a question or a check notices it.

First, for each of the forty questions: what its answer rests on is removed, replaced and made up, one triple at a
time, and the question must fail. Then, over both articles: each triple of an attribution is removed in turn, whether
an answer rests on it or not, and what notices it is counted: a question, a saved query that has fewer rows than its
header expects, a check that is code, a shape.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

KNOWN = prefixes()
QUERIES = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
CODE = [name for name in checks.MODULES if name != "shapes"]
OTHER_BASIS = {"stated": "inferred", "inferred": "stated", "relative": "inferred", "external": "stated"}


def node(name: str) -> ox.NamedNode:
    iri = expand(name, KNOWN)
    assert iri
    return ox.NamedNode(iri)


REMOVED = {
    *("kb:speaker", "kb:via", "kb:denies", "kb:restates", "kb:hedge", "kb:quote", "kb:said", "kb:happened"),
    *("kb:notStated", "kb:basis", "kb:earliest", "kb:latest", "k:unnamed"),
}
CARRIERS = (node("cl:khodaei-nyt-report-nyt-report"), node("cl:iran-accuses-mossad-pet-planning"))


class Change(NamedTuple):
    """What is done to a property, and the quads that go and come by it."""

    property: str
    how: str
    lost: tuple[Any, ...]
    gained: tuple[Any, ...] = ()

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
def view() -> Iterator[View]:
    """A copy of the data that is spoiled and mended."""
    project = Project(ROOT)
    store = load_project(project, graphs=False)
    before = set(store)
    yield View(store, project)
    assert set(store) == before, "every change is taken back"


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
        yield from self._second_hand()
        yield from self._hedges()
        yield from self._quotes()
        yield from self._times()
        yield self._doubled()

    def _quads(self, subject: ox.NamedNode, name: str) -> list[Any]:
        return sorted(self.store.quads_for_pattern(subject, node(name), None, None), key=str)

    def _removed(self, subject: ox.NamedNode, name: str) -> Iterator[Change]:
        for quad in self._quads(subject, name):
            yield Change(name, "removed", (quad,))

    def _replaced(self, quad: Any, name: str, value: ox.NamedNode | ox.Literal) -> Change:
        return Change(name, "replaced", (quad,), (ox.Quad(quad.subject, quad.predicate, value),))

    def _speaker(self) -> Iterator[Change]:
        (quad,) = self._quads(self.claim, "kb:speaker")
        yield Change("kb:speaker", "removed", (quad,))
        others = [other for other in (self._outlet(), node("ag:mossad"), node("ag:kan")) if other != quad.object]
        for other in others[:2]:
            yield self._replaced(quad, "kb:speaker", other)
        unnamed = ox.Quad(quad.object, node("kb:kind"), node("k:unnamed"))
        if unnamed in self.store:
            yield Change("k:unnamed", "removed", (unnamed,))

    def _second_hand(self) -> Iterator[Change]:
        carrier = next(other for other in CARRIERS if other != self.claim)
        if not self._quads(self.claim, "kb:via"):
            yield Change("kb:via", "added", (), (ox.Quad(self.claim, node("kb:via"), carrier),))

    def _outlet(self) -> Any:
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
        unsaid = ox.Quad(self.claim, node("kb:notStated"), node("kb:said"))
        if unsaid in self.store:
            yield Change("kb:notStated", "removed", (unsaid,))
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
        quads = sorted(self.store.quads_for_pattern(self.claim, None, None, None), key=str)
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


# What one answer rests on and others need not: question, subject, property.
BESIDES = """
    q01 cl:iran-accuses-mossad-zarif-false-flags kb:channel
    q02 tm:iran-accuses-mossad-zarif-wednesday skos:note
    q04 cl:iran-accuses-mossad-headline skos:note
    q05 ag:mossad-danish-counterpart skos:note
    q05 ag:mossad-danish-counterpart kb:kind
    q06 cl:iran-accuses-mossad-pet-planning kb:actor
    q07 ag:iranian-dissidents-denmark kb:kind
    q07 cl:iran-accuses-mossad-officials-plot kb:affected
    q09 ag:european-conspiracy kb:kind
    q09 cl:iran-accuses-mossad-iran-european-conspiracy kb:affected
    q10 tm:iran-accuses-mossad-recall-tuesday skos:note
    q11 cl:iran-accuses-mossad-prime-minister-nuclear-deal kb:speakingAs
    q12 cl:iran-accuses-mossad-eu-echo kb:echoes
    q12 cl:iran-accuses-mossad-eu-echo kb:notStated
    q13 cl:iran-accuses-mossad-norwegian-arrested kb:notStated
    q13 cl:iran-accuses-mossad-norwegian-spying kb:actor
    q14 cl:iran-accuses-mossad-islamic-state-jihadist kb:designates
    q15 ag:terrorist-group-held-responsible kb:kind
    q16 cl:iran-accuses-mossad-ahvaz-deaths kb:deaths
    q16 cl:iran-accuses-mossad-ahvaz-commandos kb:actor
    q17 cl:iran-accuses-mossad-tehran-hosting kb:actor
    q18 cl:iran-accuses-mossad-tehran-asmla-terrorist kb:designates
    q19 cl:iran-accuses-mossad-television-virus kb:affected
    q20 cl:iran-accuses-mossad-stuxnet-authors kb:actor
    q21 tm:iran-accuses-mossad-stuxnet-uncovering kb:edtf
    q22 cl:iran-accuses-mossad-israeli-reports-thwarting kb:actor
    q23 cl:iran-accuses-mossad-trump-terror-support kb:actor
    q24 tm:iran-accuses-mossad-trump-may skos:note
    q25 tm:iran-accuses-mossad-next-week kb:text
    q26 cl:iran-accuses-mossad-prime-minister-nuclear-deal kb:speakingAs
    q27 cl:khodaei-nyt-report-nyt-report kb:cue
    q28 cl:khodaei-nyt-report-israel-via-nyt kb:cue
    q29 ev:khodaei-nyt-report-891-1059 oa:exact
    q30 cl:khodaei-nyt-report-nyt-report kb:about
    q31 cl:khodaei-nyt-report-ushpiz-talks kb:respondsTo
    q31 cl:khodaei-nyt-report-ushpiz-us-must-answer kb:cue
    q32 cl:khodaei-nyt-report-ushpiz-talks kb:channel
    q33 tm:khodaei-nyt-report-ben-barak kb:before
    q33 tm:khodaei-nyt-report-ben-barak kb:during
    q33 tm:khodaei-nyt-report-ushpiz kb:during
    q34 cl:khodaei-nyt-report-raisi-global-arrogance kb:speakingAs
    q34 cl:khodaei-nyt-report-raisi-revenge kb:about
    q35 cl:khodaei-nyt-report-global-arrogance-meaning kb:designates
    q36 cl:khodaei-nyt-report-takht-ravanchi-terrorist-act kb:speakingAs
    q37 cl:khodaei-nyt-report-nyt-source-message kb:evidence
    q38 cl:khodaei-nyt-report-tehran-no-unit-840 kb:silent
    q38 cl:khodaei-nyt-report-tehran-no-unit-840 kb:about
    q39 art:khodaei-nyt-report kb:notStated
    q40 ag:islamic-state skos:note
    q40 ag:islamic-state skos:altLabel
"""


@pytest.mark.parametrize("line", [line.strip() for line in BESIDES.strip().splitlines()])
def test_question_notices_what_else_is_lost(line: str, view: View) -> None:
    name, subject, predicate = line.split()
    lost = tuple(view.store.quads_for_pattern(node(subject), node(predicate), None, None))
    assert lost
    assert notices(QUESTIONS[name], view, Change(predicate, "removed", lost))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_question_does_not_mind_what_it_does_not_rest_on(question: Question, view: View) -> None:
    elsewhere = node("cl:khodaei-nyt-report-tel-aviv-mum")
    (hedge,) = view.store.quads_for_pattern(elsewhere, node("kb:hedge"), None, None)
    assert not notices(question, view, Change("kb:hedge", "removed", (hedge,)))


def test_changes_of_every_sort_are_made(outcomes: Mapping[str, Outcomes]) -> None:
    made = Counter((change.property, change.how) for found in outcomes.values() for change, _ in found)
    noticed = Counter((change.property, change.how) for found in outcomes.values() for change, seen in found if seen)
    print(f"\n{'what the answers rest on':40}noticed/made")
    for sort in sorted(made):
        print(f"{' '.join(sort):40}{noticed[sort]}/{made[sort]}")
    assert made.total() >= 800
    assert {name for name, how in made if how == "removed"} == REMOVED


# --- Every attribution of both articles --------------------------------------------------------------

# The share of losses that something must notice, and the share that a question must.
FLOORS = {
    "kb:speaker": (1, 0.5),
    "kb:via": (1, 1),
    "kb:basis": (1, 0.6),
    "kb:hedge": (0.6, 0.6),
    "kb:quote": (0.6, 0.6),
}
BY = ("question", "query", "code", "shape")


class Cut(Document):
    """A document without some of its triples."""

    def __init__(self, whole: Document, lost: frozenset[ox.Triple]) -> None:
        super().__init__(whole.path, whole.shown)
        vars(self)["_read"] = (whole.text, [triple for triple in whole.triples if triple not in lost], None)


class Watch:
    """What notices a loss anywhere in the data. Each of `BY` has a method that tells whether it does."""

    def __init__(self, view: View, outcomes: Mapping[str, Outcomes]) -> None:
        self.view = view
        self.corpus = Corpus.of(view.project)
        self.resting: dict[str, list[Question]] = {}
        for name, found in outcomes.items():
            for subject in {quad.subject.value for change, _ in found for quad in change.lost}:
                self.resting.setdefault(subject, []).append(QUESTIONS[name])
        least: dict[str, int] = {name: saved(name).header.expect["min_rows"] for name in QUERIES}
        self.least = {name: rows for name, rows in least.items() if self.rows(name) <= 2 * rows}  # none to spare

    def losses(self, name: str) -> list[Change]:
        """Each triple of the property in the data, removed."""
        quads: Iterable[Any] = self.view.store.quads_for_pattern(None, node(name), None, None)
        own = [quad for quad in quads if quad.subject.value in self.corpus.homes]
        return [Change(name, "removed", (quad,)) for quad in sorted(own, key=str)]

    def rows(self, name: str) -> int:
        answer: Any = self.view.store.query(saved(name).query.text)
        return sum(1 for _ in answer)

    def question(self, change: Change) -> bool:
        """A question of those whose answers rest on it; the others cannot."""
        return any(notices(question, self.view, change) for question in self.resting.get(subject_of(change), ()))

    def query(self, change: Change) -> bool:
        """A saved query has fewer rows than its header expects."""
        with changed(self.view.store, change):
            return any(self.rows(name) < rows for name, rows in self.least.items())

    def code(self, change: Change) -> bool:
        """A check finds something, of those that are code."""
        corpus = self.without([change])
        return any(True for name in CODE for _ in import_module(f"kbcli.checks.{name}").check(corpus))

    def complaints(self, changes: Iterable[Change]) -> set[str]:
        """The nodes of which the shapes complain, all these changes made."""
        found = import_module("kbcli.checks.shapes").check(self.without(changes))
        return {finding.subject for finding in found}

    def without(self, changes: Iterable[Change]) -> Corpus:
        lost = frozenset(quad.triple for change in changes for quad in change.lost)
        documents = tuple(Cut(document, lost) for document in self.corpus.documents)
        corpus = Corpus(self.corpus.project, documents, self.corpus.vocabulary, self.corpus.shapes)
        vars(corpus)["sources"] = self.corpus.sources  # read once: nothing here changes them
        return corpus


def subject_of(change: Change) -> str:
    iri: str = change.lost[0].subject.value
    return iri


Noticed = dict[str, list[bool]]


@pytest.fixture(scope="module")
def watch(view: View, outcomes: Mapping[str, Outcomes]) -> Watch:
    return Watch(view, outcomes)


@pytest.fixture(scope="module")
def noticed(watch: Watch) -> Mapping[str, Noticed]:
    """By property: of each loss in turn, whether it is noticed, by what.

    Shapes are slow and look at each node by itself, so they are asked once, with all the losses of a property.
    """
    found: dict[str, Noticed] = {}
    for name in FLOORS:
        losses = watch.losses(name)
        complaints = watch.complaints(losses)
        found[name] = {by: [getattr(watch, by)(loss) for loss in losses] for by in BY[:3]}
        found[name]["shape"] = [subject_of(loss) in complaints for loss in losses]
    return found


def test_clean_data_gives_no_complaint(watch: Watch) -> None:
    assert watch.complaints([]) == set()
    nothing = Change("kb:hedge", "removed", ())
    assert not watch.code(nothing)
    assert not watch.query(nothing)


def test_lost_attributions_are_noticed(noticed: Mapping[str, Noticed]) -> None:
    print(f"\n{'over both articles':20}{'lost':>9}{'noticed':>9}" + "".join(f"{by:>9}" for by in BY))
    for name, by in noticed.items():
        together = [any(one) for one in zip(*by.values(), strict=True)]
        counts = [len(together), sum(together), *(sum(by[one]) for one in BY)]
        print(f"{name:20}" + "".join(f"{count:9}" for count in counts))
    for name, (together_, question) in FLOORS.items():
        by = noticed[name]
        total = len(by["question"])
        assert sum(any(one) for one in zip(*by.values(), strict=True)) >= together_ * total > 0, name
        assert sum(by["question"]) >= question * total, name


@pytest.mark.parametrize(("name", "complains"), [("kb:speaker", True), ("kb:basis", True), ("kb:hedge", False)])
def test_shapes_say_of_one_loss_what_they_say_of_all(name: str, complains: bool, watch: Watch) -> None:
    for loss in watch.losses(name)[7::60]:
        assert (subject_of(loss) in watch.complaints([loss])) == complains
