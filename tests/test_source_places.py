"""Where the source differs: line and column of an offset, and what findings about words say the article has."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbcli.comparison import BUDGET, LONGEST, Comparison
from kbcli.source import Source

if TYPE_CHECKING:
    from conftest import Runner

A = "data/articles/iran-accuses-mossad.ttl"
B = "data/articles/khodaei-nyt-report.ttl"
SEED_A = "seeds/000_698584d1738c9fbf.txt"
SEED_B = "seeds/002_67d1941ca2bc8fd9.txt"
SPAN = 'kb:Evidence ;\n    kb:in art:khodaei-nyt-report ;\n    oa:exact "The lawmaker denied the information'
DENIAL = "cl:khodaei-nyt-report-ben-barak-denial a"


def source_of(text: str) -> Source:
    source = Source(Path("nowhere"), "seeds/a.txt")
    source.__dict__["raw"] = text.encode("utf-8")
    return source


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("ab", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb\r\nc", 3, (2, 1)),  # in CR LF the LF belongs to the line it ends
        ("a\r\nb\r\nc", 2, (1, 3)),
        ("a\r\nb\r\nc", 6, (3, 1)),
        ("a\rb", 2, (2, 1)),
        ("\ufeffab\nc", 0, (1, 1)),
        ("\ufeffab\nc", 1, (1, 1)),
        ("\ufeffab\nc", 2, (1, 2)),
        ("a\u2028b\x0bc", 4, (1, 5)),  # no editor's line ends
        ("😀é\n😀x", 4, (2, 2)),  # code points: neither bytes nor UTF-16 units
        ("ab", 99, (1, 3)),
    ],
)
def test_line_and_column_of_an_offset(text: str, offset: int, place: tuple[int, int]) -> None:
    assert source_of(text).place(offset) == place


@given(st.text(alphabet="ab😀\u0301\r\n\u2028\ufeff", max_size=40), st.integers(0, 40))
def test_the_place_of_an_offset_leads_back_to_it(text: str, offset: int) -> None:
    source = source_of(text)
    offset = min(offset, len(text))
    line, column = source.place(offset)
    shown = re.split(r"(\r\n|\r|\n)", text.removeprefix("\ufeff"))
    before = "".join(shown[: 2 * (line - 1)])
    assert source.lines == shown[::2]
    assert len(before) + column - 1 == max(0, offset - text.startswith("\ufeff"))
    if column <= len(source.lines[line - 1]) and not (offset == 0 and text.startswith("\ufeff")):
        assert source.lines[line - 1][column - 1] == text[offset]


@given(st.text(alphabet="abc “”é\r\n", max_size=60), st.text(alphabet="abc ”\n", max_size=30), st.integers(0, 60))
def test_what_is_said_to_stand_at_a_place_stands_there(text: str, words: str, start: int) -> None:
    comparison = source_of(text).comparison
    for told in (comparison.span(start, start + len(words), words), comparison.outside(words, [(0, start)])):
        for place in told.related:
            rest = "\n".join(source_of(text).lines[place.line - 1 :])[place.column - 1 :]
            plain = re.sub(r"\r\n|\r", "\n", place.text)
            assert rest.startswith(plain) or place.text.endswith("\r")
            assert place.place in told.said


TEXT = "He said it was bad.\nThe lawmaker denied it: “we did not inform anyone or take responsibility” and left.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("we did nct inform anyone or take responsibility", "has “we did not inform…” at seeds/a.txt:2:26, the record “we did nct inform…”"),
        ("we did inform anyone or take responsibility", "has “we did not inform…” at seeds/a.txt:2:26, the record “we did inform…”"),
        ("we did not inform anybody or take responsibility", "“…inform anyone or take…” at seeds/a.txt:2:37, the record “…inform anybody or take…”"),
    ],
)  # fmt: skip
def test_the_words_around_a_difference_are_told(words: str, said: str) -> None:
    start = TEXT.index("we did")
    told = source_of(TEXT).comparison.difference(
        start, start + len("we did not inform anyone or take responsibility"), words
    )
    assert told.said.endswith(said)


def test_of_several_differences_the_first_is_told() -> None:
    told = source_of(TEXT).comparison.difference(20, len(TEXT) - 1, TEXT[20:-1].replace("n", "m"))
    assert told.said.startswith("the article has “…lawmaker denied it: “we…” at seeds/a.txt:2:5, the record")
    assert "responsibility" not in told.said


class Slip(NamedTuple):
    """An edit of one file, and what the finding of a code then says, with the place and the text in the source."""

    code: str
    file: str
    old: str
    new: str
    said: str
    place: str
    text: str


SLIPS = [
    Slip("KB201", B, SPAN, SPAN.replace("information", "informatian"), "the article has “…", f"{SEED_B}:5:25", "information contained"),
    Slip("KB201", B, 'oa:start "891"', 'oa:start "892"', "(891–", f"{SEED_B}:5:1", "The lawmaker denied"),
    Slip("KB202", B, 'oa:prefix "” he added', 'oa:prefix "” she said', "the article has “", f"{SEED_B}:4:", "” he added.\n"),
    Slip("KB211", B, 'kb:quote "we did not', 'kb:quote "we did nct', "has “we did not inform…” at", f"{SEED_B}:5:94", "we did not inform"),
    Slip("KB212", B, 'kb:cue "denied"', 'kb:cue "Raisi"', "it stands at", SEED_B, "Raisi"),
    Slip("KB212", B, 'kb:cue "denied"', 'kb:cue "xqzw"', "nothing in the article is like it", "", ""),
    Slip("KB153", B, '"lawmaker"', '"lawmakers"', "the nearest in the article is “lawmaker” at", f"{SEED_B}:5:5", "lawmaker"),
    Slip("KB214", B, '"lawmaker"', '"lawmakers"', "the nearest in the article is “lawmaker” at", f"{SEED_B}:5:5", "lawmaker"),
    Slip("KB260", B, '"definite revenge"', '"vowed “definite revenge"', "” at", SEED_B, "vowed “definite revenge"),
    Slip("KB261", B, '"definite revenge"', '"revenge"', "“definite revenge” at", SEED_B, "definite revenge"),
    Slip("KB262", B, 'kb:cue "denied"', 'kb:cue "inform"', "“inform” at", f"{SEED_B}:5:105", "inform"),
    Slip("KB454", A, '"in June"', '"in June 2018"', "the nearest in the article is “in June” at", f"{SEED_A}:9:140", "in June"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=[f"{slip.code} {slip.new[-12:]}" for slip in SLIPS])
def test_a_finding_about_words_tells_where_the_source_has_others(slip: Slip, kb: Runner, project: Path) -> None:
    path = project / slip.file
    before = path.read_text(encoding="utf-8")
    assert slip.old in before
    path.write_text(before.replace(slip.old, slip.new), encoding="utf-8")
    found = [one for one in findings(kb, project) if one["code"] == slip.code]
    assert found
    one = found[0]
    assert slip.said in one["message"]
    if not slip.place:
        assert "related" not in one
        return
    (related,) = one["related"]
    place = f"{related['path']}:{related['line']}:{related['column']}"
    assert place in one["message"]
    assert place.startswith(slip.place)
    assert related["text"].startswith(slip.text)
    lines = (project / related["path"]).read_text(encoding="utf-8").splitlines()[related["line"] - 1 :]
    assert "\n".join(lines)[related["column"] - 1 :].startswith(related["text"])


def findings(kb: Runner, project: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in kb("validate", "-f", "jsonl", cwd=project).out.splitlines()]


def test_the_text_report_shows_the_source_with_carets(kb: Runner, project: Path) -> None:
    path = project / B
    path.write_text(path.read_text(encoding="utf-8").replace('"lawmaker"', '"lawmakers"'), encoding="utf-8")
    lines = kb("validate", cwd=project).out.splitlines()
    at = lines.index(f"  source: {SEED_B}:5:5")
    assert lines[at + 1].startswith("  | The lawmaker denied")
    assert lines[at + 2] == "  |     ^^^^^^^^"


def test_a_source_with_other_line_ends_has_the_same_places(kb: Runner, project: Path) -> None:
    """Offsets shift by one at each line, lines and columns do not."""
    path = project / B
    path.write_text(path.read_text(encoding="utf-8").replace('"lawmaker"', '"lawmakers"'), encoding="utf-8")
    seed = project / SEED_B
    seed.write_bytes(seed.read_bytes().replace(b"\n", b"\r\n"))
    found = [one["related"][0] for one in findings(kb, project) if one["code"] == "KB153"]
    assert {(one["line"], one["column"], one["text"]) for one in found} == {(5, 5, "lawmaker")}


def test_looking_for_what_is_alike_comes_to_an_end() -> None:
    comparison = Comparison(source_of(TEXT))
    assert comparison.nearest("did nct inform").said
    comparison._spent = BUDGET
    assert comparison.nearest("did nct inform").said  # it remembers
    assert comparison.nearest("denyed it") == ("", ())
    long = Comparison(source_of(TEXT)).nearest("we did nct inform " * 100_000)
    assert len(long.said) < 8 * LONGEST
