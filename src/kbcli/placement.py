"""Where a new record goes: in its section, by name or by sentence, a span behind the first record that rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kbcli.names import KB
from kbcli.outline import Comment, Statement
from kbcli.recordfile import EVIDENCE
from kbcli.sections import TITLES, Sections, numbers_in, title_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kbcli.recordfile import RecordFile

_ARTICLE, _CLAIMS = TITLES[0], TITLES[-1]
_SECTION_OF = {
    KB + "Article": _ARTICLE,
    **{KB + title.removesuffix("s"): title for title in TITLES[1:-1]},
    **{KB + name: _CLAIMS for name in ("Admission", "Allegation", "Claim", "Denial", "Statement", "Evidence")},
}


class Heading(NamedTuple):
    """Of a sentence: its number, where it ends, and the comment above its claims."""

    number: int
    end: int
    words: str


@dataclass
class Placement:
    """Puts records into `file`. `headings` are those of the article's sentences, in order, if they are known."""

    file: RecordFile
    headings: Sequence[Heading] = ()

    def put(self, statements: Sequence[Statement]) -> None:
        """Spans come last: each goes behind what rests on it."""
        self._new = [*statements]
        _ = self._sectioned  # as the file is before anything is put into it
        for statement in sorted(statements, key=self._is_span):
            self._put(statement)

    def _put(self, statement: Statement) -> None:
        classes = self.file.classes(statement)
        title = self._title(statement, classes)
        if EVIDENCE in classes and (user := self._user(statement)) is not None:
            self._sections.insert(self._behind(user), statement)
        elif title and self._sectioned and title not in self._sections.titles:
            heading = self._heading(statement) if title == _CLAIMS else None
            self._sections.open(title, statement, [Comment(heading.words, gap=False)] if heading else [])
        elif not self.file.statements:
            self._sections.first_of_all(statement)
        elif title == _CLAIMS:
            self._put_claim(statement)
        else:
            self._put_sorted(statement, title, classes)

    @cached_property
    def _sections(self) -> Sections:
        return Sections(self.file)

    @cached_property
    def _sectioned(self) -> bool:
        """Whether the file has sections, or is to have them: an article's that is only being begun."""
        titles = {self._title(one, self.file.classes(one)) for one in self._new}
        return bool(self._sections.titles) or (not self.file.statements and bool(titles & {_ARTICLE, _CLAIMS}))

    def _title(self, statement: Statement, classes: frozenset[str]) -> str:
        """The section of a record; an outlet is with its article."""
        own = self.file.subject(statement)
        if KB + "Agent" in classes and any(own in self.file.values(one, KB + "outlet") for one in self.file.statements):
            return _ARTICLE
        return next((_SECTION_OF[one] for one in sorted(classes) if one in _SECTION_OF), "")

    def _put_sorted(self, statement: Statement, title: str, classes: frozenset[str]) -> None:
        first, end = self._sections.range(title)
        own, entries = self.file.subject(statement), self.file.whole.entries
        like = [
            i
            for i in range(first, end)
            if isinstance(one := entries[i], Statement) and self.file.classes(one) & classes
        ]
        rank = _order([self._subject(i) for i in like])
        index = next((i for i in like if rank(self._subject(i)) > rank(own)), None)
        if index is None:
            index = like[-1] + 1 if like and title not in self._sections.titles else end
        if index == first:
            self._sections.begin(index, title, statement)
        else:
            self._sections.insert(index, statement)

    def _subject(self, index: int) -> str:
        entry = self.file.whole.entries[index]
        return self.file.subject(entry) if isinstance(entry, Statement) else ""

    def _is_span(self, entry: object) -> bool:
        return isinstance(entry, Statement) and EVIDENCE in self.file.classes(entry)

    def _user(self, span: Statement) -> int | None:
        """The first record that rests on a span."""
        iri, entries = self.file.subject(span), enumerate(self.file.whole.entries)
        return next((i for i, one in entries if isinstance(one, Statement) and iri in self.file.uses(one)), None)

    def _behind(self, user: int) -> int:
        """Behind a record and the spans that follow it and are its own."""
        entries = self.file.whole.entries
        used = self.file.uses(record) if isinstance(record := entries[user], Statement) else frozenset()
        index = user + 1
        while index < len(entries) and self._is_span(entries[index]) and self._subject(index) in used:
            index += 1
        return index

    def _put_claim(self, statement: Statement) -> None:
        first, end = self._sections.range(_CLAIMS)
        if (waiting := self._waiting(statement, first, end)) is not None:
            comments = self._sections.above[waiting]
            head = max((i + 1 for i, one in enumerate(comments) if numbers_in(one) or title_in(one)), default=0)
            kept, comments[:head] = comments[:head], []
            self._sections.insert(waiting, statement, kept)
        elif heading := self._heading(statement):
            self._put_below(heading, statement, first, end)
        else:
            self._sections.insert(self._by_offset(statement, first, end), statement)

    def _put_below(self, heading: Heading, statement: Statement, first: int, end: int) -> None:
        """Last of the sentence's, which may have none yet."""
        groups = list(self._groups(first, end))
        index = next((i for i, numbers in groups if min(numbers) > heading.number), end)
        is_there = any(heading.number in numbers for _, numbers in groups)
        above = [] if is_there else [Comment(heading.words, gap=False)]
        if index == first:
            self._sections.begin(index, _CLAIMS, statement, above)
        else:
            self._sections.insert(index, statement, above)

    def _waiting(self, claim: Statement, first: int, end: int) -> int | None:
        """The first of its spans, if that is there and nothing has rested on it so far."""
        used = self.file.uses(claim)
        for index in range(first, end):
            entry = self.file.whole.entries[index]
            if isinstance(entry, Statement) and self._is_span(entry) and self._subject(index) in used:
                return index if self._user(entry) is None else None
        return None

    def _groups(self, first: int, end: int) -> Iterator[tuple[int, list[int]]]:
        """The entries that stand below the number of a sentence, or of several, with these."""
        above = self._sections.above
        for index in range(first, end):
            if numbers := [number for comment in above[index] for number in numbers_in(comment)]:
                yield index, numbers

    def _by_offset(self, statement: Statement, first: int, end: int) -> int:
        """Behind the last claim that rests on no later words; behind all if that tells nothing."""
        entries, offset = self.file.whole.entries, self._offset(statement)
        if offset is None:
            return end
        starts = ((i, self._offset(one)) for i in range(first, end) if isinstance(one := entries[i], Statement))
        before = [i for i, start in starts if start is not None and start <= offset and not self._is_span(entries[i])]
        return self._behind(before[-1]) if before else end

    def _offset(self, statement: Statement) -> int | None:
        """Where the words begin that a record rests on."""
        used = {self.file.subject(statement), *self.file.uses(statement)}
        spans = (one for one in (*self.file.statements, *self._new) if self._is_span(one))
        starts = (self.file.start(one) for one in spans if self.file.subject(one) in used)
        return min((start for start in starts if start is not None), default=None)

    def _heading(self, statement: Statement) -> Heading | None:
        offset = self._offset(statement)
        return None if offset is None else next((one for one in self.headings if offset < one.end), None)


def _order(iris: list[str]) -> Callable[[str], str]:
    """By which these are sorted: sign by sign, or as in a dictionary, hyphens aside."""
    return _without_hyphens if iris != sorted(iris) and iris == sorted(iris, key=_without_hyphens) else str


def _without_hyphens(iri: str) -> str:
    return iri.replace("-", "")
