"""Records written into Turtle files: where a person would have put them, and nothing else is touched."""

from __future__ import annotations

import signal
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from kbcli import amendment, deposit
from kbcli.citation import literal
from kbcli.deposit import Change
from kbcli.errors import UsageError
from kbcli.formatting import comments_in, triples_in
from kbcli.layout import laid_out
from kbcli.names import LABEL, prefixes
from kbcli.renaming import replaced
from kbcli.source import segmented

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = prefixes()
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in KNOWN.items())
FILES = sorted((ROOT / "data").rglob("*.ttl"))
SLUG = "khodaei-nyt-report"
ARTICLE = (ROOT / "data" / "articles" / f"{SLUG}.ttl").read_text(encoding="utf-8")
TEXT = (ROOT / "seeds" / "002_67d1941ca2bc8fd9.txt").read_bytes().decode()
AG, CL, EV = (KNOWN[prefix] for prefix in ("ag", "cl", "ev"))


def blocks(text: str) -> list[str]:
    return text.split("\n\n")


def pegs() -> list[Any]:
    """Every peg of the data that stands in alphabetical order, with its file."""
    found = []
    for path in FILES:
        parts = blocks(path.read_text(encoding="utf-8"))
        for before, block in pairwise(parts):
            name = block.partition(" ")[0]
            if (
                name.startswith(("ag:", "op:", "pl:", "k:"))
                and not name.startswith("ag:outlet-")
                and not before.startswith("@")
            ):
                found.append(pytest.param(path, block.rstrip("\n"), id=f"{path.stem}-{name}"))
    return found


