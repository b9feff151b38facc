"""What may be typed next, for the shell's Tab key and for questions on a terminal: never anything but what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.errors import KbError
from kbcli.names import ALT_LABEL, KB, LABEL, STANDARD, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kbcli.adding.fields import Field
    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.project import Project

# Files; a key that is answered late is not answered.
_MOST = 100
_MOST_OF_A_NAME = 40


def articles(project: Project, typed: str = "") -> list[str]:
    """Their slugs, by their files."""
    folder = project.root / "data" / "articles"
    return sorted(_beginning((path.stem for path in project.data_files() if path.parent == folder), typed))


def things(project: Project, typed: str) -> list[str]:
    """Articles by their slugs, and what else there is by its id or its name."""
    slugs = articles(project)
    corpus = _corpus(project) if typed else None
    if corpus is None:
        return _beginning(slugs, typed)
    found = set(slugs)
    for document in _about(corpus, slugs, typed):
        named = (triple.object for triple in document.triples if triple.predicate.value in (LABEL, ALT_LABEL))
        found.update(one.value for one in named if isinstance(one, ox.Literal))
        found.update(map(corpus.short, document.subjects))
    return sorted(_beginning(found, typed))


def queries(project: Project, typed: str) -> list[str]:
    """The saved ones."""
    from kbcli import savedquery

    return _beginning((path.stem for path in savedquery.paths([project.queries])), typed)


def explained(project: Project, typed: str) -> list[str]:
    """The codes of findings, and the terms of the vocabulary without their prefix."""
    from kbcli.reference import Reference

    try:
        reference = Reference.of(project)
        terms = reference.vocabulary.subjects
        codes = {rule.code for rule in reference.rules}
    except KbError:
        return []
    return _beginning(sorted(codes) + sorted(term.removeprefix(KB) for term in terms if term.startswith(KB)), typed)


def beginning(project: Project, field: Field, typed: str) -> list[str]:
    """The values that a field may have and that begin as typed."""
    if field.option == "article":
        return articles(project, typed)
    if field.takes == "choice":
        return _beginning(field.classes, typed)
    corpus = _corpus(project) if field.takes in ("thing", "time") else None
    if corpus is None:
        return []
    if len(corpus.documents) > _MOST:
        corpus = type(corpus)(project, corpus.shared_documents, corpus.vocabulary, corpus.shapes)
    return _beginning(sorted(set(names(corpus, field.classes))), typed)


def names(corpus: Corpus, classes: tuple[str, ...]) -> Iterator[str]:
    """The ids and names of all things of these classes."""
    own = [KB + one for one in ("Admission", "Allegation", "Denial", "Statement")] if "kb:Claim" in classes else []
    for node in corpus.instances(*(own or [expand(one, STANDARD) or "" for one in classes])):
        short = corpus.short(node.value)
        yield short
        if short.startswith("k:"):
            yield short.removeprefix("k:")
        elif not own:
            yield from (one.value for name in (LABEL, ALT_LABEL) for one in corpus.values(node, name))


def _corpus(project: Project) -> Corpus | None:
    from kbcli.corpus import Corpus

    try:
        return Corpus.of(project)
    except KbError:
        return None


def _about(corpus: Corpus, slugs: list[str], typed: str) -> Iterator[Document]:
    """The files to look into: all if they are few, else the shared ones and those whose name the id may have."""
    local = typed.partition(":")[2]
    near = {slug for slug in slugs if slug.startswith(local) or local.startswith(slug)}
    if len(corpus.documents) <= _MOST:
        yield from corpus.documents
        return
    yield from corpus.shared_documents
    if len(near) <= _MOST_OF_A_NAME:
        folder = corpus.project.root / "data" / "articles"
        yield from (one for one in corpus.documents if one.path.parent == folder and one.path.stem in near)


def _beginning(names: Iterable[str], typed: str) -> list[str]:
    """Those that begin as typed, whatever the case of the letters, once each, and none that a terminal obeys."""
    start = typed.casefold()
    return [name for name in dict.fromkeys(names) if name.casefold().startswith(start) and name.isprintable()]
