"""Whom a text may name: the agents that the knowledge base knows, by label and alias, and where they stand.

An unnamed party (k:unnamed) is described, not named: its description fits others too, so it is never recognized.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli.gazetteer import Gazetteer
from kbcli.names import FOLDERS, KB, LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kbcli.corpus import Corpus


class Party(NamedTuple):
    """A name where it stands; half-open offsets. `agents` are all who bear it, none if it is a place's or a deed's."""

    start: int
    end: int
    name: str
    agents: tuple[ox.NamedNode, ...]

    @property
    def agent(self) -> ox.NamedNode | None:
        """Whoever is meant, if that can only be one."""
        return self.agents[0] if len(self.agents) == 1 else None


class Parties:
    """The names of all data files but `draft`, the one that is to be written."""

    def __init__(self, corpus: Corpus, draft: Path) -> None:
        self._corpus, self._draft = corpus, draft
        unnamed = ox.NamedNode(corpus.project.base + FOLDERS["k"] + "unnamed")
        names = [
            (name, node)
            for document in corpus.documents
            if document.path != draft
            for written, node in corpus.calling(document)
            if unnamed not in corpus.values(node, KB + "kind")
            for name in dict.fromkeys((written, written.replace("'", "’"), written.replace("’", "'")))
        ]
        self._gazetteer = Gazetteer(names)
        self._agents = {node for _, node in names if corpus.has_class(node, KB + "Agent")}
        person = ox.NamedNode(corpus.project.base + FOLDERS["k"] + "person")
        self._persons = {node for node in self._agents if person in corpus.values(node, KB + "kind")}
        self._last: dict[str, set[ox.NamedNode]] = {}
        self._names: dict[ox.NamedNode, list[str]] = {}
        for name, node in names:
            self._names.setdefault(node, []).append(name)
            if node in self._agents and " " in name:
                self._last.setdefault(name.split()[-1], set()).add(node)

    def standing_in(self, text: str) -> Iterator[Party]:
        for found in self._gazetteer.occurrences(text):
            agents = sorted(found.bearers & self._agents, key=str)
            yield Party(found.start, found.end, found.name, tuple(agents))

    def last_names(self, found: list[Party]) -> dict[str, Party]:
        """Of the persons among those `found` whose whole names stand in a text: each last name that is the name of
        nobody and of no place, with the first standing of its one bearer."""
        whole: dict[str, list[Party]] = {}
        for party in found:
            if " " in party.name and party.agent and self.is_person(party.agent):
                whole.setdefault(party.name.split()[-1], []).append(party)
        return {
            last: parties[0]
            for last, parties in whole.items()
            if len({party.agent for party in parties}) == 1 and last not in self._gazetteer.bearers
        }

    def names(self, agent: ox.NamedNode) -> list[str]:
        """Its label and aliases, in their order."""
        return self._names.get(agent, [])

    def is_person(self, agent: ox.NamedNode) -> bool:
        return agent in self._persons

    def called(self, name: str) -> tuple[ox.NamedNode, ...]:
        """The agents with exactly this label or alias."""
        return tuple(sorted(self._gazetteer.bearers.get(name, frozenset()) & self._agents, key=str))

    def ending_in(self, name: str) -> list[ox.NamedNode]:
        """The agents whose name ends in this word: “Zarif” may be Mohammad Javad Zarif, or somebody else."""
        return sorted(self._last.get(name, ()), key=str)

    def elsewhere(self, agent: ox.NamedNode) -> str:
        """The file of another article that alone has the agent; empty if it is in a shared one."""
        homes = [home for home in self._corpus.homes_of(agent.value) if home.path != self._draft]
        alone = all(home.path.parent.name == "articles" for home in homes)
        return homes[0].shown if homes and alone else ""

    def label(self, agent: ox.NamedNode) -> str:
        label = self._corpus.value(agent, LABEL)
        return label.value if label else self._corpus.short(agent.value)

    def short(self, agent: ox.NamedNode) -> str:
        return self._corpus.short(agent.value)
