"""kb coverage: every character of a text has one state, and what is not done is named."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import NEUTRAL, ROOT, Runner
from kbcli.display import cells, printable
from kbcli.drafting.lexicon import lexicon
from kbcli.source import segmented
from kbcli.transcription.account import Account, Words
from kbcli.transcription.coverage import STATES, Coverage, Shares, coverage_of
from kbcli.transcription.page import Page
from kbcli.transcription.spans import CLAIMED, IDLE, LISTED, UNDECIDED, Piece

if TYPE_CHECKING:
    from pathlib import Path

IRAN, NYT = "iran-accuses-mossad", "khodaei-nyt-report"
FILES = {IRAN: "000_698584d1738c9fbf.txt", NYT: "002_67d1941ca2bc8fd9.txt"}
SGR = re.compile(r"\x1b\[([0-9;]*)m")
HOSTILE = "Said \x1b[31mred\x07 \u202eevil\u2069 “quo\x9bted” allegedly.\n"
ENGLISH = lexicon("en")


def told(kb: Runner, *args: str, cwd: Path = ROOT) -> dict[str, Any]:
    result = kb("coverage", "-f", "json", *args, cwd=cwd)
    assert result.code == 0, result.err
    found: dict[str, Any] = json.loads(result.out)
    return found


def open_in(found: dict[str, Any]) -> set[tuple[str, int]]:
    return {(a["article"], s["number"]) for a in found["articles"] for s in a["text"] if s["state"] == "open"}


def unused(found: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [
        (sentence["number"], kind, own["words"])
        for article in found["articles"]
        for sentence in article["text"]
        for kind, some in sentence["unused"].items()
        for own in some
    ]


def edited(project: Path, slug: str, old: str, new: str) -> None:
    path = project / "data" / "articles" / f"{slug}.ttl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def without_span(project: Path) -> None:
    """Nothing rests on sentence 18 of the first article any more."""
    edited(project, IRAN, "    kb:evidence ev:iran-accuses-mossad-2598-2639 ;\n", "")


def at_a_terminal(*args: str, cwd: Path = ROOT, **env: str) -> str:
    """What a command writes to stdout, a terminal."""
    ours, theirs = pty.openpty()
    known = {**os.environ, **NEUTRAL, "TERM": "xterm", "COLUMNS": "70", **env}
    shown: list[bytes] = []

    def drain() -> None:
        try:
            while part := os.read(ours, 1 << 16):
                shown.append(part)
        except OSError:  # nobody has its other end any longer
            return

    with subprocess.Popen([sys.executable, "-m", "kbcli", *args], cwd=cwd, stdout=theirs, env=known) as process:
        os.close(theirs)
        reader = threading.Thread(target=drain)
        reader.start()
        process.wait(timeout=120)
        reader.join()
    os.close(ours)
    return b"".join(shown).decode().replace("\r\n", "\n")


def test_the_two_articles_are_done(kb: Runner) -> None:
    found = told(kb, "--fail-under", "100")
    assert found["whole"]["sentences"] == {
        "all": 35,
        "claimed": 35,
        "listed": 0,
        "open": 0,
        "percent done": 100.0,
        "percent": {"claimed": 100.0, "listed": 0.0, "open": 0.0},
    }
    assert found["problems"] == []
    assert [article["characters"]["listed"] for article in found["articles"]] == [26, 0]
    assert found["whole"]["characters"]["neither"] < 40


def test_what_the_finished_articles_leave_over_is_little(kb: Runner) -> None:
    assert unused(told(kb)) == [
        (23, "verbs", "accusations"),
        (3, "verbs", "saying"),
        (11, "quotes", "Unit 840"),
    ]


def test_without_its_span_a_sentence_is_open_and_named(kb: Runner, project: Path) -> None:
    without_span(project)
    assert open_in(told(kb, cwd=project)) == {(f"art:{IRAN}", 18)}
    table = kb("coverage", cwd=project).out
    assert "22 of 23   95.7%" in table
    assert "    open 18 (2598–2639) “Tehran calls it a terrorist organization.”\n" in table
    assert "\nopen sentences: 18\n" in kb("coverage", IRAN, cwd=project).out


@pytest.mark.parametrize(
    ("percent", "code"), [("100", 1), ("97.2", 1), ("97.14285714285714286", 1), ("97.1", 0), ("0", 0), ("0.00", 0)]
)
def test_fail_under_is_of_all_sentences(kb: Runner, project: Path, percent: str, code: int) -> None:
    without_span(project)
    result = kb("coverage", "--fail-under", percent, cwd=project)
    assert result.code == code
    assert ("34 of 35 sentences are done (97.1%)" in result.err) == bool(code)
    assert kb("coverage", NYT, "--fail-under", "100", cwd=project).code == 0


@pytest.mark.parametrize("percent", ["101", "-1", "nan", "inf", "", "many", "1e2", "100.00000000000000000001", "50%"])
def test_what_is_no_percentage_is_wrong_use(kb: Runner, percent: str) -> None:
    result = kb("coverage", "--fail-under", percent)
    assert (result.code, "a number from 0 to 100" in result.err) == (2, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    kb:evidence ev:iran-accuses-mossad-2598-2639 ;\n", ""),
        ("    kb:evidence ev:iran-accuses-mossad-2752-2978 ;\n", ""),
        ("cl:iran-accuses-mossad-tehran-asmla-terrorist a kb:Statement", "cl:iran-accuses-mossad-tehran-asmla-terrorist a kb:Statment"),
        ("cl:iran-accuses-mossad-tehran-asmla-terrorist a kb:Statement", "cl:iran-accuses-mossad-tehran-asmla-terrorist a kb:Place"),
    ],
)  # fmt: skip
def test_the_checks_judge_the_same(kb: Runner, project: Path, old: str, new: str) -> None:
    edited(project, IRAN, old, new)
    findings = json.loads(kb("validate", "-f", "json", "--select", "KB250", cwd=project).out)["findings"]
    numbers = {int(re.findall(r"sentence (\d+)", finding["message"])[0]) for finding in findings}
    assert {number for _, number in open_in(told(kb, cwd=project))} == numbers


def test_what_a_todo_leaves_open_is_open(kb: Runner, project: Path) -> None:
    without_span(project)
    span = "ev:iran-accuses-mossad-2598-2639 a kb:Evidence"
    edited(project, IRAN, span, f"# TODO kb:evidence: what does it claim?\n{span}")
    assert kb("validate", "-f", "json", "--select", "KB250", cwd=project).code == 0
    assert open_in(told(kb, cwd=project)) == {(f"art:{IRAN}", 18)}


def test_a_claim_with_a_todo_is_no_transcription(kb: Runner, project: Path) -> None:
    """A draft proposes a claim for nearly every sentence, and once had all of them counted as done."""
    claim = "cl:iran-accuses-mossad-tehran-asmla-terrorist"
    edited(project, IRAN, f"{claim} a kb:Statement ;\n", f"{claim} a kb:Statement ;\n    # TODO kb:about: which?\n")
    found = told(kb, cwd=project)
    (number,) = {number for _, number in open_in(found)}
    done = kb("coverage", IRAN, "--fail-under", "100", cwd=project)
    assert (done.code, f"open sentences: {number}" in done.out) == (1, True)
    own = next(one for article in found["articles"] for one in article["text"] if one["undecided"])
    assert (own["number"], own["state"], own["undecided"]) == (number, "open", [claim])
    assert claim in own["claims"]
    assert re.search(rf"open {number} .*: TODO at {claim}", kb("coverage", cwd=project).out)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ('    kb:cue "has indicated" ;\n', (1, "verbs", "has indicated")),
        ('    kb:hedge "as far as he knew" ;\n', (6, "hedges", "as far as he knew")),
        ('    kb:quote "harms trust" ;\n', (3, "quotes", "harms trust")),
    ],
)
def test_what_no_claim_uses_any_more_is_told(kb: Runner, project: Path, line: str, left: tuple[int, str, str]) -> None:
    edited(project, NYT, line, "")
    assert left in unused(told(kb, NYT, cwd=project))


def test_a_word_within_a_word_uses_nothing(kb: Runner, project: Path) -> None:
    edited(project, NYT, 'kb:cue "has indicated"', 'kb:cue "indicate"')
    assert (1, "verbs", "has indicated") in unused(told(kb, NYT, cwd=project))


def test_csv_has_a_row_for_each_sentence(kb: Runner) -> None:
    rows = list(csv.DictReader(io.StringIO(kb("coverage", "-f", "csv").out)))
    assert len(rows) == 35
    for row, (article, sentence) in zip(rows, [(a, s) for a in told(kb)["articles"] for s in a["text"]], strict=True):
        text = (ROOT / article["file"]).read_bytes().decode()
        assert row["article"] == article["article"]
        assert row["words"] == sentence["words"] == text[int(row["start"]) : int(row["end"])]
        assert row["claims"].split("; ") == sentence["claims"]
        assert row["unused verbs"] == "; ".join(own["words"] for own in sentence["unused"]["verbs"])


@pytest.mark.parametrize("name", [NYT, f"art:{NYT}", FILES[NYT]])
def test_an_article_goes_by_any_of_its_names(kb: Runner, name: str) -> None:
    found = told(kb, name)
    assert [article["article"] for article in found["articles"]] == [f"art:{NYT}"]
    assert found["articles"] == told(kb)["articles"][1:]


def test_spans_and_claims_of_other_names_in_other_files_count(kb: Runner, project: Path) -> None:
    span = "ev:khodaei-nyt-report-2460-2523"
    edited(project, NYT, f" , {span}", "")
    edited(project, NYT, span, "ev:footnote")
    other = project / "data" / "other.ttl"
    other.write_text(
        "@prefix cl: <https://w3id.org/contested-claims/claim/> .\n"
        "@prefix ev: <https://w3id.org/contested-claims/evidence/> .\n"
        "@prefix kb: <https://w3id.org/contested-claims/ont#> .\n\n"
        "cl:other a kb:Statement ;\n    kb:evidence ev:footnote .\n",
        encoding="utf-8",
    )
    assert open_in(told(kb, NYT, cwd=project)) == open_in(told(kb, cwd=project)) == set()
    other.unlink()
    assert open_in(told(kb, NYT, cwd=project)) == open_in(told(kb, cwd=project)) == {(f"art:{NYT}", 12)}


def test_a_language_without_word_lists_has_sentences_and_text_only(kb: Runner, project: Path) -> None:
    edited(project, NYT, 'schema:inLanguage "en"', 'schema:inLanguage "de"')
    found = told(kb, cwd=project)
    assert (found["articles"][1]["unused"], found["articles"][1]["sentences"]["claimed"]) == (None, 12)
    assert found["whole"]["unused"] == found["articles"][0]["unused"]
    result = kb("coverage", NYT, cwd=project)
    assert "“de” of art:khodaei-nyt-report: only sentences and text are measured" in result.err
    assert "no claim uses:" not in result.out


def test_a_text_that_cannot_be_read_is_told_and_passes_no_gate(kb: Runner, project: Path) -> None:
    (project / "seeds" / FILES[NYT]).unlink()
    result = kb("coverage", cwd=project)
    assert (result.code, f"art:{NYT}: its text cannot be read" in result.err) == (0, True)
    assert kb("coverage", "--fail-under", "0", cwd=project).code == 1
    assert kb("coverage", NYT, cwd=project).code == 2


def test_a_text_that_changed_is_told_and_only_what_still_stands_counts(kb: Runner, project: Path) -> None:
    seed = project / "seeds" / FILES[NYT]
    seed.write_bytes(seed.read_bytes().replace(b"Terrorist groups", b"TERRORIST groups"))
    result = kb("coverage", cwd=project)
    assert f"art:{NYT}: its file is not the one that was transcribed" in result.err
    assert " 1 has other words now" in result.err
    assert open_in(told(kb, cwd=project)) == {(f"art:{NYT}", 12)}


def test_a_span_whose_words_the_text_does_not_have_counts_for_nothing(kb: Runner, project: Path) -> None:
    edited(project, IRAN, 'oa:exact "Tehran calls it a terrorist organization."', 'oa:exact "Tehran calls it so."')
    result = kb("coverage", cwd=project)
    assert f"art:{IRAN}: the words of 1 of its spans do not stand at their offsets" in result.err
    assert open_in(told(kb, cwd=project)) == {(f"art:{IRAN}", 18)}


def test_a_broken_file_is_told_and_passes_no_gate(kb: Runner, project: Path) -> None:
    (project / "data" / "articles" / f"{NYT}.ttl").write_text("art:x a", encoding="utf-8")
    result = kb("coverage", "--fail-under", "0", cwd=project)
    assert (result.code, f"data/articles/{NYT}.ttl cannot be read" in result.err) == (1, True)
    assert "all 1 article " in result.out


def test_without_articles_there_is_nothing_to_measure(kb: Runner, project: Path) -> None:
    shutil.rmtree(project / "data" / "articles")
    result = kb("coverage", cwd=project)
    assert (result.code, "no article in" in result.err, "kb draft" in result.err) == (2, True, True)
    assert kb("coverage", "nosuch").code == kb("coverage", "").code == 2


def test_a_file_gets_what_stdout_would_and_no_part_of_the_project_is_replaced(kb: Runner, project: Path) -> None:
    assert kb("coverage", "-f", "csv", "-o", "out.csv", cwd=project).out == ""
    assert (project / "out.csv").read_bytes().decode() == kb("coverage", "-f", "csv", cwd=project).out
    assert kb("coverage", "-o", "data/kinds.ttl", cwd=project).code == 2


@pytest.mark.parametrize("columns", [20, 40, 100])
def test_a_terminal_gets_the_text_shaded_and_wrapped(columns: int) -> None:
    shown = at_a_terminal("coverage", IRAN, COLUMNS=str(columns), NO_COLOR="")
    assert {"30;42", "30;46", "30;42;4"} <= set(SGR.findall(shown))
    plain = SGR.sub("", shown)
    assert max(map(cells, plain.splitlines())) <= columns
    text = (ROOT / "seeds" / FILES[IRAN]).read_bytes().decode()
    assert "".join(text.split())[-300:] in re.sub(r"\s", "", plain)


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"NO_COLOR": "", "TERM": "dumb"}])
def test_without_colour_there_are_marks(kb: Runner, plain: dict[str, str]) -> None:
    shown = at_a_terminal("coverage", NYT, COLUMNS="100", **plain)
    assert shown == kb("coverage", NYT, env={"COLUMNS": "100"}).out
    assert "\n     director of Mossad Ram Ben-Barak slammed the New York Times reporting, saying it “harms" in shown
    line, below = next((one, two) for one, two in itertools.pairwise(shown.splitlines()) if "saying it" in one)
    assert below == " " * line.index("saying") + "vvvvvv"


def test_a_narrow_terminal_gets_no_table_and_a_pipe_always_one(kb: Runner) -> None:
    assert max(map(cells, at_a_terminal("coverage", COLUMNS="30").splitlines())) <= 30
    assert kb("coverage", env={"COLUMNS": "30"}).out.splitlines()[0].startswith("article  ")


@pytest.mark.parametrize("args", [(), (NYT,), ("-f", "csv"), ("-f", "json")])
def test_nothing_a_terminal_obeys_comes_through(kb: Runner, project: Path, args: tuple[str, ...]) -> None:
    (project / "seeds" / FILES[NYT]).write_text(HOSTILE, encoding="utf-8")
    shown = SGR.sub("", at_a_terminal("coverage", *args, cwd=project, NO_COLOR=""))
    assert "evil" in shown
    assert not set(shown) & set("\x1b\x07\u202e\u2069\x9b")
    if "csv" not in args:
        assert not set(kb("coverage", *args, cwd=project).out) & set("\x1b\x07\u202e\u2069\x9b")


TEXTS = st.lists(
    st.sampled_from(
        ["Iran ", "said ", "“we know” ", "allegedly ", "denied it. ", "\n", "\ufeff", "한국 ", "e\u0301", "‘", "”", "\t", "\x1b", "\u202e"]
    )
    | st.text(max_size=5)
).map("".join)  # fmt: skip
USES = st.sampled_from([CLAIMED, LISTED, UNDECIDED, IDLE])


@st.composite
def accounts(draw: st.DrawFn) -> tuple[str, Account]:
    text = draw(TEXTS)
    offsets = st.integers(0, len(text) + 3)
    pieces = draw(st.lists(st.tuples(offsets, offsets, USES).map(lambda p: Piece(min(p[:2]), max(p[:2]), p[2]))))
    some = st.lists(st.tuples(offsets, offsets).map(lambda p: text[min(p) : max(p)]).filter(bool), max_size=2).map(
        tuple
    )
    places = st.lists(st.tuples(offsets, offsets).map(lambda p: (min(p), max(p))), max_size=3).map(tuple)
    words = draw(st.lists(st.builds(Words, places, some, some, some, some, st.booleans()), max_size=3))
    return text, Account("art:x", "seeds/x.txt", "en", tuple(sorted(pieces)), tuple(words))


def measured(text: str, account: Account) -> Coverage:
    return coverage_of(text, segmented(text), account, ENGLISH)


@given(accounts())
@example(("\ufeffIran said so.", Account("art:x", "", "en", (Piece(0, 5, CLAIMED),))))
def test_every_character_has_one_state(given_: tuple[str, Account]) -> None:
    text, account = given_
    coverage = measured(text, account)
    within = {use: {i for p in account.pieces if p.use == use for i in range(*p[:2])} for use in (CLAIMED, LISTED)}
    solid = {i for one in coverage.readings for i in range(one.start, one.end) if not text[i].isspace()}
    claimed, listed = solid & within[CLAIMED], solid & (within[LISTED] - within[CLAIMED])
    assert coverage.characters == (len(claimed), len(listed), len(solid - claimed - listed))
    assert coverage.characters.all == sum(not c.isspace() for c in text) - sum(
        text[i] == "\ufeff" for i in set(range(len(text))) - solid
    )
    assert coverage.sentences.all == len(segmented(text))
    for one in coverage.readings:
        uses = {p.use for p in account.pieces if p.start < one.end and one.start < p.end}
        done = CLAIMED if CLAIMED in uses else LISTED if LISTED in uses else "open"
        assert one.state == ("open" if UNDECIDED in uses else done)


@given(accounts())
def test_what_is_left_over_stands_there_and_is_used_by_nobody(given_: tuple[str, Account]) -> None:
    text, account = given_
    coverage = measured(text, account)
    left = [(one, own) for one in coverage.readings for own in one.leftovers]
    for one, own in left:
        assert one.start <= own.start < own.end <= one.end
        assert own.words == text[own.start : own.end]
    own_words = [own.words for _, own in left]
    all_of_it = Words(((0, len(text)),), *[tuple(own_words)] * 3)
    more = Account("art:x", "", "en", account.pieces, (*account.words, all_of_it))
    assert not [
        own for one in measured(text, more).readings for own in one.leftovers if re.fullmatch(r"\w.*\w", own.words)
    ]


@given(accounts(), st.integers(20, 60), st.booleans())
def test_a_page_shows_all_of_the_text_and_nothing_a_terminal_obeys(
    given_: tuple[str, Account], width: int, coloured: bool
) -> None:
    text, account = given_
    coverage = measured(text, account)
    lines = list(Page(coverage, width, coloured=coloured).lines())
    plain = [SGR.sub("", line) for line in lines]
    assert all(line.isprintable() or "\xa0" in line for line in plain)
    assert all(cells(line) <= width for line in plain)
    if coloured:
        shown = re.sub(r"\s", "", "".join(line[len(str(len(coverage.readings))) + 3 :] for line in plain))
        expected = "".join(printable(one.words.replace("\t", " ")) for one in coverage.readings)
        assert shown == re.sub(r"\s", "", expected)


@given(st.builds(Shares, *[st.integers(0, 10**6)] * 3))
@example(Shares(0, 0, 0))
@example(Shares(99_999, 0, 1))
def test_percents_make_up_a_hundred(shares: Shares) -> None:
    percents = shares.percents
    assert round(sum(percents.values()), 6) == (100 if shares.all else 0)
    for state, number in zip(STATES, shares, strict=True):
        assert (percents[state] > 0) == (number > 0)
        assert abs(percents[state] - 100 * number / max(1, shares.all)) < 0.3
    assert (shares.percent_done == 100) == (shares.open == 0)
