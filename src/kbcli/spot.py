"""A finding in one given file, for what several files say or what no data file says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

if TYPE_CHECKING:
    from kbcli.document import Document
    from kbcli.finding import Finding, Rule


def finding_in(document: Document, rule: Rule, said: str, *at: Any) -> Finding:
    """`at` are the subject, and the predicate and the value if the finding is about these."""
    place = document.place(*at)
    line, column = (place.line, place.column) if place else (0, 0)
    iri = at[0].value if isinstance(at[0], ox.NamedNode) else ""
    return rule.at(document.shown, line, column, said=said, subject=iri)
