"""CONTRIBUTING.md is true: its example passes the checks, and what it names and quotes is there."""

from __future__ import annotations

import re
import shlex
import shutil
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest

from conftest import ROOT, Runner
from kbcli import checks
from kbcli.names import KB, expand, prefixes
from kbcli.shaperules import rules_of
from kbcli.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
PROSE = FENCED.sub("", TEXT)
EXAMPLE = dict(re.findall(r"^<!-- example (\S+) -->\n```\w+\n(.*?)\n```$", TEXT, re.MULTILINE | re.DOTALL))
RECORDS = "data/articles/welm-dye-spill.ttl"
COMMANDS = re.findall(r"(?:^|`)kb ((?:cite|explain|show) [a-z][^`\n]*)", TEXT, re.MULTILINE)

PLACE = re.compile(r"\(([a-z0-9-]+), sentences? (\d+)(?: and (\d+))?\)")
QUOTED = re.compile(r"«([^«»]*)»")
ARTICLES = [ox.parse(path=str(path), format=ox.RdfFormat.TURTLE) for path in (ROOT / "data" / "articles").glob("*.ttl")]
SOURCES = {
    quad.subject.value.rpartition("/")[2]: Source(ROOT / "seeds" / quad.object.value)
    for quads in ARTICLES
    for quad in quads
    if quad.predicate.value == KB + "file"
}


class Quotation(NamedTuple):
    """Words in guillemets, with the place that follows them in the same paragraph, item or row."""

    words: str
    slug: str
    numbers: tuple[int, ...]


def blocks() -> Iterator[str]:
    for block in re.split(r"\n\n|\n(?=\s*(?:- |\d+\. |\|))", PROSE):
        yield " ".join(block.split())


def places() -> Iterator[tuple[str, tuple[int, ...]]]:
    for slug, *numbers in PLACE.findall(" ".join(PROSE.split())):
        yield slug, tuple(int(number) for number in numbers if number)


def quotations() -> Iterator[Quotation]:
    for block in blocks():
        for quoted in QUOTED.finditer(block):
            place = PLACE.search(block, quoted.end())
            assert place, f"no place after «{quoted[1]}»"
            yield Quotation(quoted[1], place[1], tuple(int(number) for number in place.groups()[1:] if number))


def sentence(slug: str, number: int) -> str:
    source = SOURCES[slug]
    _, start, end = source.sentences[number - 1]
    return source.text[start:end]


def subjects(turtle: str | bytes) -> set[str]:
    return {quad.subject.value for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}


