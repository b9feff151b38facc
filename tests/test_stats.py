"""kb stats: the figures agree with the queries, with the texts, and with each other."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from conftest import ROOT, Runner

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = {"art:iran-accuses-mossad": "000_698584d1738c9fbf.txt", "art:khodaei-nyt-report": "002_67d1941ca2bc8fd9.txt"}


def figures(kb: Runner, *args: str | Path, cwd: Path = ROOT) -> dict[str, Any]:
    result = kb("stats", "-f", "json", *args, cwd=cwd)
    assert result.code == 0, result.err
    told: dict[str, Any] = json.loads(result.out)
    return told


def claims(kb: Runner, query: str, *args: str) -> int:
    """How many claims a saved query lists."""
    return len({row["claim"] for row in csv.DictReader(io.StringIO(kb("query", query, "-f", "csv", *args).out))})


@pytest.mark.parametrize("article", ["whole", *ARTICLES])
def test_claims_are_counted_as_the_queries_count_them(kb: Runner, article: str) -> None:
    told = figures(kb)
    own = told["whole"] if article == "whole" else told["articles"][article]
    only = [] if article == "whole" else ["-p", f"article={article}"]
    classes = ("Admission", "Allegation", "Denial", "Statement")
    assert [own["claims"][name] for name in classes] == [
        claims(kb, "claims", "-p", f"class={name}", *only) for name in classes
    ]
    assert own["claims"]["all"] == claims(kb, "claims", *only)
    assert own["second-hand"]["all"] == claims(kb, "chains", *only)
    assert own["by unnamed speakers"]["all"] == claims(kb, "unnamed", *only)
    unanswered = own["claims"]["Allegation"] - own["allegations with a recorded denial"]["all"]
    assert unanswered == claims(kb, "undenied", *only)


def test_restatements_and_reservations_are_counted(kb: Runner) -> None:
    rows = list(csv.DictReader(io.StringIO(kb("query", "claims", "-f", "csv").out)))
    whole = figures(kb)["whole"]
    assert whole["restatements"]["all"] == sum(bool(row["restates"]) for row in rows) > 0
    assert whole["hedged"]["all"] == sum(bool(row["hedge"]) for row in rows) > 0
    assert whole["allegations with a recorded denial"]["with a reservation only"] == 1


def test_an_outlet_without_a_name_is_no_unnamed_speaker(kb: Runner, project: Path) -> None:
    path = project / "data" / "articles" / "khodaei-nyt-report.ttl"
    before, text = figures(kb), path.read_text(encoding="utf-8")
    path.write_text(text.replace("kb:kind k:media .", "kb:kind k:media , k:unnamed .", 1), encoding="utf-8")
    after = figures(kb, cwd=project)["whole"]
    assert after["agents"]["k:unnamed"] == before["whole"]["agents"]["k:unnamed"] + 1
    assert after["by unnamed speakers"] == before["whole"]["by unnamed speakers"]


def test_the_articles_make_up_the_whole(kb: Runner) -> None:
    told = figures(kb)
    for name in ("sentences", "claims", "hedged", "spans", "characters"):
        assert told["whole"][name]["all"] == sum(own[name]["all"] for own in told["articles"].values()) > 0
    assert list(told["articles"]) == list(ARTICLES)


@pytest.mark.parametrize("article", ARTICLES)
def test_the_share_that_spans_cover_is_of_all_but_white_space(kb: Runner, article: str) -> None:
    text = (ROOT / "seeds" / ARTICLES[article]).read_bytes().decode()
    query = "PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX kb: <https://w3id.org/contested-claims/ont#> "
    query += f"SELECT ?s ?e {{ ?x kb:in <https://w3id.org/contested-claims/article/{article[4:]}> ; oa:start ?s ; oa:end ?e }}"
    spans = list(csv.DictReader(io.StringIO(kb("query", "-", "-f", "csv", stdin=query).out)))
    covered = {index for span in spans for index in range(int(span["s"]), int(span["e"])) if not text[index].isspace()}
    told = figures(kb)["articles"][article]
    assert told["spans"]["all"] == len(spans)
    assert told["characters"] == {
        "all": len("".join(text.split())),
        "covered by spans": len(covered),
        "share covered": round(len(covered) / len("".join(text.split())), 4),
    }


def test_agents_operations_and_times_by_sort(kb: Runner) -> None:
    whole = figures(kb)["whole"]
    kind = "PREFIX kb: <https://w3id.org/contested-claims/ont#> SELECT ?x ?k { ?x a kb:%s ; kb:%s ?k }"
    for name, class_, predicate in (
        ("agents", "Agent", "kind"),
        ("operations", "Operation", "kind"),
        ("times", "Time", "basis"),
    ):
        rows = list(csv.DictReader(io.StringIO(kb("query", "-", "-f", "csv", stdin=kind % (class_, predicate)).out)))
        assert whole[name].pop("all") == len({row["x"] for row in rows})
        assert sum(whole[name].values()) == len(rows) > 0
    assert whole["agents"]["k:unnamed"] > whole["agents"]["k:epithet"] > 0


def test_csv_has_the_same_figures(kb: Runner) -> None:
    told = figures(kb)
    rows = list(csv.DictReader(io.StringIO(kb("stats", "-f", "csv").out)))
    for row in rows:
        own = told["articles"][row["article"]] if row["article"] else told["whole"]
        assert float(own[row["counted"]].pop(row["sort"])) == float(row["figure"])
    assert not any(sort for own in (told["whole"], *told["articles"].values()) for sort in own.values())


@pytest.mark.parametrize("columns", [25, 60, 120])
def test_text_never_exceeds_the_terminal(kb: Runner, columns: int) -> None:
    out = kb("stats", env={"COLUMNS": str(columns)}).out
    assert max(map(len, out.splitlines())) <= columns
    whole = figures(kb)["whole"]["claims"]
    assert f"{whole['all']} (Admission {whole['Admission']}," in " ".join(out.split())


def test_other_data_is_counted_outside_a_project_without_texts(kb: Runner, tmp_path: Path) -> None:
    here = figures(kb)
    there = figures(kb, "--data", ROOT / "data", cwd=tmp_path)
    assert "sentences" not in there["whole"]
    assert there["whole"].items() <= {**here["whole"], **there["whole"]}.items()
    for name in ("claims", "hedged", "by unnamed speakers", "allegations with a recorded denial", "agents", "spans"):
        assert there["whole"][name] == here["whole"][name]
    assert kb("stats", cwd=tmp_path).code == 2


def test_named_graphs_are_counted_too(kb: Runner, tmp_path: Path) -> None:
    (tmp_path / "x.nq").write_text(
        "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/contested-claims/ont#Agent> <urn:g> .\n"
    )
    assert figures(kb, "--data", tmp_path / "x.nq", cwd=tmp_path)["whole"]["agents"] == {"all": 1, "none given": 1}


def test_wild_offsets_cost_nothing(kb: Runner, project: Path) -> None:
    path = project / "data" / "articles" / "khodaei-nyt-report.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace('oa:end "54"', 'oa:end "99999999999999999999"'), encoding="utf-8"
    )
    assert figures(kb, cwd=project)["articles"]["art:khodaei-nyt-report"]["characters"]["share covered"] == 1.0


def test_a_text_that_cannot_be_read_is_told(kb: Runner, project: Path) -> None:
    (project / "seeds" / ARTICLES["art:khodaei-nyt-report"]).unlink()
    result = kb("stats", cwd=project)
    assert (result.code, "art:khodaei-nyt-report: its text cannot be read" in result.err) == (0, True)


def test_nothing_a_terminal_obeys_comes_through(kb: Runner, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(
        "<urn:a> a <https://w3id.org/contested-claims/ont#Agent> ; <https://w3id.org/contested-claims/ont#kind> <urn:\u202e> ."
    )
    for format_ in ("text", "json"):
        out = kb("stats", "-f", format_, "--data", tmp_path / "x.ttl").out
        assert "202e" in out
        assert "\u202e" not in out


def test_broken_data_is_not_counted(kb: Runner, project: Path) -> None:
    (project / "data" / "agents.ttl").write_text("ag:iran a", encoding="utf-8")
    assert (kb("stats", cwd=project).code, kb("stats", "--data", "nosuch").code) == (2, 2)
