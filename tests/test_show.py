"""kb show: cards that nobody can take for facts, of whatever a person names, in every format."""

from __future__ import annotations

import io
import itertools
import json
import os
import re
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Runner
from kbcli import cards, phrases
from kbcli.candidates import Entry, entries, fold, meant, similar
from kbcli.card import Card, Line, Section
from kbcli.display import cells, printable
from kbcli.markdown import escaped
from kbcli.parts import told
from kbcli.passages import _joined
from kbcli.project import Project
from kbcli.store import load_project
from kbcli.subjects import card_of
from kbcli.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "https://w3id.org/contested-claims/"
HOSTILE = 'a\x1b[31m\u202eb | **c** <i>d</i>\n# e `f` [g](h) "\\'
KHODAEI = "data/articles/khodaei-nyt-report.ttl"


def viewed(root: Path) -> View:
    project = Project(root)
    return View(load_project(project, graphs=False), project)


@pytest.fixture(scope="module")
def view() -> View:
    return viewed(ROOT)


@pytest.fixture(scope="module")
def known(view: View) -> list[Entry]:
    return entries(view)


@pytest.fixture(scope="module")
def all_cards(view: View) -> dict[str, Card]:
    return {iri: card_of(view, iri) for iri in sorted(view.things)}


def written(card: Card, format_: str, columns: int = 100) -> str:
    stream = io.StringIO()
    with mock.patch.dict(os.environ, {"COLUMNS": str(columns)}):
        cards.write(format_, card, stream)
    return stream.getvalue()


def as_data(card: Card) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(written(card, "json"))
    return data


def flat(text: str) -> str:
    """`text` with its lines joined, as if the terminal were endlessly wide."""
    return " ".join(text.split())


def shown(kb: Runner, *args: str, cwd: Path = ROOT) -> str:
    result = kb("show", *args, cwd=cwd)
    assert result.code == 0, result.err
    return flat(result.out)


def spoil(project: Path, old: str, new: str, file: str = KHODAEI) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def pieces(card: Card) -> Iterator[str]:
    """Everything a card prints, item by item."""
    yield card.title
    yield from card.cautions
    for section in card.sections:
        yield section.heading
        yield from (f"{line.name}: {line.text}" for line in section.lines)


def section(card: Card, heading: str) -> list[str]:
    found = [s for s in card.sections if s.heading.startswith(heading)]
    assert len(found) == 1, [s.heading for s in card.sections]
    return [f"{line.name}: {line.text}" if line.name else line.text for line in found[0].lines]


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


def claim(name: str) -> str:
    return f"{BASE}claim/khodaei-nyt-report-{name}"


# --- what cards say ---------------------------------------------------------------------------------------------------


def test_ben_barak_has_one_denial_with_its_reservation(kb: Runner) -> None:
    text = shown(kb, "ben-barak")
    assert text.startswith("Agent: Ram Ben-Barak [ag:ben-barak]")
    assert "Reported to be said by Ram Ben-Barak: denials (1)" in text
    assert "Denial by Ram Ben-Barak, with the reservation “as far as he knew”: " in text


def test_an_agent_is_part_of_another_only_by_claims(all_cards: dict[str, Card]) -> None:
    for card in all_cards.values():
        for membership in getattr(card.data, "part_of", ()):
            assert membership.claims, f"{card.title}: nothing says that it is part of {membership.whole.label}"
    lines = section(all_cards[BASE + "agent/ben-barak"], "Part of")
    assert lines[0] == "Israel (ag:israel; state)"
    assert lines[1].startswith("Statement by the outlet of the article khodaei-nyt-report")


