"""A citation written into the file of a claim: its span, if that is new, and that the claim rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli import amendment, citation
from kbcli.companions import beside
from kbcli.corpus import CLAIM_CLASSES
from kbcli.deposit import Change
from kbcli.display import printable
from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.grounds import beginnings
from kbcli.lookup import named
from kbcli.names import FOLDERS, KB, LABEL, expand
from kbcli.renaming import anchored, replaced
from kbcli.rereading import stands
from kbcli.undecided import todos

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.citable import Article
    from kbcli.corpus import Corpus

# How the TODO begins that a draft puts above a sentence of which it proposes nothing.
OPEN = "kb:evidence: what does this sentence claim?"
_EVIDENCE = KB + "evidence"
_NEW, _THERE, _STALE = "new", "there already", "with the words that stand there, and around it, now"
_MOST_CONTEXT = 240  # of a text that repeats itself no context tells the place


class Attached(NamedTuple):
    """What came of it, line by line, and what is to be written; nothing if the claim rests on the words already."""

    told: tuple[str, ...]
    notes: tuple[str, ...]
    change: Change | None


def attached(corpus: Corpus, near: Corpus, cited: Article, name: str, place: tuple[int, int]) -> Attached:
    """`near` has the files that may name the article; `name` is the claim's id, IRI or label."""
    claim = _claim(corpus, near, cited, name)
    return _Attachment(near, cited, claim, *place).made()


@dataclass(frozen=True)
class _Attachment:
    near: Corpus
    cited: Article
    claim: ox.NamedNode
    start: int
    end: int

    def made(self) -> Attached:
        home = self._home()
        span, fate = self._span()
        if fate == _THERE and span in self.near.values(self.claim, _EVIDENCE):
            where = f"{home.shown}:{self._line(home, self.claim)}"
            told = f"{where}: {self._short(self.claim)} rests on {self._short(span)} already; nothing is changed"
            return Attached((told,), (), None)
        known, shown = self.near.project.prefixes, home.shown
        text = amendment.with_value(home.text, self.claim.value, _EVIDENCE, span, known, shown=shown)
        if fate == _NEW:
            block = citation.block(self.near, self.cited, self.start, self.end, _MOST_CONTEXT)
            text = amendment.with_records(text, block, known, shown=shown)
        elif fate == _STALE:
            values = {span.value: anchored(self.cited.text, self.start, self.end)}
            text = replaced(text, {}, values, known, shown=shown)
        answered = amendment.without_todo(text, span.value, OPEN, known, shown=shown)
        after = Document.holding(home.path, shown, answered.encode())
        lines = [f"{shown}:{self._line(after, self.claim)}: {self._short(self.claim)} rests on {self._short(span)}"]
        where = f"{shown}:{self._line(after, span)}" if fate != _THERE else self._place(span)
        lines.append(f"{where}: {self._short(span)}, {fate}")
        if answered != text:
            lines.append(f"{shown}: answered, and so removed: # TODO {OPEN} …")
        notes = (*beside(self.near, self.cited, self.claim, span, (self.start, self.end)), *self._open(after, span))
        return Attached(tuple(lines), notes, Change(home.path, home.text.encode(), answered))

    def _home(self) -> Document:
        (home, *others) = self.near.homes[self.claim.value]
        if others:
            where = ", ".join(one.shown for one in (home, *others))
            raise UsageError(f"{self._short(self.claim)} is written down in several files: {where}", "keep one record")
        return home

    def _span(self) -> tuple[ox.NamedNode, str]:
        """That of these words, and what is to become of its record."""
        own = ox.NamedNode(citation.name(self.near, self.cited, self.start, self.end))
        there = (
            span
            for span in self.near.spans
            if (span.article, span.start, span.end) == (self.cited.node, self.start, self.end)
        )
        words = self.cited.text[self.start : self.end]
        same = [span for span in there if span.exact == words]
        if same:
            span = min(same, key=lambda span: (span.node != own, span.node.value))
            is_ours = self.near.homes[span.node.value] == [self._home()]
            return span.node, _THERE if not is_ours or stands(self.cited.text, span) else _STALE
        if own.value not in self.near.homes:
            return own, _NEW
        self._refuse_others(own)
        return own, _STALE

    def _refuse_others(self, own: ox.NamedNode) -> None:
        """A span whose words were altered can be given the new ones if nothing else rests on it."""
        span, source = self.near.span(own), self.cited.source
        resting = {*self.near.subjects(_EVIDENCE, own), *self.near.subjects(KB + "nothingClaimed", own)}
        is_stale = span and source and (span.start, span.end) == (self.start, self.end)
        if not is_stale or resting - {self.claim} or self.near.homes[own.value] != [self._home()]:
            others = ", ".join(self._short(one) for one in sorted(resting - {self.claim}, key=str))
            what = f"{self._short(own)} is there already, with other words or offsets ({self._place(own)})"
            raise UsageError(
                f"{what}, and on it rests {others}" if others else what,
                f"if the new words are meant: kb cite --reanchor {self.cited.slug} --accept {self._short(own)}",
            )

    def _open(self, after: Document, span: ox.NamedNode) -> Iterator[str]:
        """The TODOs for evidence that stay: a person wrote them, and a person removes them."""
        for todo in todos(after.text):
            if todo.property == "kb:evidence" and todo.subject in (self.claim.value, span.value):
                line = after.text.count("\n", 0, todo.offset) + 1
                yield f"{after.shown}:{line}: a TODO for kb:evidence is left; if this answers it, remove its line"

    def _short(self, node: ox.NamedNode) -> str:
        return self.near.short(node.value)

    def _line(self, document: Document, node: ox.NamedNode) -> int:
        place = document.place(node)
        return place.line if place else 0

    def _place(self, node: ox.NamedNode) -> str:
        home = self.near.homes[node.value][0]
        return f"{home.shown}:{self._line(home, node)}"


