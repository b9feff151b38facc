"""Which IRI of the data somebody meant who wrote one that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.names import nearest

if TYPE_CHECKING:
    from kbcli.corpus import Corpus
    from kbcli.document import Document

HEAD = 3


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
            alike = self._corpus.beginning(folder, local[:HEAD])
            wanted = {*document.subjects, *self._corpus.shared_subjects, *alike} - {iri}
            slug = document.path.stem + "-"
            names = {_parts(one)[1].removeprefix(slug): one for one in sorted(wanted) if _parts(one)[0] == folder}
            near = nearest(local.removeprefix(slug), names)
            self._found[key] = names[near] if near else None
        return self._found[key]


def head(iri: str) -> tuple[str, str] | None:
    """Folder and first letters; of claims, spans and times none: they stay in their file."""
    folder, local = _parts(iri)
    return None if folder in ("claim", "evidence", "time") else (folder, local[:HEAD])


def _parts(iri: str) -> tuple[str, str]:
    """Folder and local name, under whatever base."""
    rest, _, local = iri.rpartition("/")
    return rest.rpartition("/")[2], local
