"""The article that is meant by a name, with its text; what is not needed to find it is not parsed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from kbcli.errors import UsageError
from kbcli.folding import fold
from kbcli.mentions import last_part, mentioning
from kbcli.names import FOLDERS, expand
from kbcli.names import nearest as nearest_name
from kbcli.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.progress import Progress
    from kbcli.source import Source

LISTED = 20


@dataclass(frozen=True)
class Article:
    """An article that can be cited. `slug` is the last part of its IRI, `names` what it may be called by."""

    node: ox.NamedNode
    id: str
    slug: str
    names: tuple[str, ...]
    source: Source | None
    file: str = ""
    corpus: Corpus | None = field(default=None, compare=False, repr=False)  # in which it was found

    @property
    def text(self) -> str:
        if self.source is None:
            raise UsageError(f"{self.id}: its text cannot be read", "kb validate tells what is wrong with its file")
        return self.source.text


def article(corpus: Corpus, name: str, progress: Progress | None = None) -> Article:
    """The article with this id, slug, file name or title. All files are parsed only if none is called exactly so."""
    iri = expand(name, corpus.project.prefixes)
    parts = {PurePath(name).name, last_part(iri or name)}

    def is_meant(one: Article) -> bool:
        return iri == one.node.value or bool({name, PurePath(name).name} & {*one.names})

    near = Roster.of(mentioning(_counted(corpus, progress), parts))
    if found := list(filter(is_meant, _articles(corpus, near))):
        return _only(corpus, found, name)
    roster = Roster.of(_counted(corpus, progress))
    articles = list(_articles(corpus, roster))
    found = list(filter(is_meant, articles)) or [one for one in articles if fold(name) in map(fold, one.names)]
    if not found:
        raise _unknown(name, articles, roster.broken)
    return _only(corpus, found, name)


def near(corpus: Corpus, cited: Article) -> Corpus:
    """Of the files those that may name the article."""
    return replace(corpus, documents=tuple(mentioning(corpus.documents, [last_part(cited.node.value)])))


def _counted(corpus: Corpus, progress: Progress | None) -> Iterable[Document]:
    return progress.over(corpus.documents, lambda document: document.shown) if progress else corpus.documents


def _articles(corpus: Corpus, roster: Roster) -> Iterator[Article]:
    import pyoxigraph as ox

    for iri, files, titles in roster:
        slug = iri.removeprefix(corpus.project.base + FOLDERS["art"]).rpartition("/")[2]
        short = corpus.short(iri)
        names = (short, slug, *files, *titles)
        yield Article(ox.NamedNode(iri), short, slug, names, None, next(iter(files), ""), corpus)


def _only(corpus: Corpus, found: list[Article], name: str) -> Article:
    """With its text, if that can be read."""
    from kbcli.source import SourceError, source_of

    if len(found) > 1:
        raise UsageError(f"{name}: more than one article is called so", f"name one: {', '.join(a.id for a in found)}")
    try:
        source = source_of(corpus.project, found[0].file)
        _ = source.text
    except (SourceError, UnicodeDecodeError):
        return found[0]
    return replace(found[0], source=source)


def _unknown(name: str, articles: list[Article], broken: list[str]) -> UsageError:
    near = nearest_name(name, {other for one in articles for other in one.names})
    there = ", ".join([*(one.id for one in articles[:LISTED]), *["…"] * (len(articles) > LISTED)])
    known = f"did you mean {near}?" if near else f"there are {there or 'none'}"
    left = [f"; {shown} cannot be read" for shown in broken]
    return UsageError(f"{name}: no article has this id, slug, file or title", known + "".join(left))
