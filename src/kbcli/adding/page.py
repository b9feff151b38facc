"""The records of a file that are being changed: values, TODOs, whole blocks. New records are put in by `amendment`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.adding.remarks import comments_of, is_for_others, keep_only, put_above
from kbcli.adding.todos import is_todo
from kbcli.amendment import with_records
from kbcli.errors import UsageError
from kbcli.layout import written
from kbcli.names import RDF_TYPE, compact, expand
from kbcli.outline import Directive, Object, Outline, Predicate, Statement
from kbcli.recordfile import RecordFile, append
from kbcli.sections import numbers_in, title_in
from kbcli.turtle import name_value, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kbcli.outline import Comment


@dataclass
class Page:
    """Properties and values are named as the project names them (`kb:said`), things by their IRIs."""

    file: RecordFile
    _idle: frozenset[str] = field(default=frozenset())
    _read: str = ""

    @classmethod
    def of(cls, text: str, known: Mapping[str, str], shown: str) -> Page:
        file = RecordFile.of(text, known, shown)
        return cls(file, frozenset(_declared(file.whole)) - _used(text), text)

    @property
    def text(self) -> str:
        """In canonical layout, with the prefixes that it needs."""
        text = written(self.file.whole)
        used = _used(text)
        gone = [one for one in _directives(self.file.whole) if one.name[:-1] not in used | self._idle]
        for one in gone:
            self._take(one, one.above)
        missing = used - _declared(self.file.whole).keys()
        new = [Directive(f"{name}:", f"<{self.file.known[name]}>", []) for name in missing & self.file.known.keys()]
        entries = self.file.whole.entries
        entries[:0] = new
        if new and len(entries) > len(new) and isinstance(first := entries[len(new)], Directive):
            new[0].above, first.above = first.above, []
        return written(self.file.whole)

    def about(self, iri: str) -> Statement | None:
        """The block of a record. Raises UsageError if it has several: what is in the others would be overlooked."""
        found = self._blocks.get(iri, [])
        if len(found) > 1:
            lines = " and ".join(f"{self.file.shown}:{line}" for line in _lines(self._read, iri))
            raise UsageError(
                f"{compact(iri, self.file.known)} is written in {len(found)} blocks: {lines}",
                "bring them together into one first",
            )
        return next(iter(found), None)

    @cached_property
    def _blocks(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for statement in self.file.statements:
            found.setdefault(self.file.subject(statement), []).append(statement)
        return found

    def class_of(self, statement: Statement) -> str:
        """As a prefixed name; empty where the block gives none."""
        return next((compact(one, self.file.known) for one in sorted(self.file.classes(statement))), "")

    def irises(self, statement: Statement, name: str) -> list[str]:
        """What the property names."""
        return list(self.file.values(statement, self._iri(name)))

    def texts(self, statement: Statement, name: str) -> list[str]:
        """The values of the property that are no things, as they are spelt."""
        found = self._property(statement, name)
        return [one.term for one in found.objects if isinstance(one.term, str)] if found else []

    def words(self, statement: Statement, name: str) -> list[str]:
        """The texts that the property has, without their marks and languages."""
        terms = (self._term(one, self.file.bound) for one in self.texts(statement, name))
        return [getattr(one, "value", "") for found in terms for one in found]

    def has(self, statement: Statement, name: str) -> bool:
        return self._property(statement, name) is not None

    def has_value(self, statement: Statement, name: str, value: str) -> bool:
        found = self._property(statement, name)
        return found is not None and any(self._same(one.term, value) for one in found.objects)

    def add(self, statement: Statement, name: str, *values: str) -> None:
        """Give the property these values beside those that it has."""
        for value in values:
            found = self._property(statement, name)
            if found is None:
                self._begin(statement, Predicate(name, [Object(value, [])], []))
            elif not any(self._same(one.term, value) for one in found.objects):
                append(found, Object(value, []))

    def remove(self, statement: Statement, name: str, *values: str) -> None:
        """Take these values from the property; without values, all."""
        found = self._property(statement, name)
        if found is None:
            return
        left = [one for one in found.objects if values and not any(self._same(one.term, value) for value in values)]
        if left:
            keep_only(found, left)
            return
        index = next(i for i, one in enumerate(statement.predicates) if one is found)
        del statement.predicates[index]
        kept = comments_of(found)
        heirs = statement.predicates[index : index + 1] or statement.predicates[-1:]
        for heir in heirs:
            heir.above[:0] = [one for one in kept if is_todo(one.text)]
        put_above(statement, [one for one in kept if not is_todo(one.text)])

    def replace(self, statement: Statement, name: str, *values: str) -> None:
        """Give the property these values and no others; its comments stay with it."""
        self.add(statement, name, *values)
        if (found := self._property(statement, name)) is not None:
            keep_only(found, [one for one in found.objects if any(self._same(one.term, value) for value in values)])

    def become(self, statement: Statement, class_: str) -> None:
        found = self.file.predicate(statement, RDF_TYPE)
        if found:
            found.objects = [Object(class_, found.objects[0].above)]

    def rename(self, iri: str, name: str) -> None:
        """Name something else wherever `iri` is named as a value."""
        for statement in self.naming(iri):
            for predicate in statement.predicates:
                if not any(self.file.iri(one.term) == iri for one in predicate.objects):
                    continue
                there = any(self._same(one.term, name) for one in predicate.objects)
                if there:
                    keep_only(predicate, [one for one in predicate.objects if self.file.iri(one.term) != iri])
                for one in predicate.objects:
                    if self.file.iri(one.term) == iri:
                        one.term = name

    def naming(self, iri: str) -> list[Statement]:
        """The blocks that name `iri` as a value."""
        return [one for one in self.file.statements if iri in self.file.uses(one)]

    def refuse_own_prefixes(self) -> None:
        """Raises UsageError if the file spells names otherwise than the project does."""
        own = [name for name, iri in self.file.bound.items() if self.file.known.get(name) != iri]
        if own:
            raise UsageError(f"{self.file.shown}: its prefix {own[0]}: is not the project’s", "kb validate tells more")

    def take_out(self, old: Statement) -> None:
        """Without the comments that are its own."""
        self._take(old, [one for one in old.above if is_for_others(one)])
        self.__dict__.pop("_blocks", None)

    def _take(self, old: Statement | Directive, above: list[Comment]) -> None:
        """What stands above for others too goes to the next block, if it can be meant for it."""
        whole = self.file.whole
        index = next(i for i, one in enumerate(whole.entries) if one is old)
        del whole.entries[index]
        heir = whole.entries[index].above if index < len(whole.entries) else whole.rest
        titled = index == len(whole.entries) or any(title_in(one) for one in heir)
        numbered = titled or any(numbers_in(one) for one in heir)
        heir[:0] = [one for one in above if not (titled if title_in(one) else numbered and numbers_in(one))]

    def _property(self, statement: Statement, name: str) -> Predicate | None:
        return self.file.predicate(statement, self._iri(name))

    def _begin(self, statement: Statement, new: Predicate) -> None:
        """A property that was not there; TODOs stay below the label."""
        self.file.put(statement, new)
        behind = statement.predicates[statement.predicates.index(new) + 1 :]
        if behind and new.verb != "rdfs:label":
            new.above = [one for one in behind[0].above if is_todo(one.text)]
            behind[0].above = [one for one in behind[0].above if not is_todo(one.text)]

    def _iri(self, name: str) -> str:
        return expand(name, self.file.known) or ""

    def _same(self, one: object, other: str) -> bool:
        return isinstance(one, str) and (
            one == other or self._term(one, self.file.bound) == self._term(other, self.file.known)
        )

    @staticmethod
    def _term(spelt: str, prefixes: Mapping[str, str]) -> list[object]:
        import pyoxigraph as ox

        header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())
        return [quad.object for quad in ox.parse(f"{header}<a:a> <a:b> {spelt} .", format=ox.RdfFormat.TURTLE)]


def with_new(text: str, records: Iterable[str], known: Mapping[str, str], shown: str, **more: object) -> str:
    """`text` with new records, if there are any. A file that said nothing keeps the prefixes that it needs now."""
    written_ = "\n".join(records)
    if not written_:
        return text
    found = with_records(text, written_, known, shown=shown, **more)  # type: ignore[arg-type]
    return found if RecordFile.of(text, known, shown).statements else Page(RecordFile.of(found, known, shown)).text


def _lines(text: str, iri: str) -> list[int]:
    """Where the blocks of a record begin."""
    from kbcli.positions import placed_triples

    starts = {one.subject[0] for one in placed_triples(text) if getattr(one.triple.subject, "value", "") == iri}
    return [text.count("\n", 0, start) + 1 for start in sorted(starts)]


def _directives(whole: Outline) -> Iterator[Directive]:
    yield from (one for one in whole.entries if isinstance(one, Directive) and one.name)


def _declared(whole: Outline) -> dict[str, Directive]:
    return {one.name[:-1]: one for one in _directives(whole)}


def _used(text: str) -> set[str]:
    """The prefixes that stand anywhere but where they are declared."""
    found, declared = set(), False
    for token in tokens(text):
        if token.kind == "name" and not declared:
            found.add(name_value(text[token.start : token.end])[0])
        declared = token.kind in ("prefix", "at_prefix")
    return found
