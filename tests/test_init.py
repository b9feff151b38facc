"""kb init: a new knowledge base is whole, right and its owner's own; its ontology is renewed, and what is theirs stays."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import NEUTRAL, ROOT, Runner
from kbcli import founding, skeleton, upgrade, validation
from kbcli.accounts import difference
from kbcli.checks import installed
from kbcli.cli import GROUPS
from kbcli.errors import UsageError
from kbcli.incremental import version
from kbcli.names import BASE
from kbcli.project import SETTINGS, Project
from published import example
from serving import graph_store, serving

if TYPE_CHECKING:
    from collections.abc import Iterable

OURS = "https://claims.example/ours/"
QUERIES = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
OWN = """
# Our house says so.
kbs:KB990 a sh:NodeShape ;
    rdfs:label "claim-without-a-note" ;
    rdfs:comment "write skos:note"@en ;
    ex:since "2026" ;
    sh:property [ sh:path skos:note ; sh:minCount 1 ] ;
    sh:message "here every claim has a note"@en ;
    sh:targetClass kb:Claim .
"""


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory, kb: Runner) -> Path:
    """A knowledge base as it is made; no test writes into it."""
    root = tmp_path_factory.mktemp("new") / "ours"
    made = kb("init", root, "--base", OURS, "--title", 'Our "claims" \\ theirs')
    assert (made.code, made.out) == (0, ""), made.err
    assert made.err.endswith(f"31 files; its data is named below {OURS}\n")
    return root


@pytest.fixture
def mine(new: Path, tmp_path: Path) -> Path:
    return shutil.copytree(new, tmp_path / "mine")


def held(root: Path) -> dict[str, bytes]:
    paths = (path for path in root.rglob("*") if path.is_file() and ".kb" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def findings(root: Path) -> list[tuple[str, str, int]]:
    return [(one.code, one.path, one.line) for one in validation.validate(Project(root), ()).findings]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def with_own_shape(root: Path) -> Path:
    shapes = root / "ontology" / "shapes.ttl"
    edit(shapes, "@prefix kb:", "@prefix ex: <https://e.example/> .\n@prefix kb:")
    shapes.write_text(shapes.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    return shapes


def test_it_is_right_and_empty(mine: Path, kb: Runner) -> None:
    for options in ((), ("--no-cache",)):
        checked = kb("validate", "--fail-on", "info", *options, cwd=mine)
        assert (checked.code, checked.out) == (
            0,
            "checked 4 files, 0 articles, 0 claims, 0 spans, 0 sentences: no findings\n",
        )
    assert kb("fmt", "--check", cwd=mine).code == 0


@pytest.mark.parametrize("name", QUERIES)
def test_every_saved_query_runs(name: str, new: Path, kb: Runner) -> None:
    asked = kb("query", name, "-f", "table", cwd=new)
    assert asked.code == 0, asked.err
    assert asked.out == "" or re.fullmatch(r"\S[^\n]*\n[─ ]+\n", asked.out)  # what the columns are
    assert asked.err.startswith("0 rows: nothing of the kind is recorded here")


@pytest.mark.parametrize("index", ['"always"', '"never"'])
def test_the_other_commands_have_sensible_words(index: str, mine: Path, kb: Runner) -> None:
    edit(mine / "kb.toml", "# index = 5000000", f"index = {index}")
    assert re.search(r"^ *claims +0\b", kb("stats", cwd=mine).out, re.MULTILINE)
    assert kb("find", "Iran", cwd=mine).err == "no hits\n"
    assert kb("index", cwd=mine).code == 0
    shown = kb("show", "k:unnamed", cwd=mine)
    assert (shown.code, "k:unnamed" in shown.out) == (0, True)
    unknown = kb("show", "Iran", cwd=mine)
    assert (unknown.code, unknown.err.splitlines()[0]) == (2, "Error: nothing is named “Iran”")
    assert "there are none" in kb("cite", "some-article", "words", cwd=mine).err


def test_every_export_is_written(new: Path, kb: Runner) -> None:
    from kbcli.exports import FORMATS

    for name in FORMATS:
        assert kb("export", "-f", name, "-o", new.parent / f"out.{name}", cwd=new).code == 0
    described = (new.parent / "out.void").read_text(encoding="utf-8")
    assert 'dct:title "Our \\"claims\\" \\\\ theirs"' in described
    assert f'void:uriSpace "{OURS}"' in described


def test_it_can_be_pushed(new: Path, kb: Runner) -> None:
    store = ox.Store()
    with serving(graph_store(store)) as server:
        address = server.url.replace("/query", "/store")
        pushed = kb("push", address, cwd=new, env={"NO_PROXY": "*", "NETRC": "/dev/null"})
        assert pushed.code == 0, pushed.err
        assert kb("push", address, "--check", cwd=new, env={"NO_PROXY": "*", "NETRC": "/dev/null"}).code == 0
    assert any(quad.subject == ox.NamedNode(f"{OURS}kind/unnamed") for quad in store)


@pytest.mark.parametrize("base", [OURS, "https://claims.example/x#"])
def test_nothing_in_it_is_named_as_in_another(base: str, tmp_path: Path, kb: Runner) -> None:
    """The vocabulary's namespace is the same everywhere, and no data is named below it."""
    root = tmp_path / "x"
    assert kb("init", root, "--base", base).code == 0
    for name, raw in held(root).items():
        if not name.startswith(("queries/", "ontology/")):
            below = [rest for rest in raw.decode().split(BASE)[1:] if not rest.startswith("ont#")]
            assert below == [], name
    subjects = {quad.subject.value for quad in ox.parse(path=str(root / "data" / "kinds.ttl"))}  # type: ignore[union-attr]
    assert len(subjects) > 25
    assert {iri for iri in subjects if not iri.startswith(f"{base}kind")} == set()
    assert kb("validate", "--fail-on", "info", cwd=root).code == 0


