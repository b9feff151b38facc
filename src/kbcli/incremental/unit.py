"""Checking one data file by itself."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kbcli import checks
from kbcli.finding import Finding, Related
from kbcli.incremental import keys
from kbcli.incremental.excerpt import Excerpt
from kbcli.incremental.packing import packed, written
from kbcli.names import KB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.incremental.library import Library

_TO_COME = "KB155"  # found today, it may be gone tomorrow


class Outcome(NamedTuple):
    """What was found in a file, as it is kept. `keys` are what was read for it beyond the file, `applied` what came
    of the shapes with the keys of that, and `reads` the properties that they read."""

    path: str
    told: str
    keys: Sequence[int]
    applied: tuple[str, bytes]
    reads: dict[str, list[str | None]]
    day: int
    ahead: bool
    counts: tuple[int, int, int, int]
    files: str


class Told(NamedTuple):
    """A finding. `gated` ones count only while all files are sound; `asked` ones may be told what was meant."""

    finding: Finding
    gated: bool
    asked: tuple[str, str] | None


def checked(library: Library, path: str) -> Outcome:
    """What every check finds in the file, or in the project's own files."""
    library.tidy()
    excerpt = Excerpt.from_library(library, library.document(path) if path else None)
    found = [finding for check in checks.all_checks() for finding in check(excerpt)]
    told = [(finding, False) for finding in found] + [(finding, True) for finding in excerpt.gated]
    excerpt.read.update(keys.text(finding.path) for finding, _ in told if finding.path not in ("", path))
    applied = excerpt.__dict__.get("applied")  # nothing if the shapes are unsound
    names = {
        getattr(name, "value", "") for article in excerpt.articles for name in excerpt.values(article, KB + "file")
    }
    counts = excerpt.tally()
    return Outcome(
        path,
        json.dumps([_record(finding, gated, excerpt) for finding, gated in told], ensure_ascii=False) if told else "",
        sorted(excerpt.read),
        (written(applied.outcomes), packed(applied.keys)) if applied else ("", b""),
        {shape: list(predicates) for shape, predicates in applied.reads.items()} if applied else {},
        dt.datetime.now(tz=dt.UTC).toordinal(),
        any(finding.code == _TO_COME for finding, _ in told),
        (counts["articles"], counts["claims"], counts["spans"], counts["sentences"]),
        json.dumps(sorted(names)) if names else "",
    )


def told(text: str) -> list[Told]:
    """What `checked` has kept."""
    found = []
    for *fields, related, gated, asked in json.loads(text) if text else ():
        finding = Finding._make([*fields, tuple(Related(*place) for place in related)])
        found.append(Told(finding, gated, tuple(asked) if asked else None))
    return found


def _record(finding: Finding, gated: bool, excerpt: Excerpt) -> list[Any]:
    asked = excerpt.asked.get(finding)
    return [*finding[:-1], finding.related, gated, asked and (asked[0], str(asked[1]))]