def test_the_denial_shows_its_words_in_their_sentence(all_cards: dict[str, Card]) -> None:
    card = all_cards[claim("ben-barak-denial")]
    words = section(card, "The words")
    assert words[0].startswith("art:khodaei-nyt-report, sentence 6: ⟦The lawmaker denied the information")
    assert "quoted: “we did not inform anyone or take responsibility, and that is for the best.”" in words
    assert "the article’s reservation: “as far as he knew”" in words
    assert "basis: relative: a weekday or an order only, no date" in section(card, "When it was said")
    assert section(card, "What it denies")[0].startswith("Allegation by New York Times: NYT report: ")


def test_a_claim_without_quotation_is_called_a_paraphrase(all_cards: dict[str, Card]) -> None:
    for iri, card in all_cards.items():
        if card.data.card == "claim" and not card.data.words.quotes:
            lines = section(card, "The words")
            assert any(line.startswith(("paraphrase", "the outlet’s own words")) for line in lines), iri


def test_the_report_of_the_newspaper_is_denied_and_carries_two_claims(all_cards: dict[str, Card]) -> None:
    card = all_cards[claim("nyt-report")]
    assert section(card, "According to New York Times")[0] == "accused: Israel (ag:israel; state)"
    assert section(card, "Who denies it")[0].startswith("Denial by Ram Ben-Barak, with the reservation")
    carried = [line for line in section(card, "Related claims") if line.startswith("comes only through this claim: ")]
    assert [line.count("second-hand through New York Times (“alleging”)") for line in carried] == [1, 1]


def test_the_newspaper_says_one_thing_and_two_are_known_through_it(all_cards: dict[str, Card]) -> None:
    card = all_cards[BASE + "agent/nyt"]
    assert section(card, "Reported to be said by New York Times: allegations (1)")
    carried = section(card, "Known only through what New York Times is reported to say (2)")
    assert carried[0].startswith("Admission ascribed to Israel, second-hand through New York Times")


def test_the_second_hand_admission_is_nested_in_the_report(all_cards: dict[str, Card]) -> None:
    card = all_cards[claim("israel-via-nyt")]
    assert card.title.startswith("Admission ascribed to Israel, second-hand through New York Times (“alleging”): ")
    assert card.cautions[0].startswith("SECOND-HAND: the article does not have this from Israel.")
    chain = next(s for s in card.sections if s.heading.startswith("Through whom"))
    assert [line.depth for line in chain.lines] == [0, 1, 2]
    assert [line.text.split(" (")[0] for line in chain.lines][1:] == ["New York Times", "Israel"]
    assert any(s.heading == "According to Israel, as New York Times alone has it" for s in card.sections)
    assert section(card, "Who denies it")[1].startswith("what it comes through is denied: Denial by Ram Ben-Barak")


def test_nobody_reads_israels_admission_as_its_own(all_cards: dict[str, Card]) -> None:
    card = all_cards[BASE + "agent/israel"]
    assert card.data.says == ()
    assert section(card, "SECOND-HAND: ascribed to Israel by others, perhaps never said: admissions (1)")
    label = card.data.ascribed[0].label
    for other in all_cards.values():
        for piece in pieces(other):
            assert label not in piece or "second-hand through New York Times" in piece


def test_an_unnamed_source_reads_as_unnamed(all_cards: dict[str, Card]) -> None:
    card = all_cards[BASE + "agent/nyt-source-khodaei"]
    assert card.cautions[0].startswith("NOT NAMED")
    assert section(card, "Names and kinds")[0].startswith("description: ")
    assert "not named by the article" in section(all_cards[claim("nyt-source-message")], "Who is said to say it")


def test_wherever_an_unnamed_agent_stands_it_is_said_to_be_unnamed(all_cards: dict[str, Card]) -> None:
    unnamed = [card.data.agent for card in all_cards.values() if card.data.card == "agent" and card.data.agent.unnamed]
    assert len(unnamed) > 20
    for agent in unnamed:
        assert re.search("unnamed|not named", phrases.named(agent))


