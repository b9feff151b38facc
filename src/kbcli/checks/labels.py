"""No two agents, operations, places or kinds go by one label: who asks by label (`-p agent=Kan`) must get one answer.

Labels are compared as readers do, whatever the capitals and accents; another party's alias counts as well, for the
label would win unseen. Two aliases may be the same, as two people share a surname: then kb asks which is meant. An
agent and a place may share a label (a state and its land), and so may two claims (two articles report one sentence).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.folding import fold
from kbcli.names import ALT_LABEL, KB, LABEL, STANDARD
from kbcli.spot import finding_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding

SHARED = Rule(
    "KB460",
    "label-of-two",
    "warning",
    "two go by this name, so nobody can tell by it which one is meant",
    "if the two are one, keep one IRI; if not, give each a label that the other cannot be taken for",
)
RULES = (SHARED,)
_CLASSES = (KB + "Agent", KB + "Operation", KB + "Place", STANDARD["skos"] + "Concept")


class Name(NamedTuple):
    """A label or an alias, and where it is written."""

    bearer: ox.NamedNode
    predicate: ox.NamedNode
    written: ox.Literal
    document: Document


def check(corpus: Corpus) -> Iterator[Finding]:
    shared = [bearing for bearing in _names(corpus).values() if len(bearing) > 1]
    for class_ in _CLASSES if shared else ():
        members = set(corpus.instances(class_))
        for bearing in shared:
            yield from _shared(corpus, [name for name in bearing if name.bearer in members])


def _names(corpus: Corpus) -> Mapping[str, list[Name]]:
    """Every name of the data, folded, with who bears it, in the order of the files."""
    found: dict[str, list[Name]] = {}
    for document in filter(corpus.is_sound, corpus.documents):
        for triple in document.triples:
            if triple.predicate.value in (LABEL, ALT_LABEL):
                subject, predicate, written = triple
                if isinstance(subject, ox.NamedNode) and isinstance(written, ox.Literal) and written.value.strip():
                    found.setdefault(fold(written.value), []).append(Name(subject, predicate, written, document))
    return found


def _shared(corpus: Corpus, bearing: list[Name]) -> Iterator[Finding]:
    """Whoever else bears the first one's label is told once, at the label if it is that, else at the alias."""
    labels = [name for name in bearing if name.predicate.value == LABEL]
    aliases = (name for name in bearing if name.predicate.value == ALT_LABEL)
    first = labels[0] if labels else None
    others = {name.bearer: name for name in reversed([*labels, *aliases]) if first and name.bearer != first.bearer}
    for name in reversed(others.values()):
        if first:
            said = (
                f"“{first.written.value}” is the label of {corpus.short(first.bearer.value)} ({first.document.shown})"
            )
            yield finding_in(name.document, SHARED, said, *name[:3])
