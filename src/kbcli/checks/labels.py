"""No two agents, operations, places or kinds go by one label: who asks by label (`-p agent=Kan`) must get one answer.

Labels are compared as readers do, whatever the capitals and accents; another party's alias counts as well, for the
label would win unseen. Two aliases may be the same, as two people share a surname: then kb asks which is meant. An
agent and a place may share a label (a state and its land), and so may two claims (two articles report one sentence).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.finding import Rule
from kbcli.names import ALT_LABEL, KB, LABEL, STANDARD
from kbcli.namesakes import names_in
from kbcli.spot import finding_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding
    from kbcli.namesakes import Name

SHARED = Rule(
    "KB460",
    "label-of-two",
    "warning",
    "two go by this name, so nobody can tell by it which one is meant",
    "if the two are one, keep one IRI; if not, give each a label that the other cannot be taken for",
)
RULES = (SHARED,)
_CLASSES = (KB + "Agent", KB + "Operation", KB + "Place", STANDARD["skos"] + "Concept")


def check(corpus: Corpus) -> Iterator[Finding]:
    named = (name for document in corpus.documents for name in names_in(document))
    own = dict.fromkeys(folded for folded, name in named if corpus.has_class(name.bearer, *_CLASSES))
    for folded in own:
        bearing = corpus.namesakes(folded)
        if len({name.bearer for name in bearing}) > 1:
            for class_ in _CLASSES:
                found = _shared(corpus, [name for name in bearing if corpus.has_class(name.bearer, class_)])
                yield from (finding for document, finding in found if document in corpus.documents)


def _shared(corpus: Corpus, bearing: list[Name]) -> Iterator[tuple[Document, Finding]]:
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
            yield name.document, finding_in(name.document, SHARED, said, *name[:3])