def test_the_killing_has_versions_and_no_finding(kb: Runner) -> None:
    text = shown(kb, "khodaei-killing")
    assert "These are VERSIONS. Nothing here is established" in text
    assert "accused: “Global Arrogance” (ag:global-arrogance; epithet)" in text
    assert "Versions side by side (11)" in text
    assert "Denials (0) none is recorded here, which does not mean" in text
    assert "silent, according to this claim: Majid Takht-Ravanchi" in text


def test_each_version_says_what_another_leaves_open(all_cards: dict[str, Card]) -> None:
    card = all_cards[BASE + "operation/ahvaz-attack"]
    lines = section(card, "Versions side by side")
    assert lines.count("deaths: 24") == 1
    assert lines.count("deaths: this claim does not say") == len(card.data.versions) - 1
    assert sum(line.startswith("when: “September 22” (2018-09-22; inferred by the editors") for line in lines) == 2


def test_a_time_that_the_article_does_not_state_is_not_guessed(all_cards: dict[str, Card]) -> None:
    assert section(all_cards[claim("israel-via-nyt")], "When it was said") == ["not stated in the article"]
    assert section(all_cards[claim("israel-via-nyt")], "Not stated in the article") == ["when it was said"]


def test_what_the_article_does_not_state_is_no_gap_of_the_record(all_cards: dict[str, Card]) -> None:
    lines = section(all_cards[BASE + "operation/khodaei-killing"], "Versions side by side")
    assert lines.count("when: not stated in the article") == lines.count("where: not stated in the article") == 1
    said = section(all_cards[claim("khodaei-killed")], "When it was said")
    assert said == ["in the article itself, which appeared on a day it does not state"]
    assert section(all_cards[claim("khodaei-killed")], "Not stated") == [
        "when it happened",
        "where it happened",
    ]


def test_a_version_told_again_is_marked_and_its_denial_shown(all_cards: dict[str, Card]) -> None:
    card = all_cards[BASE + "operation/denmark-plot"]
    lines = section(card, "Versions side by side (6, 1 of them told again)")
    assert sum("(tells cl:iran-accuses-mossad-pet-planning again)" in line for line in lines) == 1
    assert sum(line.startswith(f"{word}: Denial by Iran: ") for line in lines for word in ("denied",)) == 2
    assert any(line.startswith("the same utterance, told again, is denied: Denial by Iran: ") for line in lines)


def test_restatements_are_marked_on_their_cards_and_in_lines(view: View, all_cards: dict[str, Card]) -> None:
    again = [iri for iri, card in all_cards.items() if card.data.card == "claim" and card.data.claim.restates]
    assert len(again) > 3
    for iri in again:
        assert all_cards[iri].cautions[0].startswith("TOLD AGAIN")
        assert " again)" in phrases.told(told(view, iri))


def test_an_article_lists_its_sentences_and_what_claims_nothing(kb: Runner, all_cards: dict[str, Card]) -> None:
    text = shown(kb, "art:iran-accuses-mossad")
    assert "publisher: not stated in the article" in text
    assert "checked against the file: the file has it" in text
    assert "claims nothing: A link in the embedded tweet; it claims nothing." in text
    sentences = all_cards[BASE + "article/iran-accuses-mossad"].data.sentences
    assert [sentence.number for sentence in sentences] == list(range(1, 24))
    assert all(sentence.claims for sentence in sentences)


def test_an_article_that_was_changed_or_is_missing_says_so(kb: Runner, project: Path) -> None:
    seed = project / "seeds" / "002_67d1941ca2bc8fd9.txt"
    seed.write_bytes(b"\n" + seed.read_bytes())
    assert "THE FILE HAS ANOTHER ONE" in shown(kb, "khodaei-nyt-report", cwd=project)
    assert "but not found there (kb validate tells more): ⟦" in shown(kb, "ben-barak-denial", cwd=project)
    seed.unlink()
    assert "the article’s file cannot be read" in shown(kb, "khodaei-nyt-report", cwd=project)
    assert "but not found there" in shown(kb, "ben-barak-denial", cwd=project)


