"""What a file says of each thing, so that two files can be compared thing by thing, whatever their blank nodes' names."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_About = dict["ox.NamedNode | ox.BlankNode | ox.Triple", list[ox.Triple]]


class Difference(NamedTuple):
    """The IRIs of what is said otherwise here, of what is not here, and of what is here alone.

    What is said of a blank node that nothing names has an account in place of an IRI.
    """

    altered: Sequence[str]
    missing: Sequence[str]
    own: Sequence[str]

    def __bool__(self) -> bool:
        return any(self)


def difference(here: Iterable[ox.Triple], there: Iterable[ox.Triple]) -> Difference:
    """How what is said here differs from what is said there."""
    ours, theirs = accounts(here), accounts(there)
    return Difference(
        sorted(thing for thing in ours.keys() & theirs.keys() if ours[thing] != theirs[thing]),
        sorted(theirs.keys() - ours.keys()),
        sorted(ours.keys() - theirs.keys()),
    )


def accounts(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """A digest of all that is said of each thing, what is said of its blank nodes included."""
    about: _About = {}
    for triple in triples:
        about.setdefault(triple.subject, []).append(triple)
    blank = _of_blank(about)
    held = {one.object for said in about.values() for one in said}
    found = {}
    for thing, said in about.items():
        if isinstance(thing, ox.NamedNode):
            found[thing.value] = _account(said, blank)
        elif thing not in held and isinstance(thing, ox.BlankNode):
            found[f"_:{blank[thing]}"] = blank[thing]
    return found


def _account(said: Iterable[ox.Triple], blank: Mapping[ox.BlankNode, str]) -> str:
    lines = sorted(f"{one.predicate} {_spelt(one.object, blank)}" for one in said)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _spelt(term: object, blank: Mapping[ox.BlankNode, str]) -> str:
    return f"_:{blank.get(term, '')}" if isinstance(term, ox.BlankNode) else str(term)


def _of_blank(about: _About) -> dict[ox.BlankNode, str]:
    """The account of each blank node: inner ones first, however deep. One that leads to itself counts for nothing there."""
    found: dict[ox.BlankNode, str] = {}
    for first in about:
        waiting, entered = [first] if isinstance(first, ox.BlankNode) else [], set()
        while waiting:
            node = waiting[-1]
            inner = [o for one in about.get(node, ()) if isinstance(o := one.object, ox.BlankNode)]
            left = [] if node in entered else [o for o in inner if o not in found and o not in entered]
            entered.add(node)
            if left:
                waiting += left
                continue
            waiting.pop()
            if isinstance(node, ox.BlankNode):
                found.setdefault(node, _account(about.get(node, ()), found))
    return found
