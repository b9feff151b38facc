"""How much of a transcription `kb draft` finds by itself: each article of a knowledge base drafted anew, and compared.

From the checkout:

    python -m tests.bench.drafting                       this knowledge base
    python -m tests.bench.drafting --project DIR         another one
    python -m tests.bench.drafting --check               exit 1 if a goal is missed

An article is drafted in a knowledge base with the shared files of data/ only: its own file, with the parties that no
other article names, is not there. An utterance is what the data tells of one speaker with one reporting word in the
same sentences; it may be several claims. A sentence reports if a claim rests on it whose speaker is not the outlet.
Whoever made the word lists knew the two articles of this knowledge base: on these the figures are training figures.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kbcli.corpus import CLAIM_CLASSES, Corpus
from kbcli.drafting.draft import draft
from kbcli.drafting.supplied import Supplied
from kbcli.names import ALT_LABEL, KB, LABEL, RDF_TYPE
from kbcli.project import Project

ROOT = Path(__file__).parents[2]
WORDS = ("cue", "hedge", "quote")
PARTIES = ("mentions", "actor", "silent")
PROPERTIES = ("class", *WORDS, *PARTIES, "said", "bounds of said", "not said", "via")
GOALS = {"reporting": 0.9, "speaker": 0.8}


@dataclass(frozen=True)
class Told:
    """A claim, or what several claims tell as one utterance. `values` are those of each property, as texts."""

    sentences: frozenset[int]
    cue: str
    speaker: str
    names: frozenset[str]
    values: dict[str, frozenset[str]] = field(compare=False)


@dataclass
class Score:
    """How many were proposed, are in the data, and are both."""

    proposed: int = 0
    there: int = 0
    right: int = 0

    def add(self, proposed: frozenset[Any], there: frozenset[Any]) -> None:
        self.proposed += len(proposed)
        self.there += len(there)
        self.right += len(proposed & there)

    @property
    def row(self) -> str:
        return f"{_share(self.right, self.proposed):>16}{_share(self.right, self.there):>16}"


@dataclass
class Outcome:
    """Of one article, or of all."""

    scores: dict[str, Score] = field(default_factory=dict)
    wrong_speakers: list[str] = field(default_factory=list)
    false_denials: list[str] = field(default_factory=list)

    def score(self, name: str) -> Score:
        return self.scores.setdefault(name, Score())

    def add(self, other: Outcome) -> None:
        for name, score in other.scores.items():
            own = self.score(name)
            own.proposed, own.there, own.right = (
                a + b for a, b in ((own.proposed, score.proposed), (own.there, score.there), (own.right, score.right))
            )
        self.wrong_speakers += other.wrong_speakers
        self.false_denials += other.false_denials

    @property
    def missed(self) -> list[str]:
        """The goals that are not reached."""
        reporting, speaker = self.score("sentences that report"), self.score("speaker, named and known")
        found = [] if reporting.right >= GOALS["reporting"] * reporting.there else ["reporting sentences"]
        found += [] if speaker.right >= GOALS["speaker"] * speaker.there else ["speakers"]
        return [*found, *self.wrong_speakers, *self.false_denials]


def measured(root: Path) -> dict[str, Outcome]:
    """By the slug of the article."""
    gold = Corpus.of(Project(root))
    found = {}
    for node in gold.articles:
        slug = node.value.rpartition("/")[2]
        with tempfile.TemporaryDirectory() as folder:
            found[slug] = compared(gold, drafted(root, Path(folder), gold, node, slug), node)
    return found


def drafted(root: Path, folder: Path, gold: Corpus, node: Any, slug: str) -> Corpus:
    """The article drafted where only the shared pegs are known."""
    for name in ("ontology", "queries"):
        shutil.copytree(root / name, folder / name)
    (folder / "data" / "articles").mkdir(parents=True)
    for path in (*(root / "data").glob("*.ttl"), *root.glob("kb.toml")):
        shutil.copy(path, folder / path.relative_to(root))
    source = gold.source(node)
    assert source
    draft(Project(folder), str(source.path), Supplied(), str(folder / "data" / "articles" / f"{slug}.ttl"))
    return Corpus.of(Project(folder))


def compared(gold: Corpus, new: Corpus, node: Any) -> Outcome:
    """What the draft has of the article beside what the data has."""
    outlet = gold.value(node, KB + "outlet").value
    there, proposed = utterances(claims(gold, node)), claims(new, node)
    reported = [one for one in there if one.speaker != outlet]
    outcome = Outcome()
    every = frozenset(number for one in there for number in one.sentences)
    reporting = frozenset(number for one in reported for number in one.sentences)
    found = frozenset(number for one in proposed for number in one.sentences)
    outcome.score("sentences that report").add(found, reporting)
    outcome.score("sentences with any claim").add(found, every)
    known = {one.value for one in new.instances(KB + "Agent") if new.homes_of(one.value)[0].path.parent.name == "data"}
    matched = set()
    for one in proposed:
        twin = match(one, there)
        _judge(outcome, one, twin, there)
        if twin:
            matched.add(twin)
            outcome.score("speaker").add(_speaker(one, twin), frozenset(["right"]))
            if twin.speaker in known:
                outcome.score("speaker, named and known").add(_speaker(one, twin), frozenset(["right"]))
        for name in PROPERTIES:
            outcome.score(name).add(one.values[name], twin.values[name] & one.values[name] if twin else frozenset())
    for twin in {*reported, *matched}:
        mine = [one for one in proposed if match(one, there) == twin]
        for name in PROPERTIES:
            hit = frozenset(value for one in mine for value in one.values[name] & twin.values[name])
            outcome.score(name).there += len(twin.values[name]) - len(hit)
    outcome.score("utterances").add(frozenset(matched & {*reported}), frozenset(reported))
    outcome.score("utterances").proposed = len(proposed)
    return outcome


def claims(corpus: Corpus, node: Any) -> list[Told]:
    source = corpus.source(node)
    assert source
    found = []
    for ground in corpus.grounds_in(node):
        touched = (
            one.number
            for one in source.sentences
            for start, end in ground.pieces
            if start < one.end and one.start < end
        )
        found.append(_told(corpus, ground.claim, frozenset(touched)))
    return found


def utterances(told: list[Told]) -> list[Told]:
    """Those with one speaker and one reporting word in the same sentences, put together."""
    found: dict[tuple[Any, ...], Told] = {}
    for one in told:
        key = (one.sentences, one.cue, one.speaker) if one.cue else (one,)
        other = found.get(key)
        both = {name: one.values[name] | other.values[name] for name in PROPERTIES} if other else one.values
        found[key] = Told(one.sentences, one.cue, one.speaker, one.names, both)
    return list(found.values())


def match(one: Told, there: list[Told]) -> Told | None:
    """The utterance with the same reporting word in the same sentence; of several that of the same speaker, else any."""
    near = [other for other in there if min(one.sentences) in other.sentences]
    if one.cue:
        near = [other for other in near if other.cue and (one.cue in other.cue or other.cue in one.cue)]
    else:
        near = [other for other in near if not one.speaker or _speaker(one, other)] or near
        near = [other for other in near if other.values["silent"] == one.values["silent"]]
        near = [other for other in near if one.values["hedge"] <= other.values["hedge"]]
        near = [other for other in near if "outlet-" in one.speaker or "outlet-" not in other.speaker]
    return next((other for other in near if _speaker(one, other)), near[0] if near else None)


def _judge(outcome: Outcome, one: Told, twin: Told | None, there: list[Told]) -> None:
    """What must not be: a wrong speaker, a denial that is none. Without a twin all of its sentence is held against it."""
    near = [twin] if twin else [other for other in there if other.sentences & one.sentences]
    where = f"sentence {min(one.sentences)}, “{one.cue}”"
    if one.speaker and not any(_speaker(one, other) == {"right"} for other in near):
        outcome.wrong_speakers.append(f"{where}: {one.speaker.rpartition('/')[2]}")
    if "Denial" in one.values["class"] and not any("Denial" in other.values["class"] for other in near):
        outcome.false_denials.append(where)


def _speaker(one: Told, twin: Told) -> frozenset[str]:
    """Whether the speaker is asserted, and rightly: the same agent, or one whose name is his, or his last one."""
    if not one.speaker:
        return frozenset()
    named = any(theirs == ours or theirs.endswith(f" {ours}") for ours in one.names for theirs in twin.names)
    return frozenset(["right" if one.speaker == twin.speaker or named else "wrong"])


def _told(corpus: Corpus, claim: Any, sentences: frozenset[int]) -> Told:
    def texts(subject: Any, name: str) -> frozenset[str]:
        return frozenset(value.value for value in corpus.values(subject, name))

    speaker, said = corpus.value(claim, KB + "speaker"), corpus.value(claim, KB + "said")
    values = {name: texts(claim, KB + name) for name in (*WORDS, *PARTIES)}
    classes = {name.removeprefix(KB) for name in texts(claim, RDF_TYPE) if name in CLAIM_CLASSES}
    values["class"] = frozenset(classes)
    values["said"] = texts(said, KB + "text") if said else frozenset()
    bounds = texts(said, KB + "earliest") | texts(said, KB + "latest") if said else frozenset()
    values["bounds of said"] = frozenset([" to ".join(sorted(bounds))]) if bounds else frozenset()
    values["not said"] = texts(claim, KB + "notStated") & {KB + "said"}
    values["via"] = texts(claim, KB + "via") and frozenset(["second-hand"])
    names = texts(speaker, LABEL) | texts(speaker, ALT_LABEL) if speaker else frozenset()
    cue = corpus.value(claim, KB + "cue")
    return Told(sentences, cue.value if cue else "", speaker.value if speaker else "", names, values)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:4.0%}" if whole else "-"


def table(title: str, outcome: Outcome) -> str:
    lines = [f"{title:28}{'precision':>16}{'recall':>16}"]
    lines += [f"  {name:26}{score.row}" for name, score in outcome.scores.items()]
    lines += [f"  wrong speakers asserted: {len(outcome.wrong_speakers)} {'; '.join(outcome.wrong_speakers)}"]
    lines += [f"  denials that are none: {len(outcome.false_denials)} {'; '.join(outcome.false_denials)}"]
    return "\n".join(line.rstrip() for line in lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.drafting", description=__doc__.partition("\n")[0])
    parser.add_argument("--project", type=Path, default=ROOT, help="the knowledge base, else this one")
    parser.add_argument("--check", action="store_true", help="exit 1 if a goal is missed for any article")
    asked = parser.parse_args(arguments)
    found, total = measured(asked.project.resolve()), Outcome()
    for slug, outcome in found.items():
        print(table(slug, outcome), end="\n\n")
        total.add(outcome)
    print(table("all", total))
    return int(asked.check and any(outcome.missed for outcome in found.values()))


if __name__ == "__main__":
    sys.exit(main())