def test_a_place_lists_who_locates_what_there(kb: Runner) -> None:
    text = shown(kb, "Ahvaz")
    assert text.startswith("Place: Ahvaz [pl:ahvaz]")
    assert "within: Iran (pl:iran)" in text
    assert "Allegation by Iran: Iran: holds “the terrorist group” responsible" in text


def test_a_time_says_what_its_bounds_rest_on(kb: Runner) -> None:
    text = shown(kb, "tm:iran-accuses-mossad-late-september")
    assert "bounds: earliest 2018-09-22, latest 2018-09-30" in text
    assert "inferred by the editors from the article, not stated in it" in text
    assert "Claims made then, according to the article (2) Allegation by Iran: " in text


def test_a_kind_judges_nobody(kb: Runner) -> None:
    text = shown(kb, "k:killing")
    assert "It judges nobody" in text
    assert "killing of Khodaei (op:khodaei-killing; killing)" in text


# --- what all cards have in common ------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", cards.FORMATS)
def test_everything_in_the_data_can_be_shown(all_cards: dict[str, Card], format_: str) -> None:
    assert len(all_cards) > 300
    for card in all_cards.values():
        assert all(line.isprintable() for line in written(card, format_).splitlines())


def test_every_type_of_thing_has_cards(all_cards: dict[str, Card]) -> None:
    found = {card.data.card for card in all_cards.values()}
    assert found == {"agent", "article", "claim", "evidence", "kind", "operation", "place", "scheme", "time"}


def test_no_card_has_a_claims_label_without_its_speaker(view: View, all_cards: dict[str, Card]) -> None:
    claims = [told(view, iri) for iri in sorted(view.things) if view.is_claim(iri)]
    seen = set()
    for card in all_cards.values():
        for piece in pieces(card):
            for one in claims:
                if one.label in piece:
                    assert phrases.without_id(one) in piece
                    seen.add(one.id)
    assert len(seen) == len(claims) > 100


def test_no_json_has_a_claims_label_without_its_speaker(view: View, all_cards: dict[str, Card]) -> None:
    labels = {view.label(iri) for iri in view.things if view.is_claim(iri)}
    for card in all_cards.values():
        for one in objects(as_data(card)):
            values = [inner for value in one.values() for inner in (value if isinstance(value, list) else [value])]
            if any(isinstance(value, str) and value in labels for value in values):
                assert one["label"] in labels
                assert one["speaker"]["label"]
                assert {"through", "hedges", "class", "restates"} <= set(one)


def test_a_claims_card_begins_with_what_it_is_not(all_cards: dict[str, Card]) -> None:
    claims = [card for card in all_cards.values() if card.data.card == "claim"]
    assert len(claims) > 100
    for card in claims:
        assert card.cautions[-1].endswith("This is what somebody is reported to say, not a fact.")
        assert bool(card.data.claim.through) == card.cautions[0].startswith("SECOND-HAND")


@pytest.mark.parametrize("columns", [30, 60, 100, 200])
def test_text_keeps_to_the_terminal_and_loses_no_word(all_cards: dict[str, Card], columns: int) -> None:
    for card in all_cards.values():
        text = written(card, "text", columns)
        assert max(map(cells, text.splitlines())) <= columns
        together = "".join(text.split())
        assert all("".join(printable(piece).split()).removeprefix(":") in together for piece in pieces(card))


def test_markdown_has_one_title_and_an_item_for_each_line(all_cards: dict[str, Card]) -> None:
    for card in all_cards.values():
        lines = written(card, "md").splitlines()
        assert [line for line in lines if line.startswith("# ")] == lines[:1]
        assert sum(line.startswith("## ") for line in lines) == len(card.sections)
        assert sum(line.lstrip().startswith("- ") for line in lines) == sum(len(s.lines) for s in card.sections)


# --- json -------------------------------------------------------------------------------------------------------------

