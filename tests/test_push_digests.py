"""kb push reads every file and parses only what it has not parsed before; its notes on that are worth nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kbcli.digestcache import FOLDER, NAME, DigestCache, key
from kbcli.goal import PER_ARTICLE, Goal
from kbcli.origin import of_project
from kbcli.project import Project
from serving import graph_store, serving
from terminal import ERASE, on_a_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Runner
    from kbcli.extract import Part

ARTICLE = "data/articles/khodaei-nyt-report.ttl"
NEW = '\n<http://e/1> <http://e/2> "new" .\n'


def counting(root: Path) -> tuple[Goal, Counter[str]]:
    """What is to be pushed, and how often each file of it was parsed."""
    parsed: Counter[str] = Counter()
    extract = of_project(Project(root))

    def quads(part: Part) -> Iterator[ox.Quad]:
        parsed[part.shown] += 1
        return part.quads()

    def counted(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(part._replace(quads=partial(quads, part)) for part in parts)

    counted_extract = replace(extract, parts=counted(extract.parts), vocabulary=counted(extract.vocabulary))
    return Goal(counted_extract, PER_ARTICLE), parsed


def add(path: Path, text: str = NEW) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_only_what_changed_is_parsed(project: Path) -> None:
    first, parsed = counting(project)
    digests = first.digests
    assert set(parsed.values()) == {1}
    assert len(parsed) == len(digests) > 5
    add(project / ARTICLE)
    second, parsed = counting(project)
    changed = {graph for graph, digest in second.digests.items() if digests[graph] != digest}
    assert parsed == {ARTICLE: 1}
    assert changed == {Project(project).graph_iri(project / ARTICLE)}
    assert [graph for graph, _ in second.graphs(changed)] == list(changed)
    assert parsed == {ARTICLE: 2}


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"a": 1}', '{"a": "b"}', "\x00"])
def test_notes_that_are_damaged_or_gone_change_nothing(project: Path, kept: str) -> None:
    digests = counting(project)[0].digests
    (project / FOLDER / NAME).write_text(kept)
    assert counting(project)[0].digests == digests
    goal, parsed = counting(project)
    assert (goal.digests, parsed) == (digests, {})


def test_without_a_place_for_notes_it_does_without(project: Path) -> None:
    (project / FOLDER).write_text("not a folder")
    digests = counting(project)[0].digests
    goal, parsed = counting(project)
    assert goal.digests == digests
    assert set(parsed.values()) == {1}


def test_git_does_not_see_the_notes(project: Path) -> None:
    assert counting(project)[0].digests
    assert sorted(path.name for path in (project / FOLDER).iterdir()) == [".gitignore", NAME]
    assert (project / FOLDER / ".gitignore").read_text() == "*\n"


def test_two_files_of_one_graph_have_one_digest(project: Path) -> None:
    (project / "data" / "more").mkdir()
    other = project / "data" / "more" / "agents.ttl"
    other.write_text(NEW)
    apart = counting(project)[0].digests
    other.unlink()
    add(project / "data" / "agents.ttl")
    assert counting(project)[0].digests == apart


def test_the_same_bytes_for_another_graph_are_another_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(NEW)
    assert key(path, "urn:a") == key(path, "urn:a") != key(path, "urn:b")
    assert key(tmp_path, "urn:a") == key(tmp_path / "none", "urn:a") == ""
    cache = DigestCache(tmp_path)
    cache.put("", "what has no key is not kept")
    cache.keep()
    assert DigestCache(tmp_path).get("") is None


def test_a_broken_file_is_told_though_the_others_are_known(kb: Runner, project: Path) -> None:
    assert counting(project)[0].digests
    add(project / ARTICLE, "\nkb:x a\n")
    with serving(graph_store(ox.Store(), union=True)) as server:
        told = kb("push", server.url.replace("/query", "/store"), cwd=project, env={"NO_PROXY": "*"})
        writes = [verb for verb, *_ in server.seen if verb not in ("GET", "POST")]
    assert (told.code, f"{ARTICLE}:" in told.err, writes) == (2, True, [])


@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--all",)], ids=" ".join)
def test_a_terminal_shows_how_far_it_is(project: Path, options: tuple[str, ...]) -> None:
    with serving(graph_store(ox.Store(), union=True)) as server:
        address = server.url.replace("/query", "/store")
        out, told = on_a_terminal(
            0, "push", address, *options, cwd=project, env={"NO_PROXY": "*", "NETRC": "/dev/null"}
        )
    graphs = len(counting(project)[0].digests)
    assert out.count(b"\n") == graphs
    assert ERASE.encode() not in out
    assert told.startswith(f"{ERASE}1 of {graphs}: data/agents.ttl")
    assert not any("\n" in line for line in told.split(ERASE)[:-1])
    assert ("holds the" in told.split(ERASE)[-1]) == ("--dry-run" not in options)
