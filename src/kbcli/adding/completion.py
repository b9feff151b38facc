"""What a value may be, for the shell’s Tab key and for lists: never anything but what the data has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.errors import KbError
from kbcli.names import ALT_LABEL, KB, LABEL, STANDARD, expand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.adding.fields import Field
    from kbcli.corpus import Corpus
    from kbcli.project import Project

_MOST = 400  # files; a key that is answered late is not answered


def articles(project: Project) -> list[str]:
    """Their slugs, by their files."""
    folder = project.root / "data" / "articles"
    return sorted(path.stem for path in project.data_files() if path.parent == folder)


def beginning(project: Project, field: Field, typed: str) -> list[str]:
    """What begins as typed."""
    if field.option == "article":
        return [one for one in articles(project) if one.startswith(typed)]
    if field.takes == "choice":
        return [one for one in field.classes if one.startswith(typed)]
    if field.takes not in ("thing", "time"):
        return []
    from kbcli.corpus import Corpus

    try:
        corpus = Corpus.of(project)
    except KbError:
        return []
    if len(corpus.documents) > _MOST:
        corpus = Corpus(project, corpus.shared_documents, corpus.vocabulary, corpus.shapes)
    return sorted({name for name in names(corpus, field.classes) if name.casefold().startswith(typed.casefold())})


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
