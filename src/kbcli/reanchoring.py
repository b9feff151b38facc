"""The spans of an article whose text has changed, written anew where their words can be found again.

The name of a span ends in its offsets (KB015), so a span that moves is renamed, wherever the data names it. Nothing
is guessed: what cannot be found, or whose new name is another's, stays as it is and is listed. What has other words now is written only if a person says that they are
meant.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli.aftermath import is_listed, resting, told
from kbcli.deposit import Change
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.grounds import span_of
from kbcli.labelwords import outdated
from kbcli.mentions import last_part
from kbcli.names import FOLDERS, KB, STANDARD, expand
from kbcli.readable import below, obstacle
from kbcli.renaming import Values, anchored, replaced
from kbcli.rereading import Rereading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kbcli.citable import Article
    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.rereading import Fated
    from kbcli.source import Source

_OA = STANDARD["oa"]
_WORDS = ("exact", "prefix", "suffix")
_LISTED = 8


class Moved(NamedTuple):
    """A span that is found again: its name before and now, and its offsets now. `words` are its new ones, if it has
    others."""

    old: str
    new: str
    start: int
    end: int
    words: str = ""


class Left(NamedTuple):
    """A span that a person must look at, and why; and what rests on it."""

    name: str
    why: str
    resting: str


@dataclass(frozen=True)
class Reanchoring:
    """What is to be written, and what it comes to. `checksum` tells whether the record's is among it, `notes` what
    names a span that has another name now and is not written."""

    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    left: tuple[Left, ...]
    checksum: bool
    notes: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """A line for each span that is found again, and for each that is left."""
        for one in self.moved:
            name = one.old if one.old == one.new else f"{one.old} → {one.new}"
            words = f": “{one.words}”" if one.words else ""
            yield printable(f"{'taken' if words else 'found'}  {name}  ({one.start}–{one.end}){words}")
        for gone in self.gone:
            yield f"gone   {gone}"
        for left in self.left:
            yield printable(f"left   {left.name}: {left.why}; {left.resting}")

    def summary(self, article: str, *, dry: bool) -> str:
        if not (self.moved or self.left or self.checksum or self.gone):
            return f"{article}: every span stands where its record says; nothing to do"
        number = len(self.moved)
        counts = f"{article}: {number} span{'s' * (number != 1)} found again, {len(self.left)} left"
        if self.checksum:
            told = "the checksum of the record is that of the new text"
        else:
            told = (
                "the checksum stays as it is until none is left (kb validate tells how)"
                if self.left
                else "the checksum stays as it is"
            )
        return f"{counts}; {told}{' (nothing was changed: --dry-run)' if dry else ''}"


def reanchoring(near: Corpus, cited: Article, accepted: Iterable[str] = ()) -> Reanchoring:
    """`near` has the files that may name the article; `accepted` are spans, by their ids, whose new words are meant.

    Raises UsageError if a file cannot be read, or for what cannot be accepted.
    """
    _ = cited.text  # or else it is told why there is none
    for document in near.documents:
        if document.defect:
            raise UsageError(
                f"{document.shown}: cannot be read, and may name spans of {cited.id}",
                "kb validate tells what is wrong with it",
            )
    return _Plan(near, cited, cited.source, accepted).made() if cited.source else Reanchoring((), (), (), False)


class _Plan:
    def __init__(self, near: Corpus, cited: Article, source: Source, accepted: Iterable[str]) -> None:
        self._corpus, self._cited, self._source = near, cited, source
        nodes = near.subjects(KB + "in", cited.node)
        spans = [span_of(near, node) for node in nodes if near.has_class(node, KB + "Evidence")]
        single = [span for span in spans if self._is_said_once(span.node)]
        self._fates = {**Rereading(source, single).fates}
        self._double = [span.node.value for span in spans if span not in single]
        self._taken: set[str] = set()
        self._gone: set[str] = set()
        for name in accepted:
            self._accept(name)

    def _accept(self, name: str) -> None:
        """The words that a span has now; or, if it claims nothing, that it has none."""
        iri = expand(name, self._corpus.project.prefixes) or name
        one, left = (
            self._fates.get(iri),
            sorted(self._corpus.short(left) for left, f in self._fates.items() if not f.found),
        )
        if one is None or one.found:
            hint = f"left are {', '.join(left[:_LISTED])}" if left else f"of {self._cited.id} none is left"
            raise UsageError(f"--accept {printable(name)}: no span that is left", hint)
        if one.fate == "altered":
            self._fates[iri] = one._replace(fate="moved")
            self._taken.add(iri)
        elif is_listed(self._corpus, one.span.node) and not self._corpus.subjects(KB + "evidence", one.span.node):
            del self._fates[iri]
            self._gone.add(iri)
        else:
            rests = resting(self._corpus, one.span.node)
            raise UsageError(
                f"--accept {printable(name)}: {told(self._corpus, self._source, one).said}; {rests}",
                "kb validate tells how this can be mended",
            )

    def made(self) -> Reanchoring:
        names, blocked = self._names()
        left = sorted([*self._lost(), *self._blocked(blocked)])
        moved = {iri: fated for iri, fated in self._fates.items() if fated.fate == "moved" and iri not in blocked}
        values = {iri: anchored(self._source.text, *(fated.place or (0, 0))) for iri, fated in moved.items()}
        sums = self._corpus.values(self._cited.node, KB + "sha256")
        checksum = not left and len(sums) == 1 and sums[0].value != self._source.sha256
        if checksum:
            values[self._cited.node.value] = {KB + "sha256": ox.Literal(self._source.sha256)}
        renamed = {old: new for old, new in names.items() if old != new}
        short = self._corpus.short
        found = [self._moved(iri, names[iri], one) for iri, one in sorted(moved.items(), key=_by_place)]
        gone = tuple(map(short, sorted(self._gone)))
        changes = tuple(self._changes({**renamed, **dict.fromkeys(self._gone)}, values))
        taken = [self._fates[iri].span for iri in sorted(self._taken)]
        notes = (*self._noted(renamed), *outdated(self._corpus, taken, self._source.text))
        return Reanchoring(changes, tuple(found), tuple(left), checksum, notes, gone)

    def _moved(self, old: str, new: str, fated: Fated) -> Moved:
        start, end = fated.place or (0, 0)
        words = self._source.text[start:end] if old in self._taken else ""
        return Moved(self._corpus.short(old), self._corpus.short(new), start, end, words)

    def _noted(self, renamed: Mapping[str, str]) -> Iterator[str]:
        """The saved queries that name one of these spans: a person wrote them, and a person changes them."""
        project = self._corpus.project
        for path in below(project.queries, ".rq"):
            text = "" if obstacle(path) else path.read_bytes().decode("utf-8", "replace")
            for old in (old for old in renamed if re.search(rf"{re.escape(last_part(old))}(?!\d)", text)):
                yield f"{project.relative(path)} names {self._corpus.short(old)}, which has another name now"

    def _is_said_once(self, span: ox.NamedNode) -> bool:
        properties = (KB + "in", *(_OA + name for name in (*_WORDS, "start", "end")))
        return all(len(self._corpus.values(span, one)) <= 1 for one in properties) and len(self._homes(span.value)) == 1

    def _homes(self, iri: str) -> list[Document]:
        return self._corpus.homes.get(iri, [])

    def _names(self) -> tuple[dict[str, str], set[str]]:
        """The names that the found spans are to have, and those spans whose new name belongs to something else."""
        wanted = {iri: self._name(fated) for iri, fated in self._fates.items() if fated.fate == "moved"}
        blocked: set[str] = set()
        while True:
            left = {iri: name for iri, name in wanted.items() if iri not in blocked}
            going = {iri for iri, name in left.items() if name != iri}
            counts = Counter(left.values())
            more = {iri for iri in going if self._is_kept(left[iri], going) or counts[left[iri]] > 1}
            if not more:
                return left, blocked
            blocked |= more

    def _is_kept(self, name: str, going: set[str]) -> bool:
        """Whether something has a name and does not give it up."""
        return name not in going and bool(self._homes(name))

    def _name(self, fated: Fated) -> str:
        """Its own name if that does not tell its offsets; a person gave it, and `kb validate` tells of it."""
        begin = f"{self._corpus.project.base}{FOLDERS['ev']}{self._cited.slug}-"
        iri, span = fated.span.node.value, fated.span
        start, end = fated.place or (0, 0)
        return f"{begin}{start}-{end}" if iri == f"{begin}{span.start}-{span.end}" else iri

    def _changes(self, renamed: Mapping[str, str | None], values: Mapping[str, Values]) -> Iterator[Change]:
        touched = renamed.keys() | values.keys()
        for document in self._corpus.documents:
            if touched & (document.subjects | document.named):
                known, shown = self._corpus.project.prefixes, document.shown
                after = replaced(document.text, renamed, values, known, shown=shown)
                if after != document.text:
                    yield Change(document.path, document.text.encode(), after)

    def _lost(self) -> Iterator[Left]:
        for iri, fated in self._fates.items():
            if not fated.found:
                yield self._left(iri, told(self._corpus, self._source, fated).said)
        for iri in self._double:
            yield self._left(iri, "it is written down twice, or with two values of one property")

    def _blocked(self, blocked: set[str]) -> Iterator[Left]:
        for iri in blocked:
            name = self._corpus.short(self._name(self._fates[iri]))
            yield self._left(iri, f"its name is to be {name}, which another record has")

    def _left(self, iri: str, why: str) -> Left:
        return Left(self._corpus.short(iri), why, resting(self._corpus, ox.NamedNode(iri)))


def _by_place(item: tuple[str, Fated]) -> tuple[int, int]:
    return item[1].place or (0, 0)
