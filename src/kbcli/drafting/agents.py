"""The agents that a draft proposes: names that nobody known bears."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kbcli.drafting.parties import Party
from kbcli.drafting.record import Record, said
from kbcli.drafting.slug import plain
from kbcli.gazetteer import Gazetteer
from kbcli.names import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping

    from kbcli.drafting.fullnames import FullNames
    from kbcli.drafting.parties import Parties
    from kbcli.drafting.proposal import Proposal
    from kbcli.drafting.shortnames import Doubt

_UNWRITABLE = "name"  # of a name in no Latin letters


class Agents:
    """One for each name; a last name goes with the one whole name of the text that ends in it, an abbreviation with the
    name that it is given for. `taken` are IRIs in use."""

    def __init__(  # noqa: PLR0913, PLR0917 what is known of the names of a text
        self,
        parties: Parties,
        full: FullNames,
        doubts: Mapping[str, Doubt],
        base: str,
        taken: Container[str],
        contested: Collection[str] = (),
    ) -> None:
        self._contested = set(contested)
        self._parties, self._full, self._doubts = parties, full, doubts
        self._folder, self._taken = base + FOLDERS["ag"], taken
        self._by_name: dict[str, Record] = {}
        self._used: set[str] = set()
        self._count: dict[str, int] = {}
        self._standing: list[Party] = []

    @property
    def records(self) -> list[Record]:
        return list({record.subject: record for record in self._by_name.values()}.values())

    def propose(self, names: Iterable[tuple[str, int]], text: str) -> None:
        """`names` with the numbers of their sentences, of those who speak in `text`."""
        first = dict(reversed(list(names)))
        full = self._full
        shorts = {full.short[name]: name for name in first if name in full.short}
        for name in sorted(first, key=lambda name: (-len(name), name)):
            longer = [shorts[name]] if shorts.get(name) in self._by_name else full.ending_in(name)
            if not (self._parties.called(name) or self.maybe(name)):
                self._propose(name, first[name], longer)
        own = [(name, ox.NamedNode(self._folder + record.subject[3:])) for name, record in self._by_name.items()]
        found = (one for one in Gazetteer(own).occurrences(text) if full.is_whole(one.start, one.end))
        self._standing = [Party(one.start, one.end, one.name, tuple(one.bearers)) for one in found]

    def _propose(self, name: str, number: int, longer: list[str]) -> None:
        """One for the name, unless two `longer` ones end in it, or somebody known may have the one."""
        merged = bool(longer) and longer[0] in self._by_name and name not in self._full.short.values()
        if merged and self._full.is_before(name, longer[0]):
            self._contested.add(name)
        if name in self._contested or len(longer) > 1 or (longer and self._parties.called(longer[0])):
            return
        if longer and longer[0] in self._by_name:
            record = self._by_name[name] = self._by_name[longer[0]]
            record.add("skos:altLabel", said(name))
            if self._full.short.get(longer[0]) != name:
                record.undecided("skos:altLabel", f"is “{name}” in sentence {number} the same party?")
            return
        record = self._named(name)
        asked = f"“{name}” speaks in sentence {number}: is it a name, and of what kind (k:…)?"
        record.undecided("kb:kind", asked)
        if longer:
            record.undecided("rdfs:label", f"is it “{longer[0]}”, whom the text names?")
        if short := self._full.short.get(name):
            record.add("skos:altLabel", said(short))
            self._by_name.setdefault(short, record)

    def of(self, name: str) -> str:
        """The agent proposed for this name, or known by it if its spaces are plain; empty if several may be meant."""
        if name not in self._doubts and len(known := self._parties.called(name)) == 1:
            return self._parties.short(known[0])
        return self._by_name[name].subject if name in self._by_name else ""

    def supplied(self, name: str, kind: str) -> str:
        """The agent that the editor names, known or new."""
        known = self._parties.called(name)
        if len(known) == 1:
            return self._parties.short(known[0])
        record = self._by_name.get(name) or self._named(name)
        record.add("kb:kind", f"k:{kind}")
        record.todos.clear()
        record.add("skos:note", said("Named by the editor."))
        return record.subject

    def maybe(self, name: str) -> list[str]:
        """The known agents of whom a last name may be."""
        return [self._parties.short(agent) for agent in self._parties.ending_in(name)]

    def doubt(self, name: str) -> str:
        """The question who has a name that is another's elsewhere; empty if it is not open."""
        doubt = self._doubts.get(name)
        if doubt is None:
            return self._contest(name)
        known = [self._parties.short(agent) for agent in doubt.agents]
        if len(known) == 1 and not doubt.longer:
            return f"{known[0]} is called “{name}” elsewhere: is it the same one here? No longer name of it stands in this text"
        new = [self.of(longer) or f"“{longer}”" for longer in doubt.longer]
        return f"“{name}” may be one of {', '.join(dict.fromkeys([*known, *new]))}"

    def _contest(self, name: str) -> str:
        if name not in self._contested:
            return ""
        if longer := self._full.ending_in(name):
            named = " or ".join(self.of(one) or f"“{one}”" for one in longer)
            return f"is “{name}” {named} here, or somebody else?"
        return f"“{name}” stands with several titles in this text: who is meant here?"

    def bearers(self, name: str) -> list[str]:
        """The longer names of the text that end in this one."""
        return self._full.ending_in(name)

    def named_in(self, one: Proposal) -> Iterator[Party]:
        """The proposed agents whom the words of a claim name."""
        for start, end in one.spans:
            begin = bisect_left(self._standing, start, key=lambda party: party.start)
            for party in self._standing[begin:]:
                if party.start >= end:
                    break
                if party.end <= end and not any(
                    known.start < party.end and party.start < known.end for known in one.mentions
                ):
                    yield party

    def _named(self, name: str) -> Record:
        local = plain(name) or _UNWRITABLE
        count, free = self._count.get(local, 1), local
        while self._folder + free in self._taken or f"ag:{free}" in self._used:
            count += 1
            free = f"{local}-{count}"
        self._count[local] = count
        self._used.add(f"ag:{free}")
        self._by_name[name] = Record(f"ag:{free}", "kb:Agent", {"rdfs:label": [said(name)]})
        return self._by_name[name]
