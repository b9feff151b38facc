"""A service that means harm, or a name that is none: no credential is told, nothing runs for ever, nothing traces back."""

from __future__ import annotations

import base64
import gzip
import time
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Result, Runner
from kbcli import intake
from kbcli.address import shown
from kbcli.credentials import Credentials, concealed, known, secrets
from kbcli.errors import LimitError, UsageError
from kbcli.graphstore import GraphStore
from kbcli.project import Project
from kbcli.services import service
from kbcli.store import load_project
from serving import Handler, Server, endpoint, graph_store, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DIRECT = {"NO_PROXY": "*", "KB_USER": "", "KB_TOKEN": "", "NETRC": "/dev/null"}
ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"


@pytest.fixture(scope="module")
def honest() -> Iterator[Server]:
    with serving(endpoint(load_project(Project(ROOT), graphs=False))) as server:
        yield server


def every_command(kb: Runner, server: Server, env: dict[str, str]) -> list[Result]:
    """What each command says that asks a service."""
    asked = (("show", "iran", "--endpoint"), ("query", "denials", "--endpoint"), ("push", "--dry-run"))
    return [kb(*words, server.url.replace("/query", "/store"), env=DIRECT | env) for words in asked]


# Credentials


def echoing(challenge: str) -> Callable[[Handler], None]:
    """Refuses, and shows what it was sent in the page and the reason."""

    def answer(request: Handler) -> None:
        sent = str(request.headers.get("Authorization", ""))
        plain = base64.b64decode(sent[6:]).decode() if sent.startswith("Basic ") else ""
        page = f"<p>You sent {sent} that is {plain}</p>" + "x" * 7000 + f" {sent}"
        request.send_response(401, f"Not with {sent}")
        request.send_header("WWW-Authenticate", challenge)
        request.send_header("Content-Length", str(len(page.encode())))
        request.end_headers()
        request.wfile.write(page.encode())

    return answer


@pytest.mark.parametrize(
    ("challenge", "env", "hidden"),
    [
        ("Bearer", {"KB_TOKEN": "SECRETTOK\n"}, ["SECRETTOK"]),
        ("Bearer", {"KB_TOKEN": "SÉCRET–TOK"}, ["CRET", "TOK"]),
        ('Basic realm="kb"', {"KB_USER": "me", "KB_PASSWORD": "geheim\r\n"}, ["geheim", "bWU6Z2VoZWlt"]),
        ('Basic realm="kb"', {"KB_USER": "josé–", "KB_PASSWORD": "ge&h–im"}, ["h–im", "ge&"]),
        ('Digest realm="kb", nonce="n", qop="auth"', {"KB_USER": "josé–\n", "KB_PASSWORD": "geheim"}, ["response="]),
    ],
)
def test_no_echo_is_shown(challenge: str, env: dict[str, str], hidden: list[str], kb: Runner) -> None:
    with serving(echoing(challenge)) as server:
        for result in every_command(kb, server, env):
            assert result.code == 4
            assert "HTTP 401 Not with …" in result.err
            assert "You sent …" in result.err
            assert not [secret for secret in hidden if secret in result.err]
        assert any("Authorization" in headers for _, _, headers, _ in server.seen)


def test_no_echo_is_in_a_note(kb: Runner) -> None:
    def answer(request: Handler) -> None:
        sent = request.headers.get("Authorization")
        failed = sum("Authorization" in headers for _, _, headers, _ in request.server.seen)
        if sent is None:
            request.reply(401, WWW_Authenticate="Bearer")
        elif failed == 1:
            request.reply(503, f"sent {sent}".encode())
        else:
            request.reply(403, f"sent {sent}".encode())

    with serving(answer) as server:
        result = kb("push", server.url.replace("/query", "/store"), env=DIRECT | {"KB_TOKEN": "SECRETTOK"})
    assert "HTTP 503 Service Unavailable: sent …; trying again" in result.err
    assert "HTTP 403 Forbidden: sent …" in result.err
    assert "SECRETTOK" not in result.err


@pytest.mark.parametrize("name", ["KB_TOKEN", "KB_USER", "KB_PASSWORD"])
@pytest.mark.parametrize("value", ["SEC\nRET", "SEC\x1bRET", "SEC\udcffRET"])
def test_what_no_header_carries_is_refused_untold(name: str, value: str, kb: Runner) -> None:
    with serving(echoing("Bearer" if name == "KB_TOKEN" else "Basic")) as server:
        for result in every_command(kb, server, {"KB_USER": "" if name == "KB_TOKEN" else "me", name: value}):
            assert (result.code, result.out) == (2, "")
            assert f"Error: {name} " in result.err
            assert "SEC" not in result.err