def row_cells(heading: str) -> Iterator[list[str]]:
    """The cells of the first table below a heading."""
    table = re.search(rf"^## {heading}\n\n\|.*?\n\|[-|]+\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    assert table
    for line in table[1].splitlines():
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A project whose one article is the worked example."""
    for part in ("ontology", "queries"):
        shutil.copytree(ROOT / part, tmp_path / part)
    for name, text in EXAMPLE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = (ROOT / name).read_text(encoding="utf-8") + "\n" if (ROOT / name).exists() else ""
        path.write_bytes((before + text + "\n" * name.endswith(".ttl")).encode())
    return tmp_path


def test_the_example_passes_the_checks(kb: Runner, example: Path) -> None:
    result = kb("validate", "--fail-on", "warning", cwd=example)
    assert result.code == 0, result.out
    assert re.search(r"1 article, \d+ claims, \d+ spans, 3 sentences: no findings", result.out)


def test_the_example_is_checked_at_all(kb: Runner, example: Path) -> None:
    path = example / RECORDS
    path.write_text(path.read_text(encoding="utf-8").replace("kb:via", "kb:denies"), encoding="utf-8")
    assert "KB110" in kb("validate", cwd=example).out


def test_the_example_has_a_chain_and_a_denial(kb: Runner, example: Path) -> None:
    assert "Marsham Herald" in kb("query", "chains", cwd=example).out
    assert "as far as she knew" in kb("query", "denials", cwd=example).out


def test_the_example_is_in_canonical_layout(kb: Runner, example: Path) -> None:
    result = kb("fmt", "--check", RECORDS, cwd=example)
    assert result.code == 0, result.out


def test_kb_cite_prints_the_spans_of_the_example(kb: Runner, example: Path) -> None:
    spans = re.findall(r'^ev:.*?oa:exact "(.*?)" ;$', EXAMPLE[RECORDS], re.MULTILINE | re.DOTALL)
    assert len(spans) == 5
    for words in spans:
        result = kb("cite", "welm-dye-spill", words, cwd=example)
        assert result.code == 0, result.err
        assert result.out.removesuffix(" .\n") in EXAMPLE[RECORDS]


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_that_is_shown_works(kb: Runner, line: str) -> None:
    result = kb(*shlex.split(line))
    assert result.code == 0, result.err
    assert result.out


def test_there_are_quotations_and_each_has_its_place() -> None:
    assert len(list(quotations())) > 80
    assert QUOTED.sub("", PROSE).count("«") == 0


@pytest.mark.parametrize("quotation", list(quotations()), ids=lambda quotation: quotation.words[:30])
def test_a_quotation_stands_in_the_sentence_named(quotation: Quotation) -> None:
    for number in quotation.numbers:
        assert quotation.words in sentence(quotation.slug, number)


def test_every_sentence_named_exists() -> None:
    for slug, numbers in places():
        assert all(1 <= number <= len(SOURCES[slug].sentences) for number in numbers), (slug, numbers)


def test_every_term_named_is_in_the_vocabulary_and_every_property_is_named() -> None:
    vocabulary = {
        iri.removeprefix(KB): kind
        for iri, kind in (
            (quad.subject.value, quad.object.value)
            for quad in ox.parse(path=str(ROOT / "ontology" / "kb.ttl"), format=ox.RdfFormat.TURTLE)
            if quad.predicate.value.endswith("#type")
        )
        if iri.startswith(KB)
    }
    named = set(re.findall(r"\bkb:(\w+)", PROSE))
    assert sorted(named - set(vocabulary)) == []
    assert sorted({name for name, kind in vocabulary.items() if kind.endswith("Property")} - named) == []


def test_every_property_of_the_card_is_described() -> None:
    rows = list(row_cells("The ten-minute card"))
    assert len(rows) == 10
    for row in rows:
        assert len(row) == 3
        assert all(row)
    elsewhere = PROSE[PROSE.index("## Choosing the class") :]
    for term in {term for row in rows for term in re.findall(r"`(?:a )?(kb:\w+|rdfs:label)", row[0])}:
        assert term in elsewhere or term.removeprefix("kb:") in elsewhere, term


def test_every_code_named_exists() -> None:
    rules = [rule for name in checks.MODULES for rule in import_module(f"kbcli.checks.{name}").RULES]
    shapes = ox.parse(path=str(ROOT / "ontology" / "shapes.ttl"), format=ox.RdfFormat.TURTLE)
    codes = {rule.code for rule in rules} | set(rules_of(quad.triple for quad in shapes))
    named = set(re.findall(r"\bKB\d+\b", TEXT))
    assert named
    assert sorted(named - codes) == []


def test_every_record_named_exists() -> None:
    data = [path.read_bytes() for path in (ROOT / "data").rglob("*.ttl")]
    known = set().union(*map(subjects, data), subjects(EXAMPLE[RECORDS]))
    named = set(re.findall(r"`((?:ag|art|cl|ev|k|op|pl|tm):[a-z0-9-]+)", PROSE))
    assert len(named) > 20
    assert sorted(name for name in named if expand(name, prefixes()) not in known) == []


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)]+)\)", PROSE))))
def test_links_lead_somewhere(target: str) -> None:
    if target.startswith("#"):
        headings = re.findall(r"^#+ (.*)$", PROSE, re.MULTILINE)
        anchors = {"#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert target in anchors
    else:
        assert (ROOT / target).exists()