KEYS = {
    "claim": "claim caveat second_hand chain words content denied_by relations notes",
    "agent": "agent aliases outlet_of part_of parts says ascribed carries accused_in acts_in affected_in about_it "
    "mentioned_in silent_in channel_of notes",
    "operation": "operation aliases versions denials silences affected_in notes",
    "article": "id iri outlet record intact sentences notes",
    "place": "place aliases within contains place_of notes",
    "time": "time said_in happened_in",
    "evidence": "evidence iri sentences rest_on_it nothing_claimed_in notes",
    "kind": "kind definitions scope_notes of_this_kind notes",
    "scheme": "scheme definitions kinds",
}


def test_the_keys_of_json_are_stable_and_documented(all_cards: dict[str, Card]) -> None:
    from kbcli.cards import json as format_

    for card in all_cards.values():
        data = as_data(card)
        assert list(data) == ["card", "cautions", *KEYS[data["card"]].split()]
        for key in {key for one in objects(data) for key in one}:
            assert re.search(rf"\b{key}\b", format_.__doc__ or ""), key


def test_json_has_the_chain_outermost_first(kb: Runner) -> None:
    data = json.loads(kb("show", "israel-via-nyt", "-f", "json").out)
    assert data["claim"]["class"] == "Admission"
    assert data["second_hand"] is True
    assert [voice["role"] for voice in data["chain"]] == ["outlet", "via", "speaker"]
    assert [voice["agent"]["id"] for voice in data["chain"]][1:] == ["ag:nyt", "ag:israel"]
    assert data["claim"]["through"] == [data["chain"][1]]


def test_the_marks_in_json_are_the_words_of_the_spans(all_cards: dict[str, Card]) -> None:
    found = [as_data(card)["words"] for card in all_cards.values() if card.data.card == "claim"]
    assert len(found) > 100
    for words in found:
        spans = {place for span in words["spans"] for place in range(span["start"], span["end"])}
        texts = {s["start"] + place: c for s in words["sentences"] for place, c in enumerate(s["text"])}
        marks = {s["start"] + place for s in words["sentences"] for a, b in s["marks"] for place in range(a, b)}
        assert marks == spans & set(texts)
        assert all(
            "".join(texts.get(p, " ") for p in range(s["start"], s["end"])).split() == s["exact"].split()
            for s in words["spans"]
        )


# --- who or what is meant ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        (BASE + "agent/ben-barak", "ag:ben-barak"),
        (f"<{BASE}agent/ben-barak>", "ag:ben-barak"),
        ("ag:ben-barak", "ag:ben-barak"),
        ("ben-barak", "ag:ben-barak"),
        ("Ram Ben-Barak", "ag:ben-barak"),
        ("Ben-Barak", "ag:ben-barak"),
        ("BEN BARAK", "ag:ben-barak"),
        ("Rám  ben-barák", "ag:ben-barak"),
        ("khodaei-killing", "op:khodaei-killing"),
        ("Tehran", "ag:iran"),
        ("Iran", "ag:iran"),
        ("IRAQ", "ag:iraq"),
        ("pl:iran", "pl:iran"),
        ("unit 840", "ag:unit-840"),
        ("Israel's alleged confirmation of its involvement in the killing of Khodaei", "op:israel-confirmation"),
        ("ben-barak-denial", "cl:khodaei-nyt-report-ben-barak-denial"),
        ("late-september", "tm:iran-accuses-mossad-late-september"),
        ("killing", "k:killing"),
        ("khodaei-nyt-report", "art:khodaei-nyt-report"),
        ("nyt-report", "op:nyt-report"),
    ],
)
def test_a_name_means_one_thing(view: View, known: list[Entry], name: str, id_: str) -> None:
    assert [view.id(entry.iri) for entry in meant(name, view, known).found] == [id_]


def test_everything_is_found_by_each_of_its_ids(view: View, known: list[Entry]) -> None:
    for entry in known:
        for name in (entry.iri, view.id(entry.iri)):
            assert meant(name, view, known).found == (entry,)
        assert entry in (*meant(entry.local, view, known).found, *meant(entry.local, view, known).besides)


