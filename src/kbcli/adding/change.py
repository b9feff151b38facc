"""What is to be written: the files as they are and as they will be, checked before anything is."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbcli.adding import turns
from kbcli.adding.concerned import concerned
from kbcli.adding.findings import brought_in, found_in
from kbcli.deposit import Change, write_all
from kbcli.display import printable
from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.names import expand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kbcli.adding.desk import Desk
    from kbcli.finding import Finding
    from kbcli.positions import Place

_TOLD = 8
# Of a record by itself these are found until the next one is added: they are told by `kb validate`.
_LATER = ("KB020", "KB250", "KB251", "KB463")
# That a claim is gone which backs what is said of an agent is told, and mended at the agent.
_OF_OTHERS = ("KB456",)
_ADVICE = {
    "KB456": "first the agent without --part-of, then the claim that says so (about the agent, --mentions the whole), "
    "then kb add to AGENT --part-of WHOLE"
}


@dataclass
class Edition:
    """`ids` are what was made or changed, to be told; `notes` what the editor may want to know."""

    desk: Desk
    ids: list[str]
    notes: list[str] = field(default_factory=list)
    texts: dict[Path, tuple[str | None, str]] = field(default_factory=dict)

    def text(self, path: Path) -> str:
        """As it will be, so far; empty where there is no file yet."""
        if path not in self.texts:
            document = self._document(path)
            self.texts[path] = (document.text, document.text) if document else (None, "")
        return self.texts[path][1]

    def put(self, path: Path, text: str) -> None:
        _ = self.text(path)
        self.texts[path] = (self.texts[path][0], text)

    def shown(self, path: Path) -> str:
        return self.desk.project.relative(path)

    @property
    def changed(self) -> dict[Path, tuple[str | None, str]]:
        return {path: both for path, both in self.texts.items() if both[0] != both[1]}

    def refuse_errors(self) -> None:
        """Raises UsageError with the errors that this would bring in; its warnings become notes."""
        new = self._new_findings() if self.changed else []
        own = {expand(one, self.desk.project.prefixes) for one in self.ids}
        errors = [one for one in new if one.severity == "error" and (one.code not in _OF_OTHERS or one.subject in own)]
        if errors:
            told = "\n".join(_told(one) for one in errors[:_TOLD])
            more = f"\n  … and {len(errors) - _TOLD} more" if len(errors) > _TOLD else ""
            hint = _ADVICE.get(errors[0].code, errors[0].hint)
            raise UsageError(f"not written: it would not be valid\n{told}{more}", hint)
        files = {self.shown(path) for path in self.changed}
        self.notes += [("" if one.path in files else f"{one.place}: ") + _told(one).strip() for one in new[:_TOLD]]
        self.notes += [f"… and {len(new) - _TOLD} more: kb validate" for _ in new[_TOLD : _TOLD + 1]]
        self.notes += self._to_share()

    def _to_share(self) -> Iterator[str]:
        """What stands in the file of another article, and is named by this one now."""
        for path, (before, after) in self.changed.items():
            old, new = (Document.holding(path, "", (one or "").encode()) for one in (before, after))
            for iri in sorted(new.named - old.named):
                homes = [home for home in self.desk.near.homes_of(iri) if home.path != path]
                if homes and homes[0].path.parent.name == "articles" == path.parent.name:
                    name = self.desk.short(iri)
                    yield f"{name} stands in {homes[0].shown}; now a second article names it: kb add shared {name}"

    def write(self) -> None:
        """All the files, or none."""
        changes = [
            Change(path, None if before is None else before.encode(), after)
            for path, (before, after) in self.changed.items()
        ]
        folders = [self.desk.project.root / "data", *(one.path.parent for one in self.desk.corpus.documents)]
        write_all(changes, among=folders, last=self._check_again)

    def _check_again(self) -> None:
        """Against what others have written since: two may have added the same at once, each to another file."""
        project = self.desk.project
        if turns.states(project) != self.desk.states:
            desk = type(self.desk).of(project, None, self.ids)
            Edition(desk, self.ids, texts=self.texts).refuse_errors()

    def places(self) -> Iterator[str]:
        """Where what was made stands now."""
        for path, (_, after) in self.changed.items():
            document = Document.holding(path, self.shown(path), after.encode())
            lines = sorted(place.line for one in self.ids if (place := self._place(document, one)))
            yield f"{document.shown}:{lines[0]}" if lines else document.shown

    def difference(self) -> str:
        """As a unified diff."""
        lines: list[str] = []
        for path, (before, after) in self.changed.items():
            name = self.shown(path)
            both = ((before or "").splitlines(keepends=True), after.splitlines(keepends=True))
            lines += difflib.unified_diff(*both, f"a/{name}", f"b/{name}")
        return "".join(printable(line.rstrip("\n")) + "\n" for line in lines)

    def _place(self, document: Document, name: str) -> Place | None:
        import pyoxigraph as ox

        iri = expand(name, self.desk.project.prefixes) or ""
        return document.place(ox.NamedNode(iri)) if iri in document.subjects else None

    def _document(self, path: Path) -> Document | None:
        found = next((one for one in self.desk.corpus.documents if one.path == path), None)
        if found and found.defect:
            place = f":{found.defect.line}" if found.defect.line else ""
            raise UsageError(f"{found.shown}{place}: cannot be read: {found.defect.message}", "kb validate tells more")
        if found is None and path.exists():
            raise UsageError(f"{self.shown(path)}: is no data file that can be read", "kb validate tells more")
        return found

    def _new_findings(self) -> list[Finding]:
        """What the checks tell of the files as they will be and not as they are."""
        own = {
            self.shown(path): Document.holding(path, self.shown(path), text.encode())
            for path, (_, text) in self.changed.items()
        }
        old = [one for one in self.desk.corpus.documents if one.shown in own]
        wanted = concerned(self.desk, self.ids, old, own.values())
        before = [one for one in self.desk.corpus.documents if one.shown in wanted.shown]
        after = [*(one for one in before if one.shown not in own), *own.values()]
        found = brought_in(found_in(self.desk.over(before)), found_in(self.desk.over(after)))
        if not wanted.is_all:
            self.notes.append("not all files that name it were checked, for they are many: kb validate tells the rest")
        unsure = () if wanted.is_all else _OF_OTHERS
        return [finding for finding in found if finding.code not in (*_LATER, *unsure)]


def _told(finding: Finding) -> str:
    subject = f" ({finding.subject.rpartition('/')[2]})" if finding.subject else ""
    return printable(f"  {finding.code} {finding.severity}: {finding.message}{subject}")