def test_a_first_peg_leaves_no_prefix_without_use(mine: Path) -> None:
    with (mine / "data" / "agents.ttl").open("a", encoding="utf-8") as stream:
        stream.write('\nag:mill a kb:Agent ;\n    rdfs:label "Hollow Mill"@en ;\n    kb:kind k:organization .\n')
    assert [code for code, _, _ in findings(mine)] == ["KB463"]


def test_the_settings_are_all_there_each_with_its_default(new: Path) -> None:
    text = (new / "kb.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {"base": OURS, "title": 'Our "claims" \\ theirs'}
    everything = tomllib.loads(re.sub(r"(?m)^# (\w+ = )", r"\1", text))
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Start your own\n")[2].partition("\n## ")[0]
    shown = re.findall(r"(?m)^\| `(\w+)` \|", section)
    assert shown == list(everything)
    defaults = {"description": "", "license": "", "version": "", "index": Project(Path("/")).index_from}
    assert {name: everything[name] for name in defaults} == defaults


def test_its_checks_are_those_of_the_readme(new: Path) -> None:
    for name in (".pre-commit-config.yaml", ".github/workflows/kb.yml"):
        head, _, rest = (new / name).read_text(encoding="utf-8").partition("\n")
        assert head.startswith("# OWNER/kb and vX.Y.Z stand for ")
        assert rest == example(name)


def test_its_readme_names_only_what_there_is(new: Path) -> None:
    text = (new / "README.md").read_text(encoding="utf-8")
    commands = {name for group in GROUPS.values() for name in group}
    assert set(re.findall(r"(?:^|`)kb (\w+)", text, re.MULTILINE)) <= commands
    for path in re.findall(r"`((?:\w+/|\.)[\w./-]+|kb\.toml)`", text):
        assert (new / path).exists() or path in ("data/articles/NAME.ttl", "OWNER/kb"), path


@pytest.mark.parametrize("name", [".", "deep/er", "there"])
def test_it_fills_what_is_missing_or_empty_or_has_only_git(name: str, tmp_path: Path, kb: Runner) -> None:
    (tmp_path / "there" / ".git").mkdir(parents=True)
    (tmp_path / "there" / ".git" / "HEAD").write_text("x", encoding="utf-8")
    here = tmp_path / "here"
    here.mkdir()
    where = tmp_path if name == "there" else here
    made = kb("init", name, cwd=where)
    assert made.code == 0, made.err
    assert "note: that address is a stand-in" in made.err
    root = where / name
    base = f"https://example.org/{root.resolve().name}/"
    assert sorted({path for path in held(root) if path != ".git/HEAD"}) == sorted(skeleton.files(base, "x"))
    assert Project(root).base == base
    assert kb("validate", cwd=root).code == 0


def test_what_is_there_is_never_touched(tmp_path: Path, kb: Runner) -> None:
    full, file, link = tmp_path / "full", tmp_path / "file", tmp_path / "link"
    full.mkdir()
    for name in "abcd":
        (full / name).write_text(name, encoding="utf-8")
    file.write_text("x", encoding="utf-8")
    link.symlink_to("nowhere")
    before = held(tmp_path)
    refused = kb("init", full)
    assert (refused.code, "not empty, it has a, b, c and 1 more" in refused.err) == (2, True)
    assert "it is no folder" in kb("init", file).err
    assert kb("init", link).code == kb("init", file / "below").code == 2
    assert held(tmp_path) == before


@pytest.mark.parametrize("part", ["data", "seeds/x", "ontology/y"])
def test_not_among_the_files_of_another(part: str, mine: Path, kb: Runner) -> None:
    refused = kb("init", mine / part / "new")
    assert (refused.code, "among the files of another knowledge base" in refused.err) == (2, True)
    assert kb("init", mine / "other").code == 0


@pytest.mark.parametrize("fresh", [True, False])
def test_all_or_nothing(fresh: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "new"
    if not fresh:
        folder.mkdir()
    moves = []
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        moves.append(self)
        if fresh or len(moves) > 3:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(UsageError, match="No space left"):
        founding.put(skeleton.files(OURS, "x"), folder)
    assert [path.name for path in tmp_path.rglob("*")] == ([] if fresh else ["new"])


@pytest.mark.parametrize("name", ["new", "there"])
def test_what_a_killed_one_leaves_is_taken_away_and_half_a_folder_told(name: str, tmp_path: Path, kb: Runner) -> None:
    (tmp_path / "there").mkdir()
    command = [sys.executable, "-m", "kbcli", "init", name]
    killed = 0
    for wait in (0.05, 0.1, 0.2, 0.3, 0.4):
        with subprocess.Popen(command, cwd=tmp_path, env={**os.environ, **NEUTRAL}, stderr=subprocess.PIPE) as process:
            time.sleep(wait)
            process.kill()
            killed += process.wait() == -signal.SIGKILL
    assert killed
    left = tmp_path / (".kb-init-" + sha256(name.encode()).hexdigest()[:8] + "-0123abcd")
    left = left if name == "new" else tmp_path / name / left.name
    if not (tmp_path / name / "kb.toml").exists():
        (left / "data").mkdir(parents=True)
        again = kb("init", name, cwd=tmp_path)
        assert again.code == 0 or "a kb init was killed here" in again.err
    if (tmp_path / name / "kb.toml").exists():
        assert sorted(held(tmp_path / name)) == sorted(skeleton.files("https://example.org/x/", "x"))
        assert not list(tmp_path.rglob(".kb-init-*"))


def test_one_at_work_is_let_be(tmp_path: Path, kb: Runner) -> None:
    import fcntl

    at_work = tmp_path / (".kb-init-" + sha256(b"new").hexdigest()[:8] + "-0123abcd")
    at_work.mkdir()
    descriptor = os.open(at_work, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    assert kb("init", "new", cwd=tmp_path).code == 0
    os.close(descriptor)
    assert at_work.is_dir()


def test_half_a_folder_is_told(tmp_path: Path, kb: Runner) -> None:
    (tmp_path / ".kb-init-01234567-89abcdef" / "seeds").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    before = sorted(tmp_path.rglob("*"))
    refused = kb("init", ".", cwd=tmp_path)
    assert (refused.code, "a kb init was killed here, and has left some of its files" in refused.err) == (2, True)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("line", "place", "said"),
    [
        ('titel = "x"', "kb.toml:1:1", "“titel”; is title meant?"),
        ('\n  "Licence" = "x"', "kb.toml:2:4", "“Licence”; is license meant?"),
        ("zebra = 1", "kb.toml:1:1", "“zebra”"),
        ('[tool.kb]\nbase = "x"', "kb.toml:1:2", "“tool”"),
        ("zebra.title = 1", "kb.toml:1:1", "“zebra”"),
    ],
)
def test_a_key_that_nobody_reads_is_told(mine: Path, line: str, place: str, said: str, kb: Runner) -> None:
    (mine / "kb.toml").write_text(f"{line}\n", encoding="utf-8")
    for options in ((), ("--no-cache",)):
        told = kb("validate", "--select", "KB021", *options, cwd=mine)
        assert (told.code, told.out.count("KB021")) == (0, 1)
        assert (
            f"{place}: KB021 warning: kb.toml has a key that means nothing here: {said} [unknown-setting]\n" in told.out
        )
        assert "the keys are base, title, description, license, version, index" in " ".join(told.out.split())


def test_the_settings_are_those_that_are_read(new: Path) -> None:
    everything = tomllib.loads(re.sub(r"(?m)^# (\w+ = )", r"\1", (new / "kb.toml").read_text(encoding="utf-8")))
    assert tuple(everything) == SETTINGS


def test_no_saved_query_expects_what_is_not_there_yet(new: Path) -> None:
    for path in sorted((new / "queries").glob("*.rq")):
        ours = (ROOT / "queries" / path.name).read_text(encoding="utf-8")
        expected = {name: value for name, value in header(ours).items() if name != "min_rows"}
        assert header(path.read_text(encoding="utf-8")) == expected, path.name


def header(query: str) -> dict[str, object]:
    """What its header expects."""
    lines = [line[2:] for line in query.splitlines() if line.startswith("#+")]
    return dict(yaml.safe_load("\n".join(lines)).get("expect") or {})


@pytest.mark.parametrize(
    "base",
    ["", "x", "example.org/", "ftp://e.example/", "https:///x/", "https://e.example", "https://e.example/a b/",
     "https://e.example/#x/", 'https://e.example/"/', "https://[::1/", f"{BASE}ont#", f"{BASE}shapes#", "urn:x:y#"],
)  # fmt: skip
def test_a_wrong_base_is_refused(base: str, tmp_path: Path, kb: Runner) -> None:
    refused = kb("init", "x", "--base", base, cwd=tmp_path)
    assert (refused.code, "hint: " in refused.err, list(tmp_path.iterdir())) == (2, True, [])


@settings(max_examples=60)
@given(st.text(max_size=12), st.text(max_size=12))
def test_whatever_is_given_is_refused_or_comes_out_again(path: str, title: str) -> None:
    try:
        base, called = founding.checked_base(f"https://e.example/{path}/"), founding.checked_title(title)
    except UsageError:
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "kb"
        founding.put(skeleton.files(base, called), root)
        project = Project(root)
        assert (project.base, project.setting("title")) == (base, called)
        data = [quad for file in project.data_files() for quad in ox.parse(path=str(file))]
        assert ox.NamedNode(f"{base}kind/person") in {quad.subject for quad in data}


@given(st.text())
def test_a_folder_of_any_name_has_a_base_to_stand_in(name: str) -> None:
    assert founding.checked_base(founding.stand_in(Path("/x") / name.replace("\0", "")))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "init which folder?"),
        (("",), "DIR is empty"),
        (("x", "--dry-run"), "--dry-run is for --upgrade"),
        (("x", "--title", " "), "is no title"),
        (("x", "--title", "a\nb"), "is no title"),
        (("--upgrade", "--base", OURS), "for a new knowledge base"),
        (("--upgrade",), "no kb project here or above"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], told: str, tmp_path: Path, kb: Runner) -> None:
    refused = kb("init", *arguments, cwd=tmp_path)
    assert (refused.code, told in refused.err, list(tmp_path.iterdir())) == (2, True, [])