def test_every_label_and_alias_finds_its_bearer_in_any_case(view: View, known: list[Entry]) -> None:
    for entry in known:
        for name in (*entry.names, *entry.aliases):
            for typed in (name, name.upper(), name.lower()):
                found = meant(typed, view, known)
                assert not found.partial, typed
                assert entry in (*found.found, *found.besides), typed


def test_a_claims_end_means_the_claim_before_a_time_if_only_one_has_it(view: View) -> None:
    one, other = (Entry(f"x:{name}", "denial", f"{name}-end", "end", (), ()) for name in "ab")
    time = Entry("x:c", "time", "a-end", "end", (), ())
    assert meant("end", view, [one, time]).found == (one,)
    assert meant("end", view, [one, other, time]).found == (one, other)


def test_several_things_of_a_name_are_listed(kb: Runner) -> None:
    result = kb("show", "european-conspiracy")
    assert (result.code, result.out) == (2, "")
    assert "may be any of 2" in result.err
    assert "ag:european-conspiracy  agent  whoever is behind “a European conspiracy” (unnamed)" in result.err
    assert "op:european-conspiracy  operation  " in result.err


def test_listed_claims_have_their_speakers(kb: Runner) -> None:
    err = kb("show", "report").err
    assert "cl:khodaei-nyt-report-israel-via-nyt  Admission ascribed to Israel, second-hand through New York" in err
    assert "cl:khodaei-nyt-report-nyt-report  Allegation by New York Times: " in err
    assert err.index("  op:nyt-report  ") < err.index("  cl:")


def test_a_long_list_says_how_many_it_leaves_out(kb: Runner) -> None:
    err = kb("show", "an").err
    number = re.search(r"may be any of (\d+)", err)
    assert number
    assert f"… and {int(number[1]) - 30} more" in err


def test_an_agent_beats_a_place_and_a_note_says_so(kb: Runner) -> None:
    result = kb("show", "Iraq")
    assert result.out.startswith("Agent: Iraq [ag:iraq]")
    assert result.err == "note: the place pl:iraq has this name too\n"


def test_a_part_of_one_name_is_shown_with_a_note(kb: Runner) -> None:
    result = kb("show", "denies", "it", "was", "behind")
    assert result.out.startswith("Denial by Iran: Iran: denies it was behind")
    assert "this is the only thing whose name has it in it" in result.err


@pytest.mark.parametrize(
    ("name", "told_"),
    [
        ("khodeai-kiling", "did you mean\n  op:khodaei-killing"),
        ("Ram Ben Barack", "did you mean\n  ag:ben-barak  agent  Ram Ben-Barak"),
        ("ag:irann", "did you mean\n  ag:iran  agent  Iran"),
        ("xx:iran", "the prefix xx: is not known\nhint: the data has ag: art: cl:"),
        ("kb:speaker", "kb explain kb:speaker"),
        (BASE + "ont#speaker", "kb explain"),
        ("KB211", "kb explain KB211"),
        ("zzzzzz", "nothing is named “zzzzzz”\nhint: kb find"),
        ("?", "nothing is named “?”"),
        ("http://a b/<>", "nothing is named"),
        ("\x1b[31m", r"nothing is named “\x1b[31m”"),
        ("  ", "show what?"),
    ],
)
def test_what_is_not_there_is_told_with_what_is_near(kb: Runner, name: str, told_: str) -> None:
    result = kb("show", name)
    assert (result.code, result.out) == (2, "")
    assert told_ in result.err
    assert all(line.isprintable() for line in result.err.splitlines())


def test_show_without_a_name_says_how(kb: Runner) -> None:
    result = kb("show")
    assert result.code == 2
    assert result.err.startswith("Error: show what?\nhint: kb show ID|NAME, as in: kb show ag:iran")


