"""The rules that a file of shapes gives: a shape whose local name is a code, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.finding import Rule, Severity
from kbcli.names import LABEL, SHAPES, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kbcli.document import Document
    from kbcli.project import Project
    from kbcli.shapedefects import Defect

_SH, _COMMENT = STANDARD["sh"], STANDARD["rdfs"] + "comment"
_SEVERITIES: Mapping[str, Severity] = {_SH + "Info": "info", _SH + "Warning": "warning"}


@dataclass(frozen=True)
class Shapebook:
    """The file of shapes, each thing read from it once."""

    shapes: Document
    project: Project

    @cached_property
    def reaching(self) -> Sequence[tuple[str, ox.Triple]]:
        """What of the shapes would use the network."""
        from kbcli.reach import reaching

        return list(reaching(self.shapes.triples))

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules that are shapes, by code."""
        return rules_of(self.shapes.triples)

    @cached_property
    def facts(self) -> Mapping[str, Mapping[str, str]]:
        return facts_of(self.shapes.triples)

    @cached_property
    def defects(self) -> Sequence[Defect]:
        """What is wrong with the shapes themselves."""
        from kbcli.shapedefects import defects

        return defects(self.shapes, self.project)


def rules_of(triples: Iterable[ox.Triple]) -> dict[str, Rule]:
    """The rule of each shape in `triples` whose local name is a code."""
    return {
        code: Rule(
            code,
            facts[LABEL],
            _SEVERITIES.get(facts.get(_SH + "severity", ""), "error"),
            facts.get(_SH + "message", ""),
            facts.get(_COMMENT, ""),
        )
        for code, facts in sorted(facts_of(triples).items())
        if LABEL in facts
    }


def facts_of(triples: Iterable[ox.Triple]) -> dict[str, dict[str, str]]:
    """What is said of each shape that is a rule or a part of one, by its local name."""
    found: dict[str, dict[str, str]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(SHAPES + "KB"):
            name = triple.subject.value.removeprefix(SHAPES)
            found.setdefault(name, {}).setdefault(triple.predicate.value, getattr(triple.object, "value", ""))
    return found