@pytest.mark.parametrize(("path", "block"), pegs())
def test_every_peg_goes_back_to_where_it_was(path: Path, block: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(block) == 1
    without = laid_out(text.replace(block, ""))
    assert without != text
    assert amendment.with_records(without, block, KNOWN) == text


NAMES = st.text(alphabet="abcdz", min_size=1, max_size=4)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PEGS = st.dictionaries(NAMES, WORDS, min_size=1, max_size=4)
COMMENTS = st.lists(st.text(alphabet='a#"<[. ;', max_size=8), max_size=3)


def turtle(named: dict[str, str]) -> str:
    return "\n".join(f"ag:new-{name} a kb:Agent ; rdfs:label {literal(words)}@en ." for name, words in named.items())


@given(PEGS, PEGS, COMMENTS, st.sampled_from(["", *(path.read_text(encoding="utf-8") for path in FILES)]))
def test_what_is_added_keeps_all_else(new: dict[str, str], old: dict[str, str], comments: list[str], base: str) -> None:
    own = "\n".join(f"# {one}\nag:old-{i} a kb:Agent . # {one}" for i, one in enumerate(comments))
    text = f"{HEADER}{base}\n{own}\n{turtle(old).replace('new-', 'older-')}"
    after = amendment.with_records(text, turtle(new), KNOWN)
    assert triples_in(after) == triples_in(text) | triples_in(HEADER + turtle(new))
    assert comments_in(after) == comments_in(text)
    assert laid_out(after) == after
    with pytest.raises(UsageError, match="is there already"):
        amendment.with_records(after, turtle(new), KNOWN)


@given(WORDS, WORDS, COMMENTS)
def test_a_value_is_added_once(first: str, second: str, comments: list[str]) -> None:
    beside = "".join(f" # {one}\n" for one in comments)
    text = (
        f"{HEADER}ag:x a kb:Agent ;{beside} rdfs:label {literal(first)}@en{beside or ' '}; kb:kind k:person . {beside}"
    )
    value = ox.Literal(second, language="en")
    after = amendment.with_value(text, AG + "x", LABEL, value, KNOWN)
    assert triples_in(after) == triples_in(text) | {ox.Quad(ox.NamedNode(AG + "x"), ox.NamedNode(LABEL), value)}
    assert comments_in(after) == comments_in(text)
    assert laid_out(after) == after
    assert amendment.with_value(after, AG + "x", LABEL, value, KNOWN) == after


@given(st.permutations(["a", "b", "c"]), WORDS)
def test_names_change_places_at_once(order: list[str], words: str) -> None:
    text = HEADER + "".join(f'ev:{one} a kb:Evidence ; skos:note "{one}" .\n' for one in "abc")
    text += "cl:x a kb:Claim ; kb:evidence ev:a , ev:b ; kb:about [ kb:evidence ev:c ] . # ev:a\n"
    renamed = {EV + old: EV + new for old, new in zip("abc", order, strict=True)}
    note = KNOWN["skos"] + "note"
    after = replaced(text, renamed, {EV + "a": {note: ox.Literal(words)}, EV + "b": {note: None}}, KNOWN, shown="x")
    assert f"ev:{order[0]} a kb:Evidence ;\n    skos:note {ox.Literal(words)}"[:20] in after
    assert (laid_out(after), comments_in(after)) == (after, comments_in(text))
    assert (ox.Quad(ox.NamedNode(EV + order[0]), ox.NamedNode(note), ox.Literal(words))) in triples_in(after)


def span(start: int, end: int) -> str:
    number = '"{}"^^xsd:nonNegativeInteger'
    return (
        f"ev:{SLUG}-{start}-{end} a kb:Evidence ; kb:in art:{SLUG} ; oa:exact {literal(TEXT[start:end])} ;"
        f" oa:start {number.format(start)} ; oa:end {number.format(end)} ."
    )


def claim(name: str, *spans: str) -> str:
    return f"cl:{SLUG}-{name} a kb:Statement ; kb:evidence {' , '.join(f'ev:{SLUG}-{one}' for one in spans)} ."


@pytest.mark.parametrize("sentence", segmented(TEXT), ids=lambda one: str(one.number))
def test_a_claim_stands_below_its_sentence_with_its_span(sentence: Any) -> None:
    start = sentence.start + 1
    records = claim("x", f"{start}-{start + 3}") + "\n" + span(start, start + 3)
    headings = amendment.headings_of(TEXT, segmented(TEXT))
    after = amendment.with_records(ARTICLE, records, KNOWN, headings=headings)
    parts = blocks(after)
    own = next(i for i, block in enumerate(parts) if f"cl:{SLUG}-x a" in block)
    assert parts[own + 1].startswith(f"ev:{SLUG}-{start}-{start + 3} a")
    above = [line for block in parts[: own + 1] for line in block.splitlines() if line.startswith("# ")]
    assert above[-1].startswith(f"# {sentence.number} ")
    assert comments_in(after) == comments_in(ARTICLE)


def test_a_sentence_without_claims_gets_its_comment() -> None:
    text = amendment.with_records("", f"art:{SLUG} a kb:Article .", KNOWN)
    headings = amendment.headings_of(TEXT, segmented(TEXT))
    for number in (3, 1, 12, 2):
        start = segmented(TEXT)[number - 1].start
        records = claim(f"x{number}", f"{start}-{start + 4}") + "\n" + span(start, start + 4)
        text = amendment.with_records(text, records, KNOWN, headings=headings)
    lines = [line for line in text.splitlines() if line.startswith("#")]
    assert lines[:2] == ["# Article and outlet", "# Claims"]
    assert [line.split()[1] for line in lines[2:]] == ["1", "2", "3", "12"]
    assert laid_out(text) == text


def test_sections_are_made_in_their_order() -> None:
    records = "cl:x-y a kb:Denial .\ntm:x-t a kb:Time .\nag:z a kb:Agent .\nop:o a kb:Operation .\nart:x a kb:Article ; kb:outlet ag:out .\nag:out a kb:Agent .\npl:p a kb:Place ."
    text = amendment.with_records("", records, KNOWN)
    heads = [line[2:] for line in text.splitlines() if line.startswith("# ")]
    assert heads == ["Article and outlet", "Agents", "Operations", "Places", "Times", "Claims"]
    assert text.index("ag:out a") < text.index("# Agents") < text.index("ag:z a")


def test_a_sentence_that_waits_gets_its_claim_above_the_span() -> None:
    text = f"{HEADER}\n# Claims\n\n# 1 US officials must …\n# TODO kb:evidence: what does it claim?\n{span(0, 54)}\n"
    after = amendment.with_records(text, claim("x", "0-54"), KNOWN)
    assert "# Claims\n\n# 1 US officials must …\ncl:" in after
    assert "# TODO kb:evidence: what does it claim?\nev:" in after
    assert "TODO" not in amendment.without_todo(after, f"{EV}{SLUG}-0-54", "kb:evidence: what", KNOWN)
    assert amendment.without_todo(after, f"{EV}{SLUG}-0-54", "kb:evidence: why", KNOWN) == after


def test_a_header_of_a_new_file_stays_at_its_head() -> None:
    text = amendment.with_records("# Operations, sorted.\n", "op:b a kb:Operation .\nop:a a kb:Operation .", KNOWN)
    assert text.index("# Operations, sorted.\n\nop:a") < text.index("op:b")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("@prefix ag: <urn:x> .\nag:x a", "data/x.ttl:2:"),
        ("\ufeff", "data/x.ttl:1:1: a byte order mark"),
        ("ag:x a ag:y .", "data/x.ttl:1:1"),
        ("@prefix ag: <urn:other/> .", "its prefix ag: stands for urn:other/"),
        ("<urn:a> <urn:b> " + "[" * 200 + "]" * 200 + " .", "data/x.ttl"),
    ],
)
def test_what_cannot_be_amended_is_refused_with_its_place(text: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        amendment.with_records(text, "ag:z a kb:Agent .", KNOWN, shown="data/x.ttl")
    assert told in caught.value.what


def test_a_record_that_is_not_there_gets_no_value() -> None:
    with pytest.raises(UsageError, match="nothing is said of ag:nobody"):
        amendment.with_value(ARTICLE, AG + "nobody", LABEL, ox.Literal("x"), KNOWN)


def test_other_peoples_work_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    amendment.write(path, None, "# one\n")
    with pytest.raises(UsageError, match="is there already"):
        amendment.write(path, None, "# two\n")
    with pytest.raises(UsageError, match="somebody else has changed it"):
        amendment.write(path, b"# none\n", "# two\n")
    assert path.read_text(encoding="utf-8") == "# one\n"
    assert [one.name for one in tmp_path.iterdir()] == ["x.ttl"]


def test_a_link_stays_one_and_the_mode_is_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real" / "x.ttl", tmp_path / "x.ttl"
    amendment.write(real, None, "# one\n")
    real.chmod(0o640)
    link.symlink_to(real)
    amendment.write(link, b"# one\n", "# two\n")
    assert (link.is_symlink(), real.read_text(encoding="utf-8")) == (True, "# two\n")
    assert real.stat().st_mode & 0o777 == 0o640
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="is there already"):
        amendment.write(tmp_path / "dangling", None, "# one\n")


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ttl", tmp_path / "b.ttl"
    for path in (first, second):
        amendment.write(path, None, "# one\n")
    with pytest.raises(UsageError, match=r"b\.ttl: somebody else"):
        deposit.write_all([Change(first, b"# one\n", "# two\n"), Change(second, b"# other\n", "# two\n")])
    assert first.read_text(encoding="utf-8") == "# one\n"


