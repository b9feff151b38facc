"""What is kept of earlier checks never changes what is found: whatever is edited, `kb validate` says what a run says
that keeps nothing. KB_EDITS=1000 makes as many edits.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import ROOT, Runner
from kbcli import reports, validation
from kbcli.errors import KbError
from kbcli.incremental import checked, lock, workers
from kbcli.names import prefixes
from kbcli.project import Project

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from typing import TYPE_CHECKING

import generate  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable

EDITS = int(os.environ.get("KB_EDITS", "160"))
ROUND = 20  # edits after which the knowledge base is made anew
PARTS = ("data", "seeds", "ontology", "queries")
NAME = re.compile(r"\b(?:ag|art|cl|ev|k|op|pl|tm):[\w-]+")
LINKS = ("kb:partOf", "kb:before", "kb:within", "kb:via", "kb:denies", "kb:evidence", "kb:in", "kb:said", "kb:about")
LINKS += ("kb:nothingClaimed", "kb:kind", "kb:speaker", "kb:place", "rdfs:subClassOf")
VALUES = {"a": ("kb:Agent", "kb:Place", "kb:Article", "kb:Evidence", "kb:Time"), "kb:file": ('"new.txt"',)}
VALUES |= {"rdfs:label": ('"Alvenia"', '"Alvenia"@en'), "skos:altLabel": ('"ambush"@en',)}
TEXTUAL = ("rdfs:label", "skos:note", "kb:text", "oa:exact")
OWN = (
    'sh:path PATH ; sh:pattern "^.{0,30}$"',
    'sh:path PATH ; sh:in ( "x" "Cordaski"@en )',
    "sh:path PATH ; sh:not [ sh:maxLength 12 ]",
    "sh:path PATH ; sh:disjoint skos:note",
    "sh:path ( kb:kind PATH ) ; sh:minLength 9",
    'sh:path PATH ; sh:uniqueLang true ; sh:languageIn ( "en" ) ; sh:maxCount 0',
    'sh:sparql [ sh:select "SELECT $this ?value { $this ?any ?value FILTER ( strlen(str(?value)) < 9 ) }" ]',
    "sh:closed true ; sh:ignoredProperties ( rdf:type kb:kind )",
)
# What a rule of one's own may be put to, and what it may ask of values that are no things.
TARGETS = (
    "sh:targetObjectsOf kb:cue", "sh:targetObjectsOf rdfs:label", "sh:targetObjectsOf kb:nothingClaimed",
    "sh:targetObjectsOf kb:about", "sh:targetObjectsOf oa:start", "sh:targetObjectsOf oa:exact",
    "sh:targetSubjectsOf kb:hedge", "sh:targetClass kb:Denial", "sh:targetObjectsOf kb:file",
)  # fmt: skip
OF_VALUES = (
    "sh:maxLength 5", "sh:nodeKind sh:IRI", "sh:datatype xsd:integer", 'sh:in ( "said" ag:iran )', 'sh:languageIn ( "fa" )',
    'sh:pattern "^a"', "sh:maxInclusive 100", "sh:not [ sh:minLength 5 ]", "sh:property [ sh:path rdfs:label ; sh:maxLength 9 ]",
    'sh:sparql [ sh:select "SELECT $this { $this kb:cue ?cue }" ]', "sh:class kb:Agent", "sh:closed true",
)  # fmt: skip
BROKEN, ELSEWHERE = " } ", "\n@prefix ag: <http://elsewhere/> .\n"


def own_rule(target: str, asked: str) -> str:
    return f'kbs:KB990 a sh:NodeShape ; rdfs:label "own-rule" ; {target} ; sh:message "a rule" ; {asked} .\n'


class Hand:
    """An editor who slips, in ever the same way for one seed."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.chance = root, random.Random(seed)  # noqa: S311 no secret
        self.first = root.with_name(f"{root.name}-first")
        shutil.rmtree(self.first, ignore_errors=True)
        shutil.copytree(root, self.first, ignore=shutil.ignore_patterns(".kb"))
        self.edits: list[Callable[[], None]] = [
            self.literal, self.literal, self.line_lost, self.line_doubled, self.name, self.name, self.renamed,
            self.file_lost, self.file_copied, self.file_moved, self.source, self.source_new, self.broken, self.mended,
            self.classes, self.comment, self.predicate, self.languages, self.link, self.link, self.shapes,
            self.vocabulary, self.query, self.class_lost, self.class_misspelt, self.class_misspelt, self.stray,
            self.offset, self.offset, self.cut, self.cut, self.pointed, self.day, self.source_renamed, self.obstacle,
            self.file_renamed, self.emptied, self.settings, self.query_new, self.query_lost, self.said_by, self.restored,
            self.shape_ill, self.retold, self.retold, self.retold, self.relabelled, self.shape_added,
        ]  # fmt: skip

    def slip(self) -> str:
        edits = [self.chance.choice(self.edits) for _ in range(self.chance.choice([1, 1, 1, 2, 3]))]
        for edit in edits:
            edit()
        return ", ".join(edit.__name__ for edit in edits)

    def files(self) -> list[Path]:
        return sorted(path for path in (self.root / "data").rglob("*.ttl") if path.is_file())

    def change(self, edit: Callable[[str], str], file: Path | None = None) -> None:
        file = file or self.chance.choice(self.files())
        file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")

    def one(self, pattern: str | re.Pattern[str], new: Callable[[str], str], text: str) -> str:
        found = list(re.finditer(pattern, text))
        if not found:
            return text
        match = self.chance.choice(found)
        return text[: match.start()] + new(match[0]) + text[match.end() :]

    def names(self) -> list[str]:
        return sorted({name for file in self.files() for name in NAME.findall(file.read_text(encoding="utf-8"))})

    def literal(self) -> None:
        words = ["x", "2018-02-30", "Iran", "0", "said"]
        self.change(lambda text: self.one(r'"[^"\n]*"', lambda _: f'"{self.chance.choice(words)}"', text))

    def retold(self) -> None:
        """Another text in the place of one, be it of no letters, of another language, or of no sort that fits."""
        words = ['"other words"', '""', '" "', '"a/b"', '"en"', '"outlet"', f'"{"ab" * 32}"', f'"{"long " * 30}"']

        def other(text: str) -> str:
            said, mark = text[: text.rindex('"') + 1], text[text.rindex('"') + 1 :]
            said = self.chance.choice([said, said.upper(), *words])
            return said + self.chance.choice([mark, mark, mark, "", "@en", "@fa", "^^xsd:string"])

        self.change(lambda text: self.one(r'"[^"\n]*"(?:@[\w-]+|\^\^xsd:\w+)?', other, text))

    def relabelled(self) -> None:
        """A text that nobody but its readers asks for; at times it is one that stands elsewhere too."""
        names = ["rdfs:label", "skos:note", "kb:text", "kb:speakingAs", "oa:suffix", "schema:inLanguage"]
        words = self.chance.choice(["an official", "x", "en", "Cordaski", "the outlet", "on Friday"])
        pattern = rf'(?<={self.chance.choice(names)} ")[^"\n]*(?=")'
        self.change(lambda text: self.one(pattern, lambda said: self.chance.choice([words, f"{said} {words}"]), text))

    def shape_added(self) -> None:
        """A rule of one's own."""
        path, fresh = self.root / "ontology" / "shapes.ttl", (ROOT / "ontology" / "shapes.ttl").read_text("utf-8")
        target, property_ = self.chance.choice(["Agent", "Time", "Evidence"]), self.chance.choice(TEXTUAL)
        rule = f'kbs:KB990 sh:targetClass kb:{target} ; sh:message "a rule" ; {self.chance.choice(OWN)} .\n'
        if self.chance.random() < 0.5:
            rule = own_rule(self.chance.choice(TARGETS), self.chance.choice(OF_VALUES))
        self.change(lambda text: fresh if text != fresh else text + "\n" + rule.replace("PATH", property_), path)

    def line_lost(self) -> None:
        self.change(lambda text: self.one(r"(?m)^.*\n", lambda _: "", text))

    def line_doubled(self) -> None:
        self.change(lambda text: self.one(r"(?m)^.*;\n", lambda line: line * 2, text))

    def name(self) -> None:
        other = self.chance.choice([*self.names(), "ag:nobody", '"Iran"', "kb:Agent"])
        self.change(lambda text: self.one(NAME, lambda _: other, text))

    def renamed(self) -> None:
        name = self.chance.choice(self.names())
        for file in self.files() if self.chance.random() < 0.5 else [self.chance.choice(self.files())]:
            self.change(lambda text: re.sub(re.escape(name) + r"(?![\w-])", name + "x", text), file)

    def file_lost(self) -> None:
        if len(self.files()) > 4:
            self.chance.choice(self.files()).unlink()

    def file_copied(self) -> None:
        file = self.chance.choice(self.files())
        shutil.copy(file, file.with_name(self.chance.choice("az") + file.name))

    def file_moved(self) -> None:
        file = self.chance.choice(self.files())
        file.rename(self.root / self.chance.choice(["data", "data/articles"]) / file.name)

    def source(self) -> None:
        file = self.chance.choice([path for path in sorted((self.root / "seeds").iterdir()) if path.is_file()])
        if self.chance.random() < 0.2:
            file.unlink()
        elif file.suffix == ".txt" and not file.name.startswith("new"):
            self.change(lambda text: self.one(r".", lambda sign: sign + self.chance.choice("X“ \n"), text), file)

    def source_new(self) -> None:
        path = self.root / "seeds" / self.chance.choice(["new.txt", "new2.txt", "x.md"])
        if path.exists() and not path.is_file():
            return
        path.write_bytes(self.chance.choice([b"hello there.", b"\xff\xfe"]))

    def broken(self) -> None:
        if self.chance.random() < 0.5:
            self.change(lambda text: self.one("\n", lambda end: end + self.chance.choice([BROKEN, ELSEWHERE]), text))

    def mended(self) -> None:
        for file in self.files():
            self.change(lambda text: text.replace(BROKEN, "").replace(ELSEWHERE, ""), file)

    def classes(self) -> None:
        new = self.chance.choice(["kb:Claim", "kb:Denial", "kb:Agent", "kb:Time", "kb:Evidence", "kb:Nothing"])
        self.change(lambda text: self.one(r"a kb:\w+", lambda _: f"a {new}", text))

    def comment(self) -> None:
        self.change(lambda text: "# a note\n" + text)

    def predicate(self) -> None:
        new = self.chance.choice(["kb:nix", "kb:via", "kb:nothingClaimed", "kb:hedge", "kb:notStated"])
        self.change(lambda text: self.one(r"\bkb:[a-z]\w+", lambda _: new, text))

    def languages(self) -> None:
        self.change(lambda text: re.sub("@en", lambda tag: tag[0] if self.chance.random() < 0.8 else "", text))

    def link(self) -> None:
        """Something said of one thing in the file of another."""
        predicate = self.chance.choice([*LINKS[:-1] * 3, LINKS[-1], *VALUES])
        values = VALUES.get(predicate, (*self.names(), '"x"', "1"))
        subject, value = self.chance.choice(self.names()), self.chance.choice(values)
        line = f"{subject} {predicate} {value} .\n"

        def added(text: str) -> str:
            used = {p: iri for p, iri in prefixes().items() if re.search(rf"\b{p}:", line)}
            return text + "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in used.items()) + line

        self.change(added)

    def shapes(self) -> None:
        path, fresh = self.root / "ontology" / "shapes.ttl", (ROOT / "ontology" / "shapes.ttl").read_text("utf-8")
        self.change(lambda text: fresh if text != fresh else text.replace("sh:minCount 1", "sh:minCount 2", 1), path)

    def vocabulary(self) -> None:
        path, fresh = self.root / "ontology" / "kb.ttl", (ROOT / "ontology" / "kb.ttl").read_text("utf-8")
        self.change(lambda text: fresh if text != fresh else text.replace("kb:hedge a", "kb:hedgy a"), path)

    def query(self) -> None:
        path = self.chance.choice([path for path in sorted((self.root / "queries").glob("*.rq")) if path.is_file()])
        self.change(lambda text: text.replace("kb:", self.chance.choice(["kb:", "ag:"]), 1), path)

    def query_new(self) -> None:
        """It names things that are there, and such as are not."""
        name = self.chance.choice([*self.names(), "ag:nobody", "skos:altLabl", "kb:nix"])
        prefix = name.partition(":")[0]
        text = f'#+ summary: "x"\nPREFIX {prefix}: <{prefixes()[prefix]}>\nSELECT * {{ ?s ?p {name} }}\n'
        (self.root / "queries" / self.chance.choice(["new.rq", "old.rq"])).write_text(text, encoding="utf-8")

    def query_lost(self) -> None:
        for name in ("new.rq", "old.rq"):
            (self.root / "queries" / name).unlink(missing_ok=True)

    def class_lost(self) -> None:
        self.change(lambda text: self.one(r"a kb:\w+ ;\n", lambda _: "", text))

    def class_misspelt(self) -> None:
        self.change(lambda text: self.one(r"a kb:\w+", lambda class_: class_[:-1], text))

    def stray(self) -> None:
        """A property where it does not belong, its value of any sort."""
        name = self.chance.choice(["kb:cue", "kb:quote", "kb:file", "kb:within", "oa:start", "kb:kind", "dct:issued"])
        value = self.chance.choice(['"x"', '"1"', "1", '"2030-01-01"', *self.names()])
        self.change(lambda text: self.one(r"a kb:\w+ ;\n", lambda line: f"{line}    {name} {value} ;\n", text))

    def offset(self) -> None:
        self.change(
            lambda text: self.one(r"oa:(start|end) \d+", lambda said: f"{said[:-1]}{self.chance.choice('07')}", text)
        )

    def cut(self) -> None:
        """Words that are no longer whole, or no longer the article's."""
        cuts = [lambda said: f'"{said[2:]}', lambda said: f'{said[:-2]}"', lambda said: f'"x {said[1:]}']
        pattern = rf'{self.chance.choice(["kb:cue", "oa:exact", "kb:hedge", "kb:quote", "kb:text", "rdfs:label"])} "[^"\n]{{4,}}"'

        def cut(match: str) -> str:
            name, _, said = match.partition(" ")
            return f"{name} {self.chance.choice(cuts)(said)}"

        self.change(lambda text: self.one(pattern, cut, text))

    def pointed(self) -> None:
        """A name where words belong."""
        name = self.chance.choice(self.names())
        self.change(lambda text: self.one(r'(?<= )"[^"\n]*"(?= ;)', lambda _: name, text))

    def day(self) -> None:
        day = self.chance.choice(["2031-01-01", "2001-01-01", "2013-02-30"])
        self.change(lambda text: self.one(r'"\d{4}-\d\d-\d\d"', lambda _: f'"{day}"', text))

    def said_by(self) -> None:
        """Names that the sources have are given to others."""
        labels = re.findall(r'rdfs:label ("[^"\n]+"@en)', "".join(f.read_text("utf-8") for f in self.files()))
        if labels:
            label = self.chance.choice(labels)
            self.change(lambda text: self.one(r'(?<=rdfs:label )"[^"\n]+"@en', lambda _: label, text))

    def source_renamed(self) -> None:
        file = self.chance.choice(sorted((self.root / "seeds").iterdir()))
        file.rename(file.with_name(self.chance.choice([file.stem + "x.txt", "new.txt", "x.md"])))

    def obstacle(self) -> None:
        """What is no file that can be read stands where one belongs, or is taken away again."""
        place = self.root / self.chance.choice(["seeds/pipe.txt", "seeds/new.txt", "data/pipe.ttl", "queries/pipe.rq"])
        if place.is_fifo() or place.is_dir() or place.is_symlink():
            place.rmdir() if place.is_dir() and not place.is_symlink() else place.unlink()
        elif not place.exists():
            targets = [
                os.mkfifo,
                Path.mkdir,
                lambda path: path.symlink_to("nowhere"),
                lambda path: path.symlink_to(".."),
            ]
            self.chance.choice(targets)(place)

    def file_renamed(self) -> None:
        file = self.chance.choice(self.files())
        file.rename(file.with_name(f"{file.stem}{self.chance.choice('ax')}.ttl"))

    def emptied(self) -> None:
        self.change(lambda text: text[: self.chance.choice([0, text.find("\n\n"), len(text) // 2])])

    def settings(self) -> None:
        text = self.chance.choice(["", "# a note\n", 'base = "https://elsewhere.example/"\n'])
        (self.root / "kb.toml").write_text(text, encoding="utf-8")

    def restored(self) -> None:
        """All as it was at first."""
        for part in ("data", "seeds", "queries"):
            shutil.rmtree(self.root / part)
            shutil.copytree(self.first / part, self.root / part)
        (self.root / "kb.toml").unlink(missing_ok=True)

    def shape_ill(self) -> None:
        path, fresh = self.root / "ontology" / "shapes.ttl", (ROOT / "ontology" / "shapes.ttl").read_text("utf-8")
        new = self.chance.choice(['sh:minCount "x"', "sh:minCount -1", "sh:minCont 1"])
        self.change(lambda text: fresh if text != fresh else text.replace("sh:minCount 1", new, 1), path)


def made(root: Path, articles: int = 6) -> Path:
    """A small knowledge base; what is kept of an earlier one in this place stays."""
    fresh = root.with_name(root.name + "-fresh")
    generate.generate(fresh, articles)
    for part in PARTS:
        shutil.rmtree(root / part, ignore_errors=True)
        shutil.move(fresh / part, root / part)
    shutil.rmtree(fresh)
    return root


def report(root: Path, *, kept: bool) -> str:
    stream = io.StringIO()
    try:
        reports.write("json", validation.validate(Project(root), [], kept=kept), stream)
    except KbError as error:
        return str(error)
    return stream.getvalue()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    root = tmp_path / "kb"
    root.mkdir()
    return made(root)


@pytest.fixture
def units(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are checked, as they are."""
    seen: list[str] = []
    check = workers.checked

    def noted(library: object, path: str) -> object:
        seen.append(path)
        return check(library, path)  # type: ignore[arg-type]

    monkeypatch.setattr(workers, "checked", noted)
    return seen


@pytest.mark.parametrize("seed", range(max(1, EDITS // ROUND)))
def test_any_edit_is_told_as_by_a_run_that_keeps_nothing(tmp_path: Path, seed: int) -> None:
    root = tmp_path / "kb"
    root.mkdir()
    hand = Hand(made(root, 4 + seed % 4), seed)
    done = []
    for _ in range(ROUND):
        done.append(hand.slip())
        assert report(root, kept=True) == report(root, kept=False), f"seed {seed}: {done}"


@pytest.mark.parametrize("number", range(len(TARGETS)))
def test_rules_of_ones_own_find_the_same(small: Path, number: int) -> None:
    """Once a rule that is put to texts found nothing where results are kept."""
    shapes = small / "ontology" / "shapes.ttl"
    file = min((small / "data" / "articles").iterdir())
    fresh, text = shapes.read_text(encoding="utf-8"), file.read_text(encoding="utf-8")
    found = 0
    for asked in OF_VALUES if EDITS > ROUND * 8 else (OF_VALUES[0], OF_VALUES[number + 1]):
        shapes.write_text(fresh + own_rule(TARGETS[number], asked), encoding="utf-8")
        file.write_text(text, encoding="utf-8")
        whole = report(small, kept=False)
        assert report(small, kept=True) == whole, asked
        edited = text.replace('kb:cue "accused"', 'kb:cue "blamed"', 1).replace("@en", "@en-GB", 2)
        file.write_text(edited.replace("a kb:Article ;", 'a kb:Article ; kb:nothingClaimed "x" ;'), encoding="utf-8")
        assert report(small, kept=True) == report(small, kept=False), asked
        found += "KB990" in whole
    assert found


def test_what_a_property_of_the_data_itself_is_put_to_is_checked_as_a_whole(small: Path) -> None:
    with (small / "ontology" / "shapes.ttl").open("a", encoding="utf-8") as shapes:
        shapes.write(own_rule("sh:targetObjectsOf rdf:type", "sh:maxLength 3"))
    assert "KB990" in report(small, kept=True)
    assert report(small, kept=True) == report(small, kept=False)


def test_after_an_edit_only_what_it_concerns_is_checked(small: Path, units: list[str]) -> None:
    report(small, kept=True)
    first, second = sorted((small / "data" / "articles").iterdir())[2:4]
    units.clear()
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace('kb:cue "called"', 'kb:cue "said"'), encoding="utf-8")
    assert "KB212" in report(small, kept=True)
    assert units == [f"data/articles/{first.name}"]
    units.clear()
    first.write_text(text.replace("-accusation a kb:Allegation", "-accusation a kb:Statement"), encoding="utf-8")
    report(small, kept=True)
    assert units == [f"data/articles/{path.name}" for path in (first, second)]  # the second one denies that claim
    units.clear()
    report(small, kept=True)
    assert units == []


@pytest.mark.parametrize(
    ("old", "new", "read"),
    [
        ('rdfs:label "', 'rdfs:label "So: ', False),
        (" .\n", " . # a note\n", False),
        ('rdfs:label "', 'skos:altLabel "So" ; rdfs:label "', True),
        ('kb:cue "', 'kb:cue "So: ', True),
    ],
)
def test_the_shapes_are_read_only_for_what_they_can_tell_apart(small: Path, old: str, new: str, read: bool) -> None:
    report(small, kept=True)
    file = min((small / "data" / "articles").iterdir())
    head, mark, rest = file.read_text(encoding="utf-8").partition("a kb:Allegation ;")
    file.write_text(head + mark + rest.replace(old, new, 1), encoding="utf-8")
    code = "import sys, pathlib; from kbcli import validation, project\n"
    code += "validation.validate(project.Project(pathlib.Path(sys.argv[1])), []); sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, str(small)], check=False).returncode == read
    assert report(small, kept=True) == report(small, kept=False)


def test_a_touched_file_is_not_checked_again(small: Path, units: list[str]) -> None:
    before = report(small, kept=True)
    units.clear()
    for path in small.rglob("*.t*"):
        path.touch()
    assert report(small, kept=True) == before
    assert units == []


@pytest.mark.parametrize("part", ["ontology/kb.ttl", "ontology/shapes.ttl", "kb.toml"])
def test_other_rules_are_another_check(small: Path, units: list[str], part: str) -> None:
    report(small, kept=True)
    units.clear()
    with (small / part).open("a", encoding="utf-8") as stream:
        stream.write("# note\n")
    report(small, kept=True)
    assert len(units) == len(list((small / "data").rglob("*.ttl"))) + 1


@pytest.mark.parametrize("damage", [b"", b"not a database at all", "half", "holes"])
def test_what_is_damaged_is_made_anew(small: Path, damage: bytes | str) -> None:
    before = report(small, kept=True)
    path = small.joinpath(*checked.FOLDER, "results.sqlite")
    held = path.read_bytes()
    if damage == "holes":
        damage = held[:5000] + b"\xff" * 8000 + held[13000:]
    path.write_bytes(damage if isinstance(damage, bytes) else held[: len(held) // 2])
    assert report(small, kept=True) == before
    assert sqlite3.connect(path).execute("SELECT count(*) FROM unit").fetchone()[0] > 5


@pytest.mark.parametrize("name", ["results.sqlite", "results.sqlite-journal", "lock", "1.sqlite", ".gitignore"])
def test_a_pipe_where_something_is_kept_is_not_waited_for(small: Path, kb: Runner, name: str) -> None:
    place = small.joinpath(*checked.FOLDER, name)
    report(small, kept=True)
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    assert kb("validate", cwd=small).out == kb("validate", "--no-cache", cwd=small).out


def test_what_a_killed_run_has_left_is_removed(small: Path, kb: Runner) -> None:
    folder = small.joinpath(*checked.FOLDER)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    folder.mkdir(parents=True)
    others = [folder / f"{gone.pid}.sqlite", folder / f"{gone.pid}.sqlite-journal", folder / f"{os.getpid()}.sqlite"]
    for path in others:
        path.write_bytes(b"x")
    assert kb("validate", cwd=small).code == 0
    assert [path.exists() for path in others] == [False, False, True]


def test_a_run_may_be_killed_at_any_moment(small: Path, kb: Runner) -> None:
    file = min((small / "data" / "articles").iterdir())
    text = file.read_text(encoding="utf-8")
    for number in range(6):
        file.write_text(text.replace('kb:cue "accused"', f'kb:cue "{number}"'), encoding="utf-8")
        run = subprocess.Popen([sys.executable, "-m", "kbcli", "validate"], cwd=small, stdout=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(0.3 * number)
        run.kill()
        run.wait()
    assert report(small, kept=True) == report(small, kept=False)
    assert not [path for path in small.joinpath(*checked.FOLDER).iterdir() if path.name[0].isdigit()]


def test_who_holds_the_lock_is_not_waited_for_for_ever(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 0.05)
    with lock.locked(small.joinpath(*checked.FOLDER)):
        assert report(small, kept=True) == report(small, kept=False)


def test_where_nothing_can_be_kept_it_is_checked_all_the_same(small: Path) -> None:
    (small / ".kb").write_text("a file where the folder belongs", encoding="utf-8")
    assert report(small, kept=True) == report(small, kept=False)


def test_several_at_once_while_files_change(small: Path, kb: Runner) -> None:
    file = min((small / "data" / "articles").iterdir())
    text = file.read_text(encoding="utf-8")
    states = [text, text.replace('kb:cue "accused"', 'kb:cue "blamed"')]
    possible = set()
    for state in states:
        file.write_text(state, encoding="utf-8")
        possible.add(kb("validate", "--no-cache", "-f", "json", cwd=small).out)
    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(kb, "validate", "-f", "json", cwd=small) for _ in range(8)]
        while not all(run.done() for run in runs):
            for state in states:
                aside = file.with_suffix(".new")
                aside.write_text(state, encoding="utf-8")
                aside.replace(file)
    assert {run.result().out for run in runs} <= possible
    assert kb("validate", "-f", "json", cwd=small).out == kb("validate", "--no-cache", "-f", "json", cwd=small).out


def test_no_cache_keeps_nothing(small: Path, kb: Runner) -> None:
    assert kb("validate", "--no-cache", cwd=small).code == 0
    assert not (small / ".kb").exists()
