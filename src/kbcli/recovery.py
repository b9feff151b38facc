"""Every syntax error of a Turtle file: after each of them reading goes on where the next thing seems to begin.

That is a guess from the layout (see `blocks`), made so that no error follows from another: rather is one told only
when the first is mended than one that is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.blocks import Blocks, is_balanced
from kbcli.complaint import BLANKS, Complaint, Slip
from kbcli.document import SyntaxDefect
from kbcli.turtlehints import Explained, explained, is_conflict, is_undeclared, slip_of, undeclared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbcli.document import Document

MOST = 100  # errors told of one file
_READINGS = 15  # of the whole text, at most
_LEAST = 3_000_000  # characters that may be read of a small file
_SHOWN = 4_000  # characters behind an error that may explain it
_TRIED = 2  # block starts at which a block without an end may have ended
_STAND_IN = "urn:x-kb:"
_BOUND = re.compile(r"(?:@\w+|(?i:prefix)|[^\s#]+(?=[ \t]+\w*:[ \t]*<))[ \t]+([A-Za-z](?:[\w.\-]*[\w\-])?)", re.ASCII)
_NAMESPACE = re.compile(r"<([^<>\s]+)")
_ESCAPE = re.compile(r"\\(?:[tbnrf\"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|(.))")
_IN_STRING = re.compile("Unexpected escape|The escape sequence|Unexpected end of file")
_SIDES_END = re.compile(r"^>{7}.*$", re.MULTILINE)
_MANY = "correct these first, then check the file again"


def defects(document: Document, known: Mapping[str, str]) -> list[Explained]:
    """Every error in an editor's words, by place. `known` are the prefixes that the file may use."""
    first, text = document.defect, document.text
    if first is None:
        return []
    found = set()
    if not text or "\0" in text or text.startswith("\ufeff"):
        found.add(explained(text, first, known) or Explained(*first, ""))
        text = "" if "\0" in text else text[1:]
    return sorted(found | set(_Recovery(text, known).all()))


