"""SHACL: data and vocabulary together against ontology/shapes.ttl, by pySHACL.

Each constraint is a shape whose local name begins with the code of its finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kbcli.corpus import CLAIM_CLASSES
from kbcli.finding import Finding, Rule
from kbcli.names import SHAPES, STANDARD
from kbcli.shapedefects import broken
from kbcli.spot import finding_in
from kbcli.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.shapedefects import Defect

REACHING = Rule(
    "KB904",
    "shapes-reach-outside",
    "error",
    "a query of the shapes asks for other data than the project's, so no shape is applied",
    "take SERVICE and FROM out of it: the checks never use the network",
)
FAILED = Rule(
    "KB905",
    "shapes-not-run",
    "error",
    "the shapes cannot be applied",
    "correct the shape, or the value it cannot take; until then nothing is checked against any of them",
)
MALFORMED = Rule(
    "KB907",
    "shape-malformed",
    "error",
    "the shape cannot be applied as it is meant",
    "correct the value; until then the shape is applied to nothing",
)
RULES = (REACHING, FAILED, MALFORMED)  # those of the shapes stand in ontology/shapes.ttl; see `kbcli.shaperules`
_COMMENT = STANDARD["rdfs"] + "comment"
_OF_WORDS = frozenset(["KB211", "KB212", "KB213", "KB214"])  # words that stand in none of the claim's spans
_SILENT = Rule("KB999", "unknown-shape", "error", "", "")


def check(corpus: Corpus) -> Iterator[Finding]:
    if not corpus.is_sound(corpus.shapes):
        return
    ours = corpus.shapes in corpus.all_documents
    if corpus.shapebook.reaching:
        if ours:
            yield from (
                finding_in(corpus.shapes, REACHING, said, *triple) for said, triple in corpus.shapebook.reaching
            )
        return
    fatal: dict[str, Exception] = {}
    try:
        violations = sorted(map(Violation.of, corpus.outcomes()), key=str)
    except Exception as error:  # noqa: BLE001 pySHACL and rdflib raise whatever the shapes and the data make them
        violations, fatal = [], broken(corpus.shapes.triples, _attempt)
        yield from _failed(corpus.shapes, fatal or {"": error}, corpus.shapebook.defects)
    if ours:
        for one in corpus.shapebook.defects:
            rule = FAILED if one.shape in fatal else MALFORMED
            yield rule.at(corpus.shapes.shown, one.line, one.column, said=one.said, subject=one.shape, hint=one.hint)
    if violations:
        yield from _told(corpus, violations)


def _told(corpus: Corpus, violations: list[Violation]) -> Iterator[Finding]:
    """The findings about the data, but for those of the shapes that are wrong themselves."""
    wrong = {one.shape.removeprefix(SHAPES) for one in corpus.shapebook.defects}
    rules, facts, seen = corpus.shapebook.rules, corpus.shapebook.facts, set()
    for one in violations:
        if one.shape in wrong or one.is_told(corpus):
            continue
        rule = rules.get(one.shape) or rules.get(one.code) or _SILENT._replace(code=one.shape)
        rule = rule._replace(hint=facts.get(one.shape, {}).get(_COMMENT, rule.hint))  # that of the rule's part
        value = None if one.is_stray else one.value
        finding = corpus.finding(rule, one.focus, one.path, value, message=one.words(corpus, rule.what))
        if finding not in seen:
            seen.add(finding)
            placed = _placed(corpus, finding, value) if one.code in _OF_WORDS else finding
            yield corpus.suggest(placed, one.path, value)


def _placed(corpus: Corpus, finding: Finding, words: Any) -> Finding:
    """With the place where the article has these words, or those most like them."""
    claim = ox.NamedNode(finding.subject)
    ground = corpus.ground(claim) if corpus.has_class(claim, *CLAIM_CLASSES) else None
    source = corpus.source(ground.article) if ground and ground.article else None
    if ground is None or source is None or not isinstance(words, ox.Literal):
        return finding
    return source.comparison.outside(words.value, ground.pieces).onto(finding)


def _failed(shapes: Document, errors: Mapping[str, Exception], known: Iterable[Defect]) -> Iterator[Finding]:
    """With the first sentence of each complaint, at its shape or the one that it names, unless a defect explains it."""
    explained = {one.shape for one in known}
    for shape, error in errors.items():
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        said = f"{lines[0] if lines else 'no reason given'} ({type(error).__name__})"
        if "Recursi" in type(error).__name__:
            said = "it leads back to itself over sh:node or sh:property"
        named = shape or next(iter(re.findall(rf"{re.escape(SHAPES)}[\w\-]+", str(error))), "")
        if named and named not in explained:
            yield finding_in(shapes, FAILED, said, ox.NamedNode(named))
        elif not named:
            yield FAILED.at(shapes.shown, said=said)


def _attempt(shapes: list[ox.Triple]) -> Exception | None:
    """What pySHACL has against shapes, whatever the data."""
    from kbcli.shacl.engine import validate

    try:
        validate([], shapes)
    except Exception as error:  # noqa: BLE001 as above
        return error
    return None