@given(st.text(min_size=1), st.text(min_size=1), st.sampled_from(["{}", "a{}b{}", "Basic {}"]))
def test_nothing_concealed_is_left(user: str, password: str, page: str) -> None:
    who = Credentials(user, password, "", "")
    pair = base64.b64encode(f"{user}:{password}".encode("utf-8", "replace")).decode()
    try:
        hidden = secrets(who)
    except UnicodeEncodeError:  # refused before it comes here
        with pytest.raises(UsageError):
            known("http://e/", {"KB_USER": user, "KB_PASSWORD": password})
        return
    assert not [secret for secret in (pair, password) if secret in concealed(page.format(pair, password), hidden)]


@pytest.mark.parametrize("mark", ["?", "#"])
def test_what_may_be_a_key_is_not_shown(mark: str, kb: Runner) -> None:
    assert shown(f"http://e/q{mark}SECRET") == f"http://e/q{mark}…"
    result = kb("query", "denials", "--endpoint", f"http://127.0.0.1:9/q{mark}SECRET", env=DIRECT)
    assert (result.code, "SECRET" in result.err) == (4, False)


@pytest.mark.parametrize("location", ["http://[bad/SECRETTOK", "http://elsewhere.invalid/SECRETTOK"])
def test_a_move_is_told_without_credentials(location: str, kb: Runner, project: Path) -> None:
    def answer(request: Handler) -> None:
        if "Authorization" in request.headers:
            request.reply(302, Location=location)
        else:
            request.reply(401, WWW_Authenticate="Bearer")

    with serving(answer) as server:
        for result in every_command(kb, server, {"KB_TOKEN": "SECRETTOK"}):
            assert (result.code, "SECRETTOK" in result.err) == (4, False)


# Time and memory


def bomb(request: Handler) -> None:
    block = b"".join(b'<http://e/%d> <http://e/p> "%d" .\n' % (n, n) for n in range(10_000))
    packed = gzip.compress(block)
    request.send_response(200)
    for name, value in (("Content-Type", TRIPLES), ("Content-Encoding", "gzip"), ("Connection", "close")):
        request.send_header(name, value)
    request.end_headers()
    for _ in range(20_000):
        request.wfile.write(packed)


