"""Every shape looks at something.

A shape that no target leads to is applied to nothing, and nobody would notice: a rule that was written and never
entered under sh:property of its node shape. A class of the vocabulary may have no instances yet, and a property that
shapes or vocabulary speak of need not be used yet: that is a young knowledge base and no defect. So a target is told
only if nothing but the target itself has heard of its term, and only once there is an article to be looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.names import KB, RDF_TYPE, STANDARD
from kbcli.spot import finding_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

IDLE = Rule(
    "KB906",
    "shape-targets-nothing",
    "warning",
    "the shape is applied to nothing",
    "give it a target (sh:targetClass …), or name it under sh:property of the node shape it belongs to",
)
RULES = (IDLE,)
_SH, _RDFS, _OWL = (STANDARD[prefix] for prefix in ("sh", "rdfs", "owl"))
_SHAPES = frozenset([_SH + "NodeShape", _SH + "PropertyShape"])
_CLASSES = frozenset([_RDFS + "Class", _OWL + "Class"])
_MATCHED = frozenset(["targetClass", "targetObjectsOf", "targetSubjectsOf"])
_TYPE = ox.NamedNode(RDF_TYPE)


def check(corpus: Corpus) -> Iterator[Finding]:
    if corpus.shapes not in corpus.all_documents or not corpus.is_sound(corpus.shapes):
        return
    facts: dict[str, list[ox.Triple]] = {}
    for triple in corpus.shapes.triples:
        facts.setdefault(str(triple.subject), []).append(triple)
    yield from _unreached(corpus, facts)
    if corpus.is_sound(corpus.vocabulary):
        yield from corpus.if_whole(_unheard_of(corpus))


def _unreached(corpus: Corpus, facts: Mapping[str, list[ox.Triple]]) -> Iterator[Finding]:
    """The shapes with a name that no shape with a target leads to, over whatever."""
    todo = [subject for subject, triples in facts.items() if any(map(_aims, triples))]
    seen = set(todo)
    while todo:
        parts = {str(triple.object) for triple in facts.get(todo.pop(), ())} & facts.keys()
        todo.extend(parts - seen)
        seen |= parts
    for subject, triples in facts.items():
        node = triples[0].subject
        switched_off = any(triple.predicate.value == _SH + "deactivated" for triple in triples)
        if subject not in seen and isinstance(node, ox.NamedNode) and any(map(_is_shape, triples)) and not switched_off:
            said = f"{corpus.short(node.value)} has no target, and no shape that has one names it"
            yield finding_in(corpus.shapes, IDLE, said, node)


def _aims(triple: ox.Triple) -> bool:
    """A target, be it misspelt (that is told elsewhere), or the class that the shape itself is."""
    if triple.predicate == _TYPE:
        return getattr(triple.object, "value", "") in _CLASSES
    return triple.predicate.value.startswith(_SH + "target")


def _is_shape(triple: ox.Triple) -> bool:
    return triple.predicate == _TYPE and getattr(triple.object, "value", "") in _SHAPES


def _unheard_of(corpus: Corpus) -> Iterator[Finding]:
    """The targets whose term neither the data uses nor anything else speaks of."""
    targets = [triple for triple in corpus.shapes.triples if triple.predicate.value.startswith(_SH + "target")]
    spoken = (corpus.vocabulary.triples, (triple for triple in corpus.shapes.triples if not _aims(triple)))
    known = {str(part) for triples in spoken for triple in triples for part in triple}
    for triple in targets:
        term, how = triple.object, triple.predicate.value.removeprefix(_SH)
        if not isinstance(term, ox.NamedNode) or term.value.startswith(KB) or str(term) in known:
            continue  # KB901 tells of a term that the vocabulary lacks
        pattern = (_TYPE, term) if how == "targetClass" else (term, None)
        if how in _MATCHED and corpus.has_articles and not corpus.has_pattern(*pattern):
            said = f"sh:{how} {corpus.short(term.value)}, which the data does not have"
            yield finding_in(corpus.shapes, IDLE, said, *triple)._replace(hint="correct the term, or remove the shape")
