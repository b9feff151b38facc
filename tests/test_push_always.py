"""Whatever is edited, whoever writes to the store, wherever a push breaks off: the next whole one makes it right.

And the spelling that triples are compared in.
"""

from __future__ import annotations

import io
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbcli.errors import KbError
from kbcli.goal import DEFAULT, PER_ARTICLE, Goal
from kbcli.graphstore import GraphStore
from kbcli.names import STANDARD
from kbcli.origin import of_project
from kbcli.progress import Progress
from kbcli.project import Project
from kbcli.push import Push
from kbcli.services import Service
from kbcli.spelling import shared
from serving import Handler, Server, graph_store, serving

BASE = "http://project.example/"
ONE = "http://example.org/all"
FILES = ("data/articles/a.ttl", "data/articles/b.ttl", "data/kinds.ttl")
GRAPHS = ("", ONE, "http://theirs.example/g")


def triple(number: int, who: str = "ours") -> ox.Triple:
    return ox.Triple(ox.NamedNode(f"http://{who}.example/{number}"), ox.NamedNode("http://e/p"), ox.Literal(number))


class World:
    """A project of three files, a store that may break off, and what others put into it."""

    def __init__(self, root: Path, server: Server) -> None:
        self.root, self.server, self.store = root, server, ox.Store()
        self.foreign: dict[str, set[ox.Triple]] = {graph: set() for graph in GRAPHS}
        (root / "ontology").mkdir()
        (root / "kb.toml").write_text(f'base = "{BASE}"\n', encoding="utf-8")
        (root / "data/articles").mkdir(parents=True)
        self.write("ontology/kb.ttl", {0})
        self.write(FILES[0], {1, 2})

    def write(self, file: str, numbers: set[int]) -> None:
        path = self.root / file
        if numbers:
            path.write_text("".join(f"{triple(number)} .\n" for number in numbers), encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
        if not any((self.root / "data").rglob("*.ttl")):
            self.write(FILES[0], {1})

    def add(self, graph: str, number: int) -> None:
        self.foreign[graph].add(triple(number, "theirs"))
        self.store.add(ox.Quad(*triple(number, "theirs"), named(graph)))

    def push(  # noqa: PLR0913, PLR0917 each is drawn by itself
        self, mode: str, updates: bool, prune: bool, thorough: bool, breaks: int | None, taken: bool
    ) -> bool:
        """Whether it got to its end; it gets no further than to request `breaks`, which the store takes or not."""
        self.server.answering = breaking(graph_store(self.store, union=True), breaks, taken)
        root = self.server.url.removesuffix("/query")
        service = Service("", "" if updates else f"{root}/store", f"{root}/update", f"{root}/query")
        push = Push(Goal(of_project(Project(self.root)), mode), GraphStore(service, 10), "", prune, thorough)
        try:
            push.run()
        except KbError:
            return False
        return True

    def wanted(self, mode: str) -> dict[str, set[ox.Triple]]:
        project = Project(self.root)
        found: dict[str, set[ox.Triple]] = {}
        for path in (*project.data_files(), project.ontology):
            graph = {PER_ARTICLE: project.graph_iri(path), DEFAULT: ""}.get(mode, mode)
            found.setdefault(graph, set()).update(
                q.triple for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
            )
        return found

    def held(self, graph: str) -> set[ox.Triple]:
        return {quad.triple for quad in self.store.quads_for_pattern(None, None, None, named(graph))}


def named(graph: str) -> Any:
    return ox.NamedNode(graph) if graph else ox.DefaultGraph()


def breaking(honest: Any, breaks: int | None, taken: bool) -> Any:
    """A store that answers no more from the request of that number on; it does what it is last asked, or not."""
    left = breaks

    def answer(request: Handler) -> None:
        nonlocal left
        if left is None or left > 0:
            left = left and left - 1
            honest(request)
            return
        if left == 0 and taken:
            request.reply, reply = lambda *_, **__: None, request.reply  # type: ignore[method-assign]
            honest(request)
            request.reply = reply  # type: ignore[method-assign]
        left = -1
        request.reply(400)

    return answer


MODES = st.sampled_from([PER_ARTICLE, DEFAULT, ONE])
RARELY = st.integers(0, 4).map(lambda number: number == 4)
FLAGS = st.tuples(RARELY, RARELY)  # prune, thorough
EDIT = st.tuples(st.just("edit"), st.sampled_from(FILES), st.sets(st.integers(0, 6), max_size=3))
ADD = st.tuples(st.just("add"), st.sampled_from(GRAPHS), st.integers(0, 3))
PUSH = st.tuples(
    st.just("push"), st.none() | st.none() | MODES, st.booleans(), FLAGS, st.none() | st.integers(0, 12), st.booleans()
)


@settings(max_examples=40)
@given(st.lists(EDIT | ADD | PUSH, max_size=8), MODES, st.booleans(), FLAGS)
def test_a_whole_push_makes_it_right(steps: list[Any], mode: str, updates: bool, flags: tuple[bool, bool]) -> None:
    with tempfile.TemporaryDirectory() as folder, serving(lambda _: None) as server:
        world = World(Path(folder), server)
        pruned = set()
        for kind, *step in steps:
            if kind == "push":
                to, by_updates, (prune, thorough), breaks, taken = step
                to = to or mode
                world.push(to, by_updates and to != DEFAULT, prune, thorough, breaks, taken)
                pruned |= set(world.wanted(to)) if prune else set()
            else:
                (world.write if kind == "edit" else world.add)(*step)
                pruned -= {step[0]}
        updates = updates and mode != DEFAULT and world.held("") == world.foreign[""]
        assert world.push(mode, updates, *flags, None, taken=False)
        wanted = world.wanted(mode)
        for graph, triples in wanted.items():
            others = world.held(graph) - triples
            assert triples <= world.held(graph)
            assert others <= (set() if flags[0] else world.foreign.get(graph, set()))
        for graph in GRAPHS:
            if graph not in pruned and not (flags[0] and graph in wanted):
                assert world.foreign[graph] <= world.held(graph)
            if flags[0] and graph not in wanted:
                assert world.held(graph) <= world.foreign[graph]
        if flags[0]:
            ours = {quad.graph_name.value for quad in world.store if quad.graph_name != ox.DefaultGraph()}
            assert ours <= {*wanted, *GRAPHS, f"{BASE}pushed"}
        assert world.push(mode, updates, prune=False, thorough=False, breaks=None, taken=False)


@pytest.mark.parametrize("updates", [False, True])
@pytest.mark.parametrize("mode", [ONE, PER_ARTICLE])
def test_wherever_it_breaks_nothing_is_forgotten(mode: str, updates: bool, tmp_path: Path) -> None:
    whole = []
    for breaks in range(12):
        for taken in (False, True):
            with tempfile.TemporaryDirectory(dir=tmp_path) as folder, serving(lambda _: None) as server:
                world = World(Path(folder), server)
                world.add(ONE, 1)
                last = {1, 2} if (breaks + taken) % 2 else {3, 4}
                for numbers, end in (({1, 2}, None), ({2, 3}, breaks), (last, None)):
                    world.write(FILES[0], numbers)
                    got = world.push(mode, updates, prune=False, thorough=False, breaks=end, taken=taken)
                    whole += [got] if end is not None else []
                wanted = world.wanted(mode)
                assert {graph: world.held(graph) - world.foreign[ONE] for graph in wanted} == wanted, breaks
                assert world.foreign[ONE] <= world.held(ONE)
    assert not any(whole[:4])
    assert whole[-1]


# Spelling

XSD = STANDARD["xsd"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
TYPES = st.sampled_from(["integer", "nonNegativeInteger", "decimal", "double", "boolean", "date", "dateTime", "gYear"])


def line(value: str, kind: str = "") -> str:
    node = ox.Literal(value, datatype=ox.NamedNode(XSD + kind)) if kind else ox.Literal(value)
    return str(ox.Triple(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), node))


@given(TEXT | st.from_regex(r"[+-]?[0-9]*\.?[0-9]*(Z|[+-]00:00)?", fullmatch=True), TYPES)
def test_the_spelling_shared_is_one(value: str, kind: str) -> None:
    once = shared(line(value, kind))
    assert shared(once) == once


@given(st.integers(), st.integers(0, 5), st.sampled_from(["int", "long", "nonNegativeInteger", "integer"]))
def test_equal_numbers_are_the_same(number: int, noughts: int, kind: str) -> None:
    padded = f"{'-' if number < 0 else '+'}{'0' * noughts}{abs(number)}"
    assert shared(line(padded, kind)) == shared(line(str(number), "integer"))


@given(
    st.from_regex(r"[+-]?[0-9]{1,4}\.[0-9]{1,4}", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,3}(\.[0-9]{1,3})?", fullmatch=True),
)
def test_decimals_are_the_same_if_they_are_equal(one: str, other: str) -> None:
    for kind in ("decimal", "double"):
        same = shared(line(one, kind)) == shared(line(other, kind))
        assert same == (
            Fraction(one) == Fraction(other)
            and (kind == "decimal" or float(one) != 0 or one[0] == other[0] == "-" or "-" not in one[0] + other[0])
        )


@given(TEXT, TEXT)
def test_texts_are_never_taken_for_each_other(one: str, other: str) -> None:
    assert (shared(line(one)) == shared(line(other))) == (one == other)


@given(st.dates(), st.dates())
def test_dates_are_never_taken_for_each_other(one: Any, other: Any) -> None:
    assert (shared(line(str(one), "date")) == shared(line(str(other), "date"))) == (one == other)


def test_times_of_the_same_zone_are_the_same() -> None:
    for one, other, same in (
        ("2024-01-05T10:00:00Z", "2024-01-05T10:00:00.000+00:00", True),
        ("2024-01-05T10:00:00.50+02:00", "2024-01-05T10:00:00.5+02:00", True),
        ("2024-01-05T10:00:00Z", "2024-01-05T10:00:00", False),
        ("2024-01-05T10:00:00Z", "2024-01-05T12:00:00+02:00", False),
        ("2024-01-05T10:00:10Z", "2024-01-05T10:00:1Z", False),
    ):
        assert (shared(line(one, "dateTime")) == shared(line(other, "dateTime"))) == same


def test_what_looks_like_a_number_in_a_text_stays() -> None:
    for text in ('"007"^^<' + XSD + "integer>", "007", '"'):
        assert shared(line(text)) == line(text)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_on_a_terminal_and_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setattr("kbcli.progress.DELAY", 0)
    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        with Progress(1000, stream) as progress:
            progress.step("art:a\x1b[31m" + "x" * 100)
            progress.step("too soon to be shown")
    assert file.getvalue() == ""
    _, shown, end = terminal.getvalue().split("\r\x1b[K")
    assert shown.startswith("1 of 1000: art:a\\x1b[31mxx")
    assert len(shown) == 29
    assert end == ""
    monkeypatch.setenv("TERM", "dumb")
    with Progress(2, terminal) as progress:
        progress.step("nothing")
    assert "nothing" not in terminal.getvalue()
