"""An editor's slips in the two articles: each is found, under its code, at its place, by the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

A = "data/articles/iran-accuses-mossad.ttl"
B = "data/articles/khodaei-nyt-report.ttl"
MARK = "‸"


class Slip(NamedTuple):
    """In the block of `file` that begins so, `old` becomes `new`, and `code` tells of it.

    The mark is before the place that is told. If `new` has none, the place is where the block begins.
    """

    name: str
    file: str
    block: str
    old: str
    new: str
    code: str


DENIAL = "cl:khodaei-nyt-report-ben-barak-denial a"
DENIED = "ev:khodaei-nyt-report-891-1059 a"
REPORT = "cl:khodaei-nyt-report-nyt-report a"
ADMISSION = "cl:khodaei-nyt-report-israel-via-nyt a"
REVENGE = "cl:khodaei-nyt-report-raisi-revenge a"
IRANS = "cl:iran-accuses-mossad-iran-denial a"
PLANNING = "cl:iran-accuses-mossad-pet-planning a"
HOSTING = "cl:iran-accuses-mossad-tehran-hosting a"
TWEET = "cl:iran-accuses-mossad-zarif-false-flags a"
JUNE = "tm:iran-accuses-mossad-june a"
BEN_BARAK = "ag:ben-barak a"
RECORD_A, RECORD_B = "art:iran-accuses-mossad a", "art:khodaei-nyt-report a"
SLIPS = [
    # words of the article
    Slip("a letter of a quotation", B, DENIAL, '"we did not', '‸"we did nct', "KB211"),
    Slip("a quotation remembered, not copied", A, HOSTING, '"hosting several', '‸"hosting many', "KB211"),
    Slip("the marks copied with the words", B, REVENGE, '"definite revenge"', '‸"“definite revenge”"', "KB260"),
    Slip("a quotation cut short", B, REVENGE, '"definite revenge"', '‸"revenge"', "KB261"),
    Slip("a straight apostrophe for a curly one", A, TWEET, '"Mossad’s perverse', '‸"Mossad`s perverse', "KB211"),
    Slip("a letter of a span", B, DENIED, 'oa:exact "The lawmaker denied', 'oa:exact ‸"The lawmaker denies', "KB201"),
    Slip("a start one too far", B, DENIED, 'oa:start "891"^^xsd:nonNegativeInteger ;\n    oa:end "', 'oa:start "892"^^xsd:nonNegativeInteger ;\n    oa:end ‸"', "KB206"),
    Slip("an end one too far", B, DENIED, 'oa:end "1059"', 'oa:end ‸"1060"', "KB206"),
    Slip("words before the span", B, DENIED, 'oa:prefix "” he', 'oa:prefix ‸"” she', "KB202"),
    Slip("two contexts behind a span", B, DENIED, "oa:suffix", '‸oa:suffix "\\nOther" ;\n    oa:suffix', "KB217"),
    Slip("a language on the words before a span", B, DENIED, 'oa:prefix "” he added.\\n"', 'oa:prefix ‸"” he added.\\n"@en', "KB217"),
    Slip("a hedge in other words", B, DENIAL, '"as far as he knew"', '‸"as far as we know"', "KB213"),
    Slip("a cue in another tense", A, PLANNING, 'kb:cue "accused"', 'kb:cue ‸"accuses"', "KB212"),
    Slip("a cue cut within a word", A, PLANNING, 'kb:cue "accused"', 'kb:cue ‸"accuse"', "KB263"),
    Slip("a capacity that is not printed", B, DENIAL, '"lawmaker"', '‸"legislator"', "KB153"),
    Slip("words of a time made clearer", A, JUNE, '"in June"', '‸"in June 2018"', "KB454"),
    # who and what
    Slip("a claim without its speaker", B, DENIAL, "    kb:speaker ag:ben-barak ;\n", "", "KB101"),
    Slip("two speakers in one claim", A, PLANNING, "kb:speaker ag:pet", "‸kb:speaker ag:pet , ag:denmark", "KB101"),
    Slip("a speaker misspelt", B, DENIAL, "ag:ben-barak ;", "‸ag:ben-barack ;", "KB010"),
    Slip("a speaker by name", A, IRANS, "kb:speaker ag:iran", 'kb:speaker ‸"Iran"', "KB102"),
    Slip("an operation that speaks", A, IRANS, "kb:speaker ag:iran", "kb:speaker ‸op:stuxnet", "KB102"),
    Slip("an allegation without the accused", A, PLANNING, "    kb:actor ag:iranian-intelligence ;\n", "", "KB106"),
    Slip("a denial with an actor", B, DENIAL, "    kb:about", "    ‸kb:actor ag:israel ;\n    kb:about", "KB108"),
    Slip("a denial of an operation", B, DENIAL, "cl:khodaei-nyt-report-nyt-report", "‸op:khodaei-killing", "KB304"),
    Slip("a denial of another matter", B, DENIAL, "cl:khodaei-nyt-report-nyt-report", "‸cl:khodaei-nyt-report-israel-via-nyt", "KB305"),
    Slip("a second-hand claim by an agent", B, ADMISSION, "kb:via cl:khodaei-nyt-report-nyt-report", "kb:via ‸ag:nyt", "KB301"),
    Slip("an admission of another's deed", B, ADMISSION, "kb:actor ag:israel", "kb:actor ‸ag:iraq", "KB107"),
    Slip("two classes", B, DENIAL, "a kb:Denial", "‸a kb:Denial , kb:Statement", "KB125"),
    Slip("a claim without evidence", B, DENIAL, "    kb:evidence ev:khodaei-nyt-report-891-1059 ;\n", "", "KB207"),
    Slip("evidence of two articles", B, DENIAL, "kb:evidence ev", "kb:evidence ‸ev:iran-accuses-mossad-575-636 , ev", "KB218"),
    Slip("evidence of another article", B, DENIAL, "kb:evidence ev:khodaei-nyt-report-891-1059", "‸kb:evidence ev:iran-accuses-mossad-575-636", "KB019"),
    Slip("neither said nor marked as not stated", A, IRANS, "    kb:notStated kb:said ;\n", "", "KB119"),
    # times
    Slip("words where a time belongs", B, DENIAL, "kb:said tm:khodaei-nyt-report-ben-barak", 'kb:said ‸"Earlier in the day"', "KB115"),
    Slip("a day that does not exist", A, JUNE, '"2018-06-30"^^', '‸"2018-06-31"^^', "KB411"),
    Slip("a date the English way", A, JUNE, '"2018-06-01"^^', '‸"01/06/2018"^^', "KB410"),
    Slip("bounds the wrong way round", A, JUNE, '"2018-06-01"', '‸"2018-07-01"', "KB412"),
    Slip("a relative time with bounds", B, "tm:khodaei-nyt-report-thursday a", "    kb:text", '    kb:latest ‸"2022-05-26"^^xsd:date ;\n    kb:text', "KB417"),
    # terms, pegs and records
    Slip("a property misspelt", B, DENIAL, "kb:hedge", "‸kb:hegde", "KB901"),
    Slip("a property that does not exist", B, REPORT, "kb:mentions", "‸kb:victim", "KB901"),
    Slip("a claim's property on a person", B, BEN_BARAK, "    kb:kind", "    ‸kb:about op:khodaei-killing ;\n    kb:kind", "KB404"),
    Slip("a deed's author on the deed", B, "op:khodaei-killing a", "    kb:kind", "    ‸kb:actor ag:israel ;\n    kb:kind", "KB405"),
    Slip("a kind as a word", B, BEN_BARAK, "kb:kind k:person", 'kb:kind ‸"person"', "KB402"),
    Slip("a file name misspelt", B, RECORD_B, '"002_67', '‸"003_67', "KB204"),
    Slip("a digit of the checksum", B, RECORD_B, '"8c71', '‸"8c72', "KB203"),
    Slip("an outlet forgotten", A, RECORD_A, "    kb:outlet ag:outlet-iran-accuses-mossad ;\n", "", "KB222"),
    Slip("a language by its name", A, RECORD_A, '"en"', '‸"English"', "KB231"),
    Slip("a record that lacks what claims may lack", B, RECORD_B, "kb:notStated dct", "kb:notStated ‸kb:said , dct", "KB131"),
    Slip("given and marked as not stated", B, RECORD_B, "kb:notStated dct:publisher", "dct:publisher ag:nyt ;\n    kb:notStated ‸dct:publisher", "KB224"),
    Slip("an address for a note", A, RECORD_A, "    kb:outlet", "    skos:note ‸<https://example.org/> ;\n    kb:outlet", "KB135"),
    Slip("an empty note", B, DENIED, "kb:in", 'skos:note ‸" " ;\n    kb:in', "KB135"),
    # the writing of Turtle
    Slip("a semicolon forgotten", B, DENIAL, 'kb:cue "denied" ;\n    kb:denies', 'kb:cue "denied"‸\n    kb:denies', "KB001"),
    Slip("a full stop too early", B, DENIAL, 'kb:cue "denied" ;', 'kb:cue "denied" ‸.', "KB001"),
    Slip("typographic marks around a text", B, REVENGE, '"definite revenge"', "‸“definite revenge”", "KB001"),
    Slip("a node without a name", B, BEN_BARAK, "    kb:kind", "    skos:note ‸[] ;\n    kb:kind", "KB002"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.name for slip in SLIPS])
def test_a_slip_is_found_at_its_place(slip: Slip, kb: Runner, project: Path) -> None:
    place = make(slip, project / slip.file)
    result = kb("validate", "-f", "jsonl", "--fail-on", "warning", cwd=project)
    told = [json.loads(line) for line in result.out.splitlines()]
    mine = [f for f in told if f["code"] == slip.code]
    assert result.code == 1
    assert [(f["path"], f["line"], f["column"]) for f in mine][:1] == [(slip.file, *place)], told
    assert all(f["hint"] for f in mine)


def make(slip: Slip, path: Path) -> tuple[int, int]:
    """Make the slip; the line and column, from 1, where it is to be told."""
    text = path.read_text(encoding="utf-8")
    start = text.index(f"\n{slip.block}") + 1
    at = text.index(slip.old, start)
    assert at < text.index(" .\n", start) + 3
    marked = text[:at] + slip.new + text[at + len(slip.old) :]
    path.write_text(marked.replace(MARK, ""), encoding="utf-8")
    place = marked.find(MARK) if MARK in slip.new else start
    return marked.count("\n", 0, place) + 1, place - marked.rfind("\n", 0, place)
