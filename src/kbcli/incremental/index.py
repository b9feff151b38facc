"""Which files there are and what is in them: what is kept, and over it what has been edited since."""

from __future__ import annotations

import json
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.checks.languages import usual
from kbcli.incremental.files import in_order
from kbcli.incremental.library import Before
from kbcli.incremental.packing import outcomes, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kbcli.incremental.content import Content
    from kbcli.incremental.files import Scan
    from kbcli.incremental.shelf import Shelf


class Overlay:
    """`old` and `new` are the edited files as they were and are; a file that is not there is not in them."""

    def __init__(
        self,
        shelf: Shelf,
        scan: Scan,
        old: Mapping[str, Content],
        new: Mapping[str, Content],
    ) -> None:
        self._shelf, self._scan, self.old, self.new = shelf, scan, old, new
        self._edited = {*old, *new}
        self._found: dict[int, Sequence[str]] = {}

    def found(self, key: int) -> Sequence[str]:
        if key not in self._found:
            kept = [path for path in self._shelf.under(key) if path not in self._edited]
            edited = [path for path, content in self.new.items() if key in content.rows]
            self._found[key] = sorted(kept + edited, key=in_order)
        return self._found[key]

    def was_found(self, key: int) -> Sequence[str]:
        """The same before the edits."""
        return self._shelf.under(key)

    def held(self, path: str) -> bytes:
        return self._scan.held[path] if path in self._scan.held else self._shelf.held(path)

    @property
    def paths(self) -> Sequence[str]:
        return self._scan.paths

    @property
    def sources(self) -> Sequence[str] | None:
        return self._scan.sources

    def sum(self, path: str) -> str:
        if path not in self._scan.found:
            return ""
        return self._scan.sums[path] if path in self._scan.sums else self._shelf.sum(path)

    def before(self, path: str) -> Before | None:
        found = self._shelf.applied(path)
        return found and Before(outcomes(found[0]), frozenset(unpacked(found[1])))

    @cached_property
    def reads(self) -> dict[str, set[str | None]]:
        found = json.loads(self._shelf.meta("reads") or "{}")
        return {shape: set(predicates) for shape, predicates in found.items()}

    @cached_property
    def misbound(self) -> frozenset[str] | None:
        kept = self._shelf.meta("misbound")
        return None if kept is None else frozenset(json.loads(kept))

    def usual(self, predicate: str) -> str | None:
        return usual(_of(predicate, self.languages))

    def was_usual(self, predicate: str) -> str | None:
        return usual(_of(predicate, Counter(self._languages)))

    @cached_property
    def _languages(self) -> dict[tuple[str, str], int]:
        return self._shelf.languages()

    @cached_property
    def languages(self) -> Counter[tuple[str, str]]:
        found = Counter(self._languages)
        for content in self.old.values():
            found.subtract(content.languages)
        for content in self.new.values():
            found.update(content.languages)
        return found

    @cached_property
    def all_terms(self) -> Counter[str]:
        """The terms of common vocabularies, with the number of files that use them."""
        found = Counter(self._shelf.terms())
        for content in self.old.values():
            found.subtract(content.terms)
        for content in self.new.values():
            found.update(content.terms)
        return found

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(term for term, number in self.all_terms.items() if number > 0)

    @cached_property
    def were_terms(self) -> frozenset[str]:
        return frozenset(self._shelf.terms())

    @cached_property
    def shared(self) -> Sequence[str]:
        return [path for path in self.paths if is_shared(path)]


def is_shared(path: str) -> bool:
    """Whether a data file is no article's."""
    return path.split("/")[-2] != "articles"


def _of(predicate: str, languages: Counter[tuple[str, str]]) -> Counter[str]:
    return Counter({language: number for (name, language), number in languages.items() if name == predicate})
