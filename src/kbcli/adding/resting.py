"""A claim that is no longer to rest on one of its spans."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kbcli.adding.dropping import drop_span, opened
from kbcli.errors import UsageError
from kbcli.names import expand
from kbcli.transcription.spans import claims_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyoxigraph as ox

    from kbcli.adding.change import Edition
    from kbcli.adding.desk import Desk
    from kbcli.adding.page import Page
    from kbcli.grounds import Span
    from kbcli.outline import Statement

_EVIDENCE = "kb:evidence"


def detach(desk: Desk, page: Page, record: Statement, spans: Sequence[str], edition: Edition) -> None:
    """Raises UsageError for a span that is none of its own, and for its last one."""
    import pyoxigraph as ox

    name = edition.ids[0]
    for span in spans:
        own = page.irises(record, _EVIDENCE)
        iri = expand(span, desk.project.prefixes) or span
        told = ", ".join(map(desk.short, own))
        if iri not in own:
            raise UsageError(f"--without {span}: {name} does not rest on it", f"it rests on {told or 'nothing'}")
        if own == [iri]:
            raise UsageError(
                f"--without {span}: {name} would rest on nothing",
                f'first kb cite {desk.slug} "…" --append {name}, or kb drop {name}',
            )
        page.remove(record, _EVIDENCE, desk.short(iri))
        drop_span(desk, page, iri, edition)
        edition.notes += opened(
            desk, [iri], partial(_is_used, ox.NamedNode(iri), len(claims_on(desk.near, ox.NamedNode(iri))))
        )


def _is_used(span: ox.NamedNode, claims: int, one: Span) -> bool:
    """Whether something rests on a span still, when one of so many claims does on this one no longer."""
    return one.node != span or claims > 1