def test_a_wrong_format_names_the_right_ones(kb: Runner) -> None:
    result = kb("show", "ag:iran", "-f", "pdf")
    assert result.code == 2
    assert all(name in result.err for name in cards.FORMATS)


def test_outside_a_project_it_says_so(kb: Runner, tmp_path: Path) -> None:
    result = kb("show", "ag:iran", cwd=tmp_path)
    assert (result.code, "no kb project here or above" in result.err) == (2, True)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x17F)))
def test_names_like_any_text_are_sought_without_error(text: str) -> None:
    view, known = viewed_once()
    found = meant(text, view, known)
    assert set(found.found) <= set(known)
    assert len(similar(text, known[:40])) <= 3


_VIEWED: list[tuple[View, list[Entry]]] = []


def viewed_once() -> tuple[View, list[Entry]]:
    if not _VIEWED:
        view = viewed(ROOT)
        _VIEWED.append((view, entries(view)))
    return _VIEWED[0]


# --- hostile and broken data ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["ag:nyt", "cl:khodaei-nyt-report-nyt-report", "op:khodaei-killing", "khodaei-nyt-report"]
)
def test_no_label_can_command_the_terminal_or_the_page(kb: Runner, project: Path, name: str) -> None:
    spoil(project, 'rdfs:label "New York Times"@en', f"rdfs:label {json.dumps(HOSTILE)}@en")
    for format_ in cards.FORMATS:
        out = kb("show", name, "-f", format_, cwd=project).out
        assert all(line.isprintable() for line in out.split("\n"))
        if format_ == "md":
            assert "<i>" not in re.sub(r"\\<", "", out)
            assert out.count("\n# ") == 0
    labels = [one.get("label") for one in objects(json.loads(kb("show", name, "-f", "json", cwd=project).out))]
    assert HOSTILE in labels


