"""The action and the CI examples: held against their schemas, and their scripts run by bash as the hosts run them."""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from conftest import PARTS, ROOT, Result
from published import environment, example, publish, run, steps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
ARTICLE = "data/articles/khodaei-nyt-report.ttl"
SCRIPT = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")


@dataclass
class Runner:
    """What GitHub's runner does with the scripts of a composite action: inputs in, files and a log out."""

    workspace: Path
    temp: Path
    inputs: dict[str, str]
    outputs: dict[str, str] = field(default_factory=dict)

    def step(self, name: str) -> Result:
        (step,) = (step for step in ACTION["runs"]["steps"] if step.get("name") == name)
        script, output = self.temp / "script.sh", self.temp / "output"
        script.write_text(step["run"], encoding="utf-8")
        output.write_text("")
        env = {
            **environment(),
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
            **{key: self.filled(value) for key, value in step.get("env", {}).items()},
        }
        folder = self.workspace / self.filled(step.get("working-directory", "."))
        done = run(*SCRIPT, str(script), cwd=folder, env=env)
        self.outputs |= dict(line.split("=", 1) for line in output.read_text().splitlines())
        return done

    def filled(self, text: str) -> str:
        """`text` with the inputs and the interpreter that setup-python gives."""
        values = {"steps.python.outputs.python-path": sys.executable}
        values |= {
            f"inputs.{name}": self.inputs.get(name, one.get("default")) for name, one in ACTION["inputs"].items()
        }
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: values[match[1]], text)

    def sarif(self) -> list[dict[str, Any]]:
        with open(self.outputs["file"], encoding="utf-8") as stream:  # noqa: PTH123 a name, as the next action gets it
            return list(json.load(stream)["runs"][0]["results"])


@pytest.fixture(scope="module")
def temp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runner's folder for what does not last, with kb in it as the action installs it."""
    folder = tmp_path_factory.mktemp("runner temp")
    done = Runner(folder, folder, {}).step("Install kb")
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A repository with the knowledge base in a folder of its own."""
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / "a base" / part)
    return tmp_path


def spoil(base: Path) -> None:
    text = (base / ARTICLE).read_text(encoding="utf-8")
    (base / ARTICLE).write_text(text.replace('"we did not inform', '"we did not imform', 1), encoding="utf-8")


def test_a_clean_knowledge_base_passes(workspace: Path, temp: Path) -> None:
    runner = Runner(workspace, temp, {"path": "a base"})
    assert runner.step("Check, for code scanning").code == 0
    assert runner.sarif() == []
    done = runner.step("Check")
    assert (done.code, done.out) == (0, "")


def test_findings_are_annotated_and_uploaded(workspace: Path, temp: Path) -> None:
    spoil(workspace / "a base")
    runner = Runner(workspace, temp, {"path": "a base"})
    uploaded = runner.step("Check, for code scanning")
    assert (uploaded.code, uploaded.out) == (0, "")
    (found,) = (one for one in runner.sarif() if one["ruleId"] == "KB211")
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"a%20base/{ARTICLE}"
    done = runner.step("Check")
    line, column = place["region"]["startLine"], place["region"]["startColumn"]
    start = f"::error file=a base/{ARTICLE},line={line},col={column},title=KB211 quotation-not-in-span::"
    told = done.out.splitlines()
    assert (done.code, sum(line.startswith(start) for line in told), len(told)) == (1, 1, len(runner.sarif()))


def test_the_inputs_reach_kb(workspace: Path, temp: Path) -> None:
    spoil(workspace / "a base")
    done = Runner(workspace, temp, {"path": "a base", "fail-on": "never"}).step("Check")
    assert (done.code, done.out.startswith("::error ")) == (0, True)
    hostile = Runner(workspace, temp, {"path": "a base", "fail-on": 'x"; touch "$RUNNER_TEMP/caught'}).step("Check")
    assert (hostile.code, "--fail-on" in hostile.err) == (2, True)
    assert not (temp / "caught").exists()


def test_what_is_no_knowledge_base_is_no_finding(workspace: Path, temp: Path) -> None:
    runner = Runner(workspace, temp, {})
    done = runner.step("Check, for code scanning")
    assert (done.code, runner.outputs, "no kb project" in done.err) == (2, {}, True)


def test_every_input_is_used_and_every_used_one_is_there() -> None:
    used = json.dumps(ACTION["runs"]["steps"])
    assert set(re.findall(r"\binputs\.([\w-]+)", used)) == set(ACTION["inputs"])


def test_the_upload_takes_what_the_check_wrote() -> None:
    written = {step["id"]: step.get("run", "") for step in ACTION["runs"]["steps"] if "id" in step}
    (upload,) = (step for step in ACTION["runs"]["steps"] if "upload-sarif" in step.get("uses", ""))
    match = re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}", upload["with"]["sarif_file"])
    assert match
    assert f'echo "{match[2]}=' in written[match[1]]


SCHEMAS = {
    "action.yml": "vendor.github-actions",
    ".github/workflows/ci.yml": "vendor.github-workflows",
    ".github/workflows/kb.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_files_are_as_their_readers_want_them(name: str, tmp_path: Path) -> None:
    path = ROOT / name
    if not path.exists():
        path = tmp_path / "example.yml"
        path.write_text(example(name), encoding="utf-8")
    words = ("check_jsonschema", "--builtin-schema", SCHEMAS[name], str(path))
    done = run(sys.executable, "-m", *words, cwd=tmp_path, env=environment())
    assert done.code == 0, done.out


def test_the_example_gives_inputs_that_the_action_has() -> None:
    *_, used = steps(example(".github/workflows/kb.yml"))
    assert used["uses"] == "OWNER/kb@vX.Y.Z"
    assert set(used["with"]) <= set(ACTION["inputs"])


def test_the_workflow_runs_what_everybody_runs_and_the_action() -> None:
    jobs = yaml.safe_load(WORKFLOW)["jobs"]
    assert jobs["run"]["steps"][-1]["run"] == "bash .ci/run"
    assert jobs["action"]["steps"][-1]["uses"] == "./"
    assert (ROOT / ".ci" / "run").is_file()


@pytest.fixture(scope="module")
def gitlab(temp: Path) -> dict[str, str]:
    """An image that has Python and git, where the README's address leads to this working tree."""
    return {**publish(temp), "GITLAB_CI": "true", "PATH": f"{temp}/kb/bin:{environment()['PATH']}"}


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
@pytest.mark.parametrize("clean", [True, False])
def test_the_gitlab_job_reports_and_fails(clean: bool, project: Path, gitlab: dict[str, str]) -> None:
    job = yaml.safe_load(example(".gitlab-ci.yml"))["kb"]
    if not clean:
        spoil(project)
    done = script(job["script"], project, gitlab)
    report = ET.parse(project / job["artifacts"]["reports"]["junit"]).getroot()  # noqa: S314 our own
    failures = {failure.get("type") for failure in report.iter("failure")}
    assert job["artifacts"]["when"] == "always"
    if clean:
        assert (done.code, failures) == (0, set()), done.err
    else:
        assert (done.code, "KB211 quotation-not-in-span" in failures) == (1, True), done.err
        assert f"{ARTICLE}:" in done.out


def script(lines: Sequence[str], folder: Path, env: dict[str, str]) -> Result:
    return run("bash", "-e", "-o", "pipefail", "-c", "\n".join(lines), cwd=folder, env=env)
