"""What an editor has before him: the knowledge base as far as a record may touch it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli import citable
from kbcli.adding import turns
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.mentions import last_part, mentioning
from kbcli.names import KB, LABEL, STANDARD, expand, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pyoxigraph as ox

    from kbcli.citable import Article
    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.project import Project
    from kbcli.source import Source

_FEW = 300  # files that are simply all read
SHARED = {"kb:Agent": "agents", "kb:Operation": "operations", "kb:Place": "places", "skos:Concept": "kinds"}
_OPENING = {
    "agents": "Agents that more than one article names, sorted by IRI: names and kinds, no facts.",
    "operations": "Operations that more than one article speaks of, sorted by IRI: names and kinds.",
    "places": "Places that more than one article names, sorted by IRI.",
    "kinds": "The kinds of agents and operations, sorted by IRI.",
}


@dataclass(frozen=True)
class Desk:
    """`corpus` is the whole, `near` what may know the names that were typed; `article` the one that is worked on.

    `states` are those of the data files before any of them was read.
    """

    corpus: Corpus
    near: Corpus
    article: Article | None = None
    states: Mapping[Path, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, project: Project, article: str | None, typed: Iterable[str] = ()) -> Desk:
        from kbcli.corpus import Corpus

        before = turns.states(project)
        corpus = Corpus.of(project)
        found = citable.article(corpus, article) if article is not None else None
        names = {part for name in typed for part in (name, last_part(expand(name, project.prefixes) or name))}
        if found:
            names.add(last_part(found.node.value))
        near = _near(corpus, names)
        _refuse_unread(near.documents)
        return cls(corpus, near, found, before)

    @property
    def project(self) -> Project:
        return self.corpus.project

    @property
    def worked_on(self) -> Article:
        if self.article is None:
            raise UsageError("no article", "name it: --article SLUG")
        return self.article

    @property
    def source(self) -> Source:
        _ = self.worked_on.text  # refused if it cannot be read
        source = self.worked_on.source
        assert source is not None  # noqa: S101 it has a text
        return source

    @cached_property
    def home(self) -> Document:
        """The file of the article's record."""
        article = self.worked_on
        found = [one for one in self.near.homes_of(article.node.value) if one.path.parent.name == "articles"]
        if not found:
            raise UsageError(f"{article.id}: its record stands in no file of data/articles/", "kb validate tells more")
        return found[0]

    def only_home(self, iri: str) -> Document:
        """The data file that defines something."""
        homes = self.near.homes_of(iri)
        if len(homes) == 1:
            return homes[0]
        if homes:
            where = ", ".join(home.shown for home in homes)
            raise UsageError(f"{self.short(iri)} is defined in more than one file: {where}", "kb validate tells more")
        likely = nearest(self.short(iri), (self.short(one) for one in self.near.homes))
        hint = f"did you mean {likely}?" if likely else "kb find finds ids by names"
        raise UsageError(f"{printable(self.short(iri))}: nothing in data/ has this id", hint)

    @property
    def slug(self) -> str:
        return self.worked_on.slug

    @property
    def outlet(self) -> str:
        """The IRI of the article's own voice."""
        return getattr(self.near.value(self.worked_on.node, KB + "outlet"), "value", "")

    @property
    def issued(self) -> str:
        """The day of issue, as the record has it."""
        return str(getattr(self.near.value(self.worked_on.node, STANDARD["dct"] + "issued"), "value", ""))[:10]

    def over(self, documents: Iterable[Document]) -> Corpus:
        """The knowledge base as if it had these data files only."""
        return _over(self.corpus, documents)

    def short(self, iri: str) -> str:
        return self.corpus.short(iri)

    def label(self, iri: str) -> str:
        import pyoxigraph as ox

        label = self.near.value(ox.NamedNode(iri), LABEL) if iri else None
        return label.value if label else self.short(iri)

    def place(self, iri: str) -> str:
        """Where the data defines it, as path and line."""
        for document in self.near.homes_of(iri) or self.corpus.homes_of(iri):
            found = document.place(_node(iri))
            return f"{document.shown}:{found.line}" if found else document.shown
        return ""

    def shared(self, class_: str) -> tuple[Path, str]:
        """The shared file for records of this class, and what it holds before the first of them."""
        name = SHARED[class_]
        path = self.project.root / "data" / f"{name}.ttl"
        return path, f"# {_OPENING[name]}\n"


def at_record(project: Project, record: str, typed: Iterable[str] = ()) -> tuple[Desk, str]:
    """The desk for a record that there is, with its article, and its IRI. A peg may be named by its label."""
    from kbcli.adding import things

    desk = Desk.of(project, None, [record, *typed])
    iri = things.record(desk, record)
    home = desk.only_home(iri)
    own = [one.value for one in desk.near.articles_in(home)] if home.path.parent.name == "articles" else []
    return (Desk.of(project, own[0], [record, *typed]) if len(own) == 1 else desk), iri


def _over(corpus: Corpus, documents: Iterable[Document]) -> Corpus:
    """Only these files of the data; nothing that was read of others is kept."""
    from kbcli.corpus import Corpus

    return Corpus(corpus.project, tuple(documents), corpus.vocabulary, corpus.shapes)


def _refuse_unread(documents: Iterable[Document]) -> None:
    """Raises UsageError for a file that cannot be read: what is new may stand in it already."""
    for document in documents:
        if defect := document.defect:
            raise UsageError(
                f"{document.shown}:{defect.line}:{defect.column}: {printable(defect.message)}",
                "mend it first: what you add may stand in it already; kb validate shows all that is wrong with it",
            )


def _near(corpus: Corpus, names: set[str]) -> Corpus:
    if len(corpus.documents) <= _FEW:
        return corpus
    shared = {document.shown for document in corpus.shared_documents}
    may = {document.shown for document in mentioning(corpus.documents, sorted(names))} if names else set()
    return _over(corpus, (one for one in corpus.documents if one.shown in shared | may))


def _node(iri: str) -> ox.NamedNode:
    import pyoxigraph as ox

    return ox.NamedNode(iri)
