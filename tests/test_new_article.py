"""A new article from its text to clean records and an answer, by `kb` alone: no text editor anywhere.

The article is invented, and all that is in it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

from conftest import run_kb

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Result

SLUG = "harrow-dust-cloud"
TEXT = """\
Air Office accuses Harrow Cement over dust
The Lindal Air Office on Tuesday accused Harrow Cement of letting dust escape over the town of Brack.
Harrow Cement denied the accusation.
“As far as we know, no dust left our works,” said spokesman Piet Lomax.
“We count the complaints,” the regulator said.
Nobody has told us when the filters failed.
— Nadia Orr (@nadiaorr) March 5, 2024
Photo: archive.
"""
KINDS = {
    "harrow-cement": "organization",
    "lindal-air-office": "organization",
    "nadia-orr": "person",
    "piet-lomax": "person",
}


QUOTE = "As far as we know, no dust left our works"


class Desk:
    """An editor in a knowledge base of his own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def kb(self, *args: str, code: int = 0) -> Result:
        done = run_kb(*args, cwd=self.root)
        assert done.code == code, (args, done.out, done.err)
        return done

    @property
    def turtle(self) -> str:
        return (self.root / "data" / "articles" / f"{SLUG}.ttl").read_text(encoding="utf-8")

    def proposed(self, sentence: int) -> str:
        """The first claim that the draft has of a sentence; the others are dropped."""
        first, *others = re.findall(rf"^(cl:{SLUG}-{sentence}-\S+) a ", self.turtle, re.MULTILINE)
        for other in others:
            self.kb("drop", other)
        return str(first)

    def open(self) -> list[str]:
        """What is left to decide."""
        told = json.loads(run_kb("validate", "-f", "json", cwd=self.root).out)
        return [one["message"] for one in told["findings"]]


def drafted(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "dust")
    assert run_kb("init", desk.root, "--base", "https://kb.example/dust/", cwd=tmp_path).code == 0
    text = tmp_path / f"{SLUG}.txt"
    text.write_text(TEXT, encoding="utf-8")
    desk.kb("draft", str(text))
    return desk


def test_from_text_to_answer(tmp_path: Path) -> None:
    desk = drafted(tmp_path)
    assert desk.open()
    accept_agents(desk)
    desk.kb("add", "operation", "alleged escape of dust over Brack", "--kind", "pollution", code=2)  # no such kind yet
    desk.kb(
        "add", "kind", "pollution",
        "--definition", "An operation spoken of as letting something harmful into air, soil or water.",
        "--scope-note", "For operations. It does not say that the operation took place.",
    )  # fmt: skip
    dust = ("--about", "alleged escape of dust over Brack")
    desk.kb("add", "operation", dust[1], "--kind", "pollution", "--article", SLUG)
    desk.kb("add", "place", "Brack", "--article", SLUG)
    accusation(desk, dust)
    denials(desk)
    the_rest(desk, dust)
    assert desk.open() == []
    assert desk.kb("validate", "--fail-on", "warning").out.endswith("no findings\n")
    desk.kb("fmt", "--check")
    assert "TODO" not in desk.turtle
    answered(desk)


def accept_agents(desk: Desk) -> None:
    blocks = re.findall(r"^ag:(\S+) a kb:Agent ;\n(.*?) \.$", desk.turtle, re.MULTILINE | re.DOTALL)
    for name, block in blocks:
        if name in KINDS:
            same = ("--keep", "alias") if "TODO skos:altLabel" in block else ()
            desk.kb("add", "to", f"ag:{name}", "--kind", KINDS[name], *same)
        elif "TODO" in block:  # the short name that the headline has
            desk.kb("drop", f"ag:{name}", "--for", "ag:lindal-air-office")


def accusation(desk: Desk, dust: tuple[str, str]) -> None:
    """The headline tells again what the second sentence has."""
    full, headline = desk.proposed(2), desk.proposed(1)
    desk.kb(
        "add", "to", full, *dust, "--accused", "Harrow Cement", "--place", "Brack",
        "--label", "Lindal Air Office: accuses Harrow Cement of letting dust escape over the town of Brack",
        "--said", "on Tuesday", "--not-stated", "happened",
    )  # fmt: skip
    desk.kb(
        "add", "to", headline, *dust, "--accused", "Harrow Cement", "--restates", full, "--instead",
        "--speaker", "Lindal Air Office", "--not-stated", "said",
        "--label", "Lindal Air Office: accuses Harrow Cement over dust, according to the headline",
        "--note", "“Air Office” is read as the Lindal Air Office of the next sentence.",
    )  # fmt: skip


def denials(desk: Desk) -> None:
    """The second one the draft takes for a mere Statement: it is dropped, and made anew."""
    accused = re.search(rf"cl:{SLUG}-2-\S+", desk.turtle)
    assert accused
    desk.kb(
        "add", "to", desk.proposed(3), "--denies", accused[0], "--not-stated", "said",
        "--label", "Harrow Cement: denies the accusation",
    )  # fmt: skip
    desk.kb("drop", desk.proposed(4))
    words = ("--words", "“As far as we know, no dust left our works,”", "--quote", QUOTE)
    claim = ("--class", "Denial", "--speaker", "Piet Lomax", "--denies", accused[0], "--not-stated", "said")
    label = ("--label", "Lomax: “As far as we know, no dust left our works”", "--speaking-as", "spokesman")
    refused = desk.kb("add", "claim", "--article", SLUG, *claim, *words, *label, "--hedge", "as far as we knew", code=2)
    assert "As far as we know" in refused.err
    made = desk.kb(
        "add", "claim", "--article", SLUG, *claim, *words, *label, "--hedge", "As far as we know"
    ).out.strip()
    again = desk.kb("add", "claim", "--article", SLUG, *claim, *words, *label, code=2)
    assert made in again.err
    beyond = desk.kb("add", "to", made, "--cue", "said", code=2)
    assert f'kb cite {SLUG} "…" --append {made}' in beyond.err
    desk.kb("cite", SLUG, "said spokesman Piet Lomax", "--append", made)
    desk.kb("add", "to", made, "--cue", "said")


def the_rest(desk: Desk, dust: tuple[str, str]) -> None:
    desk.kb(
        "add", "to", desk.proposed(5), *dust, "--speaker", "Lindal Air Office", "--not-stated", "said",
        "--label", "Lindal Air Office: “We count the complaints”",
        "--note", "“the regulator” is read as the Lindal Air Office, the only one named.",
    )  # fmt: skip
    desk.kb(
        "add", "to", desk.proposed(6), *dust,
        "--label", "Nadia Orr: “Nobody has told us when the filters failed.”",
        "--note", "Which filters she means the text does not say.",
    )  # fmt: skip
    desk.kb(
        "add", "nothing", "--article", SLUG, "--sentence", "8", "--note", "The credit of a picture; it claims nothing."
    )


def answered(desk: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(desk.kb("query", "denials").out)))
    assert [(row["speakerLabel"], row["hedge"], row["wordsAre"]) for row in rows] == [
        ("Harrow Cement", "", "paraphrase"),
        ("Piet Lomax", "As far as we know", "quoted"),
    ]
    assert {row["deniedSpeakers"] for row in rows} == {"Lindal Air Office"}
