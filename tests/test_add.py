"""kb add, kb drop: new records where a person would have put them, what is missing in others, and what is refused."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import NEUTRAL, ROOT, Result, run_kb
from kbcli.adding import claims, pegs, spans
from kbcli.adding.alike import Key
from kbcli.adding.desk import Desk
from kbcli.adding.fields import AGENT, CLAIM, KIND, OF, OPERATION, PLACE, TIME
from kbcli.adding.minting import local
from kbcli.errors import UsageError
from kbcli.folding import fold
from kbcli.names import KB, LABEL, STANDARD, expand
from kbcli.project import Project

if TYPE_CHECKING:
    from pathlib import Path

SLUG = "khodaei-nyt-report"
HOME = f"data/articles/{SLUG}.ttl"
VOCABULARY = list(ox.parse(path=str(ROOT / "ontology" / "kb.ttl"), format=ox.RdfFormat.TURTLE))
SHAPES = list(ox.parse(path=str(ROOT / "ontology" / "shapes.ttl"), format=ox.RdfFormat.TURTLE))
DENIAL = (
    "--article", SLUG, "--class", "Denial", "--speaker", "Ushpiz", "--about", "op:israel-confirmation",
    "--not-stated", "said", "--label", "Ushpiz: invented for a test",
)  # fmt: skip
WORDS = "I leave the explanations for our talks with the Americans"


@cache
def desk(article: str | None = None) -> Desk:
    return Desk.of(Project(ROOT), article)


def text(project: Path, name: str = HOME) -> str:
    return (project / name).read_text(encoding="utf-8")


def block(project: Path, name: str, file: str = HOME) -> str:
    found = re.search(rf"^{re.escape(name)} a .*?\.$", text(project, file), re.MULTILINE | re.DOTALL)
    assert found, name
    return found[0]


def snapshot(project: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (project / "data").rglob("*") if path.is_file()}


def added(project: Path, *args: str, code: int = 0) -> Result:
    done = run_kb("add", *args, cwd=project)
    assert done.code == code, done.err
    return done


def refused(project: Path, *args: str) -> str:
    """What is told, and that nothing was changed."""
    before = snapshot(project)
    told = added(project, *args, code=2)
    assert snapshot(project) == before
    assert not told.out
    assert "hint: " in told.err
    return told.err


def is_clean(project: Path) -> bool:
    done = run_kb("validate", "--fail-on", "error", cwd=project)
    return done.code == 0 and run_kb("fmt", "--check", cwd=project).code == 0


# The options and the vocabulary.


def domain(class_: str) -> set[str]:
    """The properties that the vocabulary has for a class, or a class below it."""
    wanted = {class_, *(KB + name for name in ("Denial", "Statement") if class_ == KB + "Claim")}
    includes = STANDARD["schema"] + "domainIncludes"
    return {
        q.subject.value
        for q in VOCABULARY
        if q.predicate.value == includes and getattr(q.object, "value", "") in wanted
    }


@pytest.mark.parametrize("sort", [CLAIM, AGENT, OPERATION, PLACE, TIME])
def test_every_property_of_the_vocabulary_has_its_option(sort: str) -> None:
    own = {expand(field.predicate, STANDARD) for field in OF[sort]}
    assert domain(KB + sort[3:]) - {KB + "evidence"} <= own


def test_what_has_one_value_cannot_be_given_twice() -> None:
    sh = STANDARD["sh"]
    one = {q.subject for q in SHAPES if q.predicate.value == sh + "maxCount" and getattr(q.object, "value", "") == "1"}
    single = {q.object.value for q in SHAPES if q.predicate.value == sh + "path" and q.subject in one}
    for field in (field for fields in OF.values() for field in fields):
        assert field.many is (expand(field.predicate, STANDARD) not in single | _SINGLE_BY_CUSTOM), field


_SINGLE_BY_CUSTOM = {STANDARD["skos"] + "definition"}


# Pegs.


def test_an_agent_stands_where_a_person_would_have_put_it(project: Path) -> None:
    done = added(project, "agent", "Nour Haddad", "--kind", "person", "--alias", "Haddad", "--note", "Invented.")
    assert done.out == "ag:nour-haddad\n"
    names = re.findall(r"^(ag:\S+) a ", text(project, "data/agents.ttl"), re.MULTILINE)
    assert names == sorted(names)
    assert "ag:nour-haddad" in names
    line = int(done.err.split(":")[-1])
    assert text(project, "data/agents.ttl").splitlines()[line - 1] == "ag:nour-haddad a kb:Agent ;"
    assert block(project, "ag:nour-haddad", "data/agents.ttl") == (
        'ag:nour-haddad a kb:Agent ;\n    rdfs:label "Nour Haddad"@en ;\n    kb:kind k:person ;\n'
        '    skos:altLabel "Haddad"@en ;\n    skos:note "Invented."@en .'
    )
    assert is_clean(project)


def test_what_one_article_names_goes_into_its_file(project: Path) -> None:
    added(project, "agent", "Aram Quint", "--kind", "person", "--article", SLUG)
    assert "Aram Quint" in text(project)
    between = text(project).split("# Agents\n")[1].split("# Operations\n")[0]
    assert "ag:aram-quint" in between
    added(project, "agent", "officials of a land (unnamed)", "--kind", "group", "--kind", "unnamed", "--article", SLUG)
    assert f"ag:officials-of-a-land-{SLUG} a kb:Agent" in text(project)
    assert is_clean(project)


def test_the_first_operation_that_is_shared_makes_its_file(project: Path) -> None:
    assert not (project / "data" / "operations.ttl").exists()
    done = added(project, "operation", "alleged theft of the crown of Ruritania", "--kind", "plot")
    assert done.out == "op:theft-crown-ruritania\n"
    assert text(project, "data/operations.ttl").splitlines()[:5] == [
        "@prefix k: <https://w3id.org/contested-claims/kind/> .",
        "@prefix kb: <https://w3id.org/contested-claims/ont#> .",
        "@prefix op: <https://w3id.org/contested-claims/operation/> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "",
    ]
    assert is_clean(project)


def test_places_and_kinds(project: Path) -> None:
    added(project, "place", "Ruritania")
    added(project, "place", "Strelsau", "--within", "Ruritania")
    assert "kb:within pl:ruritania" in block(project, "pl:strelsau", "data/places.ttl")
    assert "--definition" in refused(project, "kind", "theft")
    added(project, "kind", "theft", "--definition", "An operation spoken of as theft.")
    assert (
        "skos:inScheme <https://w3id.org/contested-claims/kind> " in block(project, "k:theft", "data/kinds.ttl") + " "
    )
    added(project, "operation", "alleged theft of a crown", "--kind", "theft")
    assert is_clean(project)


@pytest.mark.parametrize(
    ("name", "found", "is_exact"),
    [
        ("Mossad", "ag:mossad", True),
        ("MOSSAD", "ag:mossad", True),
        ("tehran", "ag:iran", True),
        ("Móssad", "ag:mossad", True),
        ("Mosad", "ag:mossad", False),
        ("Barak Ram-Ben", "ag:ben-barak", False),
        ("President Ebrahim Raisi", "ag:raisi", False),
        ("Raisi", "ag:raisi", False),
        ("The New York Times", "ag:nyt", False),
    ],
)
def test_who_is_there_is_not_made_again(project: Path, name: str, found: str, is_exact: bool) -> None:
    told = refused(project, "agent", name, "--kind", "group")
    assert f"  {found}  " in told
    assert "data/" in told
    assert ("--distinct" in told) is not is_exact
    if is_exact:
        assert refused(project, "agent", name, "--kind", "group", "--distinct")
    else:
        assert added(project, "agent", name, "--kind", "group", "--distinct").out.startswith("ag:")


@pytest.mark.parametrize("name", ["Unit 841", "Iraqi officials", "Jordan", "Israeli Ministry of Health", "Irma"])
def test_another_name_is_another_name(project: Path, name: str) -> None:
    assert added(project, "agent", name, "--kind", "group", "--dry-run").out


def test_an_alias_is_a_name_too(project: Path) -> None:
    assert "ag:iran" in refused(project, "agent", "Wholly New", "--kind", "state", "--alias", "Tehran")


def test_an_id_that_is_taken_is_never_written_over(project: Path) -> None:
    assert "ag:iran is taken" in refused(project, "agent", "Someone Else", "--kind", "person", "--id", "iran")
    assert "ag:iran is taken" in refused(
        project, "agent", "Someone Else", "--kind", "person", "--id", "ag:iran", "--distinct"
    )
    assert added(project, "agent", "Raisi", "--kind", "person", "--distinct").out == "ag:raisi-2\n"


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Łukasz Öztürk", "lukasz-ozturk"),
        ("Ḥasan al-Bannāʾ", "hasan-al-banna"),
        ("O’Neill & Sons", "oneill-sons"),
        ("Ærø ß", "aero-ss"),
        ("“Unit 8”", "unit-8"),
    ],
)
def test_an_id_is_made_of_the_name(name: str, made: str) -> None:
    assert local(name) == made


@pytest.mark.parametrize("name", ["Иван", "محمد", "😀", "“”", "Ivan Иванов"])
def test_nobody_transliterates(project: Path, name: str) -> None:
    assert "--id ag:" in refused(project, "agent", name, "--kind", "person")
    assert added(project, "agent", name, "--kind", "person", "--id", "somebody-new").out == "ag:somebody-new\n"
    assert is_clean(project)


@pytest.mark.parametrize("value", ["ag:", "Ümlaut", "a b", "ag:X", "-x", "pl:iran"])
def test_an_id_that_is_none(project: Path, value: str) -> None:
    assert "lower case" in refused(project, "agent", "Someone New", "--kind", "person", "--id", value)


@given(st.text(min_size=1, max_size=40), st.text(max_size=30))
@settings(max_examples=40)
@example("He said \"x\"\\ \n and 'y'", 'a\\"\r\n\t')
@example("\u202eevil", "\u200b")
@example("😀 e\u0301 " + "x" * 10_000, "“q”")
@example("\ud800", "")
def test_any_name_comes_out_as_it_went_in(name: str, note: str) -> None:
    given_ = {"kind": ("person",), **({"note": (note,)} if note.strip() else {})}
    if not is_text(name + note) or not pegs.named(name):
        with pytest.raises(UsageError):
            pegs.peg(desk(), AGENT, name, given_, chosen="quite-new", distinct=True)
        return
    edition = pegs.peg(desk(), AGENT, name, given_, chosen="quite-new", distinct=True)
    ((before, after),) = edition.changed.values()
    triples = [q.triple for q in ox.parse(after.encode(), format=ox.RdfFormat.TURTLE)]
    own = {t.predicate.value: t.object.value for t in triples if t.subject.value.endswith("agent/quite-new")}
    assert own[LABEL] == pegs.named(name)
    assert own.get(STANDARD["skos"] + "note", "") == note.strip()
    assert len(triples) - len(own) == len(list(ox.parse((before or "").encode(), format=ox.RdfFormat.TURTLE)))


def is_text(words: str) -> bool:
    return "\0" not in words and words == words.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("name", ["\u202eevil", "bell\x07"])
def test_what_nobody_sees_is_no_name(project: Path, name: str) -> None:
    assert "KB017" in refused(project, "agent", name, "--kind", "person")


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_mutual(one: str, other: str) -> None:
    assert Key(one).is_like(other, fold(other)) == Key(other).is_like(one, fold(one))


def test_what_is_missing_is_told_at_once(project: Path) -> None:
    told = refused(project, "claim")
    assert all(option in told for option in ("--article", "--class", "--words", "--speaker", "--about", "--said"))
    assert "--kind" in refused(project, "agent", "Someone New")
    assert "its name" in refused(project, "agent")
    assert "--sentence" in refused(project, "nothing")


def test_a_dry_run_writes_nothing(project: Path) -> None:
    before = snapshot(project)
    done = added(project, "agent", "Someone New", "--kind", "person", "--dry-run")
    assert "+ag:someone-new a kb:Agent ;" in done.out
    assert snapshot(project) == before


# Naming what is meant.


@pytest.mark.parametrize("kind", ["k:person", "person", "https://w3id.org/contested-claims/kind/person"])
def test_a_thing_by_any_of_its_names(project: Path, kind: str) -> None:
    assert "kb:kind k:person" in added(project, "agent", "Someone New", "--kind", kind, "--dry-run").out


def test_an_unknown_name_is_refused_with_the_nearest(project: Path) -> None:
    told = refused(project, "agent", "Someone New", "--kind", "persn")
    assert "k:person" in told
    assert "did you mean k:person?" in told
    assert "kb add" not in told
    told = refused(project, "agent", "Someone New", "--kind", "plat")
    assert 'kb add kind plat --definition "…"' in told
    told = refused(project, "claim", *DENIAL, "--words", WORDS, "--mentions", "Ushpitz")
    assert "ag:ushpiz (" in told
    assert "did you mean ag:ushpiz?" in told
    assert "kb add" not in told
    assert "kb add agent 'Tomas Brandt'" in refused(
        project, "claim", *DENIAL, "--words", WORDS, "--mentions", "Tomas Brandt"
    )


@pytest.mark.parametrize(
    ("option", "value", "meant"),
    [
        ("--mentions", "The Mossad", "ag:mossad"),
        ("--mentions", "moussad", "ag:mossad"),
        ("--mentions", "Iranian officials other than Takht-Ravanchi", "ag:other-iranian-officials-khodaei"),
        ("--about", "khodaei-kiling", "op:khodaei-killing"),
        ("--denies", "nyt-reprot", f"cl:{SLUG}-nyt-report"),
    ],
)
def test_what_is_meant_is_told_and_never_made_again(project: Path, option: str, value: str, meant: str) -> None:
    told = refused(project, "to", f"cl:{SLUG}-ben-barak-denial", option, value)
    assert meant in told.split("did you mean ")[1]
    assert "kb add" not in told


@pytest.mark.parametrize(("value", "meant"), [("khodaei-killing", "op:khodaei-killing"), ("mossad", "ag:mossad")])
def test_a_peg_by_the_end_of_its_id(project: Path, value: str, meant: str) -> None:
    added(project, "to", f"cl:{SLUG}-ben-barak-denial", "--about", value)
    assert re.search(rf"kb:about .*{meant}", block(project, f"cl:{SLUG}-ben-barak-denial"))


def test_the_end_of_two_ids(project: Path) -> None:
    added(project, "operation", "alleged talks of the Mossad", "--kind", "plot", "--id", "mossad")
    told = refused(project, "to", f"cl:{SLUG}-ben-barak-denial", "--about", "mossad")
    assert "ag:mossad" in told
    assert "op:mossad" in told


def test_a_record_by_its_name(project: Path) -> None:
    assert "ag:mossad" in added(project, "to", "Mossad", "--note", "Invented.", "--dry-run").out
    assert "ag:kan" in added(project, "shared", "Kan", "--dry-run").out
    assert "did you mean ag:mossad?" in refused(project, "to", "The Mossad", "--note", "x")
    added(project, "to", "Ushpiz", "--without", "note")
    done = run_kb("drop", "Ushpiz", "--for", "Mossad", "--dry-run", cwd=project)
    assert done.code == 0, done.err
    assert "+    kb:speaker ag:mossad" in done.out


@pytest.mark.parametrize("name", ["ushpiz", "USHPIZ", "the ‘director’", 'The "Director"'])
def test_a_name_is_read_as_readers_do(project: Path, name: str) -> None:
    added(project, "to", "ag:ushpiz", "--alias", "The 'Director'", "--alias", "The “Director”")
    added(project, "to", f"cl:{SLUG}-nyt-report", "--mentions", name)
    assert re.search(r"kb:mentions .*ag:ushpiz", block(project, f"cl:{SLUG}-nyt-report"))


def test_a_claim_by_the_end_of_its_id(project: Path) -> None:
    assert added(project, "to", "ben-barak-denial", "--without", "hedge").out == f"cl:{SLUG}-ben-barak-denial\n"
    told = refused(project, "to", "ben-barak-denail", "--note", "x")
    assert f"did you mean cl:{SLUG}-ben-barak-denial" in told
    assert "place, kind or claim" in refused(project, "to", "zzz-qqq", "--note", "x")


def test_two_of_one_name_are_listed(project: Path) -> None:
    path = project / "data" / "agents.ttl"
    extra = '\nag:ushpiz-b a kb:Agent ;\n    rdfs:label "Ushpiz B"@en ;\n    kb:kind k:person ;\n    skos:altLabel "Ushpiz"@en .\n'
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    told = refused(project, "claim", *DENIAL, "--words", WORDS)
    assert "ag:ushpiz  " in told
    assert "ag:ushpiz-b  " in told


def test_a_thing_of_another_sort(project: Path) -> None:
    assert "it is kb:Operation, and no agent" in refused(
        project, "claim", *DENIAL, "--words", WORDS, "--mentions", "op:khodaei-killing"
    )


# Claims.


def test_a_claim_rests_on_the_words(project: Path) -> None:
    done = added(project, "claim", *DENIAL, "--words", WORDS, "--quote", WORDS)
    name = done.out.strip()
    assert name == f"cl:{SLUG}-2-denial"
    start = desk(SLUG).source.text.index(WORDS)
    own = block(project, name)
    assert f"kb:evidence ev:{SLUG}-{start}-{start + len(WORDS)} ;" in own
    assert text(project).count(f"\nev:{SLUG}-{start}-{start + len(WORDS)} a ") == 1
    section = text(project)[: text(project).index(own)].splitlines()
    assert next(line for line in reversed(section) if re.match(r"# \d", line)).startswith("# 2 ")
    assert is_clean(project)


def test_a_span_that_is_there_is_used_again(project: Path) -> None:
    span = next(one for one in desk(SLUG).near.spans if one.exact and "as far as he knew" in one.exact)
    assert span.exact
    before = text(project).count(" a kb:Evidence")
    done = added(project, "claim", *DENIAL, "--words", span.exact, "--hedge", "as far as he knew")
    assert desk().short(span.node.value) in block(project, done.out.strip())
    assert text(project).count(" a kb:Evidence") == before
    assert is_clean(project)


@pytest.mark.parametrize(
    ("option", "value", "near"),
    [
        ("--quote", "talk with the Americans", "talks with the Americans"),
        ("--cue", "quite something else", ""),
        ("--hedge", "our  talks", "our talks"),
        ("--designates", "the explanation for our talk", "the explanations for our talks"),
        ("--speaking-as", "director generl", "director general"),
    ],
)
def test_words_that_do_not_stand_there(project: Path, option: str, value: str, near: str) -> None:
    told = refused(project, "claim", *DENIAL, "--words", WORDS, option, value)
    assert f"{option} “{value}”" in told
    assert near in told


def test_words_of_the_article_that_are_none(project: Path) -> None:
    told = refused(project, "claim", *DENIAL, "--words", "I leave the explanation for our talk with the Americans")
    assert WORDS in told
    told = refused(project, "claim", *DENIAL, "--words", "Israel")
    assert "times" in told
    assert "--nth" in told
    assert added(project, "claim", *DENIAL, "--words", "Israel", "--nth", "3", "--dry-run").out


def test_a_claim_that_is_there(project: Path) -> None:
    made = added(project, "claim", *DENIAL, "--words", WORDS).out.strip()
    told = refused(project, "claim", *DENIAL, "--words", "explanations for our talks")
    assert made in told
    assert HOME in told
    again = added(project, "claim", *DENIAL, "--words", "explanations for our talks", "--distinct").out.strip()
    assert again == f"{made}-2"


def test_what_would_not_be_valid_is_not_written(project: Path) -> None:
    told = refused(project, "claim", *DENIAL, "--words", WORDS, "--actor", "Israel")
    assert "KB108" in told
    assert "it would not be valid" in told


def test_an_admission_is_the_speakers_own(project: Path) -> None:
    claim = ("--article", SLUG, "--class", "Admission", "--speaker", "Ushpiz", "--about", "op:khodaei-killing")
    made = added(project, "claim", *claim, "--not-stated", "said", "--words", WORDS).out.strip()
    assert "kb:actor ag:ushpiz" in block(project, made)


def test_the_outlet_needs_no_time(project: Path) -> None:
    made = added(
        project, "claim", "--article", SLUG, "--class", "Statement", "--speaker", "outlet", "--about", "Ushpiz",
        "--words", WORDS, "--label", "Outlet: invented for a test",
    ).out.strip()  # fmt: skip
    assert f"kb:speaker ag:outlet-{SLUG}" in block(project, made)


def test_a_denial_is_about_what_the_denied_is_about(project: Path) -> None:
    claim = ("--article", SLUG, "--class", "Denial", "--speaker", "Ushpiz", "--not-stated", "said", "--words", WORDS)
    made = added(project, "claim", *claim, "--denies", "nyt-report").out.strip()
    assert "kb:about op:israel-confirmation" in block(project, made)
    assert "in the article’s words" in block(project, made)


def test_a_time_by_its_words(project: Path) -> None:
    claim = [one for one in DENIAL if one not in ("--not-stated", "said")]
    made = added(project, "claim", *claim, "--words", WORDS, "--said", "Earlier in the day").out.strip()
    there = re.search(r"kb:said (tm:\S+)", block(project, made))
    assert there
    assert 'kb:text "Earlier in the day"' in block(project, there[1])
    assert text(project).count('kb:text "Earlier in the day"') == 1
    assert "these words do not stand" in refused(
        project, "claim", *claim, "--words", WORDS, "--said", "on Wensday", "--distinct"
    )


def test_a_time_of_its_own(project: Path) -> None:
    told = refused(project, "time", "on Monday", "--article", SLUG, "--basis", "relative")
    assert "KB419" in told
    assert "KB417" in refused(
        project,
        "time",
        "on Monday",
        "--article",
        SLUG,
        "--basis",
        "relative",
        "--earliest",
        "2022-05-02",
        "--note",
        "x",
    )
    done = added(project, "time", "on Monday", "--article", SLUG, "--basis", "relative", "--note", "A weekday only.")
    assert done.out.startswith(f"tm:{SLUG}-9-on-monday")
    stated = ("--article", SLUG, "--basis", "stated", "--earliest", "2022-05-02", "--latest", "2022-05-02")
    assert "does not have the year 2022" in added(project, "time", "on Monday", *stated, "--dry-run").err
    years = ("--article", SLUG, "--basis", "stated", "--earliest", "1980-01-01", "--latest", "1988-12-31")
    assert "does not have" not in added(project, "time", "1980-1988", *years, "--dry-run").err
    assert "not a day" in refused(
        project, "time", "on Monday", "--article", SLUG, "--basis", "stated", "--earliest", "2022-02-30"
    )


@given(st.data())
@settings(max_examples=25)
def test_any_words_of_the_article(data: st.DataObject) -> None:
    """Whatever part of the text is named, the claim rests on exactly that, and the file stays what it was beside it."""
    own = desk(SLUG)
    source = own.source.text
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, min(len(source), start + 200)))
    words = source[start:end]
    nth = [at for at in range(len(source)) if source.startswith(words, at)].index(start) + 1
    pieces = spans.pieces(own, [words], nth, [], [])
    given_ = {"speaker": ("Ushpiz",), "about": ("op:israel-confirmation",), "not-stated": ("said",), "quote": (words,)}
    if not words.strip():
        return
    edition = claims.claim(own, "Denial", given_, pieces, distinct=True)
    ((before, after),) = edition.changed.values()
    old, new = ({q.triple for q in ox.parse(one.encode(), format=ox.RdfFormat.TURTLE)} for one in (before or "", after))
    assert old <= new
    found = {t.object.value for t in new - old if t.predicate.value == KB + "quote"}
    assert found == {words}
    assert (pieces[0].start, pieces[0].end) == (start, end)


# What is there: filled, replaced, dropped, shared.


def drafted(project: Path) -> Path:
    """With a draft of an article that is invented."""
    path = project.parent / "grey-lake-leak.txt"
    path.write_text(
        "Lake Board accuses Gorm Mills\nThe Lake Board accused Gorm Mills of a leak.\nGorm Mills denied it.\nPhoto: none.\n",
        encoding="utf-8",
    )
    done = run_kb("draft", path, cwd=project)
    assert done.code == 0, done.err
    return project


GREY = "data/articles/grey-lake-leak.ttl"


def test_a_todo_that_is_answered_goes(project: Path) -> None:
    drafted(project)
    assert "# TODO kb:kind" in text(project, GREY)
    added(project, "to", "ag:gorm-mills", "--kind", "organization")
    assert "TODO" not in block(project, "ag:gorm-mills", GREY)
    name = f"cl:{re.search(r'cl:(grey-lake-leak-2-.*?) a ', text(project, GREY))[1]}"  # type: ignore[index]
    asked = block(project, name, GREY).count("# TODO")
    done = added(project, "to", name, "--label", "Lake Board: accuses Gorm Mills of a leak")
    assert block(project, name, GREY).count("# TODO") == asked - 1
    assert "still open: kb:about" in done.err
    assert block(project, name, GREY).count("rdfs:label") == 1
    assert "another rdfs:label already" in refused(project, "to", name, "--label", "Lake Board: something else")
    added(project, "to", name, "--label", "Lake Board: something else", "--instead")
    assert run_kb("fmt", "--check", cwd=project).code == 0


def test_what_has_a_part_is_no_mention(project: Path) -> None:
    drafted(project)
    name = f"cl:{re.search(r'cl:(grey-lake-leak-2-.*?) a ', text(project, GREY))[1]}"  # type: ignore[index]
    assert "kb:mentions ag:gorm-mills" in block(project, name, GREY)
    added(project, "operation", "alleged leak into a lake", "--kind", "plot", "--article", "grey-lake-leak")
    added(project, "to", name, "--actor", "Gorm Mills", "--about", "alleged leak into a lake")
    assert "kb:mentions" not in block(project, name, GREY)


def test_keep_and_without(project: Path) -> None:
    name = f"cl:{SLUG}-ben-barak-denial"
    assert "no TODO asks about it" in refused(project, "to", name, "--keep", "said")
    assert "has no kb:deaths" in refused(project, "to", name, "--without", "deaths")
    assert "did you mean" in refused(project, "to", name, "--without", "hedges")
    assert "KB119" in refused(project, "to", name, "--without", "said")
    added(project, "to", name, "--without", "hedge")
    assert "kb:hedge" not in block(project, name)
    assert is_clean(project)


def test_stated_and_not_stated(project: Path) -> None:
    name = f"cl:{SLUG}-ben-barak-denial"
    assert "--instead" in refused(project, "to", name, "--not-stated", "said")
    added(project, "to", name, "--not-stated", "said", "--instead")
    assert "kb:notStated kb:said" in block(project, name)
    assert "kb:notStated kb:said" in refused(project, "to", name, "--said", "Earlier in the day")
    added(project, "to", name, "--said", "Earlier in the day", "--instead")
    assert "kb:notStated" not in block(project, name)
    assert is_clean(project)


def test_words_of_another_sentence(project: Path) -> None:
    name = f"cl:{SLUG}-ushpiz-us-must-answer"
    elsewhere = "these words stand in sentence 2, not in this claim’s (sentence 1)"
    assert elsewhere in refused(project, "to", name, "--said", "on Thursday")
    assert elsewhere in added(project, "to", name, "--said", "on Thursday", "--instead").err
    claim = ("claim", "--article", SLUG, "--class", "Statement", "--speaker", "Iran", "--about", "Mossad")
    assert elsewhere in added(project, *claim, "--sentence", "1", "--said", "on Thursday").err
    assert "stand in" not in added(project, *claim, "--sentence", "2", "--said", "on Thursday").err


def test_words_beyond_what_a_claim_rests_on(project: Path) -> None:
    name = f"cl:{SLUG}-ben-barak-denial"
    told = refused(project, "to", name, "--quote", WORDS)
    assert f'kb cite {SLUG} "…" --append {name}' in told
    assert "--words" not in told


def test_a_second_quotation_is_told(project: Path) -> None:
    name = f"cl:{SLUG}-ben-barak-denial"
    assert "it has 2 kb:quote now; --instead" in added(project, "to", name, "--quote", "did not inform").err
    assert "kb:quote now" not in added(project, "to", name, "--quote", "did not inform", "--instead").err


def test_an_article_gets_what_it_lacks(project: Path) -> None:
    drafted(project)
    name = "art:grey-lake-leak"
    values = ("--author", "Gorm Mills", "--url", "https://example.org/x", "--issued", "2024-11-14")
    added(project, "to", name, *values)
    own = block(project, name, GREY)
    assert "dct:creator ag:gorm-mills" in own
    assert "kb:notStated dct:publisher ;" in own
    assert "not taken from the text: address and day of issue." in own
    assert "another dct:creator already" in refused(project, "to", name, "--author", "Lake Board")
    assert "another schema:url already" in refused(project, "to", name, "--url", "https://example.org/y")
    added(project, "to", name, "--url", "https://example.org/y", "--instead")
    edited(project, GREY, ("    dct:creator ag:gorm-mills ;", "    # TODO dct:creator: is “By X” the author?"))
    added(project, "to", name, "--keep", "creator")
    assert re.search(r"kb:notStated .*dct:creator", block(project, name, GREY))
    assert block(project, name, GREY).count("not taken from the text") == 1
    assert "TODO" not in block(project, name, GREY)
    assert run_kb("fmt", "--check", cwd=project).code == 0


def test_a_todo_that_another_answer_makes_idle_goes(project: Path) -> None:
    drafted(project)
    given_ = ("claim", "--article", "grey-lake-leak", "--words", "a leak", "--speaker", "outlet", "--todo")
    denial = added(project, *given_, "--class", "Denial").out.strip()
    assert "TODO kb:denies" in block(project, denial, GREY)
    added(project, "to", denial, "--about", "Gorm Mills")
    assert "TODO" not in block(project, denial, GREY)
    blame = added(project, *given_, "--class", "Allegation").out.strip()
    added(project, "to", blame, "--class", "Statement")
    assert "TODO kb:actor" not in block(project, blame, GREY)
    assert "TODO kb:about" in block(project, blame, GREY)


def test_a_claim_rests_on_one_span_no_longer(project: Path) -> None:
    name = f"cl:{SLUG}-ben-barak-denial"
    run_kb("cite", SLUG, "as far as he knew", "--append", name, cwd=project)
    assert f"ev:{SLUG}-964-981" in block(project, name)
    done = added(project, "to", name, "--without", f"ev:{SLUG}-964-981")
    assert "sentence 6 is still claimed or listed" in done.err
    assert f"ev:{SLUG}-964-981" not in text(project)
    own = re.findall(rf"ev:{SLUG}-\d+-\d+", block(project, name))
    assert "would rest on nothing" in refused(project, "to", name, *(x for one in own for x in ("--without", one)))


NEXT = "The council will vote next Monday.\nThe trial will begin on Friday.\nThey met on Friday.\nIt ends tomorrow.\n"


@pytest.mark.parametrize(
    ("sentence", "words", "earliest"),
    [
        (1, "next Monday", ""),
        (2, "on Friday", ""),
        (3, "on Friday", "2024-11-08"),
        (4, "tomorrow", "2024-11-15"),
    ],
)
def test_what_is_to_come_is_not_counted_back(project: Path, sentence: int, words: str, earliest: str) -> None:
    path = project.parent / "next-vote.txt"
    path.write_text(NEXT, encoding="utf-8")
    assert run_kb("draft", path, "--issued", "2024-11-14", cwd=project).code == 0
    claim = ("--article", "next-vote", "--class", "Statement", "--speaker", "outlet", "--about", "ag:iran")
    done = added(project, "claim", *claim, "--sentence", str(sentence), "--happened", words)
    times = re.findall(
        r"^tm:\S+ a kb:Time .*?\.$", text(project, "data/articles/next-vote.ttl"), re.MULTILINE | re.DOTALL
    )
    (own,) = [one for one in times if words in one]
    assert re.findall(r'kb:earliest "(.*?)"', own) == [earliest][: bool(earliest)]
    note = re.search(r"kb add to (tm:\S+) --basis inferred --earliest", done.err)
    assert bool(note) is not bool(earliest)
    if note:
        day = "2024-11-15" if "Friday" in words else "2024-11-18"
        bounds = ("--earliest", day, "--latest", day)
        added(project, "to", note[1], "--basis", "inferred", *bounds, "--note", "x", "--instead")


def test_two_persons_are_not_made_one_unasked(project: Path) -> None:
    before = snapshot(project)
    done = run_kb("drop", "ag:ushpiz", "--for", "ag:ben-barak", cwd=project)
    assert (done.code, snapshot(project) == before) == (2, True)
    assert f"cl:{SLUG}-ushpiz-us-must-answer kb:speaker" in done.err
    assert "hint: if they are one and the same person: --same" in done.err
    added(project, "to", "ag:ushpiz", "--without", "note")
    done = run_kb("drop", "ag:ushpiz", "--for", "ag:ben-barak", "--same", "--dry-run", cwd=project)
    assert done.code == 0, done.err
    assert "ag:ben-barak is named now instead of ag:ushpiz" in done.err


def test_of_a_text_that_has_changed_no_other_sentence_is_spoken_of(project: Path) -> None:
    drafted(project)
    path = project / "seeds" / "grey-lake-leak.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("Gorm Mills denied it.\n", ""), encoding="utf-8")
    name = f"cl:{re.search(r'cl:(grey-lake-leak-3-.*?) a ', text(project, GREY))[1]}"  # type: ignore[index]
    done = run_kb("drop", name, cwd=project)
    assert done.code == 0, done.err
    assert "sentence" not in done.err


def test_what_is_called_after_a_person_is_another(project: Path) -> None:
    added(project, "agent", "Harold Marsh", "--kind", "person", "--alias", "Marsh")
    society = "Marsh Preservation Society"
    assert "harold" not in refused(project, "to", f"cl:{SLUG}-nyt-report", "--mentions", society)
    assert "ag:harold-marsh" in refused(project, "agent", "Jon Marsh", "--kind", "person")
    added(project, "agent", society, "--kind", "organization")


def test_a_span_with_a_question_names_how_it_goes(project: Path) -> None:
    drafted(project)
    found = run_kb("validate", "-f", "jsonl", "--fail-on", "never", cwd=project).out
    assert re.search(r"if the sentence is claimed already: `kb drop ev:grey-lake-leak-\d+-\d+`", found)


def test_a_kind_is_for_agents_or_for_operations(project: Path) -> None:
    told = refused(project, "operation", "alleged theft of a crown", "--kind", "person")
    assert "this kind is for agents (data/kinds.ttl:" in told
    assert "plot" in told.split("hint")[1]
    assert "kb:stated" not in told
    assert "for operations" in refused(project, "agent", "Someone New", "--kind", "plot")
    assert "for operations" in refused(project, "to", "ag:iran", "--kind", "plot")
    added(project, "kind", "theft", "--definition", "An operation spoken of as theft.")  # for whatever it fits
    added(project, "agent", "Someone New", "--kind", "theft")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("ag:iran", "--speaker", "Israel"), "has no --speaker"),
        (("ag:irann", "--note", "x"), "did you mean ag:iran?"),
        (("ag:iran",), "nothing to add"),
        (("ag:iran", "--alias", "Mossad"), "ag:mossad"),
        (("ag:iran", "--alias", "Iran"), "is called “Iran” already"),
        (("ag:iran", "--alias", "IRAN"), "is called “Iran” already"),
        ((f"ev:{SLUG}-0-54", "--note", "x"), "cannot be added to"),
        ((f"art:{SLUG}", "--speaker", "x"), "a kb:Article has no --speaker"),
        ((f"cl:{SLUG}-ben-barak-denial", "--without", "evidence"), "kb add to CLAIM --without ev:…"),
        ((f"cl:{SLUG}-ben-barak-denial", "--without", "ev:x"), "does not rest on it"),
        ((f"cl:{SLUG}-103fm", "--without", "ev:x", "--without", "cue"), "it rests on ev:"),
        ((f"cl:{SLUG}-ben-barak-denial", "--deaths", "-1"), "not a whole number"),
        ((f"cl:{SLUG}-ben-barak-denial", "--deaths", "1", "--deaths", "2"), "one value"),
        (("ag:iran", "--note", "x", "--lang", "xx"), "--lang xx"),
        (("ag:iran", "--exact-match", "wikidata"), "not an address"),
    ],
)
def test_what_a_record_cannot_have(project: Path, args: tuple[str, ...], told: str) -> None:
    assert told in refused(project, "to", *args)


def test_what_is_so_already_changes_nothing(project: Path) -> None:
    before = snapshot(project)
    assert "nothing to change" in added(project, "to", "ag:iran", "--kind", "state").err
    assert snapshot(project) == before


def test_a_record_that_is_named_is_not_dropped(project: Path) -> None:
    before = snapshot(project)
    done = run_kb("drop", "ag:ushpiz", cwd=project)
    assert done.code == 2
    assert f"{HOME}:" in done.err
    assert "kb:speaker" in done.err
    assert snapshot(project) == before


def test_dropped_for_another(project: Path) -> None:
    drafted(project)
    done = run_kb("drop", "ag:lake-board", "--for", "ag:gorm-mills", cwd=project)
    assert done.code == 0, done.err
    assert "ag:lake-board" not in text(project, GREY)
    assert 'skos:altLabel "Lake Board"@en' in block(project, "ag:gorm-mills", GREY)
    assert run_kb("drop", "ag:gorm-mills", "--for", "op:khodaei-killing", cwd=project).code == 2
    assert run_kb("fmt", "--check", cwd=project).code == 0


def edited(project: Path, name: str, *pairs: tuple[str, str]) -> None:
    """By hand."""
    path = project / name
    for old, new in pairs:
        assert old in text(project, name), old
        path.write_text(text(project, name).replace(old, new, 1), encoding="utf-8")


def test_nothing_that_is_said_of_it_is_lost(project: Path) -> None:
    drafted(project)
    added(project, "to", "ag:lake-board", "--kind", "organization", "--note", "Its seat’s in Lakeside.")
    part = "# Checked by hand.\nag:lake-board a kb:Agent ;\n    kb:partOf ag:iran ;"
    edited(project, GREY, ("ag:lake-board a kb:Agent ;", part))
    before = snapshot(project)
    done = run_kb("drop", "ag:lake-board", "--for", "ag:gorm-mills", cwd=project)
    assert done.code == 2
    assert snapshot(project) == before
    assert "kb:partOf ag:iran" in done.err
    assert "kb add to ag:gorm-mills --note 'Its seat’s in Lakeside.'" in done.err
    assert "kb add to ag:gorm-mills --part-of ag:iran" in done.err
    added(project, "to", "ag:gorm-mills", "--note", "Its seat’s in Lakeside.")
    added(project, "to", "ag:lake-board", "--without", "part-of")
    done = run_kb("drop", "ag:lake-board", "--for", "ag:gorm-mills", cwd=project)
    assert done.code == 0, done.err
    assert "gone with it: kb:kind k:organization" in done.err
    assert "# Checked by hand.\nag:gorm-mills a " in text(project, GREY)


def test_a_comment_stays_with_its_value(project: Path) -> None:
    drafted(project)
    both = (
        "kb:mentions ag:gorm-mills , ag:lake-board ;",
        "kb:mentions ag:gorm-mills , # sure\n ag:lake-board ; # doubtful",
    )
    edited(project, GREY, both)
    done = run_kb("drop", "ag:lake-board", "--for", "ag:gorm-mills", cwd=project)
    assert done.code == 0, done.err
    assert "    # doubtful\n    kb:mentions ag:gorm-mills ;  # sure\n" in text(project, GREY)


def test_a_comment_is_not_given_to_another_property(project: Path) -> None:
    drafted(project)
    added(project, "to", "ag:gorm-mills", "--kind", "organization", "--note", "Invented.")
    edited(project, GREY, ("    skos:note", "    # by hand\n    skos:note"))
    added(project, "to", "ag:gorm-mills", "--without", "note")
    assert "# by hand\nag:gorm-mills a " in text(project, GREY)


def test_the_comment_of_a_value_that_is_replaced(project: Path) -> None:
    name = f"cl:{SLUG}-ben-barak-denial"
    edited(project, HOME, (f"{name} a kb:Denial ;\n", f"{name} a kb:Denial ;\n    # by hand\n"))
    added(project, "to", name, "--label", "Ben-Barak: invented for a test", "--instead")
    assert '    # by hand\n    rdfs:label "Ben-Barak: invented for a test"@en ;' in block(project, name)


def test_a_record_in_two_blocks(project: Path) -> None:
    name = f"cl:{SLUG}-ben-barak-denial"
    path = project / HOME
    path.write_text(text(project) + f'\n{name} skos:note "More."@en .\n', encoding="utf-8")
    lines = [i for i, line in enumerate(text(project).splitlines(), 1) if line.startswith(f"{name} ")]
    told = refused(project, "to", name, "--note", "More.")
    assert f"in 2 blocks: {HOME}:{lines[0]} and {HOME}:{lines[1]}" in told
    assert run_kb("drop", name, cwd=project).code == 2


def test_a_span_that_leaves_its_sentence_open(project: Path) -> None:
    drafted(project)
    *_, last = re.findall(r"^(ev:\S+) a ", text(project, GREY), re.MULTILINE)
    done = run_kb("drop", last, cwd=project)
    assert done.code == 0, done.err
    assert "sentence 4 is open now" in done.err


def test_a_claim_goes_with_its_spans(project: Path) -> None:
    drafted(project)
    name = f"cl:{re.search(r'cl:(grey-lake-leak-3-.*?) a ', text(project, GREY))[1]}"  # type: ignore[index]
    span = re.search(r"ev:\S+", block(project, name, GREY))
    assert span
    done = run_kb("drop", name, cwd=project)
    assert done.code == 0
    assert "sentence 3 is open now" in done.err
    assert name not in text(project, GREY)
    assert span[0] not in text(project, GREY)
    assert "# 3 " not in text(project, GREY)
    assert "# 2 " in text(project, GREY)


def test_nothing_claimed(project: Path) -> None:
    drafted(project)
    assert "TODO kb:evidence" in text(project, GREY)
    note = ("--note", "The credit of a picture.")
    assert "rests on these words" in refused(
        project, "nothing", "--article", "grey-lake-leak", "--sentence", "3", *note
    )
    added(project, "nothing", "--article", "grey-lake-leak", "--sentence", "4", *note)
    assert "TODO kb:evidence" not in text(project, GREY)
    assert "kb:nothingClaimed ev:grey-lake-leak-" in block(project, "art:grey-lake-leak", GREY)
    again = ("nothing", "--article", "grey-lake-leak", "--sentence", "4", *note)
    assert "hint: nothing to do" in refused(project, *again)
    edited(project, GREY, ('oa:exact "Photo: none."', 'oa:exact "Photo: nine."'), ('kb:sha256 "e', 'kb:sha256 "0'))
    assert "`kb cite --reanchor grey-lake-leak --accept ev:" in refused(project, *again)


def test_a_claim_answers_what_its_sentence_claims(project: Path) -> None:
    drafted(project)
    claim = ("--class", "Statement", "--speaker", "outlet", "--about", "Gorm Mills", "--label", "Outlet: invented")
    added(project, "claim", "--article", "grey-lake-leak", *claim, "--words", "Photo")
    assert "TODO kb:evidence" not in text(project, GREY)
    assert '"Photo: none."' not in text(project, GREY)
    assert re.search(r"# 4 Photo: none\.\ncl:grey-lake-leak-4-statement a ", text(project, GREY))


def test_left_to_be_decided(project: Path) -> None:
    drafted(project)
    made = added(project, "claim", "--article", "grey-lake-leak", "--class", "Allegation", "--sentence", "4", "--todo")
    own = block(project, made.out.strip(), GREY)
    assert all(f"# TODO kb:{one}" in own for one in ("speaker", "about", "actor", "said"))


def test_what_a_second_article_names_is_shared(project: Path) -> None:
    added(project, "shared", "ag:kan")
    assert "ag:kan a kb:Agent" in text(project, "data/agents.ttl")
    assert "ag:kan a kb:Agent" not in text(project)
    assert "shared already" in refused(project, "shared", "ag:kan")
    assert "no agent" in refused(project, "shared", f"cl:{SLUG}-ben-barak-denial")
    assert is_clean(project)


def test_comments_go_where_the_record_goes(project: Path) -> None:
    edited(project, HOME, ("ag:kan a kb:Agent ;", "# Hand note\nag:kan a kb:Agent ;\n    # inner"))
    added(project, "shared", "ag:kan")
    assert "\n\n# Hand note\nag:kan a kb:Agent ;\n    # inner\n    rdfs:label" in text(project, "data/agents.ttl")
    assert "# Hand note" not in text(project)


def test_a_shared_file_that_said_nothing_gets_no_idle_prefix(project: Path) -> None:
    folder = "https://w3id.org/contested-claims"
    (project / "data" / "operations.ttl").write_text(
        f"@prefix ag: <{folder}/agent/> .\n@prefix op: <{folder}/operation/> .\n", encoding="utf-8"
    )
    added(project, "operation", "alleged leak into a lake", "--kind", "plot", "--article", SLUG)
    added(project, "shared", "op:leak-into-lake")
    assert "@prefix op:" in text(project, "data/operations.ttl")
    assert "@prefix ag:" not in text(project, "data/operations.ttl")


def test_it_is_told_what_is_to_be_shared(project: Path) -> None:
    done = added(project, "claim", *DENIAL, "--words", WORDS, "--mentions", "ag:denmark", "--dry-run")
    assert "kb add shared ag:denmark" in done.err


def test_what_a_name_brings_to_other_articles_is_told(project: Path) -> None:
    """Also where the record stands in the shared file."""
    told = added(project, "to", "ag:iran", "--alias", "assassination").err
    assert "note: data/articles/" in told
    assert "KB150 warning" in told


def test_a_membership_that_an_article_backs(project: Path) -> None:
    path = project / "data" / "agents.ttl"
    path.write_text(re.sub(r" ;\n    kb:partOf ag:israel \.", " .", text(project, "data/agents.ttl")), encoding="utf-8")
    assert "kb:partOf" not in block(project, "ag:mossad", "data/agents.ttl")
    assert "KB456" not in added(project, "to", "ag:mossad", "--part-of", "Israel").err
    told = refused(project, "to", "ag:mossad", "--part-of", "Iran", "--instead")
    assert "KB456 error" in told
    assert "--part-of WHOLE" in told.split("hint")[1]
    assert "KB456" in refused(project, "agent", "Nour Haddad", "--kind", "person", "--part-of", "Iran")


# Files that others have.


def test_a_file_that_somebody_changed_meanwhile(project: Path) -> None:
    edition = pegs.peg(Desk.of(Project(project), None), AGENT, "Someone New", {"kind": ("person",)})
    path = project / "data" / "agents.ttl"
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    with pytest.raises(UsageError, match="changed"):
        edition.write()
    assert path.read_text(encoding="utf-8").endswith("# mine\n")


def test_two_at_once_make_no_two_of_one(project: Path) -> None:
    drafted(project)
    env = {**os.environ, **NEUTRAL}
    command = [sys.executable, "-m", "kbcli", "add", "agent", "Race Person", "--kind", "person", "--article"]
    running = [
        subprocess.Popen([*command, slug], cwd=project, env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for slug in (SLUG, "grey-lake-leak")
    ]
    told = [one.communicate(timeout=120)[1].decode() for one in running]
    assert sorted(one.returncode for one in running) == [0, 2], told
    assert any("there is an agent of this name" in one for one in told)
    assert (text(project) + text(project, GREY)).count("ag:race-person a ") == 1


def test_who_did_not_wait_checks_again(project: Path) -> None:
    drafted(project)
    given_ = {"kind": ("person",)}
    late = pegs.peg(Desk.of(Project(project), SLUG), AGENT, "Race Person", given_)
    late.refuse_errors()
    added(project, "agent", "Someone Else", "--kind", "person", "--article", "grey-lake-leak")
    added(project, "agent", "Race Person", "--kind", "person", "--article", "grey-lake-leak")
    with pytest.raises(UsageError, match="KB011"):
        late.write()
    assert "ag:race-person" not in text(project)


def test_two_at_once_into_one_file_wait_for_each_other(project: Path) -> None:
    env = {**os.environ, **NEUTRAL}
    command = [sys.executable, "-m", "kbcli", "add", "agent", "--kind", "person"]
    names = ("Harlan Voss", "Mira Tolland")
    running = [subprocess.Popen([*command, one], cwd=project, env=env, stdin=subprocess.DEVNULL) for one in names]
    assert [one.wait(120) for one in running] == [0, 0]
    assert all(one in text(project, "data/agents.ttl") for one in names)


def test_a_file_that_cannot_be_read(project: Path) -> None:
    path = project / "data" / "agents.ttl"
    path.write_text(path.read_text(encoding="utf-8") + "ag:x a\n", encoding="utf-8")
    assert "data/agents.ttl:" in refused(project, "agent", "Someone New", "--kind", "person")


@pytest.mark.parametrize("file", ["data/agents.ttl", "data/articles/iran-accuses-mossad.ttl"])
def test_nothing_is_added_to_what_cannot_be_read_whole(project: Path, file: str) -> None:
    """Once “Mosad” was taken for new while the file with “Mossad” had a syntax error."""
    path = project / file
    path.write_text(path.read_text(encoding="utf-8").replace(" ;\n", "\n", 1), encoding="utf-8")
    told = refused(project, "agent", "Mosad", "--kind", "organization", "--article", SLUG)
    assert re.search(rf"{file}:\d+:\d+: ", told)


def test_what_was_written_beside_a_span_is_told_when_it_goes(project: Path) -> None:
    path = project / "data" / "articles" / f"{SLUG}.ttl"
    own = f"ev:{SLUG}-136-214 a kb:Evidence ;"
    text = path.read_text(encoding="utf-8")
    assert own in text
    path.write_text(text.replace(own, f"# above it, by hand\n{own}  # beside it, by hand"), encoding="utf-8")
    done = run_kb("drop", f"cl:{SLUG}-ushpiz-us-must-answer", cwd=project)
    assert done.code == 0, done.err
    assert f"ev:{SLUG}-136-214 went with it" in done.err
    assert "gone with it: # above it, by hand" in done.err
    assert "gone with it: # beside it, by hand" in done.err


def test_comments_stay(project: Path) -> None:
    path = project / "data" / "agents.ttl"
    written = (
        path.read_text(encoding="utf-8")
        .replace("ag:iran a", "# About Iran.\nag:iran a")
        .replace('k:state ;\n    skos:altLabel "Islamic', 'k:state ;  # beside\n    skos:altLabel "Islamic')
    )
    path.write_text(written, encoding="utf-8")
    added(project, "agent", "Harlan Voss", "--kind", "person")
    added(project, "to", "ag:iran", "--alias", "Persia")
    after = path.read_text(encoding="utf-8")
    assert "# About Iran.\nag:iran a" in after
    assert "# beside" in after
    assert run_kb("fmt", "--check", cwd=project).code == 0


# On a terminal.

ENDINGS = ["\x03", "\x04"]  # Ctrl-C, Ctrl-D
PATIENCE = 5.0  # seconds


def asked(project: Path, typed: list[str], *args: str) -> tuple[int, str]:
    """What `kb add` says on a terminal where this is typed, a piece for each question, and how it ends.

    What ends it is typed again where nothing comes of it: a Ctrl-C right between the question and the wait for its
    answer is heard by Python with the next key only, and no person is that fast.
    """
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "kbcli", "add", *args],
        cwd=project,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, **NEUTRAL, "TERM": "dumb"},
        start_new_session=True,
        preexec_fn=lambda: _take(theirs),  # noqa: PLW1509 nothing else runs here
    ) as process:
        os.close(theirs)
        told, left, last = b"", [*typed], ""
        while True:
            if not select.select([ours], [], [], PATIENCE)[0]:
                os.write(ours, last.encode() if last in ENDINGS else b"")
                continue
            if not (part := _read(ours)):
                break
            told += part
            if told.endswith(b": ") and left:
                last = left.pop(0)
                os.write(ours, last.encode())
        code = process.wait(120)
    os.close(ours)
    return code, told.decode()


def _take(terminal: int) -> None:
    import fcntl
    import termios

    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # nobody has its other end any longer
        return b""


def test_it_asks_for_what_is_missing(project: Path) -> None:
    code, told = asked(project, ["nonsense\n", "person\n"], "agent", "Someone New")
    assert code == 0, told
    assert "A human being" in told
    assert "plot" not in told  # for operations
    assert "kb:kind k:person" in block(project, "ag:someone-new", "data/agents.ttl")


def test_it_asks_for_a_whole_claim(project: Path) -> None:
    lines = (SLUG, WORDS, "Denial", "Nobody Known", "Ushpiz", "nyt-report", "", "", "our talks", "", "")
    code, told = asked(project, [f"{line}\n" for line in lines], "claim")
    assert code == 0, told
    assert "Nobody Known" in told
    made = re.search(rf"cl:{SLUG}-2-\S+", told)
    assert made
    own = block(project, made[0])
    assert 'kb:quote "our talks"' in own
    assert "kb:speaker ag:ushpiz" in own
    assert "kb:notStated kb:said" in own
    assert is_clean(project)


def test_it_asks_which_of_several_is_meant(project: Path) -> None:
    lines = (SLUG, "Israel", "99", "3", "Denial", "outlet", "", "op:israel-confirmation", "", "", "", "")
    code, told = asked(project, [f"{line}\n" for line in lines], "claim")
    assert code == 0, told
    assert "--nth" not in told
    places = [found.start() for found in re.finditer("Israel", desk(SLUG).source.text)]
    assert f"ev:{SLUG}-{places[2]}-{places[2] + 6}" in text(project)


@pytest.mark.parametrize("ending", ENDINGS)
def test_whoever_stops_changes_nothing(project: Path, ending: str) -> None:
    before = snapshot(project)
    code, told = asked(project, [ending], "agent", "Someone New")
    assert code == 130, told
    assert "Traceback" not in told
    assert snapshot(project) == before


def test_kinds_are_kinds() -> None:
    assert {field.option for field in OF[KIND]} == {"label", "definition", "scope-note"}
