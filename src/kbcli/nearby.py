"""Which IRI of the data somebody meant who wrote one that is not there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.names import nearest

if TYPE_CHECKING:
    from kbcli.corpus import Corpus
    from kbcli.document import Document

_HEAD = 3


class Nearby:
    """Sought in the file itself, in the shared files, and among what begins alike: never among everything."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._found: dict[tuple[str, str], str | None] = {}

    def nearest(self, iri: str, document: Document) -> str | None:
        """What `iri`, written in `document`, may have meant: another IRI of its folder, if one is like enough."""
        key = (iri, document.shown)
        if key not in self._found:
            folder, local = _parts(iri)
            wanted = {*document.subjects, *self._shared, *self._heads.get((folder, local[:_HEAD]), ())} - {iri}
            slug = document.path.stem + "-"
            names = {_parts(one)[1].removeprefix(slug): one for one in sorted(wanted) if _parts(one)[0] == folder}
            near = nearest(local.removeprefix(slug), names)
            self._found[key] = names[near] if near else None
        return self._found[key]

    @cached_property
    def _shared(self) -> frozenset[str]:
        documents = self._corpus.documents
        return frozenset().union(*(d.subjects for d in documents if d.path.parent.name != "articles"))

    @cached_property
    def _heads(self) -> dict[tuple[str, str], list[str]]:
        """The IRIs by folder and first letters, those of claims, spans and times aside: they stay in their file."""
        found: dict[tuple[str, str], list[str]] = {}
        for iri in self._corpus.homes:
            folder, local = _parts(iri)
            if folder not in ("claim", "evidence", "time"):
                found.setdefault((folder, local[:_HEAD]), []).append(iri)
        return found


def _parts(iri: str) -> tuple[str, str]:
    """Folder and local name, under whatever base."""
    rest, _, local = iri.rpartition("/")
    return rest.rpartition("/")[2], local
