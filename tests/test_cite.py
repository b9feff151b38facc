"""kb cite: offsets nobody counts by hand, in any text; what is not there is refused, with what is."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from conftest import ROOT, Runner
from kbcli import citable, citation
from kbcli.absence import oddities
from kbcli.citable import Article
from kbcli.corpus import Corpus
from kbcli.errors import UsageError
from kbcli.likeness import nearest
from kbcli.names import BASE, KB, STANDARD, prefixes
from kbcli.project import Project
from kbcli.source import Source
from kbcli.uniqueness import Uniqueness

SLUG = "khodaei-nyt-report"
SEED = ROOT / "seeds" / "002_67d1941ca2bc8fd9.txt"
CORPUS = Corpus.of(Project(ROOT))
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes().items())
TEXTS = st.one_of(st.text(), st.text(alphabet='ab\r\n\ufeff😀e\u0301"\\\t\u202e '))


def cited(text: str) -> Article:
    """An article with this text, which no file has."""
    source = Source(Path("nowhere"))
    vars(source)["text"] = text
    return Article(ox.NamedNode(BASE + "article/x-y"), "art:x-y", "x-y", (), source)


def parsed(block: str) -> dict[str, Any]:
    triples = ox.parse((HEADER + block).encode(), format=ox.RdfFormat.TURTLE)
    return {triple.predicate.value.removeprefix(STANDARD["oa"]): triple.object.value for triple in triples}


@pytest.mark.parametrize("span", CORPUS.spans, ids=lambda span: span.node.value.rpartition("/")[2])
def test_every_span_of_the_data_has_the_form_of_the_tool(span: Any) -> None:
    article = citable.article(CORPUS, span.article.value)
    block = citation.block(CORPUS, article, span.start, span.end)
    (document,) = CORPUS.homes[span.node.value]
    assert "\n" + block.removesuffix(".\n") in document.text


@given(TEXTS, st.data())
@example("\ufeff\r\ne\u0301😀", None)
def test_the_offsets_of_any_part_of_any_text(text: str, data: st.DataObject | None) -> None:
    start = data.draw(st.integers(0, len(text))) if data else 3
    end = data.draw(st.integers(start, len(text))) if data else len(text)
    assume(start < end)
    words, article = text[start:end], cited(text)
    starts = citation.occurrences(article, words)
    assert citation.chosen(article, words, starts, starts.index(start) + 1) == (start, end)
    block = parsed(citation.block(CORPUS, article, start, end))
    assert text[int(block["start"]) : int(block["end"])] == block["exact"] == words
    assert block.get("prefix", "") == text[max(0, start - len(block.get("prefix", ""))) : start]
    assert len(block.get("prefix", "")) >= min(12, start)
    assert len(block.get("suffix", "")) >= min(12, len(text) - end)
    whole = block.get("prefix", "") + words + block.get("suffix", "")
    assert sum(text.startswith(whole, at) for at in range(len(text))) == 1


@given(
    st.text(alphabet="ab", min_size=1, max_size=5), st.integers(1, 40), st.text(alphabet="ab", max_size=3), st.data()
)
def test_the_context_is_twelve_or_the_least_that_is_unique(
    part: str, times: int, rest: str, data: st.DataObject
) -> None:
    text = part * times + rest
    start = data.draw(st.integers(0, len(text) - 1))
    width = citation.context(text, start, start + 1)
    wide, narrow = (text[max(0, start - w) : start + 1 + w] for w in (width, width - 1))
    assert width >= 12
    assert sum(text.startswith(wide, at) for at in range(len(text))) == 1
    assert width == 12 or sum(text.startswith(narrow, at) for at in range(len(text))) > 1


@given(st.text())
def test_any_string_is_written_so_that_it_reads_back(text: str) -> None:
    literal = citation.literal(text)
    (triple,) = ox.parse(f"<urn:a> <urn:b> {literal} .".encode(), format=ox.RdfFormat.TURTLE)
    assert triple.object == ox.Literal(text)
    assert all(character.isprintable() or character == "\xa0" for character in literal)


@pytest.mark.parametrize(
    "name", [SLUG, f"art:{SLUG}", f"{BASE}article/{SLUG}", SEED.name, f"seeds/{SEED.name}", "A Title", "a  TITLE"]
)
def test_an_article_has_many_names(kb: Runner, project: Path, name: str) -> None:
    path = project / "data" / "articles" / f"{SLUG}.ttl"
    text = re.sub(r"\n    dct:title [^;]*;", "", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("a kb:Article ;", 'a kb:Article ;\n    dct:title "A Title"@en ;', 1), encoding="utf-8")
    result = kb("cite", name, "as far as he knew", cwd=project)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"ev:{SLUG}-964-981 a kb:Evidence ;\n    kb:in art:{SLUG} ;\n")


def test_a_whole_sentence_is_cited_by_its_number(kb: Runner) -> None:
    result = kb("cite", SLUG, "--sentence", "6")
    assert parsed(result.out)["start"] == "891"
    assert (
        result.err
        == f"note: ev:{SLUG}-891-1059 is in data/articles/{SLUG}.ttl:{line_of('ev:' + SLUG + '-891-1059 a')} already\n"
    )
    assert kb("cite", SLUG, "--sentence", "13").err.startswith(f"Error: --sentence 13: art:{SLUG} has 12 sentences")


def line_of(start: str) -> int:
    lines = (ROOT / "data" / "articles" / f"{SLUG}.ttl").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("as far as he new", "the nearest that does: «as far as he knew» (964–981)"),
        (
            "The NYT's source",
            "other quotation marks, apostrophes, dashes or white space: «The NYT’s source» (1873–1889)",
        ),
        ("definite\trevenge", "other quotation marks, apostrophes, dashes or white space: «definite revenge»"),
        ("the nyt’s Source", "other capitals, accents or marks: «The NYT’s source»"),
        ("zebras", "nothing there is like them"),
        ("\x1b[2J as far as he new", "«\\x1b[2J as far as he new»"),
        ("", "no words"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(kb: Runner, words: str, told: str) -> None:
    result = kb("cite", SLUG, words)
    assert (result.code, result.out) == (2, "")
    assert told in result.err


def test_the_command_that_is_offered_works(kb: Runner) -> None:
    err = kb("cite", SLUG, "The NYT's source").err
    offered = err.partition("hint: kb cite ")[2].strip()
    assert offered == f"{SLUG} 'The NYT’s source'"
    assert kb("cite", SLUG, "The NYT’s source").code == 0


def test_what_stands_there_more_than_once_is_listed_and_chosen(kb: Runner) -> None:
    places = [match.start() for match in re.finditer("Israel", SEED.read_bytes().decode())]
    result = kb("cite", SLUG, "Israel")
    assert (result.code, result.out) == (2, "")
    assert f"these words stand there {len(places)} times" in result.err
    assert re.findall(r"^  (\d+)  (\d+)–", result.err, re.MULTILINE) == [
        (str(n), str(at)) for n, at in enumerate(places, 1)
    ]
    assert parsed(kb("cite", SLUG, "Israel", "--nth", "3").out)["start"] == str(places[2])
    assert [kb("cite", SLUG, "Israel", "--nth", nth).code for nth in ("0", "99")] == [2, 2]


def test_words_that_overlap_themselves_stand_there_twice() -> None:
    assert citation.occurrences(cited("aaa"), "aa") == [0, 1]


def test_on_a_terminal_it_asks(kb: Runner) -> None:
    ours, theirs = pty.openpty()
    asked = [sys.executable, "-m", "kbcli", "cite", SLUG, "Israel"]
    with subprocess.Popen(asked, cwd=ROOT, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, text=True) as process:
        os.write(ours, b"2\n")
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert parsed(out) == parsed(kb("cite", SLUG, "Israel", "--nth", "2").out)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["khodaei-nyt-repor", "x"], "did you mean khodaei-nyt-report?"),
        (["xyzzy", "x"], f"there are art:iran-accuses-mossad, art:{SLUG}"),
        ([SLUG], "no words"),
        ([SLUG, "Israel", "--sentence", "1"], "--sentence takes neither words nor --nth"),
        ([SLUG, "--sentence", "0"], "a number from 1 to 12"),
        ([SLUG, "--sentence", "0"], "sentences are counted from 1"),
        ([SLUG, "--sentence", "5-3"], "the smaller number comes first"),
        ([SLUG, "--sentence", "5-3"], "hint: --sentence 3-5"),
        (["as far as he knew", SLUG], f"hint: kb cite {SLUG} 'as far as he knew'"),
    ],
)
def test_wrong_use_is_told(kb: Runner, args: list[str], told: str) -> None:
    result = kb("cite", *args)
    assert (result.code, result.out) == (2, "")
    assert told in result.err


def test_a_text_that_cannot_be_read_is_told(kb: Runner, project: Path) -> None:
    (project / "seeds" / SEED.name).write_bytes(b"\xff")
    result = kb("cite", SLUG, "Israel", cwd=project)
    assert (result.code, "its text cannot be read" in result.err) == (2, True)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (b"ag:iran a", False),
        (b"art:khodaei-nyt-report a", True),
        (b"art:khodaei\\-nyt-report a", True),
        (b"@prefix x: <urn:x/kho> . x:daei", True),
        (b"\xff", True),
    ],
)
def test_a_broken_file_is_told_only_if_it_may_name_the_article(
    kb: Runner, project: Path, broken: bytes, told: bool
) -> None:
    (project / "data" / "agents.ttl").write_bytes(broken)
    result = kb("cite", SLUG, "as far as he knew", cwd=project)
    assert (result.code, "data/agents.ttl cannot be read" in result.err) == (0, told)


def test_an_article_of_another_spelling_is_found(kb: Runner, project: Path) -> None:
    path = project / "data" / "articles" / f"{SLUG}.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace(f"art:{SLUG}", "art:khodaei\\-nyt-report"), encoding="utf-8"
    )
    result = kb("cite", SLUG, "as far as he knew", cwd=project)
    assert (result.code, f"ev:{SLUG}-964-981 is in" in kb("cite", SLUG, "as far as he knew").err) == (0, False)
    assert result.out.startswith(f"ev:{SLUG}-964-981 a kb:Evidence")


def test_two_articles_of_one_name_are_none(kb: Runner, project: Path) -> None:
    record = f'@prefix dct: <http://purl.org/dc/terms/> .\n@prefix kb: <{KB}> .\n<urn:other> a kb:Article ; dct:title "{SLUG}" .'
    (project / "data" / "other.ttl").write_text(record, encoding="utf-8")
    result = kb("cite", SLUG, "as far as he knew", cwd=project)
    assert (
        result.code,
        f"more than one article is called so\nhint: name one: art:{SLUG}, <urn:other>" in result.err,
    ) == (
        2,
        True,
    ), result.err


HARD = (
    '\ufeffOne “sentence” with "both" marks.\r\n\r\nDe\u0301ja\u0300 vu 😀: a\\b\tc\u202ed.\r\nOne more, one more.\r\n'
)


def test_validate_accepts_the_blocks_of_a_hard_text(kb: Runner, project: Path) -> None:
    (project / "seeds" / "hard.txt").write_bytes(HARD.encode())
    slug, sha256 = "a-hard-text", Source(project / "seeds" / "hard.txt").sha256
    path = project / "data" / "articles" / f"{slug}.ttl"
    record = f"""{HEADER}