def _claim(corpus: Corpus, near: Corpus, cited: Article, name: str) -> ox.NamedNode:
    """Raises UsageError for one that is not there, or is another article's."""
    found = [node for iri in _iris(near, cited, name) if (node := _node(iri)) and near.has_class(node, *CLAIM_CLASSES)]
    found = found[:1] or [ox.NamedNode(one.iri) for class_ in CLAIM_CLASSES for one in named(near.store, name, class_)]
    if not found:
        raise _unknown(corpus, near, cited, name)
    if len(found) > 1:
        told = ", ".join(near.short(node.value) for node in found)
        raise UsageError(f"--append {printable(name)}: more than one claim is called so: {told}", "name one by its id")
    (claim,) = found
    if other := _other_article(near, claim, cited):
        raise UsageError(
            f"{near.short(claim.value)} is a claim of {near.short(other)}, not of {cited.id}",
            "a claim rests on words of one article",
        )
    return claim


def _iris(near: Corpus, cited: Article, name: str) -> list[str]:
    iri = expand(name, near.project.prefixes)
    folder = near.project.base + FOLDERS["cl"]
    return [iri] if iri else [f"{folder}{name}", f"{folder}{cited.slug}-{name}"]


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _other_article(near: Corpus, claim: ox.NamedNode, cited: Article) -> str:
    """The article that a claim is of, if that is another one: by its evidence, else by its name, else by its file."""
    spans = (near.span(node) for node in near.values(claim, _EVIDENCE))
    articles = {span.article.value for span in spans if span and isinstance(span.article, ox.NamedNode)}
    if not articles:
        local = claim.value.removeprefix(near.project.base + FOLDERS["cl"])
        if local.startswith(f"{cited.slug}-"):
            return ""
        called = (near.article_called(slug) for slug in beginnings(local))
        held = (article for home in near.homes_of(claim.value)[:1] for article in near.articles_in(home))
        articles = {one.value for one in (*called, *held) if one}
    return "" if not articles or cited.node.value in articles else min(articles)


def _unknown(corpus: Corpus, near: Corpus, cited: Article, name: str) -> UsageError:
    what = f"--append {printable(name)}"
    if elsewhere := _elsewhere(corpus, near, cited, name):
        return UsageError(f"{what}: {elsewhere}", "a claim rests on words of one article")
    told = "".join(f"\n  {shown}" for shown in _nearest(near, cited, name))
    what = f"{what}: no claim of {cited.id} has this id or label"
    return UsageError(f"{what}; the nearest are:{told}" if told else what, f"kb show {cited.slug} lists its claims")


def _nearest(near: Corpus, cited: Article, name: str) -> list[str]:
    """The claims of the article whose ids or labels are most like a name, with their labels."""
    import difflib

    known: dict[str, str] = {}
    for claim in near.claims:
        short, label = near.short(claim.value), getattr(near.value(claim, LABEL), "value", "")
        if not _other_article(near, claim, cited):
            known |= dict.fromkeys(
                (short, short.removeprefix(f"cl:{cited.slug}-"), label), f"{short}  {printable(label)}"
            )
    close = difflib.get_close_matches(name, known, n=2 * _SHOWN)
    return list(dict.fromkeys(known[one] for one in close))[:_SHOWN]


_SHOWN = 3


def _elsewhere(corpus: Corpus, near: Corpus, cited: Article, name: str) -> str:
    """What the name stands for, if it stands for something else."""
    from kbcli.mentions import last_part, mentioning

    for iri in _iris(near, cited, name):
        for document in mentioning(corpus.documents, [last_part(iri)]):
            if iri in document.subjects:
                is_claim = any(
                    triple.subject == ox.NamedNode(iri) and getattr(triple.object, "value", "") in CLAIM_CLASSES
                    for triple in document.triples
                )
                kind = "a claim of another article" if is_claim else "not a claim"
                return f"{near.short(iri)} is {kind} ({document.shown})"
    return ""
