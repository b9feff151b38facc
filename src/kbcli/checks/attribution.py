"""A saved query that shows what somebody claims also shows who claims it, and through whom where it is second-hand.

Which variables carry what is followed from the claims on, along the properties that the vocabulary gives to claims,
through expressions and into the columns. What is only counted, compared or grouped by is not shown as said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kbcli.corpus import CLAIM_CLASSES
from kbcli.finding import Rule
from kbcli.names import KB, LABEL, RDF_TYPE, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding
    from kbcli.projection import Reading

DROPPED = Rule(
    "KB506",
    "attribution-dropped",
    "error",
    "the query shows what is claimed and not by whom",
    "show the speaker, and under via the claim it comes through: nothing is told without its source",
)
RULES = (DROPPED,)
_SPEAKER, _VIA = KB + "speaker", KB + "via"
# Of these nothing is learnt of what is claimed, only of who claims it, when, where, about whom.
_ABOUT_THE_CLAIM = frozenset(
    KB + name for name in ("about", "channel", "cue", "hedge", "mentions", "said", "speakingAs")
)
_EXACT = STANDARD["oa"] + "exact"
_MISSING = {
    "speaker": "add the columns ?speaker ?speakerLabel: {claim} kb:speaker ?speaker . ?speaker rdfs:label ?speakerLabel",
    "via": "add the columns ?via ?viaLabel: OPTIONAL {{ {claim} kb:via ?via . ?via rdfs:label ?viaLabel }}",
}


class Mark(NamedTuple):
    """What a variable carries of the claim in the variable `claim`: "said", "part", "speaker" or "via".

    A part (who did it, whom it hit, when) is told as said unless the query counts the claims by it.
    """

    claim: str
    what: str


class Vocabulary(NamedTuple):
    """The properties of claims, and those whose values are claims."""

    of_claims: frozenset[str]
    to_claims: frozenset[str]
    of_words: frozenset[str]


def check(corpus: Corpus) -> Iterator[Finding]:
    if not corpus.is_sound(corpus.vocabulary) or not corpus.queries:
        return
    vocabulary = _vocabulary(corpus)
    for file in corpus.queries:
        if file.reading and (dropped := _dropped(file.reading, vocabulary)):
            claim, missing, start = dropped
            first = file.text[start:].split(maxsplit=1)[0].strip("()") if start else ""
            hint = _MISSING[missing].format(claim=claim if claim.startswith("?") else "?claim")
            yield DROPPED.at(file.shown, *file.at(start), said=f"{missing} is missing beside {first}", hint=hint)


def _vocabulary(corpus: Corpus) -> Vocabulary:
    schema = STANDARD["schema"]
    of_claims, to_claims, of_words = set(), set(), set()
    for subject, predicate, value in corpus.vocabulary.triples:
        name, iri = getattr(subject, "value", ""), getattr(value, "value", "")
        if predicate.value == schema + "domainIncludes" and iri in CLAIM_CLASSES:
            of_claims.add(name)
        elif predicate.value == schema + "rangeIncludes" and iri in CLAIM_CLASSES:
            to_claims.add(name)
        elif iri == STANDARD["owl"] + "DatatypeProperty":
            of_words.add(name)
    return Vocabulary(frozenset(of_claims), frozenset(to_claims), frozenset(of_words))


def _dropped(reading: Reading, vocabulary: Vocabulary) -> tuple[str, str, int] | None:
    """The claim whose content is shown, what is missing beside it, and the offset of the first column that shows it."""
    marks = _marks(reading, vocabulary)
    shown = reading.shown or {}
    told = ("said",) if reading.counts else ("said", "part")
    content = [
        (mark.claim, start) for name, start in shown.items() for mark in marks.get(name, ()) if mark.what in told
    ]
    beside = {mark for name in shown for mark in marks.get(name, ())}
    beside |= {Mark(p.subject, "via") for p in reading.absent if p.path[0] == _VIA}
    missing = [
        (claim, next((what for what in ("speaker", "via") if Mark(claim, what) not in beside), ""), start)
        for claim, start in sorted(content, key=lambda one: one[1])
    ]
    return missing[0] if missing and all(what for _, what, _ in missing) else None


def _marks(reading: Reading, vocabulary: Vocabulary) -> dict[str, set[Mark]]:
    """What each variable carries, the results of expressions among them."""
    marks: dict[str, set[Mark]] = {}
    claims = _claims(reading, vocabulary)
    edges = _edges(reading)
    for claim in claims:
        marks.setdefault(claim, set()).add(Mark(claim, "said"))
        for variable, what in _carried(claim, edges, claims, vocabulary):
            marks.setdefault(variable, set()).add(Mark(claim, what))
    for _ in reading.sources:  # an expression may use the result of another
        before = sum(map(len, marks.values()))
        for variable, sources in reading.sources.items():
            marks.setdefault(variable, set()).update(*(marks.get(source, ()) for source in sources))
        if sum(map(len, marks.values())) == before:
            break
    return marks


def _edges(reading: Reading) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """What leads from each variable to which; a single step backwards is turned round."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for subject, path, value in reading.patterns:
        steps = tuple(step or "" for step in path)
        if len(steps) == 1 and steps[0].startswith("^"):
            subject, steps, value = value, (steps[0][1:],), subject  # noqa: PLW2901
        if subject and value:
            found.setdefault(subject, []).append((steps, value))
    return found


def _claims(reading: Reading, vocabulary: Vocabulary) -> set[str]:
    """The variables that stand for claims: by a class, by a property, or as what one leads to."""
    found = set()
    for subject, path, value in reading.patterns:
        first, last = path[0] or "", path[-1] or ""
        if first in vocabulary.of_claims or (first == RDF_TYPE and value in CLAIM_CLASSES):
            found.add(subject)
        if first.removeprefix("^") in vocabulary.to_claims and first.startswith("^"):
            found.add(subject)
        if last in vocabulary.to_claims or (last.startswith("^") and last[1:] in vocabulary.of_claims):
            found.add(value)
    return {name for name in found if name.startswith(("?", "["))}


def _carried(
    claim: str, edges: Mapping[str, Iterable[tuple[tuple[str, ...], str]]], claims: set[str], vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    """What the variables that can be reached from `claim` carry of it."""
    todo: list[tuple[str, tuple[str, ...]]] = [(claim, ())]
    seen = {(claim, "")}
    while todo:
        variable, before = todo.pop()
        for steps, value in edges.get(variable, ()):
            path = (*before, *steps)
            if (value, path[0]) in seen:
                continue
            seen.add((value, path[0]))
            if what := _meaning(path, vocabulary):
                yield value, what
            if value not in claims or path[0] == _VIA:
                todo.append((value, path))


def _meaning(path: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """What lies at the end of a path that begins at a claim."""
    first, last = path[0], path[-1]
    if first in (_SPEAKER, _VIA):
        return first.removeprefix(KB)
    if last == _EXACT or (last == LABEL and all(step in vocabulary.to_claims for step in path[:-1])):
        return "said"
    if first not in vocabulary.of_claims - vocabulary.to_claims - _ABOUT_THE_CLAIM or first == KB + "evidence":
        return ""
    return "said" if first in vocabulary.of_words else "part"