art:{slug} a kb:Article ; kb:file "hard.txt" ; kb:sha256 "{sha256}" ; schema:inLanguage "en" ; kb:outlet ag:outlet-{slug} ;
    kb:notStated dct:publisher , dct:creator , dct:issued , schema:url .
ag:outlet-{slug} a kb:Agent ; rdfs:label "the outlet of the article {slug}"@en ; kb:kind k:media .
"""
    path.write_text(record, encoding="utf-8")
    wanted = [
        ["--sentence", "1"],
        ["--sentence", "2"],
        ["--sentence", "3"],
        ["one more"],
        ["De\u0301ja\u0300"],
        ["\tc\u202ed"],
    ]
    results = [kb("cite", slug, *args, cwd=project) for args in wanted]
    assert [result.code for result in results] == [0] * len(wanted), results
    spans = " , ".join(result.out.split()[0] for result in results)
    claim = f'cl:{slug}-x a kb:Statement ; rdfs:label "Outlet: x"@en ; kb:speaker ag:outlet-{slug} ; kb:about ag:iran ; kb:evidence {spans} .\n'
    path.write_text(record + claim + "".join(result.out for result in results), encoding="utf-8")
    told = kb("validate", path, cwd=project)
    assert "error" not in told.out, told.out


def test_a_megabyte_is_searched_in_seconds() -> None:
    text = "".join(f"{number} foxes jump over the lazy dog. " for number in range(30000))
    article, start = cited(text), time.perf_counter()
    with pytest.raises(UsageError, match="15000 foxes jump over the lazy dog"):
        citation.occurrences(article, "15000 foxs jumped over the lazy dog.")
    assert len(text) > 1_000_000
    assert time.perf_counter() - start < 10


@given(st.text(), st.text(max_size=400))
def test_the_nearest_passage_is_a_passage(text: str, words: str) -> None:
    found = nearest(text, words)
    assert found is None or 0 <= found[0] < found[1] <= len(text)


@pytest.mark.parametrize("typo", ["as fas as he knew", "far as he knew", "as far as we knew", "asfar as he knew"])
def test_a_slip_finds_its_passage(typo: str) -> None:
    text = SEED.read_bytes().decode()
    start, end = nearest(text, typo) or (0, 0)
    assert text[start:end] in "that as far as he knew"
    assert "far as he knew" in text[start:end]


@pytest.mark.parametrize(
    ("slip", "passage"),
    [
        ("Our lawmaker denied the information contained", "lawmaker denied the information contained"),
        ("awmaker denies the informatio", "lawmaker denied the information"),
        ("“definate revenge”", "“definite revenge”"),
        ("definite revenges", "definite revenge"),
    ],
)
def test_the_nearest_passage_has_whole_words(slip: str, passage: str) -> None:
    text = SEED.read_bytes().decode()
    start, end = nearest(text, slip) or (0, 0)
    assert text[start:end] == passage


KAN = f"cl:{SLUG}-kan"
FILE = f"data/articles/{SLUG}.ttl"


def append(kb: Runner, project: Path, *args: str, claim: str = KAN) -> Any:
    return kb("cite", SLUG, *args, "--append", claim, cwd=project)


@pytest.mark.parametrize(
    "claim",
    [KAN, f"{SLUG}-kan", "kan", f"{BASE}claim/{SLUG}-kan", f"<{BASE}claim/{SLUG}-kan>", "Outlet: Kan is a broadcaster"],
)
def test_a_citation_is_written_where_it_belongs(kb: Runner, project: Path, claim: str) -> None:
    path = project / FILE
    before = path.read_text(encoding="utf-8")
    result = append(kb, project, "speaking to the Kan broadcaster on Thursday", claim=claim)
    assert result.code == 0, result.err
    after = path.read_text(encoding="utf-8")
    new = f"ev:{SLUG}-290-333"
    assert re.search(rf"^{FILE}:\d+: {KAN} rests on {new}\n{FILE}:\d+: {new}, new\n$", result.out)
    for line in result.out.splitlines():
        name = line.split()[1].rstrip(",")
        assert after.splitlines()[int(line.split(":")[1]) - 1].startswith(f"{name} a kb:")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(added) == 7
    own = after[after.index(f"{KAN} a") :]
    assert own.index(f", {new} ;") < own.index(f"ev:{SLUG}-302-321 a") < own.index(f"{new} a") < own.index("\ncl:")
    assert kb("fmt", "--check", cwd=project).code == 0
    assert kb("validate", cwd=project).code == 0


def test_written_twice_is_written_once(kb: Runner, project: Path) -> None:
    assert append(kb, project, "--offsets", "290-333").code == 0
    held = (project / FILE).read_bytes()
    again = append(kb, project, "--offsets", "290-333")
    assert (again.code, "already; nothing is changed" in again.out) == (0, True)
    assert (project / FILE).read_bytes() == held


def test_a_span_that_is_there_is_only_linked(kb: Runner, project: Path) -> None:
    span = f"ev:{SLUG}-216-334"
    result = append(kb, project, "--sentence", "2")
    assert (result.code, f"{span}, there already" in result.out) == (0, True)
    text = (project / FILE).read_text(encoding="utf-8")
    assert text.count(f"{span} a kb:Evidence") == 1
    assert f"kb:evidence ev:{SLUG}-302-321 , {span} ;" in text


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("cl:iran-accuses-mossad-iran-denial", "is a claim of another article (data/articles/iran-accuses-mossad.ttl)"),
        ("ag:israel", "ag:israel is not a claim (data/agents.ttl)"),
        (f"cl:{SLUG}-kann", f"the nearest are:\n  {KAN}  Outlet: Kan is a broadcaster"),
        ("Outlet: Kan is a brodcaster", f"  {KAN}  "),
        ("<no iri>", "no claim of"),
        ("", "no claim of"),
    ],
)
def test_a_claim_that_cannot_be_meant_is_refused(kb: Runner, project: Path, claim: str, told: str) -> None:
    held = (project / FILE).read_bytes()
    result = append(kb, project, "Israel", "--nth", "1", claim=claim)
    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert (project / FILE).read_bytes() == held


def test_a_dry_run_shows_and_changes_nothing(kb: Runner, project: Path) -> None:
    held = (project / FILE).read_bytes()
    result = append(kb, project, "--offsets", "290-333", "--dry-run")
    assert (result.code, result.out.startswith(f"--- a/{FILE}\n+++ b/{FILE}\n")) == (0, True)
    assert (project / FILE).read_bytes() == held


def test_a_sentence_that_a_draft_leaves_open_is_answered(kb: Runner, project: Path) -> None:
    (project / "welm-spill.txt").write_text(
        "The works stand on the River Welm. It rained all day on Tuesday.\n", encoding="utf-8"
    )
    assert kb("draft", "welm-spill.txt", cwd=project).code == 0
    path = project / "data" / "articles" / "welm-spill.ttl"
    text = path.read_text(encoding="utf-8")
    todo = "# TODO kb:evidence: what does this sentence claim?"
    assert text.count(todo) == 2
    span = re.search(r"^(ev:welm-spill-0-\d+) a", text, re.MULTILINE)
    assert span
    mine = "# TODO kb:evidence: is this all of it?"
    claim = f"\n@prefix cl: <{BASE}claim/> .\ncl:welm-spill-x a kb:Statement ;\n    {mine}\n    kb:speaker ag:outlet-welm-spill .\n"
    path.write_text(text + claim, encoding="utf-8")
    result = kb("cite", "welm-spill", "--sentence", "1", "--append", "cl:welm-spill-x", cwd=project)
    assert (result.code, f"{todo} …" in result.out) == (0, True), result.err
    after = path.read_text(encoding="utf-8")
    assert (after.count(todo), after.count(mine)) == (1, 1)
    assert "a TODO for kb:evidence is left" in result.err
    assert f"kb:evidence {span[1]}" in after


def test_words_of_an_altered_sentence_take_its_place(kb: Runner, project: Path) -> None:
    seed = project / "seeds" / SEED.name
    seed.write_bytes(seed.read_bytes().replace(b"speaking to the Kan", b"talking. to the Kan"))
    assert f"ev:{SLUG}-216-334" in kb("cite", "--reanchor", SLUG, cwd=project).out
    talks = f"cl:{SLUG}-ushpiz-talks"
    refused = append(kb, project, "--offsets", "216-334")
    assert (refused.code, f"on it rests {talks}" in refused.err) == (2, True)
    result = append(kb, project, "--offsets", "216-334", claim=talks)
    assert (result.code, "with the words that stand there, and around it, now" in result.out) == (0, True)
    accepted = kb("cite", "--reanchor", SLUG, "--accept", f"ev:{SLUG}-302-321", cwd=project)  # in the same sentence
    assert accepted.code == 0, accepted.out
    assert kb("validate", cwd=project).code == 0


def test_a_broken_file_of_the_claim_is_refused_with_its_place(kb: Runner, project: Path) -> None:
    path = project / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("kb:text “", "", 1) + "\ncl:x a", encoding="utf-8")
    held = path.read_bytes()
    result = append(kb, project, "--offsets", "290-333")
    assert (result.code, path.read_bytes()) == (2, held)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--offsets", "5-5"], "no part of"),
        (["--offsets", "0-999999"], "no part of"),
        (["--offsets", "9-3"], "no part of"),
        (["--offsets", "9"], "is not two numbers"),
        (["--sentence", "x"], "is not a number, or two"),
        (["--sentence", "3-2"], "a number from 1 to 12, or two"),
        (["--sentence", "1", "--offsets", "1-2"], "takes neither words nor --nth nor"),
        (["--reanchor", "--nth", "1"], "--reanchor takes only ARTICLE, --accept and --dry-run"),
        (["Kan", "--dry-run"], "--dry-run without --append or --reanchor"),
    ],
)
def test_options_that_make_no_sense_are_told(kb: Runner, args: list[str], told: str) -> None:
    result = kb("cite", SLUG, *args)
    assert (result.code, result.out) == (2, "")
    assert told in result.err


def test_sentences_and_offsets_give_the_same_block(kb: Runner) -> None:
    both = kb("cite", SLUG, "--sentence", "2-3")
    block = parsed(both.out)
    assert kb("cite", SLUG, "--offsets", f"{block['start']}–{block['end']}").out == both.out
    assert "it begins within a word" in kb("cite", SLUG, "--offsets", "1-54").err


def test_occurrences_are_listed_with_their_sentences(kb: Runner) -> None:
    err = kb("cite", SLUG, "Israel").err
    assert re.search(r"^  1  \d+–\d+  sentence 1  .*«Israel»", err, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "as far as he kn\u0435w",
            "“е” U+0435 CYRILLIC SMALL LETTER IE is character 16 of your words; the article has “e”",
        ),
        (
            "as far\u200b as he knew",
            "U+200B ZERO WIDTH SPACE is character 7 of your words; the article has nothing there",
        ),
        ("as far\u00a0as he knew", "U+00A0 NO-BREAK SPACE is character 7 of your words; the article has U+0020 SPACE"),
    ],
)
def test_a_character_that_only_looks_alike_is_named(kb: Runner, words: str, told: str) -> None:
    assert told in kb("cite", SLUG, words).err


@given(TEXTS)
def test_no_character_of_the_same_words_is_odd(words: str) -> None:
    assert list(oddities(words, words)) == []


def test_the_article_that_has_the_words_is_named(kb: Runner) -> None:
    result = kb("cite", SLUG, "false flag")
    assert (result.code, "they stand in art:iran-accuses-mossad (seeds/000_698584d1738c9fbf.txt)" in result.err) == (
        2,
        True,
    )
    assert kb("cite", *shlex.split(result.err.partition("kb cite ")[2]), "--nth", "1").code == 0


def test_spans_that_are_parts_of_a_new_one_are_named(kb: Runner, project: Path) -> None:
    result = kb("cite", SLUG, "--sentence", "6-7", "--append", f"{SLUG}-ben-barak-denial", cwd=project)
    assert f"note: it rests on ev:{SLUG}-891-1059 too, which is a part of this: “The lawmaker denied" in result.err
    other = kb("cite", SLUG, "as far as he knew", "--append", f"{SLUG}-ben-barak-denial", cwd=project)
    assert (other.code, other.err) == (0, "")


@given(st.one_of(TEXTS, st.text(alphabet="ab", min_size=20, max_size=200)), st.integers(1, 4), st.data())
def test_a_part_stands_once_or_not(text: str, times: int, data: st.DataObject) -> None:
    text *= times
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    count = sum(text.startswith(text[start:end], at) for at in range(len(text) + 1))
    assert Uniqueness(text).holds(start, end) == (count == 1)
