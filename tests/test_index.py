"""The index: never stale, never in the way, and gone without loss."""

from __future__ import annotations

import csv
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import NEUTRAL, ROOT, Runner, run_kb
from kbcli.index import manifest, reading, upkeep
from kbcli.project import Project
from kbcli.store import load_project
from terminal import ERASE, on_a_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

ALL = "SELECT * { ?s ?p ?o }"
QUERIES = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))


@pytest.fixture
def indexed(project: Path) -> Path:
    """A copy of this knowledge base that always uses an index."""
    (project / "kb.toml").write_text('index = "always"\n')
    return project


def in_child(work: Callable[[], Any]) -> Any:
    """What `work` returns in a process of its own, so that no store's threads are in the one that forks."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(ours)
            with os.fdopen(theirs, "wb") as pipe:
                pickle.dump(work(), pipe)
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        result = pickle.load(pipe)  # noqa: S301 our own child's
    os.waitpid(child, 0)
    return result


def content(store: Any) -> Counter[str]:
    """The quads, whatever their blank nodes are called."""
    import pyoxigraph as ox

    def shown(term: Any) -> str:
        return "[]" if isinstance(term, ox.BlankNode) else str(term)

    return Counter(" ".join(shown(term) for term in quad) for quad in store)


def with_and_without(project: Project, *, graphs: bool) -> tuple[Counter[str] | None, Counter[str]]:
    found = reading.held(project, graphs=graphs)
    return found and content(found.store()), content(load_project(project, graphs=graphs))


# Few triples for many files, so that files share them; among them what a store rewrites, and what has no name.
TRIPLES = [
    "<a:a> <a:p> <a:b> .",
    "<a:a> <a:p> 1 .",
    '<a:a> <a:p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    '<a:a> <a:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> , 1.5 .',
    '<a:b> <a:q> "x"@en , "x"@EN , "x" .',
    "<a:b> <a:q> [] .",
    "_:x <a:q> <a:b> .",
]
TEXTS = st.lists(st.sampled_from(TRIPLES), max_size=4).map("\n".join)
FILES = st.sampled_from(["data/a.ttl", "data/sub/a.ttl", "data/b.ttl", "ontology/kb.ttl"])
STEPS = st.one_of(
    st.tuples(st.just("write"), FILES, TEXTS),
    st.tuples(st.just("same size"), st.sampled_from(["data/a.ttl", "data/b.ttl"]), st.sampled_from("xyz")),
    st.tuples(st.sampled_from(["touch", "delete", "revert", "copy"]), FILES, st.just("")),
    st.tuples(st.just("rename"), FILES, st.sampled_from(["data/c.ttl", "data/b.ttl", "data/.c.ttl"])),
    st.tuples(
        st.just("base"), st.just("kb.toml"), st.sampled_from(["https://example.org/a/", "https://example.org/b#"])
    ),
    st.tuples(st.just("version"), st.just(""), st.just("")),
)


def take(step: tuple[str, str, str], root: Path, before: dict[Path, bytes]) -> None:
    """Change one file in one of the ways files are changed."""
    what, name, value = step
    path = root / name
    if what == "write":
        path.write_text(value)
    elif what == "base":
        path.write_text(f'index = "always"\nbase = "{value}"\n')
    elif what == "version":
        manifest.VERSION += 1
    elif path.exists():
        change(path, what, value, root, before)


def change(path: Path, what: str, value: str, root: Path, before: dict[Path, bytes]) -> None:
    if what == "same size":
        state = path.stat()
        path.write_text("".join(value if old in "xyz" else old for old in path.read_text()))
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    elif what == "touch":
        path.touch()
    elif what == "copy":  # the same in another inode
        shutil.copy2(path, root / "data" / "copy")
        (root / "data" / "copy").replace(path)
    elif what == "rename" and path != root / "ontology" / "kb.ttl":
        path.replace(root / value)
    elif what == "delete" and path.name == "a.ttl":
        path.unlink()
    elif what == "revert":
        path.write_bytes(before[path])


@settings(max_examples=30)
@given(st.lists(STEPS, min_size=1, max_size=8), st.booleans(), st.booleans())
def test_it_is_never_stale(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]], graphs: bool, trusting: bool
) -> None:
    root = tmp_path_factory.mktemp("kb")
    before = {}
    for name, text in {
        "data/a.ttl": TRIPLES[0],
        "data/sub/a.ttl": "",
        "data/b.ttl": TRIPLES[4],
        "ontology/kb.ttl": "",
    }.items():
        (root / name).parent.mkdir(exist_ok=True, parents=True)
        (root / name).write_text(text)
        before[root / name] = text.encode()
    (root / "data" / "last.ttl").write_text(TRIPLES[0])
    (root / "kb.toml").write_text('index = "always"\n')
    (root / "queries").mkdir()
    granule = manifest.GRANULE
    try:
        manifest.GRANULE = 20_000_000 if trusting else granule  # coarser than the clock of any disk that runs tests
        for step in [None, *steps]:
            if step:
                take(step, root, before)
            time.sleep(0.03 if trusting else 0)
            found, expected = in_child(lambda: with_and_without(Project(root), graphs=graphs))
            assert found == expected
    finally:
        manifest.GRANULE = granule


def test_a_file_changed_twice_at_once_is_read_again(indexed: Path) -> None:
    """The times may be those of the first change: they are not trusted until they are old."""
    path = indexed / "data" / "new.ttl"
    for value in "abcdefgh":
        path.write_text(f'<a:a> <a:p> "{value}" .')
        asked = run_kb("query", "-", "-f", "csv", cwd=indexed, stdin="SELECT ?o { <a:a> <a:p> ?o }")
        assert asked.out.split() == ["o", value]


def cells(text: str) -> list[list[list[str]]]:
    """The rows of a table; what is gathered in a cell has no order."""
    return [[sorted(cell.split(" | ")) for cell in row] for row in csv.reader(text.splitlines())]


def test_times_that_are_too_fresh_are_not_trusted(indexed: Path) -> None:
    (indexed / "data" / "new.ttl").touch()
    for path in (*(indexed / "data").rglob("*.ttl"), indexed / "ontology" / "kb.ttl"):
        path.chmod(0o644)  # so that the time of change is now
    asked(indexed)
    current = reading.current(reading.home(Project(indexed), graphs=False))
    assert current
    assert all(line.endswith(" ?") for line in current.files.splitlines())
    time.sleep(manifest.GRANULE / 1e9 + 0.1)
    asked(indexed)
    current = reading.current(reading.home(Project(indexed), graphs=False))
    assert current
    assert "?" not in current.files


@pytest.mark.parametrize("name", QUERIES)
def test_answers_are_the_same_with_it(indexed: Path, name: str) -> None:
    header = (ROOT / "queries" / f"{name}.rq").read_text()
    cases: list[tuple[str, ...]] = [(), *([("-p", "agent=Iran")] if "#+   agent:" in header else [])]
    for case in cases:
        with_it = run_kb("query", name, "-f", "csv", *case, cwd=indexed)
        without = run_kb("query", name, "-f", "csv", *case, "--no-index", cwd=indexed)
        assert (with_it.code, cells(with_it.out)) == (without.code, cells(without.out))
        assert len(without.out) > 50
    assert (indexed / ".kb" / "index" / "union" / "current").exists()


@pytest.mark.parametrize("words", [("show", "ag:iran"), ("find", "denied"), ("stats",), ("stats", "-f", "json")])
def test_other_commands_use_it_too(indexed: Path, words: tuple[str, ...]) -> None:
    first = run_kb(*words, cwd=indexed)
    assert "building an index" in first.err
    assert run_kb(*words, cwd=indexed) == run_kb(*words, "--no-index", cwd=indexed)
    assert run_kb(*words, cwd=indexed).out == first.out


def test_graphs_have_one_of_their_own(indexed: Path) -> None:
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    with_it = run_kb("query", "-", "-f", "csv", cwd=indexed, stdin=query)
    assert with_it.out == run_kb("query", "-", "-f", "csv", "--no-index", cwd=indexed, stdin=query).out
    assert sorted(path.name for path in (indexed / ".kb" / "index").iterdir()) == ["graphs"]


def test_small_data_has_none(project: Path, kb: Runner) -> None:
    assert kb("query", "denials", cwd=project).code == 0
    assert not (project / ".kb").exists()


def test_it_is_built_and_dropped_by_hand(project: Path, kb: Runner) -> None:
    done = kb("index", cwd=project)
    assert done.code == 0
    assert "up to date" in done.err
    assert 'index = "always"' in done.err
    assert kb("index", "--drop", cwd=project).code == 0
    assert not list((project / ".kb" / "index").rglob("*.sst"))


@pytest.mark.parametrize("value", ['"sometimes"', "-1", "true", "[1]"])
def test_a_wrong_size_in_the_configuration_is_told(project: Path, kb: Runner, value: str) -> None:
    (project / "kb.toml").write_text(f"index = {value}\n")
    done = kb("query", "denials", cwd=project)
    assert done.code == 2
    assert "index is" in done.err


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("broken", ["<a:a> <a:b> .\n", '<a:a> <a:b> "\xff" .', "@prefix : <a b> ."])
def test_a_broken_file_is_told_as_without_it(indexed: Path, before: bool, broken: str) -> None:
    if before:
        run_kb("index", cwd=indexed)
    (indexed / "data" / "x.ttl").write_bytes(broken.encode("latin-1"))
    for words in (("query", "denials"), ("stats",)):
        done = run_kb(*words, cwd=indexed)
        without = run_kb(*words, "--no-index", cwd=indexed)
        assert done.code == without.code == 2
        assert done.err.removeprefix(done.err[: done.err.index("Error")]) == without.err


def asked(root: Path) -> tuple[int, str, str]:
    done = run_kb("query", "-", "-f", "csv", cwd=root, stdin=ALL + " ORDER BY ?s ?p ?o")
    return done.code, done.out, done.err


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "empty": lambda path: os.truncate(path, 0),
    "gone": Path.unlink,
    "flipped": lambda path: path.write_bytes(bytes(byte ^ 0x55 for byte in path.read_bytes())),
    "random": lambda path: path.write_bytes(random.Random(1).randbytes(5000)),  # noqa: S311 no secret
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_one_is_built_anew(indexed: Path, damage: str) -> None:
    _, whole, _ = asked(indexed)
    for edit in ("", "# an overlay\n<a:a> <a:p> 1 ."):
        (indexed / "data" / "new.ttl").write_text(edit)
        _, whole, _ = asked(indexed)
        current = reading.current(reading.home(Project(indexed), graphs=False))
        assert current
        files = [path for path in current.folder.rglob("*") if path.is_file() and path.stat().st_size]
        names = sorted(path.relative_to(current.folder) for path in files if not path.name.startswith("LO"))
        for name in random.Random(damage).sample(names, 4):  # noqa: S311 no secret
            current = reading.current(reading.home(Project(indexed), graphs=False))
            assert current
            path = current.folder / name
            if path.exists():
                DAMAGES[damage](path)
            code, out, err = asked(indexed)
            assert (code, out) == (0, whole), (name, err)
            assert asked(indexed) == (0, whole, "")


def test_damage_that_leaves_no_trace_is_told_or_harmless(indexed: Path) -> None:
    _, whole, _ = asked(indexed)
    current = reading.current(reading.home(Project(indexed), graphs=False))
    assert current
    for path in sorted(current.store.glob("*.sst")):
        state, raw = path.stat(), path.read_bytes()
        for start in range(0, len(raw), max(1, len(raw) // 3)):
            spoilt = bytearray(raw)
            spoilt[start] ^= 0xFF
            path.write_bytes(spoilt)
            os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
            code, out, err = asked(indexed)
            assert (code == 0 and out == whole) or (code == 4 and "built anew" in err), err
            if code or err:
                assert asked(indexed)[:2] == (0, whole)
                return  # the folder is another now
            path.write_bytes(raw)
            os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.mark.parametrize("obstacle", [".kb", ".kb/index", ".kb/index/union"])
def test_where_it_cannot_be_written_all_files_are_read(indexed: Path, obstacle: str) -> None:
    (indexed / obstacle).parent.mkdir(exist_ok=True, parents=True)
    (indexed / obstacle).write_text("in the way")
    done = run_kb("query", "denials", "-f", "csv", cwd=indexed)
    assert done.out == run_kb("query", "denials", "-f", "csv", "--no-index", cwd=indexed).out
    assert done.err.count("note: there is no index") == done.err.count("\n") == 1


def test_ten_at_once_while_files_are_edited(indexed: Path) -> None:
    """Every answer is that of some state between its beginning and its end; two files tell the state."""
    files = [indexed / "data" / f"state-{letter}.ttl" for letter in "ab"]
    state = 0

    def write() -> None:
        for path in files:
            beside = path.with_suffix(".new")
            beside.write_text(f"<a:{path.stem}> <a:state> {state} .")
            beside.replace(path)

    query = "SELECT ?a ?b { <a:state-a> <a:state> ?a . <a:state-b> <a:state> ?b }"
    failed: list[str] = []

    def ask() -> None:
        for _ in range(6):
            first = state
            done = run_kb("query", "-", "-f", "csv", cwd=indexed, stdin=query)
            told = done.out.split()[1:]
            a, b = map(int, told[0].split(",")) if told else (-1, -1)
            # the files are written one after the other: a comes first
            if done.code or not max(0, first - 1) <= b <= a <= state + 1 or a - b > 1:
                failed.append(f"{first} to {state}: {done}")

    write()
    askers = [threading.Thread(target=ask) for _ in range(10)]
    for asker in askers:
        asker.start()
    while any(asker.is_alive() for asker in askers):
        state += 1
        write()
        time.sleep(0.15)
    assert not failed, failed[0]
    assert len(list((indexed / ".kb" / "index" / "union").glob("[0-9]*"))) < 8


def test_a_killed_build_leaves_the_old_or_the_new(indexed: Path) -> None:
    chance = random.Random(5)  # noqa: S311 no secret
    for number in range(12):
        (indexed / "data" / "new.ttl").write_text(f"<a:a> <a:p> {number} .")
        if number % 4 == 0:
            shutil.rmtree(indexed / ".kb", ignore_errors=True)
        building = subprocess.Popen(
            [sys.executable, "-m", "kbcli", "index"],
            cwd=indexed,
            env={**os.environ, **NEUTRAL},
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0.05, 0.5))
        os.killpg(building.pid, signal.SIGKILL)
        building.wait()
        done = run_kb("query", "-", "-f", "csv", cwd=indexed, stdin="SELECT ?o { <a:a> <a:p> ?o }")
        assert done.out.split() == ["o", str(number)], done.err
    assert len(list((indexed / ".kb" / "index" / "union").glob("[0-9]*"))) <= 2


def test_what_is_read_is_not_removed(indexed: Path) -> None:
    project = Project(indexed)
    folder = reading.home(project, graphs=False)
    in_child(lambda: reading.held(project, graphs=False) is not None)
    found = reading._hold(folder, project)
    assert found
    for number, is_read in enumerate((True, True, False)):
        if not is_read:
            found.close()
        (indexed / "kb.toml").write_text(f'index = "always"\nbase = "https://example.org/{number}/"\n')  # built anew
        assert run_kb("query", "-", cwd=indexed, stdin=ALL).code == 0
        assert found.generation.folder.exists() == is_read


def test_who_watches_sees_how_far_it_is(indexed: Path) -> None:
    out, told = on_a_terminal(0, "index", cwd=indexed)
    assert not out
    assert f"{ERASE}1 of " in told
    assert told.endswith("MB\n")
    assert ERASE not in run_kb("index", cwd=indexed).err


def home_of(indexed: Path) -> Path:
    return indexed / ".kb" / "index" / "union"


def test_what_a_killed_build_has_left_makes_room_for_the_next(indexed: Path, kb: Runner) -> None:
    """Once it stayed until a build was complete, which on a full disk is never."""
    assert kb("query", "denials", cwd=indexed).code == 0
    home = home_of(indexed)
    for number in ("7", "8"):
        (home / number).mkdir()
        (home / number / "texts").write_bytes(b"x" * 1000)
    article = min((indexed / "data" / "articles").iterdir())
    article.write_text(article.read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8")
    assert kb("query", "denials", cwd=indexed).code == 0
    left = sorted(path.name for path in home.iterdir() if path.name.isdigit())
    assert not {"7", "8"} & set(left), left


def test_a_build_that_fails_leaves_nothing(indexed: Path) -> None:
    limited = ["bash", "-c", 'ulimit -f 8; exec "$@"', "kb", sys.executable, "-m", "kbcli", "query", "denials"]
    done = subprocess.run(limited, cwd=indexed, capture_output=True, text=True, check=False, timeout=120)
    assert "there is no index, so all files are read" in done.stderr
    assert "as far as he knew" in done.stdout
    assert not [path for path in home_of(indexed).iterdir() if path.name.isdigit()]


@pytest.mark.parametrize("name", ["current", "lock", "1/files", "1/base", "1/tags"])
def test_a_pipe_in_the_index_is_not_waited_for(indexed: Path, kb: Runner, name: str) -> None:
    expected = kb("query", "denials", cwd=indexed).out
    place = home_of(indexed) / name
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    assert kb("query", "denials", cwd=indexed).out == expected


def test_who_builds_without_end_is_told_of_and_not_waited_for(indexed: Path) -> None:
    home_of(indexed).mkdir(parents=True)
    with upkeep.locked(home_of(indexed)):
        code = (
            "import sys; from kbcli.index import upkeep; upkeep.PATIENCE, upkeep.SILENCE = 1.2, 0.2\n"
            "from kbcli import start; start.main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, "query", "denials", "-f", "csv"],
            cwd=indexed, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    assert "as far as he knew" in done.stdout
    assert [
        line for line in done.stderr.splitlines() if "waiting for another kb" in line or "all files are read" in line
    ]
    assert done.stderr.count("note: ") == 2