@given(st.text())
def test_escaped_markdown_reads_as_the_text(text: str) -> None:
    safe = escaped(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", safe) == printable(text).strip()
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`<\[|#~&]", safe.replace("\\\\", ""))
    assert not re.match(r"\s|[-+=>]|\d+[.)](\s|$)", safe)


@given(st.lists(st.tuples(st.text(), st.text(), st.integers(0, 40)), max_size=4), st.text(), st.integers(20, 120))
def test_text_of_any_lines_is_printable_and_narrow(lines: list[tuple[str, str, int]], title: str, columns: int) -> None:
    card = Card(title, (title,), (Section(title, tuple(Line(*line) for line in lines)),), None)
    for line in written(card, "text", columns).split("\n"):
        assert line.replace("\u00a0", " ").isprintable()
        assert cells(line) <= columns


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), min_size=1))
def test_overlapping_spans_are_marked_once(parts: list[tuple[int, int]]) -> None:
    bounds = [(start, start + length) for start, length in parts]
    joined = list(_joined(bounds))
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(joined))
    assert {p for part in joined for p in range(*part)} == {p for part in bounds for p in range(*part)}


def test_an_empty_item_does_not_make_a_heading_of_the_one_above() -> None:
    card = Card("a", (), (Section("b", (Line("c"), Line(" ", depth=1))),), None)
    assert written(card, "md").endswith("- c\n  - (empty)\n")


def test_a_sentence_with_marks_like_ours_does_not_pass_them_off() -> None:
    assert phrases.rested_on("a ⟧ b ⟦ c") == "⟦a \\u27e7 b \\u27e6 c⟧"


def test_a_chain_of_three_is_nested_threefold(kb: Runner, project: Path) -> None:
    spoil(
        project,
        "kb:speaker ag:israel ;\n    kb:via cl:khodaei-nyt-report-nyt-report",
        "kb:speaker ag:israel ;\n    kb:via cl:khodaei-nyt-report-nyt-source-message",
    )
    text = shown(kb, "israel-via-nyt", cwd=project)
    through = "New York Times (“alleging”) ▸ the NYT’s source (unnamed, undescribed) (“said”)"
    assert f"Admission ascribed to Israel, second-hand through {through}: " in text
    assert "as New York Times ▸ the NYT’s source (unnamed, undescribed) alone has it" in text
    assert "what it comes through is denied: Denial by Ram Ben-Barak" in text


@pytest.mark.parametrize(
    ("old", "new", "told_"),
    [
        ("kb:speaker ag:israel ;\n    kb:via", "kb:via", "Admission ascribed to a speaker who is not recorded"),
        (
            "kb:speaker ag:israel ;\n    kb:via",
            "kb:speaker ag:israel , ag:kan ;\n    kb:via",
            "ascribed to Israel and Kan",
        ),
        ("kb:speaker ag:israel ;\n    kb:via", "kb:speaker ag:nosuch ;\n    kb:via", "ascribed to ag:nosuch"),
        (
            "cl:khodaei-nyt-report-israel-via-nyt a kb:Admission",
            "cl:khodaei-nyt-report-israel-via-nyt a kb:Claim",
            "Claim ascribed",
        ),
        (
            "kb:speaker ag:israel ;\n    kb:via cl:khodaei-nyt-report-nyt-report",
            "kb:speaker ag:israel ;\n    kb:via cl:khodaei-nyt-report-israel-via-nyt",
            "Admission by Israel",
        ),
    ],
)
def test_a_broken_claim_is_still_attributed(kb: Runner, project: Path, old: str, new: str, told_: str) -> None:
    spoil(project, old, new)
    assert told_ in shown(kb, "cl:khodaei-nyt-report-israel-via-nyt", cwd=project)


def test_a_claim_without_a_class_does_not_show_its_label(kb: Runner, project: Path) -> None:
    spoil(project, "cl:khodaei-nyt-report-nyt-report a kb:Allegation", "cl:khodaei-nyt-report-nyt-report a kb:Nothing")
    for format_ in cards.FORMATS:
        out = shown(kb, "cl:khodaei-nyt-report-nyt-report", "-f", format_, cwd=project)
        assert "had confirmed its involvement in the Khodaei assassination" not in re.sub(
            r"Admission ascribed.*", "", out
        )


def test_claims_that_deny_each_other_in_a_circle_end(project: Path) -> None:
    circle = "cl:khodaei-nyt-report-ushpiz-us-must-answer"
    spoil(
        project,
        "kb:speaker ag:ushpiz ;\n",
        f"kb:speaker ag:ushpiz ;\n    kb:via {circle} ;\n    kb:denies {circle} ;\n",
    )
    for card in (card_of(view, iri) for view in [viewed(project)] for iri in view.things):
        for format_ in cards.FORMATS:
            assert written(card, format_)


def test_a_file_name_cannot_lead_out_of_the_seeds(kb: Runner, project: Path) -> None:
    (project / "secret.txt").write_text("secret words", encoding="utf-8")
    spoil(project, 'kb:file "002_67d1941ca2bc8fd9.txt"', 'kb:file "../secret.txt"')
    text = shown(kb, "khodaei-nyt-report", cwd=project)
    assert "secret words" not in text
    assert "the article’s file cannot be read" in text


def test_a_project_of_its_own_base_is_shown_by_its_own_names(kb: Runner, project: Path) -> None:
    (project / "kb.toml").write_text('base = "https://example.org/ours/"\n', encoding="utf-8")
    for path in (project / "data").rglob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(r"claims/(?!ont#)", "CLAIMS", text).replace(
                "https://w3id.org/contested-CLAIMS", "https://example.org/ours/"
            )
        )
    assert shown(kb, "nyt-source-khodaei", cwd=project).startswith(
        "Agent: the NYT’s source (unnamed, undescribed) [ag:nyt-source"
    )
    assert "NOT NAMED" in shown(kb, "https://example.org/ours/agent/nyt-source-khodaei", cwd=project)
