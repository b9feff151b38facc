"""--endpoint: the answers of an endpoint are those of the project, and what goes wrong is told in a sentence."""

from __future__ import annotations

import json
import ssl
import time
from typing import TYPE_CHECKING

import pytest
import trustme

from conftest import ROOT, Runner
from kbcli.address import checked
from kbcli.credentials import Credentials, known
from kbcli.errors import UsageError
from kbcli.project import Project
from kbcli.store import load_project
from serving import Handler, Server, endpoint, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

QUERIES = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
DIRECT = {"NO_PROXY": "*", "KB_USER": "", "KB_TOKEN": "", "NETRC": "/dev/null"}


@pytest.fixture(scope="module")
def honest() -> Iterator[Server]:
    """An endpoint with the project's data."""
    with serving(endpoint(load_project(Project(ROOT), graphs=False))) as server:
        yield server


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("format_", ["csv", "table", "json"])
def test_an_endpoint_answers_as_the_project_does(name: str, format_: str, kb: Runner, honest: Server) -> None:
    asked = ("query", name, "-f", format_)
    assert kb(*asked, "--endpoint", honest.url, env=DIRECT) == kb(*asked)


def test_labels_and_names_are_looked_up_there(kb: Runner, honest: Server, tmp_path: Path) -> None:
    asked = ("query", "denials", "-p", "agent=Iran", "--iri", "label", "-f", "csv")
    here = kb(*asked)
    assert here.out.count("\n") == 2
    assert kb(*asked, "--endpoint", honest.url, env=DIRECT, cwd=tmp_path) == here


def test_a_name_that_nothing_bears_there(kb: Runner, honest: Server) -> None:
    result = kb("query", "denials", "-p", "agent=Irn", "--endpoint", honest.url, env=DIRECT)
    assert result.code == 2
    assert "did you mean ag:iran (Iran)?" in result.err


def test_triples_come_back(kb: Runner, honest: Server) -> None:
    asked = ("query", "-", "-f", "nt")
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/contested-claims/ont#Denial> ; ?p ?o }"
    here = kb(*asked, stdin=text)
    assert here.out.count("\n") > 10
    assert kb(*asked, "--endpoint", honest.url, env=DIRECT, stdin=text) == here


def test_a_short_query_is_a_get_a_long_one_a_post(kb: Runner, honest: Server) -> None:
    honest.seen.clear()
    for padding in ("", "#" * 3000):
        assert kb("query", "-", "--endpoint", honest.url, env=DIRECT, stdin=f"ASK {{ }} {padding}").code == 0
    assert [method for method, *_ in honest.seen] == ["GET", "POST"]


def test_a_query_that_does_not_parse_is_placed(kb: Runner, honest: Server) -> None:
    result = kb("query", "-", "--endpoint", honest.url, env=DIRECT, stdin="SELECT ?x { ?x ")
    assert (result.code, result.out) == (2, "")
    assert "<stdin>:1:11: this { is never closed" in result.err


@pytest.mark.parametrize(
    "name", ["ben-barak", "denmark-plot", "khodaei-nyt-report", "cl:iran-accuses-mossad-iran-denial"]
)
def test_a_card_is_the_same(name: str, kb: Runner, honest: Server) -> None:
    assert kb("show", name, "--endpoint", honest.url, env=DIRECT) == kb("show", name)


def test_a_card_of_nothing(kb: Runner, honest: Server) -> None:
    result = kb("show", "nobody-of-this-name", "--endpoint", honest.url, env=DIRECT)
    assert (result.code, result.out) == (2, "")


def html(request: Handler) -> None:
    request.reply(200, b"<html><body>Welcome</body></html>", Content_Type="text/html")


def refusing(status: int) -> Callable[[Handler], None]:
    return lambda request: request.reply(status, b"<h1>Sorry</h1><p>not \x1b[31mtoday</p>", Content_Type="text/html")


def circling(request: Handler) -> None:
    request.reply(302, Location="/query")


def breaking_off(request: Handler) -> None:
    body = b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", "value": "http://e/1"}}, '
    request.reply(200, body, Content_Type="application/sparql-results+json", Content_Length="100000")
    request.close_connection = True


def damaged(request: Handler) -> None:
    request.reply(200, b'{"head": {"vars": ["a"]}, "results"', Content_Type="application/sparql-results+json")


def slow(request: Handler) -> None:
    time.sleep(10)


MISBEHAVING = [
    (html, 4, "answers with text/html, not with the result of a query"),
    (refusing(401), 4, "HTTP 401 Unauthorized: Sorry not \\x1b[31mtoday\nhint: set KB_USER and KB_PASSWORD"),
    (refusing(403), 4, "HTTP 403 Forbidden"),
    (refusing(404), 4, "HTTP 404 Not Found"),
    (refusing(500), 4, "HTTP 500 Internal Server Error"),
    (circling, 4, "redirects in a circle"),
    (breaking_off, 4, "the answer breaks off"),
    (damaged, 4, "the answer is damaged"),
    (slow, 3, "1 s"),
]


