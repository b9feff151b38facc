"""A push that is cut short by a dead server or a dead client, and repeated: the store then holds the project, exactly.

What is compared is parsed from the files and asked of the store here, by none of the code that pushes.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from bench.generate import generate
from conftest import NEUTRAL
from kbcli.project import Project
from stores import Oxigraph, Virtuoso
from stores.store import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stores.store import Server

pytestmark = pytest.mark.stores
ARTICLES, CHANGED, KILLS, MIDDLE = 30, 12, 10, 5  # CHANGED: at least so many, each time
WHOLE = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"
ALL = "SELECT ?graph ?s ?p ?o WHERE { GRAPH ?graph { ?s ?p ?o } FILTER (strstarts(str(?graph), '%s')) }"
Quads = set[tuple[str, ...]]


class Lasting(Virtuoso):
    """Virtuoso, started again on a database where what is granted is granted already."""

    def start(self) -> None:
        try:
            super().start()
        except StoreError as error:
            if "already have role" not in str(error):
                raise


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("many") / "project"
    generate(root, ARTICLES)
    return root


@pytest.fixture(params=[Oxigraph, Lasting], ids=lambda kind: kind.__name__)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    if missing := request.param.missing():
        pytest.skip(f"{missing} is not installed")
    with request.param(tmp_path) as running:
        yield running


def addresses(store: Server, *, updates: bool) -> list[str]:
    """How a push reaches the store, by whole graphs or by updates alone."""
    secured = isinstance(store, Virtuoso)
    update = f"{store.origin}/sparql-auth" if secured else str(store.update_url)
    if updates:
        return [store.query_url, "--no-graph-store", "--update", update, "--query", store.query_url]
    return [f"{store.origin}/sparql-graph-crud-auth" if secured else str(store.gsp_url)]


def push(root: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "kbcli", "--project", str(root), "push", *arguments],
        env={**os.environ, **NEUTRAL, "KB_USER": "dba", "KB_PASSWORD": "dba", "NO_PROXY": "*"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def edit(root: Path, number: int, dice: random.Random) -> None:
    """Some articles say something new."""
    for path in dice.sample(sorted((root / "data/articles").iterdir()), CHANGED):
        said = path.read_text(encoding="utf-8").partition("\n# ")[0]
        iri = Project(root).graph_iri(path)
        path.write_text(f'{said}\n# edited\n<{iri}> <{COMMENT}> "{number}" .\n', encoding="utf-8")


def wanted(root: Path) -> Quads:
    project = Project(root)
    return {
        (project.graph_iri(path), *(term(as_json(node)) for node in quad.triple))
        for path in (*project.data_files(), project.ontology)
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    }


def as_json(node: Any) -> dict[str, str]:
    if isinstance(node, ox.NamedNode):
        return {"value": node.value}
    return {"value": node.value, "xml:lang": node.language or "", "datatype": node.datatype.value}


def term(binding: dict[str, str]) -> str:
    """One text for a term; whole numbers by their value, as stores may spell them."""
    value, type_ = binding["value"], binding.get("datatype", "")
    if type_ in (WHOLE, WHOLE.replace("nonNegativeInteger", "integer")):
        return f"number {int(value)}"
    plain = "" if type_.endswith(("#string", "#langString")) else type_
    return f"{value}@{binding.get('xml:lang', '').lower()}^{plain}"


def held(store: Server, base: str) -> Quads:
    rows = json.loads(store.ask(ALL % base))["results"]["bindings"]
    named = {f"{base}article/", f"{base}graph/"}
    return {
        (row["graph"]["value"], term(row["s"]), term(row["p"]), term(row["o"]))
        for row in rows
        if any(row["graph"]["value"].startswith(name) for name in named)
    }


def test_whatever_dies_the_next_push_makes_it_whole(store: Server, articles: Path) -> None:
    dice = random.Random(type(store).__name__)  # noqa: S311 no secret
    base = Project(articles).base
    told = finished(push(articles, *addresses(store, updates=False)))
    before = held(store, base)
    assert before == wanted(articles), told
    middle = 0
    for number in range(KILLS):
        edit(articles, number, dice)
        goal = wanted(articles)
        how = addresses(store, updates=number % 3 == 2)
        killed(store, push(articles, *how), dice)
        middle += held(store, base) not in (before, goal)
        told = finished(push(articles, *how))
        before = held(store, base)
        assert before == goal, f"kill {number}: {told}"
    assert "nothing to do" in finished(push(articles, *how))
    assert middle >= MIDDLE


def killed(store: Server, client: subprocess.Popen[str], dice: random.Random) -> None:
    """End the push while it is under way, when it has told of some graphs, or of none yet.

    It is the client that dies, as by a crash; or the server, and then the client by Ctrl-C, or the client lives, waits
    for the server, and goes on.
    """
    assert client.stdout
    for _ in range(dice.randrange(CHANGED)):
        client.stdout.readline()
    time.sleep(dice.uniform(0, 0.02))
    if dice.random() < 0.5:
        client.kill()
        client.communicate()
        return
    store.kill()
    if dice.random() < 0.7:
        time.sleep(0.3)
        client.send_signal(signal.SIGINT)
    store.start()
    _, told = client.communicate(timeout=60)
    assert "Traceback" not in told
    assert client.returncode in (0, 4, 130), told
    assert client.returncode == 0 or "same command" in told or "no connection" in told


def finished(client: subprocess.Popen[str]) -> str:
    _, told = client.communicate(timeout=60)
    assert client.returncode == 0, told
    return told