def dripping(request: Handler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", TRIPLES)
    request.end_headers()
    for number in range(600):
        request.wfile.write(b'<http://e/%d> <http://e/p> "1" .\n' % number)
        time.sleep(0.1)


def one_literal(request: Handler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", TRIPLES)
    request.end_headers()
    request.wfile.write(b'<http://e/s> <http://e/p> "')
    for _ in range(1100):
        request.wfile.write(b"x" * (1 << 20))


@pytest.mark.parametrize(
    ("answering", "told"), [(bomb, "memory"), (one_literal, "longer than the engine reads"), (dripping, "within 2 s")]
)
def test_a_card_has_limits(answering: Callable[[Handler], None], told: str, kb: Runner) -> None:
    timeout = "2" if answering is dripping else "60"
    with serving(answering) as server:
        result = kb("show", "iran", "--endpoint", server.url, "--timeout", timeout, "--memory", "300", env=DIRECT)
    assert (result.code, result.out) == (3, "")
    assert told in result.err


def dripping_head(request: Handler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(600):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.1)


@pytest.mark.parametrize("answering", [dripping, dripping_head])
def test_a_push_does_not_wait_for_ever(answering: Callable[[Handler], None], kb: Runner) -> None:
    with serving(answering) as server:
        result = kb("push", server.url.replace("/query", "/store"), "--dry-run", "--timeout", "0.5", env=DIRECT)
    assert (result.code, result.out) == (3, "")
    assert "the answer is not there within 5 s" in result.err


def test_a_push_reads_no_endless_value(kb: Runner) -> None:
    with serving(one_literal) as server:
        result = kb("push", server.url.replace("/query", "/store"), "--dry-run", env=DIRECT)
    assert (result.code, result.out) == (3, "")
    assert "longer than the engine reads" in result.err


def test_a_push_does_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST", 5 << 20)
    monkeypatch.setenv("NO_PROXY", "*")
    with serving(bomb) as server:
        store = GraphStore(service(server.url.replace("/query", "/store")), 60.0)
        with pytest.raises(LimitError, match="larger than 5 MiB"):
            store.read("http://e/g")


# Names that are none, answers to other queries

NO_IRIS = ["http://[bad/", "urn:x> } #", "ag:iran } #", "http://x/%zz", b"\xff".decode("utf-8", "surrogateescape")]


@pytest.mark.parametrize("name", NO_IRIS)
def test_a_name_that_is_no_iri(name: str, kb: Runner, honest: Server) -> None:
    there = kb("show", name, "--endpoint", honest.url, env=DIRECT)
    assert (there.code, there.out, kb("show", name).code) == (2, "", 2)
    here = kb("query", "denials", "-p", f"agent={name}")
    assert here.code == 2
    assert kb("query", "denials", "-p", f"agent={name}", "--endpoint", honest.url, env=DIRECT).code == 2


def test_a_parameter_that_is_no_iri(kb: Runner, honest: Server) -> None:
    asked = ("query", "denials", "-p", "agent=http://[bad/")
    here = kb(*asked)
    assert "not an absolute IRI" in here.err
    assert kb(*asked, "--endpoint", honest.url, env=DIRECT) == here


@pytest.mark.parametrize(
    ("query", "body", "told"),
    [
        ("SELECT ?a { }", b'{"head": {}, "boolean": true}', "answers a SELECT with true or false"),
        ("ASK { }", b'{"head": {"vars": ["a"]}, "results": {"bindings": []}}', "answers an ASK with rows"),
        (
            "SELECT ?a { }",
            b'{"head": {"vars": ["b"]}, "results": {"bindings": []}}',
            "other columns than asked for: ?b",
        ),
        ("SELECT ?a { }", b"nonsense", "the answer is damaged: "),
    ],
)
def test_an_answer_to_another_query(query: str, body: bytes, told: str, kb: Runner) -> None:
    with serving(lambda request: request.reply(200, body, Content_Type=ROWS)) as server:
        result = kb("query", "-", "--endpoint", server.url, env=DIRECT, stdin=query)
    assert (result.code, result.out) == (4, "")
    assert told in result.err
    assert "try again" not in result.err


# The project's own settings


@pytest.mark.parametrize("command", [("export", "-f", "nt"), ("query", "claims", "-f", "csv")])
def test_settings_are_not_replaced(command: tuple[str, ...], kb: Runner, project: Path) -> None:
    (project / "kb.toml").write_text("# mine\n", encoding="utf-8")
    result = kb(*command, "-o", "kb.toml", cwd=project)
    assert (result.code, "would replace" in result.err) == (2, True)
    assert (project / "kb.toml").read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize("base", ["https://ex.org/a b/", "https://ex.org/<x>/", "https://ex.org/%zz/", "://#"])
@pytest.mark.parametrize("command", [("validate",), ("export",), ("show", "iran"), ("query", "denials")])
def test_a_base_that_is_no_iri(base: str, command: tuple[str, ...], kb: Runner, project: Path) -> None:
    (project / "kb.toml").write_text(f'base = "{base}"\n', encoding="utf-8")
    result = kb(*command, cwd=project)
    assert (result.code, result.out) == (2, "")
    assert "kb.toml: base is " in result.err


# What a push says of graphs that it left


def test_what_is_left_is_told_by_where_it_comes_from(kb: Runner, project: Path) -> None:
    store = ox.Store()
    stranger = ox.NamedNode("https://w3id.org/contested-claims/article/someone-else")
    store.add(ox.Quad(stranger, stranger, stranger, stranger))
    with serving(graph_store(store, union=True)) as server:
        push = ("push", server.url.replace("/query", "/store"))
        first = kb(*push, "--all", cwd=project, env=DIRECT)
        one = kb(*push, "--graph", "http://e/all", cwd=project, env=DIRECT)
        again = kb(*push, cwd=project, env=DIRECT)
    told = "of no known push, but with names of this knowledge base, there are art:someone-else; --prune"
    assert told in first.err
    assert "earlier" not in first.err
    assert "holds the graph <http://e/all>: 1 graph changed\n" in one.err
    assert "of pushes with another --graph there are still " in one.err
    assert "of pushes with another --graph there are still <http://e/all>; --prune" in again.err
