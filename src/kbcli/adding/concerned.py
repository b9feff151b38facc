"""Which files the checks must read to tell what a change brings in: also those that it does not touch.

A membership is backed by a claim of some article, and a new name may stand in any article's words.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kbcli.mentions import last_part, mentioning
from kbcli.names import expand
from kbcli.namesakes import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kbcli.adding.desk import Desk
    from kbcli.document import Document

_MOST = 40  # files that name the record; more than that an editor does not wait for


class Concerned(NamedTuple):
    """`shown` are the files, by their paths; `is_all`: whether no other one names what was changed."""

    shown: frozenset[str]
    is_all: bool


def concerned(desk: Desk, ids: Iterable[str], before: Iterable[Document], after: Iterable[Document]) -> Concerned:
    """`ids` are the records that are changed, `before` and `after` the files that hold them."""
    own = [*after]
    homes = {home.shown for document in own for iri in document.named for home in desk.near.homes_of(iri)}
    known = {*homes, *(one.shown for one in own), *(one.shown for one in desk.corpus.shared_documents)}
    wanted = _names(desk, ids, before, own)
    others = (one.shown for one in mentioning(desk.corpus.documents, wanted) if one.shown not in known)
    found = list(islice(others, _MOST + 1)) if wanted else []
    return Concerned(frozenset({*known, *found[:_MOST]}), len(found) <= _MOST)


def _names(desk: Desk, ids: Iterable[str], before: Iterable[Document], after: Iterable[Document]) -> list[str]:
    """What the files have in them that the change may concern: the ends of the ids, and the names that are new."""
    irises = [expand(one, desk.project.prefixes) or one for one in ids]
    old, new = ({one.written.value for document in both for _, one in names_in(document)} for both in (before, after))
    return sorted({*map(last_part, irises), *(new - old)} - {""})
