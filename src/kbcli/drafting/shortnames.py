"""One-word names of known agents. Elsewhere they are of one agent; in this text they may be another's, or no name at all.

“Conti” is who bears the name in another article only if this text has a longer name of hers too, and of no one else
whose name ends in it. An organization's one is asked for as much where it is a common noun: “the Ledger”.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import pyoxigraph as ox

    from kbcli.drafting.fullnames import FullNames
    from kbcli.drafting.lexicon import Lexicon
    from kbcli.drafting.parties import Parties, Party

_REACH = 60  # characters in which the words beside are looked for
_BEFORE = re.compile(r"(?<![\w.’'-])([\w.’'-]+)[ \t\xa0]+\Z")
_BEHIND = re.compile(r"[ \t\xa0]+([^\W\d_][\w’'-]*)(?:[ \t\xa0]+([^\W\d_][\w’'-]*))?")
_ARTICLES = frozenset({"a", "an", "the"})
# What may stand behind a name and is no noun that the name describes.
_LINKS = (
    "adverbs", "auxiliaries", "closing", "daytimes", "determiners", "joining", "modals", "negations", "numbers",
    "prepositions", "pronouns", "relatives", "starters",
)  # fmt: skip


class Doubt(NamedTuple):
    """Who bears a name elsewhere, and the longer names of this text that end in it and are not theirs."""

    agents: tuple[ox.NamedNode, ...]
    longer: tuple[str, ...]


class ShortNames:
    """Of one text, where the names `found` stand. `small` are the words that it has without a capital."""

    def __init__(self, found: Iterable[Party], parties: Parties, full: FullNames, small: Collection[str]) -> None:
        found = list(found)
        self._parties, self._full, self._small = parties, full, small
        self._whole = {agent for party in found if is_long(party.name) for agent in party.agents}
        short = {party.name: party.agents for party in found if party.agents and not is_long(party.name)}
        doubted = ((name, self._doubt(name, agents)) for name, agents in sorted(short.items()))
        self.doubts: dict[str, Doubt] = {name: doubt for name, doubt in doubted if doubt}

    def _doubt(self, name: str, agents: tuple[ox.NamedNode, ...]) -> Doubt | None:
        """None where it is certain enough who has the name."""
        if not any(map(self._parties.is_person, agents)):
            common = not name.isupper() and all(self._is_common(name, agent) for agent in agents)
            return Doubt(agents, ()) if common and self._whole.isdisjoint(agents) else None
        own = [longer for agent in agents for longer in self._parties.names(agent) if is_long(longer)]
        borne = self._full.ending_in(name)
        if any(longer.startswith(f"{name} ") for longer in own):  # a first name
            borne = [*borne, *self._full.beginning_with(name)]
        others = [one for one in borne if not f" {one}".endswith(tuple(f" {longer}" for longer in own))]
        return Doubt(agents, tuple(others)) if others or self._whole.isdisjoint(agents) else None

    def _is_common(self, name: str, agent: ox.NamedNode) -> bool:
        """Whether the name is a common noun too, as far as the text and the longer names tell."""
        if name == self._parties.label(agent) or not name[:1].isupper():
            return False
        return name.lower() in self._small or any(one.endswith(f" {name}") for one in self._parties.names(agent))


def is_long(name: str) -> bool:
    """Whether it has several words, an article left out."""
    return " " in name.removeprefix("the ").removeprefix("The ").replace("\xa0", " ")


def of_persons(text: str, found: Iterable[Party], parties: Parties, lexicon: Lexicon) -> Iterator[Party]:
    """Those of `found` that are no part of what a thing is called: not “the Marsh”, “the Harrow road”."""
    links = frozenset().union(*(lexicon.are(name) for name in _LINKS))
    for party in found:
        short = not is_long(party.name) and any(map(parties.is_person, party.agents))
        if not (short and _is_of_a_thing(text, party, lexicon, links)):
            yield party


def _is_of_a_thing(text: str, party: Party, lexicon: Lexicon, links: Collection[str]) -> bool:
    before = _BEFORE.search(text, max(0, party.start - _REACH), party.start)
    behind = _BEHIND.match(text, party.end, party.end + _REACH)
    leading = before[1].lower() if before else ""
    joined = text.startswith((" &", "\xa0&"), party.end) or text[max(0, party.start - 2) : party.start].startswith("&")
    if leading in _ARTICLES or joined:  # “the Marsh”, “Keystone & Marsh”
        return True
    noun = behind[1] if behind else ""
    if not noun.islower() or noun in links or noun.endswith("ly"):
        return False
    governed = leading in lexicon.are("prepositions") or leading in lexicon.are("determiners")
    return governed or bool(behind and behind[2] and behind[2] in lexicon.are("auxiliaries"))
