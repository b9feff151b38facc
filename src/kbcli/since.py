"""What is new since a commit: the findings of now that the knowledge base did not have then.

The state of then is checked as well, in a folder of its own that begins with what the check of now has kept: so that
costs what the difference costs, not what the whole does.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kbcli import git
from kbcli.errors import UsageError
from kbcli.incremental.checked import FOLDER
from kbcli.project import CONFIG, Project
from kbcli.validation import validate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.finding import Finding
    from kbcli.reports import Report

PARTS = ("data", "ontology", "queries", "seeds", CONFIG)
_PLACE = re.compile(r":\d+(:\d+)?\b")


def changed(project: Project, revision: str, paths: Sequence[str], *, kept: bool) -> Report:
    """The report of now without the findings that there were at `revision`, a commit, branch or tag.

    Raises UsageError if git does not know it.
    """
    with tempfile.TemporaryDirectory(prefix="kb-") as folder:
        then = Path(folder)
        git.check_out(project.root, revision, then, PARTS)
        report = validate(project, paths, kept=kept)
        if kept:
            with contextlib.suppress(OSError):  # where nothing is kept, all of that state is checked
                shutil.copytree(project.root.joinpath(*FOLDER), then.joinpath(*FOLDER))
        before = Counter(map(_key, _findings(then, kept=kept)))
    new = [finding for finding in report.findings if not _take(before, finding)]
    return replace(report, findings=new, withheld=report.withheld + len(report.findings) - len(new))


def _findings(root: Path, *, kept: bool) -> list[Finding]:
    """Those of a state in a folder of its own. What was no knowledge base yet had none."""
    try:
        return validate(Project(root), (), kept=kept).findings
    except UsageError:
        return []


def _key(finding: Finding) -> tuple[str, ...]:
    """What makes it the same finding in another state, where lines may have moved."""
    return finding.code, finding.path, finding.subject, _PLACE.sub("", finding.message)


def _take(before: Counter[tuple[str, ...]], finding: Finding) -> bool:
    """Whether there was such a finding that no other one stands for."""
    key = _key(finding)
    before[key] -= 1
    return before[key] >= 0
