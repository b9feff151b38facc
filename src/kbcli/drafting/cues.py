"""The reporting words of a sentence: verbs, and a few nouns and phrases, as they are used there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kbcli.drafting.assertions import Assertions
from kbcli.drafting.auxiliaries import Auxiliaries
from kbcli.drafting.hearsay import without_hedges
from kbcli.drafting.plurals import Plurals
from kbcli.drafting.silences import Silences
from kbcli.drafting.things import Things

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.drafting.lexicon import Lexicon, Verb
    from kbcli.drafting.words import Word

Kind = Literal["active", "passive", "participle", "noun", "ascription", "silence", "unnamed"]
_NEAR = 4  # words behind “as” in which it is told as what, and of a subject that ends a sentence with its verb
_SOON = 8  # words within which what a verb needs must follow


@dataclass(frozen=True)
class Cue:
    """The words from `first` up to `last` (of the sentence's), auxiliaries included. `takes_object`: see en.toml.

    An ascription is “according to”; a silence is somebody's not saying; unnamed is “allegedly”. What is `retold` was said
    to somebody else: “was quoted as saying”.
    """

    kind: Kind
    first: int
    last: int
    class_: str
    lemma: str
    takes_object: bool = False
    retold: bool = False


class Cues:
    """Finds them in the words of one sentence. `quoted` are the words inside quotation marks, which report nothing."""

    def __init__(self, words: Sequence[Word], lexicon: Lexicon, quoted: frozenset[int]) -> None:
        self._words = words
        self._lower = [word.lower for word in words]
        self._lexicon = lexicon
        self._things = Things(words, self._lower, lexicon)
        self._auxiliaries = Auxiliaries(self._lower, lexicon, quoted)
        self._silences = Silences(words, self._lower, lexicon, self._auxiliaries)
        self._plurals = Plurals(words, self._lower, lexicon)
        self._assertions = Assertions(words, self._lower, lexicon, quoted)
        self._quoted = quoted

    def found(self) -> Iterator[Cue]:
        """In their order; none within another."""
        yield from without_hedges(list(self._each()), self._lower, self._lexicon)

    def _each(self) -> Iterator[Cue]:
        done, found = 0, list[Cue]()
        for index in range(len(self._words)):
            if index < done or self._lower[index] not in self._lexicon.triggers or index in self._quoted:
                continue
            cue = self._at(index)
            if cue and cue.first >= done and self._assertions.holds(cue, found):
                done = cue.last
                found.append(cue)
                yield cue

    def _at(self, index: int) -> Cue | None:
        return (
            self._ascription(index)
            or self._noun(index)
            or self._silent(index)
            or self._phrase(index)
            or self._verb(index)
            or self._unnamed(index)
        )

    def _ascription(self, index: int) -> Cue | None:
        if self._lower[index : index + 2] != ["according", "to"]:
            return None
        return Cue("ascription", index, index + 2, "Statement", "according")

    def _noun(self, index: int) -> Cue | None:
        class_ = self._lexicon.nouns.get(self._lower[index])
        owned = index > 0 and self._words[index - 1].is_possessive and self._words[index - 1].is_capital
        return Cue("noun", index, index + 1, class_, self._lower[index]) if class_ and owned else None

    def _unnamed(self, index: int) -> Cue | None:
        """A word that ascribes, where a name beside it may be the accused."""
        class_ = self._lexicon.unnamed.get(self._lower[index])
        beside = [word for word in self._words[index + 1 : index + 3] if word.is_capital]
        adverb = self._lower[index].endswith("ly")
        return Cue("unnamed", index, index + 1, class_, self._lower[index]) if class_ and (adverb or beside) else None

    def _silent(self, index: int) -> Cue | None:
        found = self._silences.at(index)
        return Cue("silence", found.first, found.last, "Statement", found.lemma) if found else None

    def _phrase(self, index: int) -> Cue | None:
        verb = self._lexicon.phrases.get(self._lower[index])
        if verb is None:
            return None
        for then in verb.then:
            for skipped in range(verb.gap + 1):
                begin = index + 1 + skipped
                if tuple(self._lower[begin : begin + len(then)]) == then and not self._has_mark(index + 1, begin):
                    return self._used(index, verb, index + 1 if skipped else begin + len(then))
        return None

    def _verb(self, index: int) -> Cue | None:
        verb = self._lexicon.verbs.get(self._lower[index])
        if verb is None or self._silences.is_void(index) or not self._is_verb(index, verb):
            return None
        if any(tuple(self._lower[index + 1 : index + 1 + len(words)]) == words for words in verb.unsaid):
            return None
        if verb.unless and (self._things.has(index, verb.unless) or self._things.is_doubled(index)):
            return None
        if verb.clause and not (self._quoted or self._begins_clause(index + 1, determined=False) or self._ends(index)):
            return None
        if self._words[index].is_capital:  # “United States”; “Asked about Iran, Israel said …”
            return None
        return self._used(index, verb, index + 1)

    def _ends(self, index: int) -> bool:
        """Whether the verb ends a sentence of which the rest is told by its subject: “…, the force added.”"""
        before = self._lower[max(1, index - _NEAR) : index]
        return self._next(index) == "." and "," in before and before[-1] != ","

    def _used(self, index: int, verb: Verb, last: int) -> Cue | None:
        """How the verb is used here; None where nothing is reported by it."""
        group = self._auxiliaries.of(index)
        class_ = self._class(index, verb)
        if not class_ or group.alleged or (group.passive and self._is_idle(index, verb, negated=group.negated)):
            return None
        if verb.form != "ing" and (group.modal or group.negated):
            answers = verb.lemma in self._lexicon.silence("answer") and group.negated
            return Cue("silence", group.first, last, "Statement", "silence") if answers else None
        kind = self._kind(index, verb, group.first, self._next(last - 1), passive=group.passive)
        return Cue(kind, group.first, last, class_, verb.lemma, verb.object, verb.spoken) if kind else None

    def _kind(self, index: int, verb: Verb, first: int, behind: str, *, passive: bool) -> Kind | None:
        if verb.spoken:
            return "active" if passive else None
        if verb.form == "ing":
            return "active" if first < index else "participle" if self._is_participle(index) else None
        if verb.form == "past" and (passive or behind in verb.passive):
            relative = first > 0 and self._lower[first - 1] in ("that", "which", "who")
            # “plans, which were revealed by …” describes the plans, in the outlet's words
            return None if verb.class_ == "Statement" and relative and behind == "by" else "passive"
        if verb.form == "base" and first == index and not self._plurals.ends(index - 1, sure=verb.noun or verb.clause):
            return None
        return "active"

    def _class(self, index: int, verb: Verb) -> str:
        first = self._auxiliaries.of(index).first
        if self._things.is_by(first, verb.barred) or (verb.sources and not self._things.is_by(first, verb.sources)):
            return verb.otherwise
        if verb.counts_not and self._is_counted(index + 1):
            return "Statement" if self._has_clause(index + 1) else ""
        passive = self._auxiliaries.of(index).passive or self._next(index) == "by"
        concerns = self._things.is_of(first, verb.needs) if passive else self._things.is_about(index, verb.needs)
        judged = any(
            self._lower[at] == "as" and verb.judged & set(self._lower[at + 1 : at + _NEAR])
            for at in range(index + 1, min(index + _SOON, len(self._words)))
        )
        return verb.class_ if not verb.needs or concerns or judged else verb.otherwise

    def _is_counted(self, index: int) -> bool:
        """Whether a number stands there: “admitted 200 refugees”."""
        number = self._lower[index] if index < len(self._lower) else ""
        return number[:1].isdecimal() or number in self._lexicon.are("numbers")

    def _has_clause(self, begin: int) -> bool:
        """Whether a clause of its own follows: “admitted three of its jets had cracks”."""
        for at in range(begin, min(begin + _SOON, len(self._words))):
            if self._words[at].is_mark or self._lower[at] in self._lexicon.are("relatives"):
                break
            if self._lower[at] in self._lexicon.are("auxiliaries") | self._lexicon.are("modals") - {"to"}:
                return True
        return False

    def _is_idle(self, index: int, verb: Verb, *, negated: bool) -> bool:
        """Whether the passive reports nothing: “was admitted to hospital”, “was denied a refund”, “was not denied”."""
        if negated or self._next(index) in verb.idle:
            return True
        before = self._lower[max(0, index - _SOON) : index]
        return bool(verb.of) and not verb.of & set(before)

    def _is_verb(self, index: int, verb: Verb) -> bool:
        """Whether it is no noun and no adjective here, as far as its neighbours tell."""
        before, are = self._lower[index - 1] if index else "", self._lexicon.are
        owned = index > 0 and self._words[index - 1].is_possessive
        if owned or before in are("determiners") or before in are("prepositions"):
            return False
        if verb.form == "past" and (
            (before[:1].isdecimal() and not before[-1:].isalpha()) or before in are("quantities")
        ):
            return False  # “four confirmed cases”
        if verb.form == "past" and verb.lemma == "allege":
            return self._begins_clause(index + 1)
        if verb.noun and verb.form in ("base", "third") and before not in are("modals") | are("negations"):
            behind = self._next(index)
            governed = before in self._lexicon.verbs  # “denied reports that”
            return bool(behind) and not governed and behind not in are("prepositions") | {",", ".", ";", ":"}
        return True

    def _begins_clause(self, index: int, *, determined: bool = True) -> bool:
        """Whether a clause may begin there, as “that”, a pronoun or a name tell; a determiner, if it is to count."""
        if index >= len(self._words):
            return False
        word, are = self._lower[index], self._lexicon.are
        if word in ("that", "to") or word in are("pronouns") or self._words[index].is_capital:
            return True
        return determined and word in are("determiners")

    def _is_participle(self, index: int) -> bool:
        """Whether an -ing form goes with what is told of somebody: “…, saying”, “and warning”, “alleging that”."""
        before = self._lower[index - 1] if index else ""
        named = index > 0 and self._words[index - 1].is_capital and not self._words[index - 1].is_mark
        if before in (",", "and", "while", "but", "”", '"') or self._next(index) == "that":
            return True
        return named and (self._next(index) in self._lexicon.are("pronouns") or self._next(index) in ("on", "for"))

    def _has_mark(self, begin: int, end: int) -> bool:
        return any(word.text in ",.;:" for word in self._words[begin:end])

    def _next(self, index: int) -> str:
        return self._lower[index + 1] if index + 1 < len(self._lower) else ""
