"""The Tab key, in a real bash."""

from __future__ import annotations

import os
import pty
import select
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import NEUTRAL, ROOT, Runner

END = "end of the answer"
SLUG = "khodaei-nyt-report"
# The kb that is tested, by its name.
PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"


def completed(*typed: str, cwd: Path = ROOT) -> list[list[str]]:
    """What bash would put in the place of the last word of each line."""
    keys = "".join(
        f"""
        COMP_LINE={shlex.quote(line)} COMP_POINT={len(line)}
        _kb_completion kb
        printf '%s\\n' "${{COMPREPLY[@]}}" {shlex.quote(END)}
        """
        for line in typed
    )
    asked = f'eval "$(kb completion bash)"\n{keys}'
    env = {**os.environ, **NEUTRAL, "PATH": PATH}
    done = subprocess.run(
        ["bash", "--norc", "-c", asked], cwd=cwd, env=env, capture_output=True, text=True, check=True, timeout=300
    )
    assert not done.stderr
    return [[line for line in told.split("\n") if line] for told in done.stdout.split(f"{END}\n")[:-1]]


FOUND = [
    ("kb cov", "coverage"),
    ("kb add cl", "claim"),
    ("kb --pro", "--project"),
    ("kb query den", "denials"),
    ("kb query -f cs", "csv"),
    ("kb explain KB21", "KB211"),
    ("kb explain spea", "speaker"),
    ("kb coverage kho", SLUG),
    ("kb coverage ", SLUG),
    ("kb cite iran-a", "iran-accuses-mossad"),
    ("kb export iran-accuses-mossad kho", SLUG),
    ("kb show ag:ir", "iran"),  # bash keeps what stands before the colon
    (f"kb show cl:{SLUG}-nyt-s", f"{SLUG}-nyt-source-message"),
    ("kb show Ram", "Ram\\ Ben-Barak"),
    ('kb show "Ram Be', "Ram Ben-Barak"),
    ("kb show 'Ram Be", "Ram Ben-Barak"),
    ("kb show ram", "Ram\\ Ben-Barak"),
    (f"kb drop ev:{SLUG}-891", f"{SLUG}-891-1059"),
    ("kb add to op:khodaei-k", "khodaei-killing"),
    ("kb add agent X --kind per", "person"),
    ("kb add claim --speaker Teh", "Tehran"),
    ("kb add claim --speaker=Teh", "Tehran"),
    ("kb add claim --article kho", SLUG),
    ("kb add claim --not-stated h", "happened"),
]


def test_names_are_completed() -> None:
    answers = completed(*(typed for typed, _ in FOUND))
    wrong = [(typed, answer) for (typed, found), answer in zip(FOUND, answers, strict=True) if found not in answer]
    assert not wrong


def test_nothing_is_made_up() -> None:
    unknown = ["kb show nobody-at-all", "kb show cl:no:such", "kb validate da", "kb nothing x", "kb coverage a b"]
    assert completed(*unknown) == [[]] * len(unknown)
    assert completed("kb query 'd") == [["denials", "designations"]]


def test_outside_a_project_and_in_a_broken_one_there_is_silence(project: Path, tmp_path: Path) -> None:
    assert completed("kb show I", cwd=tmp_path) == [[]]
    (project / "data" / "agents.ttl").write_text("ag:iran a kb:Agent ; nonsense", encoding="utf-8")
    (project / "ontology" / "kb.ttl").write_text("nonsense", encoding="utf-8")
    others, slugs = completed("kb show ag:", "kb coverage kho", cwd=project)
    assert "iran" not in others
    assert slugs == [SLUG]


def test_a_name_with_all_that_a_shell_minds_is_one_word(project: Path) -> None:
    label = """O'Hara & "Sons" $HOME `id` *? (x); #1"""
    agents = project / "data" / "agents.ttl"
    text = agents.read_text(encoding="utf-8")
    agents.write_text(f"{text}\nag:ohara a kb:Agent ;\n    rdfs:label '''{label}'''@en .\n", encoding="utf-8")
    (found,) = completed("kb show O", cwd=project)
    assert [label] in [shlex.split(one) for one in found]


def test_a_key_on_a_terminal() -> None:
    """Typed into a bash that somebody uses, with the word that Bash takes apart at its colon."""
    ours, theirs = pty.openpty()
    env = {**os.environ, **NEUTRAL, "PATH": PATH, "TERM": "dumb", "PS1": "ready> "}
    with subprocess.Popen(
        ["bash", "--norc", "--noprofile", "-i"],
        cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(ours, b'eval "$(kb completion bash)"; echo loa""ded\n')
        assert told_until(ours, "loaded")
        os.write(ours, b"kb show ag:kho\t")
        assert told_until(ours, "kb show ag:khodaei")
        os.write(ours, b"\x15exit\n")
        process.wait(60)
    os.close(ours)


def told_until(terminal: int, words: str) -> bool:
    told, until = "", time.monotonic() + 60
    while words not in told and time.monotonic() < until:
        if select.select([terminal], [], [], 1)[0]:
            told += os.read(terminal, 1 << 16).decode(errors="replace")
    return words in told


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_each_shell_has_a_script(kb: Runner, shell: str) -> None:
    result = kb("completion", shell)
    assert (result.code, result.err) == (0, "")
    assert f"_KB_COMPLETE={shell}_complete" in result.out


def test_another_shell_has_none(kb: Runner) -> None:
    result = kb("completion", "tcsh")
    assert (result.code, "'bash', 'fish', 'zsh'" in result.err) == (2, True)
