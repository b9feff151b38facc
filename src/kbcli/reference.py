"""Where a term or a code is looked up: in a project's own vocabulary and shapes, or in those the program carries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.document import Document
from kbcli.errors import UsageError
from kbcli.glossary import Glossary, Term
from kbcli.names import BASE, nearest, prefixes
from kbcli.project import resources
from kbcli.rulebook import Ruling, rulings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kbcli.project import Project


@dataclass(frozen=True)
class Reference:
    """`data` are the files that use the terms; None outside a project."""

    prefixes: Mapping[str, str]
    vocabulary: Document
    shapes: Document
    data: tuple[Document, ...] | None

    @classmethod
    def of(cls, project: Project | None) -> Reference:
        """Raises UsageError if the vocabulary or the shapes cannot be read."""
        if project is None:
            folder = resources() / "ontology"
            return cls(prefixes(BASE), _read(folder / "kb.ttl"), _read(folder / "shapes.ttl"), None)
        own = tuple(Document(path, project.relative(path)) for path in project.data_files())
        return cls(project.prefixes, _read(project.ontology), _read(project.shapes), own)

    @property
    def unread(self) -> list[str]:
        """The data files that count for nothing here because they cannot be read."""
        return [document.shown for document in self.data or () if document.defect]

    @cached_property
    def glossary(self) -> Glossary:
        data = None if self.data is None else [triple for document in self.data for triple in document.triples]
        return Glossary(self.vocabulary.triples, data, self.prefixes)

    @cached_property
    def rules(self) -> list[Ruling]:
        return rulings(self.shapes.triples, self.prefixes)

    def meant(self, name: str) -> list[Term] | list[Ruling]:
        """What has this name: a rule, or the terms. Raises UsageError with the nearest name if nothing has."""
        if rules := [rule for rule in self.rules if name.casefold() in (rule.code.casefold(), rule.slug)]:
            return rules
        terms = self.glossary.meant(name)
        if not terms and (other := self.glossary.foreign(name, (i for rule in self.rules for i in rule.concerns))):
            terms = [other]
        if not terms:
            raise self._unknown(name)
        return terms

    def _unknown(self, name: str) -> UsageError:
        near = nearest(name, {*self.glossary.names(), *(n for rule in self.rules for n in (rule.code, rule.slug))})
        hint = f"did you mean {near}? " if near else ""
        if self.data is None:
            hint += "kinds (k:…) stand in a project's data, and there is no project here; "
        return UsageError(
            f"{printable(name)}: neither a term of the vocabulary nor a code",
            f"{hint}kb explain lists them; kb show tells of what the data has",
        )


def _read(path: Path) -> Document:
    document = Document(path, str(path))
    if defect := document.defect:
        place = f":{defect.line}:{defect.column}" if defect.line else ""
        raise UsageError(f"{path}{place}: {printable(defect.message)}", "mend the file; kb validate shows the place")
    return document
