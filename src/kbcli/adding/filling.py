"""What is said of a record that is there: properties added or replaced, and the TODOs that this answers taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli.adding import sorts, times
from kbcli.adding.change import Edition
from kbcli.adding.claims import about_of
from kbcli.adding.fields import ARTICLE, CLASSES, fields_of
from kbcli.adding.page import Page, with_new
from kbcli.adding.resting import detach
from kbcli.adding.supplied import supplied
from kbcli.adding.todos import moot, open_in, settle
from kbcli.adding.values import Values
from kbcli.adding.wish import Wish, predicate_of, refuse_others
from kbcli.amendment import headings_of
from kbcli.citation import literal
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import ALT_LABEL, KB, LABEL, expand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbcli.adding.desk import Desk
    from kbcli.adding.fields import Field
    from kbcli.document import Document
    from kbcli.outline import Statement

_ROLES = ("kb:speaker", "kb:actor", "kb:affected", "kb:silent", "kb:channel", "kb:about")


def fill(desk: Desk, iri: str, wish: Wish) -> Edition:
    """Raises UsageError for what the record cannot have, or has already with another value."""
    home = desk.only_home(iri)
    edition = Edition(desk, [desk.short(iri)])
    page = Page.of(edition.text(home.path), desk.project.prefixes, home.shown)
    record = page.about(iri)
    if record is None:
        raise UsageError(f"{desk.short(iri)}: {home.shown} has no block of it", "kb validate tells more")
    class_ = page.class_of(record)
    refuse_others(class_, wish)
    if wish.class_:
        _reclass(page, record, class_, wish)
        class_ = f"kb:{wish.class_}"
    if wish.spans:
        detach(desk, page, record, wish.spans, edition)
    filler = _Filler(desk, page, record, iri, wish, home)
    new = filler.fill(class_)
    filler.settle(class_)
    text = page.text
    headings = headings_of(desk.worked_on.text, desk.source.sentences) if new else []
    edition.put(home.path, with_new(text, new, desk.project.prefixes, home.shown, headings=headings) if new else text)
    edition.notes += filler.notes
    left = open_in(record)
    if left:
        edition.notes.append(f"still open: {'; '.join(printable(one.words) for one in left)}")
    return edition


@dataclass
class _Filler:
    desk: Desk
    page: Page
    record: Statement
    iri: str
    wish: Wish
    home: Document

    def __post_init__(self) -> None:
        self.notes: list[str] = []
        self._new: list[str] = []

    def fill(self, class_: str) -> list[str]:
        """The new times that this needs, as Turtle."""
        own = self.desk.short(self.iri) if self.desk.article else ""
        values = Values(self.desk, self.wish.language, self._texts(), own)
        for name in self.wish.properties:
            self._empty(class_, name)
        for field in fields_of(class_):
            if typed := self.wish.given.get(field.option, ()):
                self._give(field, [self._value(field, one, values) for one in typed], typed)
        notes = self.page.words(self.record, "skos:note") if class_ == ARTICLE else []
        if class_ == ARTICLE and (note := supplied(self.desk, self.wish.given, notes)):
            self.page.add(self.record, "skos:note", f"{literal(note)}@en")
        return self._new

    def settle(self, class_: str) -> None:
        """Take out the TODOs that are answered."""
        given = {field.predicate for field in fields_of(class_) if self.wish.given.get(field.option)}
        stated = {f"kb:{one.removeprefix('kb:')}" for one in self.wish.given.get("not-stated", ())}
        kept = {predicate_of(class_, name) for name in (*self.wish.keep, *self.wish.properties)}
        asked = {one.property for one in open_in(self.record)}
        for name in self.wish.keep:
            if (predicate := predicate_of(class_, name)) not in asked:
                raise UsageError(f"--keep {name}: no TODO asks about it", _open(self.record))
            if class_ == ARTICLE and not self.page.has(self.record, predicate):
                self.page.add(self.record, "kb:notStated", predicate)
        settle(self.record, *sorted(given | stated | kept | moot(class_, given, is_new=bool(self.wish.class_))))

    def _give(self, field: Field, values: list[str], typed: Sequence[str]) -> None:
        page, record, name = self.page, self.record, field.predicate
        if not field.many and len(values) > 1:
            raise UsageError(f"--{field.option} is given {len(values)} times", "it has one value")
        asked = any(one.property == name for one in open_in(record))
        new = [one for one in values if not page.has_value(record, name, one)]
        there = page.has(record, name)
        is_single = not field.many or page.class_of(record) == ARTICLE
        if new and there and is_single and not (asked or self.wish.instead):
            raise UsageError(
                f"{self.desk.short(self.iri)} has another {name} already ({self.home.shown})",
                "--instead puts this one in its place",
            )
        if there and (self.wish.instead or (new and not field.many)):
            page.replace(record, name, *values)
            new = values
        if field.predicate in ("rdfs:label", "skos:altLabel"):
            self._refuse_alike(typed)
        if field.predicate == "skos:altLabel":
            self._refuse_own(typed)
        if field.option == "kind":
            sorts.refuse_others(self.desk, new, page.class_of(record))
        page.add(record, name, *new)
        if field.takes == "verbatim" and there and new and not self.wish.instead:
            self.notes.append(
                f"it has {len(page.texts(record, name))} {name} now; --instead puts the new in place of the old"
            )
        self._consequences(field, values)

    def _consequences(self, field: Field, values: list[str]) -> None:
        """What is stated is not marked as not stated; who has a part is no mere mention."""
        page, record = self.page, self.record
        if field.option == "not-stated":
            for value in values:
                if page.has(record, value):
                    self._refuse_contradiction(value)
        elif page.has_value(record, "kb:notStated", field.predicate):
            self._refuse_stated(field)
            page.remove(record, "kb:notStated", field.predicate)
        if field.option == "denies" and not page.has(record, "kb:about") and not self.wish.given.get("about"):
            page.add(record, "kb:about", *about_of(self.desk, values))
        if field.predicate in _ROLES:
            for value in values:
                if page.has_value(record, "kb:mentions", value):
                    page.remove(record, "kb:mentions", value)
                    self.notes.append(f"{value} is no longer in kb:mentions: it has a part now")

    def _refuse_contradiction(self, value: str) -> None:
        if not self.wish.instead:
            raise UsageError(
                f"{self.desk.short(self.iri)} has a {value} ({self.home.shown})",
                "--instead takes it out, and says that it is not stated",
            )
        self.page.remove(self.record, value)

    def _refuse_stated(self, field: Field) -> None:
        """That the article does not state it somebody has said; a draft that asks has not."""
        asked = {one.property for one in open_in(self.record)}
        is_article = self.page.class_of(self.record) == ARTICLE  # a draft has written it of all that it was not told
        if not (self.wish.instead or is_article or asked & {field.predicate, "kb:notStated"}):
            raise UsageError(
                "\n".join(
                    [
                        f"{self.desk.short(self.iri)} has kb:notStated {field.predicate} ({self.home.shown})",
                        *(one for one in self.notes if one.startswith(f"--{field.option} ")),
                    ]
                ),
                "--instead takes it out, if the article does state it for this claim",
            )

    def _value(self, field: Field, typed: str, values: Values) -> str:
        if field.takes != "time":
            return values.turtle(field, typed)
        ranges = self._ranges()
        time = times.time(self.desk, field, typed, min(ranges, default=(0, 0))[0])
        if note := times.elsewhere(self.desk, field.option, typed, ranges):
            self.notes.append(note)
        if time.record:
            block = time.record.turtle()
            if block not in self._new:
                self._new.append(block)
                self.notes += [time.note] if time.note else []
        return time.name

    def _empty(self, class_: str, name: str) -> None:
        predicate = predicate_of(class_, name)
        if not self.page.has(self.record, predicate) and not any(
            one.property == predicate for one in open_in(self.record)
        ):
            raise UsageError(f"--without {name}: {self.desk.short(self.iri)} has no {predicate}", _open(self.record))
        self.page.remove(self.record, predicate)

    def _refuse_alike(self, typed: Sequence[str]) -> None:
        """Another one of this name; its own names do not count."""
        class_ = self.page.class_of(self.record)
        if class_ not in ("kb:Agent", "kb:Operation", "kb:Place", "skos:Concept"):
            return
        from kbcli.folding import fold

        for name in typed:
            bearing = [one for one in self.desk.near.namesakes(fold(name)) if one.bearer.value != self.iri]
            same = [
                one
                for one in bearing
                if self.desk.near.has_class(one.bearer, expand(class_, self.desk.project.prefixes) or "")
            ]
            labels = [one for one in same if one.predicate.value in (LABEL, ALT_LABEL)]
            if labels:
                told = ", ".join(f"{self.desk.short(one.bearer.value)} ({one.document.shown})" for one in labels)
                raise UsageError(
                    f"“{printable(name)}”: another one goes by this name: {told}",
                    "a name that the other cannot be taken for",
                )

    def _refuse_own(self, typed: Sequence[str]) -> None:
        """What it is called already is no other name, whatever the capitals."""
        own = {one.casefold(): one for one in self.page.words(self.record, "rdfs:label")}
        for name in typed:
            if found := own.get(name.strip().casefold()):
                raise UsageError(
                    f"--alias “{printable(name)}”: {self.desk.short(self.iri)} is called “{printable(found)}” already",
                    "leave it out: names are found whatever their capitals are",
                )

    def _texts(self) -> list[str]:
        found = [self.desk.near.span(node) for node in self.desk.near.values(_node(self.iri), KB + "evidence")]
        return [span.exact for span in found if span and span.exact]

    def _ranges(self) -> list[tuple[int, int]]:
        found = [self.desk.near.span(node) for node in self.desk.near.values(_node(self.iri), KB + "evidence")]
        return [(one.start, one.end) for one in found if one and one.start is not None and one.end is not None]


def _reclass(page: Page, record: Statement, class_: str, wish: Wish) -> None:
    if class_.removeprefix("kb:") not in CLASSES:
        raise UsageError(f"--class: the record is a {class_}, and no claim", "leave it out")
    page.become(record, f"kb:{wish.class_}")


def _open(record: Statement) -> str:
    left = [printable(one.words) for one in open_in(record)]
    return f"open are: {'; '.join(left)}" if left else "nothing is open in this record"


def _node(iri: str) -> object:
    import pyoxigraph as ox

    return ox.NamedNode(iri)