def test_another_project_is_no_place_for_a_new_one(new: Path, tmp_path: Path, kb: Runner) -> None:
    assert "--project is for" in kb("--project", new, "init", "x", cwd=tmp_path).err
    assert kb("init", "x", cwd=tmp_path, env={"KB_PROJECT": str(new)}).code == 0
    assert kb("init", "--upgrade", cwd=tmp_path, env={"KB_PROJECT": str(new)}).err == "ontology/ is up to date\n"


def test_on_a_terminal_the_base_is_asked_for(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kbcli", "init", "new"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=theirs, stderr=theirs, env={**os.environ, **NEUTRAL}) as process:
        os.write(ours, f"claims.example\n{OURS}\n".encode())
        assert process.wait(60) == 0
    os.close(theirs)
    told = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert "write an absolute http or https IRI" in told
    assert Project(tmp_path / "new").base == OURS


def test_an_older_ontology_is_told_shown_and_renewed(mine: Path, kb: Runner) -> None:
    before = held(mine)
    edit(mine / "ontology" / "kb.ttl", '"hedge"@en', '"reservation"@en')
    edit(mine / "ontology" / "shapes.ttl", "    sh:maxCount 1 ;\n", "")
    edit(mine / "ontology" / "context.jsonld", "{", "{ ")
    edit(mine / "queries" / "denials.rq", "PREFIX", "# mine\nPREFIX")
    (mine / "queries" / "across.rq").unlink()
    lines = (mine / "ontology" / "kb.ttl").read_text(encoding="utf-8").splitlines()
    assert findings(mine)[0] == ("KB908", "ontology/kb.ttl", 1 + lines.index("kb:hedge a owl:DatatypeProperty ;"))
    assert [path for _, path, _ in findings(mine)] == ["ontology/kb.ttl", "ontology/shapes.ttl"]
    shown = kb("init", "--upgrade", "--dry-run", cwd=mine)
    assert '-    rdfs:label "reservation"@en ;\n+    rdfs:label "hedge"@en ;\n' in shown.out
    assert "--- a/ontology/shapes.ttl" in shown.out
    done = kb("init", "--upgrade", cwd=mine / "data")
    assert (done.code, done.out) == (0, shown.out)
    assert done.err.splitlines() == [
        "queries/denials.rq: yours, and not this kb's; left so",
        "queries/across.rq: this kb has it, yours has not; left so",
        "ontology/kb.ttl, ontology/shapes.ttl, ontology/context.jsonld: brought up to date",
    ]
    after = held(mine)
    assert {name for name in before if before[name] != after.get(name)} == {"queries/denials.rq", "queries/across.rq"}
    assert kb("validate", "--fail-on", "info", cwd=mine).code == 0


@pytest.mark.parametrize("is_old", [False, True])
def test_comments_of_ones_own_stay(mine: Path, kb: Runner, is_old: bool) -> None:
    shapes = mine / "ontology" / "shapes.ttl"
    text = shapes.read_text(encoding="utf-8")
    old = text.replace("    sh:maxCount 1 ;\n", "", 1) if is_old else text
    first, rest = old.split("@prefix", 1)
    shapes.write_text(f"# top\n{first}# on a prefix\n@prefix{rest}\n# the last words\n", encoding="utf-8")
    assert kb("init", "--upgrade", cwd=mine).code == 0
    now = shapes.read_text(encoding="utf-8")
    assert {"# top", "# on a prefix", "# the last words"} <= set(now.splitlines())
    assert now.startswith(text.rstrip("\n"))
    assert kb("fmt", "--check", "ontology", cwd=mine).code == 0
    assert kb("init", "--upgrade", cwd=mine).err == "ontology/ is up to date\n"


def test_rules_of_ones_own_are_no_difference_and_stay(mine: Path, kb: Runner) -> None:
    shapes = with_own_shape(mine)
    assert kb("validate", "--fail-on", "info", cwd=mine).code == 0
    nothing = kb("init", "--upgrade", cwd=mine)
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == "ontology/shapes.ttl: kept as your own: kbs:KB990\nontology/ is up to date\n"
    edit(shapes, '"claim-without-one-label"', '"claim-without-label"')
    assert findings(mine)[0][:2] == ("KB908", "ontology/shapes.ttl")
    done = kb("init", mine, "--upgrade")
    assert "KB990" not in done.out.replace(" # Our house", "")
    text = shapes.read_text(encoding="utf-8")
    assert text.endswith(OWN)
    assert "@prefix ex: <https://e.example/> ." in text
    assert findings(mine) == []


def test_a_term_of_another_namespace_is_no_difference(mine: Path, kb: Runner) -> None:
    with (mine / "ontology" / "kb.ttl").open("a", encoding="utf-8") as stream:
        stream.write('\n<https://e.example/mood> a owl:DatatypeProperty ;\n    rdfs:label "mood"@en .\n')
    assert "KB908" not in kb("validate", cwd=mine).out


def test_a_term_of_ones_own_is_a_difference_and_stays(mine: Path, kb: Runner) -> None:
    path = mine / "ontology" / "kb.ttl"
    with path.open("a", encoding="utf-8") as stream:
        stream.write('\nkb:mood a owl:DatatypeProperty ;\n    rdfs:label "mood"@en .\n')
    checked = kb("validate", cwd=mine)
    assert "KB908 warning: " in checked.out
    assert "kb:mood only here" in checked.out
    assert "hint: the namespace is that of every knowledge base" in checked.out
    assert kb("init", "--upgrade", cwd=mine).err.startswith("ontology/kb.ttl: kept as your own: kb:mood\n")
    assert "kb:mood" in path.read_text(encoding="utf-8")


def test_a_prefix_that_means_something_else_is_not_taken_over(mine: Path) -> None:
    shapes = with_own_shape(mine)
    edit(shapes, "@prefix pav: <http://purl.org/pav/>", "@prefix pav: <https://e.example/>")
    edit(shapes, "ex:since", "pav:since")
    with pytest.raises(UsageError, match="cannot be told from the rest"):
        upgrade.upgrade(Project(mine))


def test_what_cannot_be_read_is_not_replaced(mine: Path, kb: Runner) -> None:
    path = mine / "ontology" / "shapes.ttl"
    path.write_text(path.read_text(encoding="utf-8") + "kbs:KB990 a .\n", encoding="utf-8")
    before = held(mine)
    refused = kb("init", "--upgrade", cwd=mine)
    assert (refused.code, "ontology/shapes.ttl:" in refused.err) == (2, True)
    assert held(mine) == before
    path.unlink()
    assert kb("init", "--upgrade", cwd=mine).code == 0
    assert findings(mine) == []


def test_the_checkout_is_up_to_date(kb: Runner) -> None:
    done = kb("init", "--upgrade", "--dry-run", cwd=ROOT)
    assert (done.code, done.out, done.err) == (0, "", "ontology/ is up to date\n")


def test_another_layout_is_no_other_version(mine: Path) -> None:
    path = mine / "ontology" / "shapes.ttl"
    path.write_text("# Ours.\n" + path.read_text(encoding="utf-8").replace(" ;\n    ", " ;\n  "), encoding="utf-8")
    assert findings(mine) == []


def test_what_was_kept_of_another_kb_is_not_trusted(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = tmp_path / "carried"
    shutil.copytree(ROOT / "ontology", carried / "ontology")
    monkeypatch.setattr(installed, "resources", lambda: carried)
    monkeypatch.setattr(version, "resources", lambda: carried)
    assert findings(mine) == []
    edit(carried / "ontology" / "kb.ttl", '"hedge"@en', '"reservation"@en')
    assert [code for code, _, _ in findings(mine)] == ["KB908"]
    assert findings(mine) == [
        (one.code, one.path, one.line) for one in validation.validate(Project(mine), (), kept=False).findings
    ]


TURTLE = ["<urn:{}> <urn:p> {} .", "<urn:{}> <urn:q> [ <urn:r> {} ] .", "<urn:{}> <urn:s> ( 1 [ <urn:t> {} ] 2 ) ."]
STATEMENTS = st.lists(
    st.builds(lambda form, a, b: form.format(a, b), st.sampled_from(TURTLE), st.sampled_from("ab"), st.integers(0, 2)),
    unique=True,
    max_size=6,
)


def parsed(lines: Iterable[str]) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse("\n".join(lines), format=ox.RdfFormat.TURTLE)]


@given(STATEMENTS, st.randoms())
def test_files_differ_only_in_what_they_say(lines: list[str], chance: object) -> None:
    other = sorted(lines, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert not difference(parsed(lines), parsed(other))
    for number, line in enumerate(lines):
        left = lines[:number] + lines[number + 1 :]
        told = difference(parsed(lines), parsed(left))
        thing = line[1:6]
        assert told == (([thing], [], []) if any(one[1:6] == thing for one in left) else ([], [], [thing]))


def test_deep_and_circular_things_are_compared() -> None:
    deep = [f"_:b{n} <urn:p> _:b{n + 1} ." for n in range(3000)]
    assert not difference(parsed(["<urn:a> <urn:p> _:b0 .", *deep]), parsed(["<urn:a> <urn:p> _:b0 .", *deep]))
    assert difference(parsed(["<urn:a> <urn:p> _:b0 .", *deep]), parsed(["<urn:a> <urn:p> _:b0 .", *deep[:-1]]))
    parsed_circle = parsed(["<urn:a> <urn:p> _:x .", "_:x <urn:p> _:y .", "_:y <urn:p> _:x ."])
    assert not difference(parsed_circle, parsed_circle)


def test_an_installed_wheel_makes_one(tmp_path: Path) -> None:
    """Away from this checkout: what the wheel carries is all it needs."""

    def run(*command: str | Path, cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(map(str, command), cwd=cwd, env=env, capture_output=True, text=True, check=True)

    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path, ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    shutil.unpack_archive(wheel, site, "zip")
    libraries = Path(ox.__file__).parents[1]
    (site / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    where = run(python, "-c", "import kbcli; print(kbcli.__file__)").stdout.strip()
    assert Path(where).is_relative_to(site)
    run(python, "-m", "kbcli", "init", "new", "--base", OURS)
    new = tmp_path / "new"
    assert held(new) == {name: text.encode() for name, text in skeleton.files(OURS, "new").items()}
    assert "no findings" in run(python, "-m", "kbcli", "validate", "--fail-on", "info", cwd=new).stdout
    assert "is up to date" in run(python, "-m", "kbcli", "init", "--upgrade", cwd=new).stderr
    (tmp_path / "dye-spill.txt").write_text("Ada Quill denied the report.\n", encoding="utf-8")
    assert run(python, "-m", "kbcli", "draft", "../dye-spill.txt", cwd=new).stdout == "data/articles/dye-spill.ttl\n"
    assert "a kb:Denial" in (new / "data" / "articles" / "dye-spill.ttl").read_text(encoding="utf-8")
    assert "KB020 warning" in run(python, "-m", "kbcli", "validate", cwd=new).stdout
    run(python, "-m", "kbcli", "query", "denials", cwd=new)
