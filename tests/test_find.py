"""kb find: every hit with its place and with those whose words it is; folding finds and keeps the right offsets."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import ROOT, Runner
from kbcli import hits
from kbcli.folding import MARKS, WORDS, Folded, Table, fold
from kbcli.project import Project
from kbcli.search import search
from kbcli.store import load_project
from kbcli.view import View

if TYPE_CHECKING:
    from pathlib import Path

ORDER = ["label", "title", "alias", "quote", "designates", "hedge", "cue", "text"]
FILES = {"iran-accuses-mossad": "000_698584d1738c9fbf.txt", "khodaei-nyt-report": "002_67d1941ca2bc8fd9.txt"}
ANY = st.one_of(st.text(), st.text(alphabet="aéE\u0301ﬁß ’'“\n\r\u200d\u00ad\u00a8\u037a\ufe0f한İ…-–"))


def found(kb: Runner, *words: str, cwd: Path = ROOT) -> list[dict[str, Any]]:
    result = kb("find", *words, "-f", "json", cwd=cwd)
    assert result.code == 0, result.err
    hits: list[dict[str, Any]] = json.loads(result.out)["hits"]
    return hits


def test_exact_labels_come_first_then_labels_aliases_quotations_texts(kb: Runner) -> None:
    hits = found(kb, "mossad")
    assert hits[0]["id"] == "ag:mossad"
    assert [hit["exact"] for hit in hits].count(True) == 1
    kinds = [ORDER.index(hit["hit"]) for hit in hits]
    assert kinds == sorted(kinds)
    assert {"label", "quote", "text"} <= {hit["hit"] for hit in hits}


def test_a_hit_is_one_line_and_twice_the_same(kb: Runner) -> None:
    lines = kb("find", "iran").out.splitlines()
    assert lines[:2] == ["ag:iran  label  agent (state): Iran", "pl:iran  label  place: Iran"]
    assert len(lines) == len(found(kb, "iran")) == len(set(lines))
    assert kb("find", "iran").out.splitlines() == lines


def test_an_alias_says_whose_it_is(kb: Runner) -> None:
    assert "ag:iran  alias  agent (state) Iran: Tehran\n" in kb("find", "tehran").out


@pytest.mark.parametrize("words", ["involvement", "message", "iran", "the", "denmark"])
def test_no_claim_is_told_without_its_speaker(kb: Runner, words: str) -> None:
    hits = [hit for hit in found(kb, words) if hit["id"].startswith("cl:")]
    lines = [line for line in kb("find", words).out.splitlines() if line.startswith("cl:")]
    assert len(lines) == len(hits) > 0
    for line, hit in zip(lines, hits, strict=True):
        (claim,) = hit["claims"]
        voices = [claim["speaker"]["label"], *(step["speaker"]["label"] for step in claim["via"])]
        assert all(voice in line for voice in voices)
        assert f"  {claim['class']} by {voices[0]}" in line


def test_what_is_second_hand_says_through_whom(kb: Runner) -> None:
    out = kb("find", "had confirmed").out
    assert "cl:khodaei-nyt-report-israel-via-nyt  cue  Admission by Israel, via New York Times (" in out
    assert "Admission by Israel, via New York Times; " in out.splitlines()[-1]


def test_whose_words_they_are(kb: Runner) -> None:
    assert (
        "quote  Denial by Ram Ben-Barak (the speaker’s words as the article quotes them): «we did"
        in kb("find", "anyone").out
    )
    assert (
        "hedge  Denial by Ram Ben-Barak (a reservation in the article’s words): «as far as"
        in kb("find", "as far as").out
    )
    assert "cue  Statement by Ram Ben-Barak (the article’s words for saying so): «slammed»" in kb("find", "slammed").out


def test_a_phrase_is_contiguous_and_words_are_not(kb: Runner) -> None:
    assert found(kb, "contained", "information")[-1]["sentence"]["number"] == 6
    assert found(kb, "information contained")
    assert not found(kb, "contained information")
    assert not found(kb, "information", "stuxnet")
    assert not found(kb, "mossad", "ossad")


def test_the_vocabulary_is_not_searched(kb: Runner) -> None:
    assert not [hit for hit in found(kb, "speaking") if hit["id"].startswith("kb:")]
    assert not found(kb, "nothing claimed")


@pytest.mark.parametrize("words", ["Zarif’s", "zarif's", "ZARIF`S", "Zárif‘s"])
def test_capitals_accents_and_marks_do_not_matter(kb: Runner, words: str) -> None:
    assert kb("find", words).out == kb("find", "Zarif's").out != ""


def test_words_are_found_where_they_begin_unless_asked_inside(kb: Runner) -> None:
    none = kb("find", "ossad")
    assert (none.code, none.out) == (0, "")
    assert none.err.startswith("no hits; inside of longer words there are ")
    assert "\nag:mossad  label  agent" in kb("find", "ossad", "--inside").out


def test_no_hits_are_no_failure(kb: Runner) -> None:
    result = kb("find", "xyzzy")
    assert (result.code, result.out, result.err) == (0, "", "no hits\n")


@pytest.mark.parametrize("words", ["israel", "trust", "“false", "iran’s"])
def test_the_offsets_of_a_text_are_the_articles(kb: Runner, words: str) -> None:
    for hit in found(kb, words):
        if hit["hit"] == "text":
            text = (ROOT / "seeds" / FILES[hit["id"].removeprefix("art:")]).read_bytes().decode()
            assert text[hit["sentence"]["start"] : hit["sentence"]["end"]] == hit["value"]
            assert {fold(text[one["start"] : one["end"]]) for one in hit["ranges"]} == {fold(words)}
        else:
            assert {fold(hit["value"][one["start"] : one["end"]]) for one in hit["ranges"]} == {fold(words)}


@given(ANY, st.data(), st.sampled_from([WORDS, MARKS]))
@example("\ufeffe\u0301 ﬁn", None, WORDS)
def test_any_part_of_any_text_is_found_at_its_place(text: str, data: st.DataObject | None, table: Table) -> None:
    start = data.draw(st.integers(0, len(text))) if data else 1
    end = data.draw(st.integers(start, len(text))) if data else len(text)
    needle = fold(text[start:end], table)
    places = list(Folded.of(text, table).find(needle)) if needle else []
    assert not needle or any(
        start <= a and (b <= end or unicodedata.category(text[b - 1])[0] == "M") for a, b in places
    )
    assert all(needle in fold(text[a:b], table) for a, b in places)


@given(ANY)
def test_a_text_is_folded_alike_with_and_without_its_places(text: str) -> None:
    assert Folded.of(text).text.strip() == fold(text)
    assert fold(fold(text)) == fold(text)


def test_an_accent_belongs_to_its_letter() -> None:
    assert list(Folded.of("Cafe\u0301s").find("cafe")) == [(0, 5)]
    assert list(Folded.of("a\u00a0 b").find("a b")) == [(0, 4)]


def test_what_nobody_sees_does_not_matter() -> None:
    assert list(Folded.of("\ufeffcon\u00adtest\u200bed").find(fold("contested"))) == [(1, 12)]


def test_scripts_without_capitals_are_found_inside_of_words() -> None:
    assert list(Folded.of("東京都知事").find(fold("知事"), inside=False)) == [(3, 5)]
    assert not list(Folded.of("accuses").find(fold("US"), inside=False))


@pytest.mark.parametrize("columns", [30, 60, 100])
def test_a_terminal_is_not_exceeded_and_no_word_lost(kb: Runner, columns: int) -> None:
    view = View(load_project(Project(ROOT), graphs=False), Project(ROOT))
    narrow = hits.lines(search(view, ["trust"]), columns)
    assert max(map(len, narrow)) <= columns
    assert "".join("".join(narrow).split()) == "".join(kb("find", "trust").out.split())


@pytest.mark.parametrize("format_", ["text", "json"])
def test_nothing_a_terminal_obeys_comes_through(kb: Runner, project: Path, format_: str) -> None:
    path = project / "data" / "agents.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"Mossad"', r'"Mossad\u001B[2J\u202E\u0085\n"'), encoding="utf-8"
    )
    out = kb("find", "mossad", "-f", format_, cwd=project).out
    assert "ag:mossad" in out
    assert all(character.isprintable() or character == "\n" for character in out)


def test_a_text_that_cannot_be_read_is_told(kb: Runner, project: Path) -> None:
    (project / "seeds" / FILES["khodaei-nyt-report"]).write_bytes(b"\xff")
    result = kb("find", "trust", cwd=project)
    assert result.code == 0
    assert "art:khodaei-nyt-report: its text cannot be read" in result.err


def test_broken_data_is_not_searched(kb: Runner, project: Path) -> None:
    (project / "data" / "agents.ttl").write_text("ag:iran a", encoding="utf-8")
    result = kb("find", "iran", cwd=project)
    assert (result.code, result.out) == (2, "")
    assert "data/agents.ttl:1:" in result.err


@pytest.mark.parametrize("words", [[], [""], ["iran", " "], ["\u0301"]])
def test_nothing_to_look_for_is_wrong_use(kb: Runner, words: list[str]) -> None:
    assert kb("find", *words).code == 2
