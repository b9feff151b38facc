"""The kb:Time records of a draft: one for each wording and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.drafting.dates import is_ahead, reckoned
from kbcli.drafting.record import Record, day, said, text
from kbcli.drafting.slug import plain

if TYPE_CHECKING:
    from datetime import date


class Times:
    """`issued` is the day of issue, if the editor gave it."""

    def __init__(self, article: str, issued: date | None) -> None:
        self._article, self._issued = article, issued
        self.records: dict[tuple[int, str], Record] = {}
        self._again: dict[str, int] = {}

    def is_ahead(self, words: str) -> bool:
        """Whether it is after the day of issue."""
        return is_ahead(words, self._issued)

    def of(self, number: int, words: str, at: int) -> str:
        """The name of the time that stands at an offset, in the sentence of this number."""
        known = self.records.get((at, words))
        if known:
            return known.subject
        name = f"tm:{self._article}-{number}-{plain(words)}"
        count = self._again.get(name, 0)
        self._again[name] = count + 1
        record = Record(name if not count else f"{name}-again{'' if count == 1 else f'-{count}'}", "kb:Time")
        self.records[at, words] = record
        self._tell(record, words)
        return record.subject

    def _tell(self, record: Record, words: str) -> None:
        found = reckoned(words, self._issued)
        record.add("kb:basis", f"kb:{found.basis}")
        record.add("kb:text", text(words))
        if found.bounds:
            record.add("kb:earliest", day(found.bounds[0].isoformat()))
            record.add("kb:latest", day(found.bounds[1].isoformat()))
        if found.edtf:
            record.add("kb:edtf", text(found.edtf))
        if found.note:
            record.add("skos:note", said(found.note))
