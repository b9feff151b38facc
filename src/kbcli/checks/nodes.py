"""Every node of the data has a class that the shapes see, is defined in one place, and bears the name of its class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.classes import classes_of, is_classless
from kbcli.corpus import CLAIM_CLASSES
from kbcli.finding import Rule
from kbcli.names import FOLDERS, KB, RDF_TYPE, STANDARD
from kbcli.nearby import Nearby
from kbcli.spot import finding_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding

TWICE = Rule(
    "KB011",
    "iri-defined-twice",
    "error",
    "the IRI is defined in another place as well",
    "one block a node: give the second node a name of its own, or merge the two; what two articles name is defined "
    "in the shared files",
)
UNTYPED = Rule(
    "KB012",
    "node-without-class",
    "error",
    "the node has no class of the vocabulary, so no shape looks at it",
    "write “a” and its class (kb:Agent, kb:Statement, …), or correct the IRI if it should be another node's",
)
MISPLACED = Rule(
    "KB013",
    "iri-of-another-class",
    "error",
    "the IRI does not begin as those of its class do",
    "give the node the IRI of its class, or the class of its IRI",
)
RULES = (TWICE, UNTYPED, MISPLACED)
_TYPE = ox.NamedNode(RDF_TYPE)
_SKOS = STANDARD["skos"]
_FOLDER_OF = {
    **dict.fromkeys(CLAIM_CLASSES, FOLDERS["cl"]),
    KB + "Agent": FOLDERS["ag"],
    KB + "Article": FOLDERS["art"],
    KB + "Evidence": FOLDERS["ev"],
    KB + "Operation": FOLDERS["op"],
    KB + "Place": FOLDERS["pl"],
    KB + "Time": FOLDERS["tm"],
    _SKOS + "Concept": FOLDERS["k"],
}


def check(corpus: Corpus) -> Iterator[Finding]:
    yield from _twice(corpus)
    yield from _misplaced(corpus)
    if corpus.is_sound(corpus.vocabulary):
        yield from corpus.if_whole(_untyped(corpus))  # a broken file may be the one with the class


def _twice(corpus: Corpus) -> Iterator[Finding]:
    """A subject is defined by each block, that is each unbroken run of its triples, that gives it a class."""
    for document in corpus.documents:
        told = set()
        for subject in _defined(document):
            first = next(home for home in corpus.homes_of(subject.value) if _defines(home, subject))
            if first != document or subject in told:
                where = "twice in this file" if first == document else f"also in {first.shown}"
                yield finding_in(document, TWICE, f"{corpus.short(subject.value)}, {where}", subject, _TYPE)
            told.add(subject)


def _defines(document: Document, subject: ox.NamedNode) -> bool:
    return any(triple.predicate == _TYPE for triple in document.about.get(subject, ()))


def _defined(document: Document) -> Iterator[ox.NamedNode]:
    """The subject of each block that has a class, in the order of the file."""
    previous, told = None, False
    for triple in document.triples:
        subject = triple.subject
        if subject != previous:
            previous, told = subject, False
        if not told and triple.predicate == _TYPE and isinstance(subject, ox.NamedNode):
            told = True
            yield subject


def _untyped(corpus: Corpus) -> Iterator[Finding]:
    """A class that is misspelt, so that the vocabulary lacks it, is told as such (KB901)."""
    nearby = Nearby(corpus)
    for subject in sorted({subject for document in corpus.documents for subject in document.subjects}):
        node = ox.NamedNode(subject)
        if not corpus.owns(node) or not is_classless(corpus, node):
            continue
        classes = classes_of(corpus, node)
        if any(one.startswith(KB) and one not in corpus.vocabulary.subjects for one in classes):
            continue
        shown = ", ".join(corpus.short(one) for one in classes) or "none"
        found = corpus.finding(UNTYPED, node, said=f"{corpus.short(subject)} has {shown}")
        near = None if classes else nearby.nearest(subject, corpus.homes_of(subject)[0])
        yield found._replace(hint=f"{UNTYPED.hint} ({corpus.short(near)}?)") if near else found


def _misplaced(corpus: Corpus) -> Iterator[Finding]:
    for class_, folder in _FOLDER_OF.items():
        start = corpus.project.base + folder
        for node in corpus.instances(class_):
            if (not node.value.startswith(start) or node.value == start) and corpus.homes_of(node.value):
                said = f"{corpus.short(node.value)} is a {corpus.short(class_)}, whose IRIs begin with {start}"
                found = corpus.finding(MISPLACED, node, RDF_TYPE, ox.NamedNode(class_), said=said)
                name = re.split(r"[/#]", node.value)[-1] or "…"
                yield found._replace(hint=f"rename it {corpus.short(start + name)}, or give it the class of its IRI")