@pytest.mark.parametrize(("answering", "code", "told"), MISBEHAVING)
def test_what_goes_wrong_is_told(
    answering: Callable[[Handler], None], code: int, told: str, kb: Runner, tmp_path: Path
) -> None:
    target = tmp_path / "rows.csv"
    with serving(answering) as server:
        asked = ("query", "-", "--endpoint", server.url, "--timeout", "1", "-o", str(target))
        result = kb(*asked, env=DIRECT, stdin="SELECT ?a { }")
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith("Error: ")
    assert told in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_body_is_not_sent_on(kb: Runner) -> None:
    with serving(circling) as server:
        result = kb("query", "-", "--endpoint", server.url, env=DIRECT, stdin=f"ASK {{ }} {'#' * 3000}")
        assert len(server.seen) == 1
    assert result.code == 4
    assert "/query\nhint: name that address" in result.err


@pytest.mark.parametrize(
    ("url", "code", "told"),
    [
        ("http://127.0.0.1:9/query", 4, "no connection: "),
        ("http://nowhere.invalid/query", 4, "no connection: "),
        ("ftp://example.org/query", 2, "no address of a service"),
        ("localhost:7878/query", 2, "no address of a service"),
        ("http://", 2, "no address of a service"),
        ("http://[::1/", 2, "no address"),
        ("http://me:secret@example.org/query", 2, "a user or password in the address"),
    ],
)
def test_an_address_that_is_none(url: str, code: int, told: str, kb: Runner) -> None:
    result = kb("query", "denials", "--endpoint", url, env=DIRECT)
    assert (result.code, result.out) == (code, "")
    assert told in result.err
    assert "secret" not in result.err


def test_a_certificate_must_be_trusted(kb: Runner, tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    known = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(known))
    with serving(endpoint(load_project(Project(ROOT), graphs=False)), context) as server:
        url = server.url.replace("http:", "https:")
        refused = kb("query", "denials", "--endpoint", url, env=DIRECT)
        trusted = kb("query", "denials", "--endpoint", url, env=DIRECT | {"REQUESTS_CA_BUNDLE": str(known)})
    assert refused.code == 4
    assert "its certificate cannot be trusted: " in refused.err
    assert trusted == kb("query", "denials")


def locked(challenge: str, expected: str) -> Callable[[Handler], None]:
    def answer(request: Handler) -> None:
        if str(request.headers.get("Authorization", "")).startswith(expected):
            request.reply(200, b'{"head": {}, "boolean": true}', Content_Type="application/sparql-results+json")
        else:
            request.reply(401, WWW_Authenticate=challenge)

    return answer


@pytest.mark.parametrize(
    ("challenge", "expected", "environment"),
    [
        ('Basic realm="kb"', "Basic bWU6c2VjcmV0", {"KB_USER": "me", "KB_PASSWORD": "secret"}),
        (
            'Digest realm="kb", nonce="n", qop="auth"',
            'Digest username="me"',
            {"KB_USER": "me", "KB_PASSWORD": "secret"},
        ),
        ("Bearer", "Bearer secret", {"KB_TOKEN": "secret"}),
    ],
)
def test_credentials_are_given_when_asked_for(
    challenge: str, expected: str, environment: dict[str, str], kb: Runner
) -> None:
    with serving(locked(challenge, expected)) as server:
        result = kb("query", "-", "-f", "json", "--endpoint", server.url, env=DIRECT | environment, stdin="ASK { }")
        first = server.seen[0][2]
    assert json.loads(result.out)["boolean"] is True
    assert "Authorization" not in first
    assert "secret" not in result.err


def test_wrong_credentials_are_not_told(kb: Runner) -> None:
    with serving(locked('Basic realm="kb"', "Basic nobody")) as server:
        result = kb(
            "query", "denials", "--endpoint", server.url, env=DIRECT | {"KB_USER": "me", "KB_PASSWORD": "secret"}
        )
    assert result.code == 4
    assert "HTTP 401" in result.err
    assert "secret" not in result.err


def test_netrc_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine example.org login me password secret\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    found = known("https://example.org/query", {})
    assert found == Credentials("me", "secret", "", "netrc")
    assert "secret" not in repr(found)
    assert known("https://example.com/query", {}) is None


def test_the_endpoint_stands_alone(kb: Runner) -> None:
    result = kb("query", "denials", "--endpoint", "http://127.0.0.1:9/", "--data", "data")
    assert result.code == 2
    with pytest.raises(UsageError):
        checked("http://127.0.0.1:99999/")