STEPS = ["os.fsync", "os.chmod", "os.replace", "os.link", "os.unlink", "fcntl.flock", "tempfile.mkstemp"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_leaves_the_old_or_the_new(step: str, after: bool, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"# old\n")
    module, name = step.split(".")
    script = f"""
import fcntl, os, pathlib, signal, tempfile
from kbcli import amendment
real = {module}.{name}
def killed(*args, **kwargs):
    {after} and real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
{module}.{name} = killed
amendment.write(pathlib.Path({str(path)!r}), b"# old\\n", "# new\\n")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    is_new = done.returncode == 0 or (step == "os.replace" and after) or step == "os.unlink"
    assert path.read_bytes() == (b"# new\n" if is_new else b"# old\n")


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(HEADER, encoding="utf-8")
    script = f"""
import sys
from pathlib import Path
from kbcli import amendment
from kbcli.errors import UsageError
from kbcli.names import prefixes
path = Path({str(path)!r})
for number in range(8):
    while True:
        before = path.read_bytes()
        after = amendment.with_records(before.decode(), f"ag:x{{sys.argv[1]}}-{{number}} a kb:Agent .", prefixes())
        try:
            amendment.write(path, before, after)
            break
        except UsageError:
            pass
"""
    running = [subprocess.Popen([sys.executable, "-c", script, str(one)]) for one in range(3)]
    assert [one.wait(timeout=60) for one in running] == [0, 0, 0]
    assert path.read_text(encoding="utf-8").count("a kb:Agent") == 24
    assert [one.name for one in tmp_path.iterdir()] == ["x.ttl"]
