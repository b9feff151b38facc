"""The checks that only code can make: every slip gives its codes and no others, and the clean data gives none."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Runner
from kbcli import datewords
from kbcli.corpus import Corpus
from kbcli.edtf import extent, written
from kbcli.gazetteer import Gazetteer
from kbcli.project import Project
from kbcli.quotemarks import Quotations, runs

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from kbcli.finding import Finding

A = "data/articles/iran-accuses-mossad.ttl"
B = "data/articles/khodaei-nyt-report.ttl"
SHAPES = "ontology/shapes.ttl"
MODULES = (
    "addresses",
    "calendar",
    "chains",
    "characters",
    "circles",
    "edtf",
    "issued",
    "links",
    "memberships",
    "nodes",
)
MODULES += ("parties", "quotations", "shapefile", "terms", "wholewords", "wording")
DENIAL = "cl:khodaei-nyt-report-ben-barak-denial a"
JUNE, TWEET = "tm:iran-accuses-mossad-june a", "tm:iran-accuses-mossad-tweet a"
WEDNESDAY = "tm:iran-accuses-mossad-zarif-wednesday a"
NOT_STATED = "kb:notStated dct:publisher , dct:creator , dct:issued"

Edit = Callable[[str], str]


class Slip(NamedTuple):
    """One slip of an editor: where, what is typed, all the codes that tell of it, and whom the first is about."""

    name: str
    file: str
    edit: Edit
    codes: str
    subject: str


def within(block: str, old: str, new: str) -> Edit:
    """Replace `old` wherever the block has it."""

    def edit(text: str) -> str:
        start = text.index(f"\n{block}")
        end = text.index(" .\n", start)
        return text[:start] + text[start:end].replace(old, new) + text[end:]

    return edit


def throughout(old: str, new: str) -> Edit:
    return lambda text: re.sub(rf"{re.escape(old)}(?![\w-])", new, text)


def adding(line: str) -> Edit:
    return lambda text: f"{text}\n{line}\n"


def issued(day: str) -> Edit:
    said = f'dct:issued "{day}"^^xsd:date ; kb:notStated dct:publisher , dct:creator'
    return lambda text: text.replace(NOT_STATED, said, 1)


VIA = "cl:khodaei-nyt-report-{} kb:via cl:khodaei-nyt-report-{} ."
CHAIN = "\n".join(VIA.format(*pair) for pair in (("nyt-report", "kan"), ("kan", "103fm"), ("103fm", "raisi-office")))
SLIPS = [
    Slip("a speaker misspelt", B, within(DENIAL, "ag:ben-barak", "ag:ben-barack"), "KB010", "claim/khodaei-nyt-report-ben-barak-denial"),
    Slip("an IRI under the house's base, wrongly", A, within(JUNE, "kb:inferred", "<https://w3id.org/contested-claims/kind/infered>"), "KB010", "time/iran-accuses-mossad-june"),
    Slip("an agent of the shared files again", B, adding("ag:iran a kb:Agent ."), "KB011", "agent/iran"),
    Slip("one name for two agents of a file", B, adding("ag:ben-barak a kb:Agent ."), "KB011", "agent/ben-barak"),
    Slip("a subject misspelt", B, adding("ag:ben-barack kb:kind k:person ."), "KB012", "agent/ben-barack"),
    Slip("a class of elsewhere", B, adding("ag:somebody a schema:Person ."), "KB012", "agent/somebody"),
    Slip("an operation among the agents", B, adding("ag:leak a kb:Operation ."), "KB013", "agent/leak"),
    Slip("a claim without its article's name", B, throughout("cl:khodaei-nyt-report-kan", "cl:kan"), "KB014", "claim/kan"),
    Slip("a time with half its article's name", B, throughout("tm:khodaei-nyt-report-monday", "tm:khodaei-nyt-monday"), "KB014", "time/khodaei-nyt-monday"),
    Slip("a time with another article's name", B, throughout("tm:khodaei-nyt-report-monday", "tm:iran-accuses-mossad-monday"), "KB014", "time/iran-accuses-mossad-monday"),
    Slip("a span named after other offsets", B, throughout("ev:khodaei-nyt-report-302-321", "ev:khodaei-nyt-report-302-320"), "KB015", "evidence/khodaei-nyt-report-302-320"),
    Slip("evidence of another article", B, within(DENIAL, "ev:khodaei-nyt-report-891-1059", "ev:iran-accuses-mossad-0-63"), "KB019 KB150 KB153", "claim/khodaei-nyt-report-ben-barak-denial"),
    Slip("a mark that turns the writing", B, within("ag:kan a", '"Kan broadcaster"', '"Kan \\u202Ebroadcaster"'), "KB017", "agent/kan"),
    Slip("a bell in a note", B, within("ag:knesset a", '"The text', '"\\u0007The text'), "KB017", "agent/knesset"),
    Slip("a party forgotten", B, within("cl:khodaei-nyt-report-ben-barak-mossad a", "kb:mentions ag:mossad ;", ""), "KB150", "claim/khodaei-nyt-report-ben-barak-mossad"),
    Slip("an article older than its news", A, issued("2018-10-20"), "KB151 KB152", "claim/iran-accuses-mossad-"),
    Slip("a capacity misspelt", B, within(DENIAL, '"lawmaker"', '"lawmakers"'), "KB153", "claim/khodaei-nyt-report-ben-barak-denial"),
    Slip("a capacity cut within a word", B, within(DENIAL, '"lawmaker"', '"maker"'), "KB153", "claim/khodaei-nyt-report-ben-barak-denial"),
    Slip("the outlet's words as a quotation", B, within(DENIAL, "we did not inform anyone or take responsibility, and that is for the best.", "saying that as far as he knew"), "KB260", "claim/khodaei-nyt-report-ben-barak-denial"),
    Slip("marks inside the quotation", B, within("cl:khodaei-nyt-report-raisi-revenge a", '"definite revenge"', '"vowed “definite revenge"'), "KB260", "claim/khodaei-nyt-report-raisi-revenge"),
    Slip("a part of a tweet", A, within("cl:iran-accuses-mossad-zarif-neighbors a", '"Solid relations w/neighbors our priority."', '"Solid relations"'), "KB260", "claim/iran-accuses-mossad-zarif-neighbors"),
    Slip("a quotation cut short", B, within("cl:khodaei-nyt-report-raisi-revenge a", '"definite revenge"', '"revenge"'), "KB261", "claim/khodaei-nyt-report-raisi-revenge"),
    Slip("a comma before the closing mark", B, within("cl:khodaei-nyt-report-raisi-global-arrogance a", '"Global Arrogance"', '"Global Arrogance,"'), "KB261", "claim/khodaei-nyt-report-raisi-global-arrogance"),
    Slip("the speaker's word as a cue", B, within(DENIAL, 'kb:cue "denied"', 'kb:cue "inform"'), "KB262", "claim/khodaei-nyt-report-ben-barak-denial"),
    Slip("a cue cut within a word", B, within(DENIAL, 'kb:cue "denied"', 'kb:cue "den"'), "KB263", "claim/khodaei-nyt-report-ben-barak-denial"),
    Slip("a hedge cut within a word", B, within(DENIAL, '"as far as he knew"', '"as far as he k"'), "KB263", "claim/khodaei-nyt-report-ben-barak-denial"),
    Slip("four voices", B, adding(CHAIN), "KB350", "claim/khodaei-nyt-report-"),
    Slip("the day before that Wednesday", A, within(WEDNESDAY, "2018-10-31", "2018-10-30"), "KB450", "time/iran-accuses-mossad-zarif-wednesday"),
    Slip("another day than the words name", A, within(TWEET, "2018-10-31", "2018-10-13"), "KB451", "time/iran-accuses-mossad-tweet"),
    Slip("another month", A, within(JUNE, "2018-06", "2018-09"), "KB451", "time/iran-accuses-mossad-june"),
    Slip("another year", A, within("tm:iran-accuses-mossad-2015 a", '"2015-', '"2016-'), "KB451 KB453", "time/iran-accuses-mossad-2015"),
    Slip("a month of one digit", A, within(JUNE, '"2018-06"', '"2018-6"'), "KB452", "time/iran-accuses-mossad-june"),
    Slip("EDTF of another month", A, within(JUNE, '"2018-06"', '"2018-07"'), "KB453", "time/iran-accuses-mossad-june"),
    Slip("EDTF of a time without date", B, within("tm:khodaei-nyt-report-monday a", "kb:text", 'kb:edtf "2022~" ;\n    kb:text'), "KB453", "time/khodaei-nyt-report-monday"),
    Slip("a time in the editor's words", A, within(JUNE, '"in June"', '"in June 2018"'), "KB454", "time/iran-accuses-mossad-june"),
    Slip("each before the other", B, adding("tm:khodaei-nyt-report-ushpiz kb:before tm:khodaei-nyt-report-ben-barak ."), "KB455", "time/khodaei-nyt-report-"),
    Slip("a country in its city", A, adding("pl:iran kb:within pl:ahvaz ."), "KB455", "place/"),
    Slip("a membership nobody states", B, adding("ag:raisi kb:partOf ag:iran ."), "KB456", "agent/raisi"),
    Slip("an order against the dates", A, adding("tm:iran-accuses-mossad-tweet kb:before tm:iran-accuses-mossad-june ."), "KB457", "time/iran-accuses-mossad-tweet"),
    Slip("a day outside its month", A, adding("tm:iran-accuses-mossad-tweet kb:during tm:iran-accuses-mossad-june ."), "KB457", "time/iran-accuses-mossad-tweet"),
    Slip("a predicate misspelt", B, within(DENIAL, "kb:speaker", "kb:speeker"), "KB901", "claim/khodaei-nyt-report-ben-barak-denial"),
    Slip("a class misspelt", B, within("op:leak-ben-barak a", "kb:Operation", "kb:Opration"), "KB901", "operation/leak-ben-barak"),
    Slip("a value misspelt", A, within(JUNE, "kb:inferred", "kb:infered"), "KB901", "time/iran-accuses-mossad-june"),
    Slip("a path of a shape misspelt", SHAPES, throughout("sh:path kb:deaths", "sh:path kb:deths"), "KB901", "shapes#KB118"),
    Slip("a parameter of a shape misspelt", SHAPES, throughout("sh:minCount", "sh:mincount"), "KB902", "shapes#KB"),
    Slip("a target misspelt", SHAPES, throughout("sh:targetClass", "sh:targetClas"), "KB902", "shapes#"),
    Slip("the properties of a shape misspelt", SHAPES, throughout("sh:property", "sh:proprty"), "KB902", "shapes#"),
    Slip("a term in a shape's query misspelt", SHAPES, throughout("?value kb:via* $this", "?value kb:vai* $this"), "KB901", "shapes#KB303-select"),
]  # fmt: skip


def told(root: Path) -> list[Finding]:
    """What the checks of this file find; SHACL has its own tests, and takes its time."""
    corpus = Corpus.of(Project(root))
    return [finding for name in MODULES for finding in import_module(f"kbcli.checks.{name}").check(corpus)]


@functools.cache
def clean() -> frozenset[str]:
    return frozenset(finding.message + finding.subject for finding in told(ROOT))


def told_anew(root: Path) -> list[Finding]:
    """What a slip adds, so that each test speaks of its slip alone."""
    return [finding for finding in told(root) if finding.message + finding.subject not in clean()]


def spoil(root: Path, file: str, edit: Edit) -> None:
    path = root / file
    before = path.read_text(encoding="utf-8")
    after = edit(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def test_the_clean_data_gives_none() -> None:
    assert told(ROOT) == []


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.name for slip in SLIPS])
def test_a_slip_gives_its_codes_and_no_others(slip: Slip, project: Path) -> None:
    spoil(project, slip.file, slip.edit)
    found = told_anew(project)
    assert {finding.code for finding in found} == set(slip.codes.split())
    first = next(finding for finding in found if finding.code == slip.codes.split()[0])
    assert slip.subject in first.subject
    assert first.path == slip.file
    assert first.line > 0
    assert first.hint


def test_every_code_has_its_slip() -> None:
    rules = {rule.code for name in MODULES for rule in import_module(f"kbcli.checks.{name}").RULES}
    assert rules - {code for slip in SLIPS for code in slip.codes.split()} == {"KB016", "KB903"}


def test_the_command_tells_what_the_checks_find(kb: Runner, project: Path) -> None:
    names = ("a speaker misspelt", "a party forgotten", "a quotation cut short", "EDTF of another month")
    picked = [slip for slip in SLIPS if slip.name in names]
    for slip in picked:
        spoil(project, slip.file, slip.edit)
    result = kb("validate", "-f", "json", cwd=project)
    found: list[dict[str, Any]] = json.loads(result.out)["findings"]
    assert result.code == 1
    assert {slip.codes for slip in picked} == {"KB010", "KB150", "KB261", "KB453"}
    assert {slip.codes for slip in picked} <= {finding["code"] for finding in found}
    assert "did you mean ag:ben-barak?" in {finding["hint"] for finding in found}
    assert 'write kb:quote "definite revenge"' in {finding["hint"] for finding in found}


def test_an_article_in_a_file_of_another_name(project: Path) -> None:
    (project / B).rename(project / "data/articles/other.ttl")
    assert [(f.code, f.path, f.hint) for f in told_anew(project)] == [
        ("KB016", "data/articles/other.ttl", "move it to data/articles/khodaei-nyt-report.ttl")
    ]


def test_what_a_broken_file_defines_is_not_missed(project: Path) -> None:
    spoil(project, "data/agents.ttl", adding("ag:iran a"))
    assert {f.code for f in told_anew(project)} == set()


def test_an_article_may_tell_what_is_to_come(project: Path) -> None:
    spoil(project, A, issued("2018-10-31"))
    assert told_anew(project) == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("of running ‘false flag’ ops", ["false flag"]),
        ("he said “no, ‘false flag’ it is,” and left", ["no, ‘false flag’ it is", "false flag"]),
        ("„so“ und «ainsi» and \"thus\" and 'hence'", ["so", "ainsi", "thus", "hence"]),
        ("Israel’s agency, the rebels’ camp, Iran's", []),
        ("‘the rebels’ camp’ burned", ["the rebels", "the rebels’ camp"]),
        ("“First.\n\n“Second.” He left", ["First.", "Second."]),
        ("“never closed\nnext", []),
        ("a 6-foot 'wall' isn't 'it'", ["wall", "it"]),
    ],
)
def test_what_stands_in_quotation_marks(text: str, quoted: list[str]) -> None:
    quotations = Quotations(text)
    assert sorted(quotations.words(run) for run in runs(text)) == sorted(quoted)


@given(st.text(alphabet="ab’‘“”„«»\"' ,\n", max_size=60))
def test_runs_hold_what_they_are_asked_for(text: str) -> None:
    quotations = Quotations(text)
    for run in runs(text):
        assert 0 <= run.start <= run.end <= len(text)
        assert run in quotations.around(*run)
    assert [run for run in quotations.around(0, len(text)) if (run.start, run.end) != (0, len(text))] == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("on Wednesday", True),
        ("Earlier Tuesday", False),
        ("two days after Monday", True),
        ("October 31, 2018", True),
        ("31 October", True),
        ("the 30th of October", False),
        ("Oct. 30", False),
        ("October 31, 2017", False),
        ("late September", False),
        ("between September and November", False),
        ("in May", False),
        ("as May resigned", True),
        ("the March on Washington", True),
        ("1980-1988", False),
        ("some 2000 years ago", True),
    ],
)
def test_what_the_words_of_a_time_say_of_31_october_2018(text: str, holds: bool) -> None:
    day = (2018, 10, 31)
    fits = [datewords.has_weekday(name, day, day) for name in datewords.weekdays(text)]
    fits += [datewords.has_date(mention, day, day) for mention in datewords.mentions(text)]
    fits += [year == day[0] for year in datewords.years(text)]
    assert all(fits) == holds


@given(st.dates())
def test_a_day_has_one_weekday_and_the_nearest_is_near(day: dt.date) -> None:
    here = (day.year, day.month, day.day)
    assert [name for name in datewords.WEEKDAYS if datewords.has_weekday(name, here, here)] == [datewords.weekday(here)]
    assert datewords.nearest_weekday(datewords.weekday(here), here) == here


@given(st.text(max_size=40))
def test_any_text_can_be_asked_for_its_dates(text: str) -> None:
    for mention in datewords.mentions(f"{text} 30 February 2018 {text}"):
        exists = datewords.has_date(mention, (1, 1, 1), (9999, 12, 31))
        assert not (exists and mention.words == "30 February 2018")


@pytest.mark.parametrize(
    ("text", "first", "last", "sense"),
    [
        ("2018-06", (2018, 6, 1), (2018, 6, 30), "exact"),
        ("2010~", (2010, 1, 1), (2010, 12, 31), "about"),
        ("201X", (2010, 1, 1), (2019, 12, 31), "exact"),
        ("2018-XX-XX", (2018, 1, 1), (2018, 12, 31), "exact"),
        ("../2018-10", None, (2018, 10, 31), "exact"),
        ("2018-21/2019?", (2018, 1, 1), (2019, 12, 31), "season"),
        ("-0044-03-15", (-44, 3, 15), (-44, 3, 15), "exact"),
        ("Y-17000", (-17000, 1, 1), (-17000, 12, 31), "exact"),
        ("2018-10-31T23:20:00+01:00", (2018, 10, 31), (2018, 10, 31), "exact"),
    ],
)
def test_edtf_of_levels_0_and_1(text: str, first: Any, last: Any, sense: str) -> None:
    assert extent(text) == (first, last, sense)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "June",
        "2018-6",
        "2018-13",
        "2018-25",
        "2018-02-29",
        "2018/2017",
        "2018/2019/2020",
        "/",
        "../..",
        "2018\n",
        "²018",
        "2018??",
        "Y2018",
        "Y17000-01",
        "201X-05",
        "2018-XX-01",
        "XXXX",
        "2018-10T10:00:00Z",
        "2018-10-31T24:00:00",
    ],
)
def test_what_is_no_edtf_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        extent(text)


@given(st.dates(), st.dates())
def test_bounds_written_as_edtf_are_the_bounds(one: dt.date, other: dt.date) -> None:
    first, last = sorted((day.year, day.month, day.day) for day in (one, other))
    assert extent(written(first, last)) == (first, last, "exact")
    assert extent(written(first, None)) == (first, None, "exact")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Iran’s part in the Iran-Iraq War", ["Iran", "Iran-Iraq War"]),
        ("Iranian, Iran-backed, anti-Iran, IRAN", []),
        ("the operations of “Unit 840,” of Unit 8401", ["Unit 840"]),
        ("The Netherlands and the Netherlands", ["The Netherlands", "the Netherlands"]),
        ("(@JZarif) and Daesh (ISIS)*", ["@JZarif", "Daesh (ISIS)"]),
    ],
)
def test_where_names_stand(text: str, named: list[str]) -> None:
    import pyoxigraph as ox

    names = ("Iran", "Iran-Iraq War", "“Unit 840”", "the Netherlands", "@JZarif", "Daesh", "Daesh (ISIS)")
    gazetteer = Gazetteer((name, ox.NamedNode(f"urn:{number}")) for number, name in enumerate(names))
    assert [one.name for one in gazetteer.occurrences(text)] == named
    assert all(text[one.start : one.end] == one.name for one in gazetteer.occurrences(text))
