"""Whether a clause asserts its reporting verb. What is only asked, supposed, wished or doubted nobody has said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.drafting.limits import OPENING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kbcli.drafting.cues import Cue
    from kbcli.drafting.lexicon import Lexicon
    from kbcli.drafting.words import Word

_LONGEST = 16  # words in which a clause begins before its verb
_FEW = 6  # words that may stand between a verb and its “that”


class Assertions:
    """Of one sentence."""

    def __init__(self, words: Sequence[Word], lower: Sequence[str], lexicon: Lexicon, quoted: Collection[int]) -> None:
        self._words, self._lower, self._lexicon, self._quoted = words, lower, lexicon, quoted
        self._are = lexicon.are
        plain = [i for i in range(len(words)) if i not in quoted]
        last = lower[plain[-1]] if plain else ""
        self._is_question, self._is_ended = last == "?", last == "."

    def holds(self, cue: Cue, earlier: Sequence[Cue]) -> bool:
        """Whether the cue is asserted; `earlier` are those of its sentence that are."""
        if self._is_question or cue.kind == "noun":
            return not self._is_question and self._is_plain()
        if cue.kind in ("ascription", "unnamed"):
            return True
        opening = self._opening(cue)
        if opening is None or (self._lower[opening] == "that" and opening + 1 == cue.first):
            return not self._is_inverted(cue)
        if self._lower[opening] == "that":
            return self._is_governed(opening, cue, earlier)
        return not (self._is_supposed(opening, cue) or self._is_inverted(cue))

    def _is_plain(self) -> bool:
        """Whether nothing in the sentence makes a noun doubtful: “Norland’s denial never came”, “if it was one”."""
        doubting = self._are("negations") | self._are("modals") - {"to"} | self._are("suppositions")
        doubting |= self._are("weakening") | self._are("nobody")
        return not doubting & {word for i, word in enumerate(self._lower) if i not in self._quoted}

    def _opening(self, cue: Cue) -> int | None:
        """The word that makes a clause of the cue a part of another one: “that”, “until”."""
        openings = self._are("starters") | self._are("suppositions") | self._are("ordering")
        for at in self._back(cue):
            word, before = self._lower[at], self._word(at - 1)
            if word == "that" and (at == 0 or before in OPENING):  # “That sentiment was echoed by …”
                return None
            if word in openings or (word == "case" and before == "in") or (word == "condition" and before == "on"):
                return at
        return None

    def _back(self, cue: Cue) -> list[int]:
        """The words before the cue up to the mark at which its clause begins; what is inserted between commas left out."""
        at, found = cue.first - 1, []
        while at >= 0 and (self._lower[at] in self._are("adverbs") or at in self._quoted):
            at -= 1
        if cue.kind != "participle" and self._word(at) == ",":
            at = self._inserted(at)
        floor = at - _LONGEST
        while at > floor and at >= 0 and (at in self._quoted or not self._words[at].is_mark):
            found.append(at)
            at -= 1
        return found

    def _inserted(self, comma: int) -> int:
        """The word before the comma that opens what the other one closes."""
        for at in range(comma - 1, max(-1, comma - _LONGEST), -1):
            if self._lower[at] == ",":
                return at - 1
            if self._words[at].is_mark:
                break
        return comma

    def _is_supposed(self, opening: int, cue: Cue) -> bool:
        word, before = self._lower[opening], self._lower[max(0, opening - 2) : opening]
        if word in self._are("suppositions") or word in ("case", "condition"):
            return True
        if word == "as":  # “as long as”, “as soon as”
            return before[:1] == ["as"] and before[1:] != ["well"] and self._is_present(cue)
        if word == "though":
            return before[-1:] == ["as"]
        # A headline tells in the present what has been: “… after Norland denies it”.
        return word in self._are("ordering") and self._is_ended and self._is_present(cue)

    def _is_present(self, cue: Cue) -> bool:
        """Whether behind “when” and the like it is only to come: “when Norland denies it”, “once it has denied it”."""
        inside = self._lower[cue.first : cue.last]
        forms = [
            verb.form for word in inside if (verb := self._lexicon.verbs.get(word) or self._lexicon.phrases.get(word))
        ]
        return bool({"has", "have", "is", "are"} & set(inside)) or forms[:1] in (["base"], ["third"])

    def _is_governed(self, that: int, cue: Cue, earlier: Sequence[Cue]) -> bool:
        """Whether somebody is reported to have said what begins with “that”, or to have denied it."""
        if cue.class_ == "Allegation" and self._word(cue.last) in self._are("accusing") - {"that"}:
            return True  # “a group that Norland holds responsible for it”
        if self._word(that - 1) in self._are("joining"):  # “said that …, but that …”
            return any(self._word(one.last) == "that" for one in earlier if one.kind != "silence")
        teller = earlier[-1] if earlier else None
        if teller is None or teller.last > that or teller.kind not in ("active", "passive", "participle"):
            return False
        if self._is_nobodys(teller):
            return False
        if teller.last == that:
            return not (teller.lemma in self._are("wishing") and self._is_base(cue))
        return self._is_told(teller, that)

    def _is_nobodys(self, teller: Cue) -> bool:
        """Of “few believe that”, “no one said that”."""
        nobody = self._are("nobody") | self._are("weakening") | {"few", "nothing"}
        return any(self._lower[at] in nobody for at in self._back(teller))

    def _is_told(self, teller: Cue, that: int) -> bool:
        """Whether nothing but whom, when or where stands before “that”: “told Norland that”, “said on Monday that”."""
        between = self._lower[teller.last : that]
        small = {self._lower[at] for at in range(teller.last, that) if not self._words[at].is_capital}
        links = ("auxiliaries", "modals", "negations", "subjects", "relatives", "nobody", "joining")
        marked = any(word.is_mark for word in self._words[teller.last : that])
        if marked or len(between) > _FEW or any(small & self._are(name) for name in links):
            return False
        if teller.takes_object:
            return True
        placing = self._are("prepositions") - {"to"} | self._are("daytimes")
        named = self._words[teller.last].is_capital or between[0] in placing
        told = named or teller.lemma in self._are("telling") or teller.lemma == "warn"
        return told and between[-1] not in self._are("contents")

    def _is_base(self, cue: Cue) -> bool:
        verb = self._lexicon.verbs.get(self._lower[cue.first]) or self._lexicon.phrases.get(self._lower[cue.first])
        return self._lower[cue.first] in ("be", "have") or (verb is not None and verb.form == "base")

    def _is_inverted(self, cue: Cue) -> bool:
        """Whether an auxiliary stands before the subject: “Had Norland denied it”, “Never has Norland denied it”; or who
        makes others say so: “Let officials deny it”."""
        base = self._is_base(cue)
        inverting = self._are("modals") - {"to", "cannot"} if base else self._are("inverted")
        for at in self._back(cue):
            if self._lower[at] in self._are("causing") and base:
                return True
            if self._lower[at] not in inverting or at + 1 >= cue.first:
                continue
            subject = self._words[at + 1]
            begins = subject.is_capital or subject.lower in self._are("determiners") | self._are("subjects")
            if self._word(at - 1) not in self._are("relatives") | {"that"} and (begins or base):
                return True
        return cue.kind == "passive" and self._is_never(cue)

    def _is_never(self, cue: Cue) -> bool:
        """Of a passive: “Never was Norland accused by Orm”."""
        never = self._are("negations") | self._are("weakening")
        inverted = (at for at in self._back(cue) if self._lower[at] in ("are", "is", "was", "were"))
        return any(self._word(at - 1) in never for at in inverted)

    def _word(self, index: int) -> str:
        return self._lower[index] if 0 <= index < len(self._lower) else ""
