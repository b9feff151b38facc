"""kb push: the store ends with what the project holds, what is somebody else's stays, and every failure is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from conftest import NEUTRAL, Result, Runner
from kbcli.project import Project
from kbcli.services import service
from serving import Handler, Server, graph_store, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DIRECT = {"NO_PROXY": "*", "KB_USER": "", "KB_TOKEN": "", "NETRC": "/dev/null"}
BASE = "https://w3id.org/contested-claims/"
ARTICLE = f"{BASE}article/khodaei-nyt-report"
FOREIGN = ox.Triple(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal("not ours"))
ALL = "http://example.org/all"


class Bench:
    """A store served, and the project to push to it."""

    def __init__(self, kb: Runner, root: Path, server: Server, store: ox.Store) -> None:
        self.kb, self.root, self.server, self.store = kb, root, server, store
        self.address = server.url.replace("/query", "/store")

    def push(self, *options: str, **env: str) -> Result:
        return self.kb("push", self.address, *options, cwd=self.root, env=DIRECT | env)

    def held(self, graph: str) -> set[str]:
        """What a graph holds, spelt as the store spells it."""
        name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        return {str(quad.triple) for quad in self.store.quads_for_pattern(None, None, None, name)}

    def wanted(self, *paths: Path) -> set[str]:
        store = ox.Store()
        for path in paths or (*Project(self.root).data_files(), Project(self.root).ontology):
            store.load(path=str(path), format=ox.RdfFormat.TURTLE)
        return {str(quad.triple) for quad in store}

    def assert_graphs_hold(self) -> None:
        project = Project(self.root)
        paths = (*project.data_files(), project.ontology)
        assert {path.name: self.held(project.graph_iri(path)) for path in paths} == {
            path.name: self.wanted(path) for path in paths
        }

    def edit(self, text: str = '<http://e/1> <http://e/2> "new" .') -> None:
        with (self.root / "data/articles/khodaei-nyt-report.ttl").open("a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")

    def writes(self) -> list[str]:
        """The requests that change something."""
        return [f"{verb} {path}" for verb, path, *_ in self.server.seen if verb != "GET" and "/query" not in path]


@pytest.fixture
def bench(kb: Runner, project: Path) -> Iterator[Bench]:
    store = ox.Store()
    with serving(graph_store(store, union=True)) as server:
        yield Bench(kb, project, server, store)


def test_a_push_and_what_it_says(bench: Bench) -> None:
    first = bench.push()
    assert first.code == 0
    assert "art:khodaei-nyt-report: +1045 -0\n" in first.out
    assert first.err == f"{bench.address} holds the 6 graphs: 6 graphs changed, 0 as before\n".replace(
        ", 0 as before", ""
    )
    bench.assert_graphs_hold()
    assert bench.push("--check") == Result(0, "", f"{bench.address} holds exactly the 6 graphs\n" + bench_note(bench))
    bench.server.seen.clear()
    assert bench.push() == Result(0, "", f"{bench.address} holds the 6 graphs: nothing to do\n")
    assert bench.writes() == []


def bench_note(bench: Bench) -> str:
    return "note: the store spells 222 values in its own way, the same in meaning\n" if bench.store else ""


def test_only_what_changed_is_sent(bench: Bench) -> None:
    bench.push()
    bench.edit()
    bench.server.seen.clear()
    assert bench.push("--dry-run").out == "art:khodaei-nyt-report: +1 -0\n"
    assert bench.writes() == []
    assert bench.push("--check").code == 1
    assert bench.push().out == "art:khodaei-nyt-report: +1 -0\n"
    assert all(
        b"new" in body or b"pushed" in body
        for verb, _, _, body in bench.server.seen
        if verb != "GET" and b"update=" in body
    )
    bench.assert_graphs_hold()


def test_a_first_dry_run_writes_nothing(bench: Bench) -> None:
    for options in ([], ["--prune"], ["--graph", ALL], ["--graph", "default"], ["--all"]):
        result = bench.push("--dry-run", *options)
        assert result.code == 0
        assert "+" in result.out
    assert bench.push("--check").code == 1
    assert bench.writes() == []
    assert len(bench.store) == 0


@pytest.mark.parametrize("mode", ["default", ALL])
def test_what_is_not_ours_stays(mode: str, bench: Bench) -> None:
    graph = "" if mode == "default" else mode
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    bench.store.add(ox.Quad(*FOREIGN, name))
    result = bench.push("--graph", mode)
    assert "note: " in result.err
    assert "1 triple of somebody else's there, which --prune would remove" in result.err
    assert bench.held(graph) == bench.wanted() | {str(FOREIGN)}
    bench.edit()
    bench.push("--graph", mode)
    bench.root.joinpath("data/articles/khodaei-nyt-report.ttl").unlink()
    bench.push("--graph", mode)
    assert bench.held(graph) == bench.wanted() | {str(FOREIGN)}
    assert bench.push("--graph", mode, "--check").code == 1
    bench.push("--graph", mode, "--prune")
    assert bench.held(graph) == bench.wanted()
    assert bench.push("--graph", mode, "--check").code == 0


def test_what_others_add_later_stays(bench: Bench) -> None:
    bench.push("--graph", ALL)
    bench.store.add(ox.Quad(*FOREIGN, ox.NamedNode(ALL)))
    bench.edit()
    bench.push("--graph", ALL)
    assert bench.held(ALL) == bench.wanted() | {str(FOREIGN)}
    bench.push()
    assert bench.held(ALL) == bench.wanted() | {str(FOREIGN)}
    assert bench.push("--prune").code == 0
    assert bench.held(ALL) == {str(FOREIGN)}


def test_two_knowledge_bases_share_a_graph(bench: Bench, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "data").mkdir(parents=True)
    (other / "ontology").mkdir()
    (other / "kb.toml").write_text('base = "http://other.example/"\n', encoding="utf-8")
    (other / "ontology/kb.ttl").write_text("", encoding="utf-8")
    file = other / "data/a.ttl"
    for text in ("one", "two"):
        file.write_text(f'<http://other.example/a> <http://e/p> "{text}" .', encoding="utf-8")
        for _ in range(2):
            bench.push("--graph", ALL)
            assert bench.kb("push", bench.address, "--graph", ALL, cwd=other, env=DIRECT).code == 0
        bench.edit(f'<http://e/1> <http://e/2> "{text}" .')
    bench.push("--graph", ALL)
    assert bench.held(ALL) == bench.wanted() | {'<http://other.example/a> <http://e/p> "two"'}


def test_an_article_that_is_gone(bench: Bench) -> None:
    bench.push()
    (bench.root / "data/articles/khodaei-nyt-report.ttl").unlink()
    left = bench.push()
    assert "note: of earlier pushes there are still art:khodaei-nyt-report; --prune deletes what is gone" in left.err
    assert bench.held(ARTICLE)
    assert bench.push("--check").out == "art:khodaei-nyt-report: 0 missing, 1045 too many\n"
    pruned = bench.push("--prune")
    assert pruned.out == "art:khodaei-nyt-report: +0 -1045\n"
    assert pruned.err.endswith("holds the 5 graphs: 1 deleted, 5 as before\n")
    assert not bench.held(ARTICLE)
    assert bench.push("--check").code == 0


@pytest.mark.parametrize("record", ["", '<http://e/a> <http://www.w3.org/ns/prov#value> "x" .'])
def test_a_record_that_is_lost(record: str, bench: Bench) -> None:
    bench.push()
    (bench.root / "data/articles/khodaei-nyt-report.ttl").unlink()
    bench.store.clear_graph(ox.NamedNode(f"{BASE}pushed"))
    bench.store.load(record, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"{BASE}pushed"))
    assert bench.push("--check").out == "art:khodaei-nyt-report: 0 missing, 1045 too many\n"
    assert bench.push().out == ""
    assert bench.push("--prune").code == 0
    assert not bench.held(ARTICLE)
    bench.assert_graphs_hold()


def test_a_graph_changed_behind_our_back(bench: Bench) -> None:
    bench.push()
    bench.store.clear_graph(ox.NamedNode(ARTICLE))
    assert "nothing to do" in bench.push().err
    checked = bench.push("--check")
    assert checked.out == "art:khodaei-nyt-report: 1045 missing, 0 too many\n"
    assert "kb push --all" in checked.err
    assert bench.push("--all").out == "art:khodaei-nyt-report: +1045 -0\n"
    bench.assert_graphs_hold()


def test_a_record_edited_by_hand_deletes_nothing_of_others(bench: Bench) -> None:
    bench.push()
    theirs = ox.NamedNode("http://theirs.example/g")
    bench.store.add(ox.Quad(*FOREIGN, theirs))
    bench.store.update(
        f"INSERT DATA {{ GRAPH <{BASE}pushed> {{ <http://e/x> <http://www.w3.org/ns/sparql-service-description#name> {theirs}"
        ' ; <http://purl.org/dc/terms/extent> "whole" } }'
    )
    assert bench.push("--prune").code == 0
    assert bench.held(theirs.value) == {str(FOREIGN)}


def test_a_broken_file_is_refused_before_anything_is_asked(bench: Bench) -> None:
    (bench.root / "data/zz.ttl").write_text("<http://e/a> <http://e/b> ", encoding="utf-8")
    for text in ("<http://e/a> <http://e/b> ", "_:a <http://e/b> 1 ."):
        (bench.root / "data/zz.ttl").write_text(text, encoding="utf-8")
        result = bench.push()
        assert (result.code, result.out) == (2, "")
        assert "zz.ttl" in result.err or "a blank node cannot be pushed" in result.err
    assert bench.server.seen == []


def test_names_of_files_become_names_of_graphs(bench: Bench) -> None:
    for name, graph in (("a b", "a%20b"), ("é&=+", "é&=+")):
        (bench.root / f"data/{name}.ttl").write_text(f'<http://e/{len(name)}> <http://e/p> "" .', encoding="utf-8")
        assert bench.push().code == 0
        assert len(bench.held(f"{BASE}graph/{graph}")) == 1
    assert bench.push("--check").code == 0


def test_two_files_of_one_name_share_their_graph(bench: Bench) -> None:
    for folder in ("one", "two"):
        (bench.root / "data" / folder).mkdir()
        (bench.root / "data" / folder / "same.ttl").write_text(
            f'<http://e/{folder}> <http://e/p> "" .', encoding="utf-8"
        )
    bench.push()
    assert bench.held(f"{BASE}graph/same") == {f'<http://e/{name}> <http://e/p> ""' for name in ("one", "two")}
    assert bench.push("--check").code == 0
    assert "nothing to do" in bench.push().err


def test_the_commit_is_named(bench: Bench) -> None:
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(bench.root), *command], check=True)
    commit = subprocess.run(
        ["git", "-C", str(bench.root), "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    )
    assert f"holds the 6 graphs of commit {commit.stdout.strip()}: 6 graphs" in bench.push().err
    bench.edit()
    assert f"of commit {commit.stdout.strip()}-dirty: 1 graph changed, 5 as before" in bench.push().err


@pytest.mark.parametrize("union", [True, False])
def test_whether_queries_see_it(union: bool, kb: Runner, project: Path) -> None:
    with serving(graph_store(ox.Store(), union=union)) as server:
        bench = Bench(kb, project, server, ox.Store())
        told = bench.push().err
        assert ("the default graph of this store (Oxigraph) hides its named graphs" in told) == (not union)
        assert ("hint: start it as oxigraph serve --union-default-graph" in told) == (not union)
        assert "warning" not in bench.push("--graph", "default").err


def test_where_queries_go_is_not_known_or_wrong(bench: Bench) -> None:
    bench.address = bench.address.replace("/store", "/sparql-graph-crud?x=1")
    bench.server.answering = at_any_path(bench.store)
    assert "was not asked what they see" in bench.push().err
    asked = bench.push("--query", bench.server.url + "/nothing")
    assert asked.code == 0
    assert "note: what queries see there is not known" in asked.err


def at_any_path(store: ox.Store) -> Callable[[Handler], None]:
    def answer(request: Handler) -> None:
        _, _, query = request.path.partition("?")
        if request.path.startswith("/query"):
            request.reply(404)
            return
        request.path = f"/store?{query}"
        graph_store(store)(request)

    return answer


# What goes wrong


@contextmanager
def behaving(bench: Bench, behaviour: Callable[[Handler], bool]) -> Iterator[None]:
    """`behaviour` answers a request, or says that the store is to."""
    honest = bench.server.answering

    def answer(request: Handler) -> None:
        if not behaviour(request):
            honest(request)

    bench.server.answering = answer
    yield
    bench.server.answering = honest


def lying(request: Handler) -> bool:
    if request.command in ("PUT", "POST") and "/query" not in request.path:
        request.reply(200, b"<html>Thank you</html>", Content_Type="text/html")
        return True
    return False


def welcoming(request: Handler) -> bool:
    request.reply(200, b"<html>Welcome</html>", Content_Type="text/html")
    return True


def forbidding(request: Handler) -> bool:
    if request.command == "PUT":
        request.reply(403, b"no")
    return request.command == "PUT"


def moving(request: Handler) -> bool:
    if request.command == "PUT":
        request.reply(308, Location="/elsewhere?key=secret")
    return request.command == "PUT"


def nowhere(request: Handler) -> bool:
    request.reply(404)
    return True


def partial(request: Handler) -> bool:
    request.reply(206, b"", Content_Type="application/n-triples")
    return True


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (lying, "answers that all is well, and does not hold what it was sent"),
        (welcoming, "answers with text/html, not with a graph"),
        (forbidding, "HTTP 403 Forbidden: no\nhint: the credentials are not allowed"),
        (moving, "/elsewhere?…\nhint: name that address"),
        (partial, "HTTP 206 "),
    ],
)
def test_what_goes_wrong_is_told(behaviour: Callable[[Handler], bool], told: str, bench: Bench) -> None:
    with behaving(bench, behaviour):
        result = bench.push()
    assert (result.code, result.out) == (4, "")
    assert told in result.err
    assert "secret" not in result.err
    assert len(bench.store) == 0
    assert bench.push().code == 0
    bench.assert_graphs_hold()


def test_a_store_that_keeps_something_else(bench: Bench) -> None:
    def forgetting(request: Handler) -> bool:
        if request.command == "PUT" and "article" in request.path:
            request.body = b"\n".join(request.body.splitlines()[5:])
        return False

    with behaving(bench, forgetting):
        result = bench.push()
    assert result.code == 4
    assert "keeps 2 graphs otherwise than sent: art:iran-accuses-mossad lacks 5 and has 0 too many" in result.err
    assert bench.push().code == 0
    bench.assert_graphs_hold()


def test_what_fails_in_passing_is_sent_again(bench: Bench) -> None:
    failures = iter([503, 429])

    def failing(request: Handler) -> bool:
        status = next(failures, 0) if request.command == "PUT" else 0
        if status:
            request.reply(status)
        return bool(status)

    with behaving(bench, failing):
        result = bench.push()
    assert result.code == 0
    assert "HTTP 503 Service Unavailable; trying again in 1 s" in result.err
    bench.assert_graphs_hold()


@pytest.mark.parametrize("status", [405, 501, 404])
def test_updates_where_there_is_no_graph_store(status: int, bench: Bench) -> None:
    def lacking(request: Handler) -> bool:
        absent = request.path.startswith("/store") and (status == 404 or request.command != "GET")
        if absent:
            request.reply(status)
        return absent

    with behaving(bench, lacking):
        result = bench.push()
        assert result.code == 0
        assert f"no Graph Store Protocol (HTTP {status}); SPARQL Update is used" in result.err
        bench.assert_graphs_hold()
        bench.edit()
        assert bench.push().out == "art:khodaei-nyt-report: +1 -0\n"
        refused = bench.push("--graph", "default")
        assert refused.code == 2 if status == 404 else refused.code in (2, 4)
    bench.assert_graphs_hold()


def test_whole_graphs_where_there_are_no_updates(bench: Bench) -> None:
    def lacking(request: Handler) -> bool:
        if request.path.startswith("/update"):
            request.reply(405)
        return request.path.startswith("/update")

    bench.push()
    bench.edit()
    with behaving(bench, lacking):
        result = bench.push()
    assert result.code == 0
    assert "takes no updates; whole graphs are sent instead" in result.err
    bench.assert_graphs_hold()


def test_an_address_where_nothing_is(bench: Bench) -> None:
    bench.address = bench.address.replace("/store", "/elsewhere")
    for options in ([], ["--check"], ["--dry-run"]):
        result = bench.push(*options)
        assert (result.code, result.out) == (4, "")
        assert "HTTP 404" in result.err
    bench.address = "http://127.0.0.1:9/store"
    began = time.monotonic()
    assert bench.push().code == 4
    assert time.monotonic() - began < 5


def test_updates_alone(bench: Bench) -> None:
    options = ("--no-graph-store", "--update", bench.address.replace("store", "update"), "--query", bench.server.url)
    assert bench.push(*options, "--graph", ALL).code == 0
    assert bench.held(ALL) == bench.wanted()
    (bench.root / "data/articles/khodaei-nyt-report.ttl").unlink()
    bench.store.add(ox.Quad(*FOREIGN, ox.NamedNode(ALL)))
    assert bench.push(*options, "--graph", ALL).code == 0
    assert bench.held(ALL) == bench.wanted() | {str(FOREIGN)}
    assert bench.push(*options, "--prune").code == 0
    bench.assert_graphs_hold()
    assert bench.held(ALL) == {str(FOREIGN)}
    assert not [path for _, path, *_ in bench.server.seen if path.startswith("/store")]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--check", "--prune"], "--check reads every graph and changes nothing"),
        (["--check", "--dry-run"], "--check reads every graph and changes nothing"),
        (["--graph", "nonsense"], "neither default nor per-article nor an IRI"),
        (["--graph", "http://x/> } ; DROP ALL #"], "neither default nor per-article nor an IRI"),
        (["--graph", f"{BASE}pushed"], "the record of what was pushed is kept there"),
        (["--no-graph-store", "--graph", "default"], "the default graph needs a store with the Graph Store Protocol"),
        (["--timeout", "-1"], "--timeout"),
    ],
)
def test_wrong_use(options: list[str], told: str, bench: Bench) -> None:
    result = bench.push(*options)
    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert bench.writes() == []


def test_an_address_that_does_not_do(kb: Runner, project: Path) -> None:
    for url, options, told in (
        ("http://h:8890/sparql", ["--graph", "default"], "Virtuoso has no default graph of its own"),
        ("http://h/x", ["--no-graph-store"], "--no-graph-store needs the addresses for updates and queries"),
        ("http://me:secret@h/store", [], "a user or password in the address"),
        ("http://me:secret@[h/store", [], "no address"),
        ("me:secret@h/store", [], "no address of a service"),
    ):
        result = kb("push", url, *options, cwd=project, env=DIRECT)
        assert (result.code, result.out) == (2, "")
        assert told in result.err
        assert "secret" not in result.err


def test_the_query_of_an_address_is_kept_and_not_told(bench: Bench) -> None:
    bench.address += "?key=secret"
    result = bench.push()
    assert result.code == 0
    assert all("key=secret" in path for _, path, *_ in bench.server.seen if path.startswith("/store"))
    assert "secret" not in result.err


# Interruptions and credentials


def test_ctrl_c_says_how_to_go_on(bench: Bench) -> None:
    reached = threading.Event()

    def halting(request: Handler) -> bool:
        if request.command == "PUT" and "article" in request.path:
            reached.set()
            time.sleep(3)
        return False

    with behaving(bench, halting):
        process = subprocess.Popen(
            [sys.executable, "-m", "kbcli", "push", bench.address],
            cwd=bench.root,
            env={**os.environ, **NEUTRAL, **DIRECT},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert reached.wait(20)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert told == "note: the push is not finished; the same command finishes it\nInterrupted.\n"
    assert bench.push().code == 0
    bench.assert_graphs_hold()


@pytest.mark.parametrize("challenge", ['Basic realm="x"', 'Digest realm="x", nonce="n", qop="auth"'])
def test_credentials_go_to_nobody_else(challenge: str, bench: Bench) -> None:
    def greedy(request: Handler) -> None:
        request.reply(401, WWW_Authenticate=challenge)

    with serving(greedy) as thief:

        def sending_on(request: Handler) -> bool:
            if request.command == "GET":
                request.reply(307, Location=thief.url)
            return request.command == "GET"

        with behaving(bench, sending_on):
            result = bench.push(KB_USER="me", KB_PASSWORD="secret")  # noqa: S106 made up
        assert thief.seen
        assert not [headers for _, _, headers, _ in thief.seen if "Authorization" in headers]
    assert result.code == 4
    assert "secret" not in result.err


def test_a_store_that_forbids_instead_of_asking(bench: Bench) -> None:
    def closed(request: Handler) -> bool:
        if request.headers.get("Authorization") != "Bearer secret":
            request.reply(403)
            return True
        return False

    with behaving(bench, closed):
        assert bench.push().code == 4
        assert "the credentials are not allowed to do this" in bench.push(KB_TOKEN="wrong").err  # noqa: S106 made up
        assert bench.push(KB_TOKEN="secret").code == 0  # noqa: S106 made up
    bench.assert_graphs_hold()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://h:7878/store", ("Oxigraph", "http://h:7878/store", "http://h:7878/update", "http://h:7878/query")),
        ("http://[::1]:7878/query", ("Oxigraph", "http://[::1]:7878/store", "http://[::1]:7878/update", "http://[::1]:7878/query")),
        ("http://h:3030/kb/data", ("Fuseki", "http://h:3030/kb/data", "http://h:3030/kb/update", "http://h:3030/kb/query")),
        ("http://h:3030/kb", ("Fuseki", "http://h:3030/kb/data", "http://h:3030/kb/update", "http://h:3030/kb/query")),
        (
            "https://h/repositories/kb",
            (
                "GraphDB or RDF4J",
                "https://h/repositories/kb/rdf-graphs/service",
                "https://h/repositories/kb/statements",
                "https://h/repositories/kb",
            ),
        ),
        (
            "http://h:8890/sparql",
            ("Virtuoso", "http://h:8890/sparql-graph-crud-auth", "http://h:8890/sparql-auth", "http://h:8890/sparql"),
        ),
        ("https://h:8182/sparql", ("Neptune", "https://h:8182/sparql/gsp/", "https://h:8182/sparql", "https://h:8182/sparql")),
        ("http://h:5820/kb", ("Stardog", "http://h:5820/kb", "http://h:5820/kb/update", "http://h:5820/kb/query")),
        ("http://h:7001", ("QLever", "http://h:7001", "http://h:7001", "http://h:7001")),
        ("http://h/bigdata/namespace/kb/sparql", ("Blazegraph", "", *["http://h/bigdata/namespace/kb/sparql"] * 2)),
        ("http://h/anything", ("", "http://h/anything", "", "")),
    ],
)  # fmt: skip
def test_the_addresses_of_a_store(url: str, expected: tuple[str, ...]) -> None:
    assert service(url)[:4] == expected
    assert service(url).union
