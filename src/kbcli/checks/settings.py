"""kb.toml has no key that nobody reads: a slip of the pen there goes unnoticed, and its default is taken."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from kbcli.finding import Rule
from kbcli.names import nearest
from kbcli.project import CONFIG, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

UNKNOWN = Rule(
    "KB021",
    "unknown-setting",
    "warning",
    "kb.toml has a key that means nothing here",
    f"correct it, or remove it; the keys are {', '.join(SETTINGS)}",
)
RULES = (UNKNOWN,)


def check(corpus: Corpus) -> Iterator[Finding]:
    path = corpus.project.root / CONFIG
    if corpus.vocabulary not in corpus.all_documents or not path.is_file():
        return
    text = path.read_text(encoding="utf-8")
    for key in tomllib.loads(text):
        if key not in SETTINGS:
            meant = nearest(key.lower(), SETTINGS)
            said = f"“{key}”" + (f"; is {meant} meant?" if meant else "")
            yield UNKNOWN.at(CONFIG, *_place(text, key), said=said)


def _place(text: str, key: str) -> tuple[int, int]:
    """Where the key is written, nowhere if it is written in some other way than as itself."""
    found = re.search(rf"(?m)^[ \t]*\[*[ \t]*[\"']?({re.escape(key)})(?![\w-])", text)
    return (
        (text.count("\n", 0, found.start(1)) + 1, found.start(1) - text.rfind("\n", 0, found.start(1)))
        if found
        else (1, 1)
    )
