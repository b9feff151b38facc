"""What in the shapes would use the network: queries that ask for other data, and namespaces that would smuggle one in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.errors import KbError
from kbcli.names import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

_SH = STANDARD["sh"]
_QUERIES = frozenset(["ask", "construct", "select", "update"])
_PROLOGUE = {"namespace": r"[^\x00-\x20<>\"{}|^`\\]*", "prefix": r"[A-Za-z][\w\-]*"}  # pySHACL pastes them


def reaching(shapes: Iterable[ox.Triple]) -> Iterator[tuple[str, ox.Triple]]:
    """Each triple that reaches outside, and how."""
    from kbcli.sparql import Query

    for triple in shapes:
        name = triple.predicate.value.removeprefix(_SH)
        text = getattr(triple.object, "value", "")
        if name in _PROLOGUE and not re.fullmatch(_PROLOGUE[name], text):
            yield f"sh:{name} is “{text}”", triple
        if name in _QUERIES:
            try:
                Query(text, f"sh:{name}").refuse_unsafe()
            except KbError as error:
                yield error.what.partition("\n")[0], triple
