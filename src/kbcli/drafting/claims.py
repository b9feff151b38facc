"""The kb:Claim records of a draft, with what a person must decide of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbcli.drafting.record import Record, said, text
from kbcli.unseen import without_unseen

if TYPE_CHECKING:
    from kbcli.drafting.agents import Agents
    from kbcli.drafting.parties import Parties
    from kbcli.drafting.proposal import Proposal
    from kbcli.drafting.subjects import Subject
    from kbcli.drafting.times import Times

_CARRIED = 4  # sentences after which a time holds on no more


@dataclass
class Moments:
    """Where a time was told, or may have been. It may hold on for what the same party says next, or whoever is not named."""

    _last: dict[str, int] = field(default_factory=dict)

    def note(self, number: int, speaker: str) -> None:
        self._last[speaker] = number

    def is_none(self, number: int, speaker: str) -> bool:
        if speaker and number - self._last.get("", -_CARRIED) <= 1:
            return False
        known = [self._last.get(speaker, -_CARRIED)] if speaker else self._last.values()
        return all(number - last >= _CARRIED for last in known)


@dataclass
class Claims:
    """`article` is the slug, `outlet` the prefixed name of its voice."""

    article: str
    outlet: str
    agents: Agents
    times: Times
    parties: Parties
    prefixes: set[str] = field(default_factory=set)
    _taken: set[str] = field(default_factory=set)
    _moments: Moments = field(default_factory=Moments)

    def of(self, number: int, sentence: str, proposals: list[Proposal]) -> list[Record]:
        """Of the sentence with this number."""
        names = [self._name(number, one.lemma) for one in proposals]
        return [self._claim(one, name, number, sentence, names) for one, name in zip(proposals, names, strict=True)]

    def _claim(self, one: Proposal, name: str, number: int, sentence: str, names: list[str]) -> Record:
        claim = Record(name, f"kb:{one.class_}")
        speaker, label = self._speaker(claim, one)
        claim.add("rdfs:label", said(f"{label}, in the article’s words: {without_unseen(sentence)}"))
        claim.undecided("rdfs:label", "say it in one sentence, “Speaker: content”")
        self._subject_matter(claim, one, speaker)
        if one.noun and speaker:
            asked = f"is it told that {label} said so, or is a “{one.cue}” only spoken of? Then remove the claim"
            claim.undecided("kb:speaker", asked)
        for property_, words in (("kb:cue", [one.cue]), ("kb:hedge", one.hedges), ("kb:quote", one.quotes)):
            claim.add(property_, *(text(word) for word in words if word))
        if one.office and speaker:
            claim.undecided(
                "kb:speakingAs", f"does {label} speak as “{one.office}”? Then write the office, as it stands there"
            )
        for quoted in one.loose_quotes:
            claim.undecided("kb:quote", f"whose words are “{quoted}”? If this speaker’s, add them")
        if one.beyond:
            claim.undecided("kb:quote", "give the quotation whole, and a span that has all of it")
        if one.unsure:
            claim.undecided("kb:quote", "an apostrophe may be its closing mark: write the quotation as it stands there")
        self._time(claim, one, number, speaker)
        self._mentions(claim, one, speaker)
        if one.through is not None:
            claim.add("kb:via", names[one.through])
            claim.undecided("kb:via", f"is it told only through {names[one.through]}? If not, remove it")
        elif one.channel:
            asked = f"is it told only through “{one.channel}”? If another claim tells it, name that, else kb:channel"
            claim.undecided("kb:via", asked)
        if one.retold:
            claim.undecided(
                "kb:via", f"who has it (“{one.cue} by …”)? If another claim tells it, name that, else kb:channel"
            )
        claim.add("kb:evidence", *(f"ev:{self.article}-{start}-{end}" for start, end in one.spans))
        return claim

    def _speaker(self, claim: Record, one: Proposal) -> tuple[str, str]:
        """Its name, empty if open, and what the label calls it."""
        if one.silent is not None:
            silent, label = self._agent(one.silent)
            if silent:
                claim.add("kb:silent", silent)
            else:
                which = self._which(one.silent) or f"who is reported not to have said it?{_shown(one.silent)}"
                claim.undecided("kb:silent", which)
            if one.outlet:
                claim.add("kb:speaker", self.outlet)
                return self.outlet, "Outlet"
            claim.undecided("kb:speaker", "who reports this silence: the outlet, or whoever is quoted before?")
            return "", "Speaker to be named"
        speaker, label = self._agent(one.speaker)
        if speaker:
            claim.add("kb:speaker", speaker)
            return speaker, label
        claim.undecided("kb:speaker", self._question(one))
        return "", "Speaker to be named"

    def _question(self, one: Proposal) -> str:
        party = one.speaker.party
        if party and len(party.agents) > 1:
            names = ", ".join(self.parties.short(agent) for agent in party.agents)
            return f"“{party.name}” may be one of {names}"
        if which := self._which(one.speaker):
            return which
        if one.speaker.name and (maybe := self.agents.maybe(one.speaker.name)):
            return f"“{one.speaker.name}” may be {' or '.join(maybe)}: if so, give it skos:altLabel; or else an agent of its own"
        if one.lemma == "quote" and not one.cue:
            before = _shown(one.followed) if one.followed else ""
            return f"whose words are these?{before and f' Before them speaks{before}'}"
        return f"who says so?{_shown(one.speaker)}"

    def _which(self, subject: Subject) -> str:
        """The question whom of several a short name means; empty if it is not open."""
        if doubt := self.agents.doubt(subject.name or re.sub("[’']s?$", "", subject.words)):
            return doubt
        bearers = self.agents.bearers(subject.name) if subject.name else []
        return f"which {subject.name}? {' or '.join(bearers)}" if len(bearers) > 1 else ""

    def _agent(self, subject: Subject) -> tuple[str, str]:
        if subject.party and subject.party.agent:
            return self.parties.short(subject.party.agent), self.parties.label(subject.party.agent)
        return (self.agents.of(subject.name), subject.name) if subject.name else ("", "")

    def _subject_matter(self, claim: Record, one: Proposal, speaker: str) -> None:
        if one.class_ == "Denial":
            claim.undecided("kb:denies", "which claim does it reject? For a general denial write kb:about instead")
            return
        claim.undecided("kb:about", "which operation (op:…), or which agent if it describes one?")
        if one.class_ == "Allegation" and one.accused and one.accused.agent:
            claim.add("kb:actor", self.parties.short(one.accused.agent))
        elif one.class_ == "Allegation":
            charged = f" “{one.charged}”?" if one.charged else ""
            claim.undecided("kb:actor", f"who is accused?{charged} If nobody is, it is a kb:Statement")
        if one.class_ == "Admission":
            claim.add("kb:actor", *([speaker] if speaker else []))
            claim.undecided(
                "kb:actor", "a deed of the speaker’s own that is held against it? If not, it is a kb:Statement"
            )

    def _time(self, claim: Record, one: Proposal, number: int, speaker: str) -> None:
        if one.outlet:
            return
        if one.said and self.times.is_ahead(one.said.words):
            claim.undecided(
                "kb:said", f"“{one.said.words}” is after the day of issue: when was it said? Else kb:notStated kb:said"
            )
        elif one.said:
            claim.add("kb:said", self.times.of(number, one.said.words, one.said.start))
        elif loose := [time.words for time in one.loose if not self.times.is_ahead(time.words)]:
            words = ", ".join(f"“{word}”" for word in loose)
            claim.undecided("kb:said", f"is it {words}, or is that when it happened? Else kb:notStated kb:said")
        elif one.ordered:
            claim.undecided("kb:said", "is its order the time (“after …”)? Else kb:notStated kb:said")
        elif one.beyond or one.timed or not self._moments.is_none(number, speaker):
            claim.undecided("kb:said", "no time stands beside it; does one carry over? Else kb:notStated kb:said")
        else:
            claim.add("kb:notStated", "kb:said")
            return
        self._moments.note(number, speaker)

    def _mentions(self, claim: Record, one: Proposal, speaker: str) -> None:
        for party, whole in one.doubtful:
            if party.agent:
                words = f"is “{party.name}” in “{whole}” {self.parties.short(party.agent)}?"
                claim.undecided("kb:mentions", words)
        for name in one.doubted:
            asked = self.agents.doubt(name)
            if asked and not any(said_ == asked for _, said_ in claim.todos):
                claim.undecided("kb:mentions", asked)
        roles = {speaker, *claim.values.get("kb:actor", ()), *claim.values.get("kb:silent", ())}
        for party in (*one.mentions, *self.agents.named_in(one)):
            if party.agent and self.parties.short(party.agent) not in roles:
                claim.add("kb:mentions", self.parties.short(party.agent))
            elif len(party.agents) > 1:
                names = ", ".join(self.parties.short(agent) for agent in party.agents)
                words = f"“{party.name}” may be one of {names}"
                if not any(said_ == words for _, said_ in claim.todos):
                    claim.undecided("kb:mentions", words)

    def _name(self, number: int, lemma: str) -> str:
        stem = f"cl:{self.article}-{number}-{lemma}"
        count, name = 1, stem
        while name in self._taken:
            count += 1
            name = f"{stem}-{count}"
        self._taken.add(name)
        return name


def _shown(subject: Subject) -> str:
    return f" “{subject.words}”" if subject.words else ""