class _Recovery:
    """A reading of `text` that is broken off at an error and resumed at the begin of some line, `_from`."""

    def __init__(self, text: str, known: Mapping[str, str]) -> None:
        self._text = text
        self._known = known
        self._blocks = Blocks(text, known)
        self._prefixes: dict[str, str] = {}
        self._base: str | None = None
        self._from = 0
        self._inside = False  # whether it resumes within a block, the subject left behind
        self._left = max(_LEAST, _READINGS * len(text))

    def all(self) -> Iterator[Explained]:
        taken, last = 0, None
        while self._from < len(self._text) and (defect := self._defect()):
            if taken == MOST or self._left < 0:
                place = self._offset(defect.line, defect.column)
                what = f"more errors follow; these are the first {taken}"
                yield Explained(*self._blocks.place(place), what, _MANY)
                return
            told = self._taken(defect)
            if last is None or not _follows(told, last):
                yield told
                last = told
            taken += 1

    def _defect(self, until: int | None = None) -> SyntaxDefect | None:
        """The first error behind `_from`, up to `until`, its line counted from there."""
        head = " ".join(f"@prefix {name}: <{iri}> ." for name, iri in self._prefixes.items())
        head += f" @base <{self._base}> ." if self._base else ""
        head += f" <{_STAND_IN}>" if self._inside else ""
        part = f"{head}\n{self._text[self._from : until]}\n"
        parser = ox.parse(part.encode(), format=ox.RdfFormat.TURTLE)
        try:
            for _ in parser:
                pass
        except SyntaxError as error:
            self._prefixes.update(parser.prefixes)
            self._base = parser.base_iri
            self._left -= len(head) + self._offset((error.end_lineno or 2) - 1, 1) - self._from
            what = (error.msg or "").partition(": ")[2] or str(error.msg)
            return SyntaxDefect((error.lineno or 2) - 1, error.offset or 1, what)
        return None

    def _offset(self, line: int, column: int) -> int:
        start = self._blocks.begin(self._blocks.line(self._from) + line - 1)
        return min(len(self._text), start + column - 1)

    def _taken(self, defect: SyntaxDefect) -> Explained:
        """What the error is, once reading can go on behind it."""
        place = self._offset(defect.line, defect.column)
        end = self._blocks.after(min(len(self._text), self._blocks.after(place)))
        at = Complaint(self._text[self._from : min(end, place + _SHOWN)], defect, self._known)
        if (prefix := undeclared(at)) is not None:
            told = self._explained(at)
            self._prefixes[prefix] = _STAND_IN
            return told
        for start in islice(self._ends(at, place), _TRIED):
            if inner := self._defect(start):
                told = self._explained(Complaint(self._text[self._from : start], inner, self._known, goes_on=True))
                self._bind(start)
                self._resume(start)
                return told
        told = self._explained(at)
        self._pass(at, place)
        return told

    def _explained(self, at: Complaint) -> Explained:
        slip = slip_of(at) or Slip(at.offset, at.what, "")
        return Explained(*self._blocks.place(self._from + slip.offset), slip.what, slip.hint)

    def _ends(self, at: Complaint, place: int) -> Iterator[int]:
        """The block starts before `place` at which the statement it stands in should have ended."""
        last = at.before[at.subject - 1].end if at.subject else 0
        first = BLANKS.match(at.text, last)
        begun = self._from + (first.end() if first else last)
        return (start for start in self._blocks.between(begun, place) if self._may_begin(at, start))

    def _may_begin(self, at: Complaint, start: int) -> bool:
        """Whether a block may begin here: not within a string, unless that was meant to end long before."""
        where = start - self._from
        index = bisect_right(at.before, where, key=lambda token: token.start) - 1
        if index < 0:
            return True
        token, is_last = at.before[index], index == len(at.before) - 1
        if where < token.end:
            return is_last and self._blocks.is_sure(start)
        return not is_last or not at.is_long_string(token.end) or self._blocks.is_sure(start)

    def _pass(self, at: Complaint, place: int) -> None:
        """Resume behind an error that cannot be made good."""
        slip = slip_of(at) or Slip(at.offset, at.what, "")
        wrong = self._from + slip.offset
        if self._text[wrong : wrong + 1] == "\\" and _IN_STRING.match(at.what):
            self._unescape(wrong)
        elif is_conflict(slip):
            end = _SIDES_END.search(self._text, wrong)
            self._pass_lines(at, end.start() if end else place)
        elif at.is_long_string(slip.offset):
            self._resume(self._blocks.sure_after(wrong))
        else:
            self._pass_line(at, place, wrong)

    def _unescape(self, wrong: int) -> None:
        """Read the line as if the backslashes of its wrong escapes were letters."""
        line = self._blocks.line(wrong)
        start, end = self._blocks.begin(line), self._blocks.begin(line + 1)
        words = self._text[start:wrong] + "x" + self._text[wrong + 1 : end]
        self._text = self._text[:start] + _ESCAPE.sub(_letters, words) + self._text[end:]

    def _pass_line(self, at: Complaint, place: int, wrong: int) -> None:
        """Resume at the line of the error, if what is wrong is above it, else behind it."""
        line = self._blocks.line(place)
        start = self._blocks.begin(line)
        if max(wrong, self._from) < start and not at.open_brackets and self._blocks.is_property(line):
            self._resume(start, inside=True)
        else:
            self._pass_lines(at, place)

    def _pass_lines(self, at: Complaint, place: int) -> None:
        """Resume at the next property of the block below `place`, if there surely is one, else at the next block."""
        end, inside = self._blocks.after(place), False
        if not at.open_brackets:
            first = self._blocks.line(place)
            for line in range(first, self._blocks.line(end)):
                if self._blocks.goes_on(line) and self._blocks.is_property(line + 1):
                    start = self._blocks.begin(line + 1)
                    if start < end and is_balanced(self._text[place:start]):
                        end, inside = start, True
                    break
        self._bind(end)
        self._resume(end, inside=inside)

    def _bind(self, end: int) -> None:
        """Take the prefixes as declared whose directives are passed over."""
        for line in range(self._blocks.line(self._from), self._blocks.line(end)):
            words = self._blocks.words(line)
            names = [found[1]] if (found := _BOUND.match(words)) else []
            if found := _NAMESPACE.search(words):
                names += [name for name, namespace in self._known.items() if namespace == found[1]]
            self._prefixes.update((name, _STAND_IN) for name in names if name not in self._prefixes)

    def _resume(self, start: int, *, inside: bool = False) -> None:
        self._from, self._inside = start, inside


def _follows(error: Explained, last: Explained) -> bool:
    """Whether an error may be only what the last one left of its line."""
    if error.line != last.line:
        return False
    return abs(error.column - last.column) <= 1 or (is_undeclared(last) and not is_undeclared(error))


def _letters(escape: re.Match[str]) -> str:
    return escape[0] if escape[1] is None else "x" + escape[1]
