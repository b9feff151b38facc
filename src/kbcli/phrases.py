"""The parts of cards in words. No phrase has a claim's label without its speaker and those it comes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.card import Line, each

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kbcli.parts import Moment, OtherTime, Thing, Told, Voice
    from kbcli.passages import Passage, Span

OPEN, CLOSE = "⟦", "⟧"  # around the words that a claim rests on
NOT_NAMED = "not named by the article"
STEP = " ▸ "
BASES = {
    "kb:stated": "stated by the article",
    "kb:inferred": "inferred by the editors from the article, not stated in it",
    "kb:relative": "relative: a weekday or an order only, no date",
    "kb:external": "not from the article but from elsewhere",
}
NO_DENIAL = "no denial of it is recorded here, which does not mean that nobody denied it"


def quoted(text: str) -> str:
    return f"“{text}”"


def rested_on(text: str) -> str:
    """Words of an article on which a claim rests."""
    return f"{OPEN}{unmarked(text)}{CLOSE}"


def named(thing: Thing) -> str:
    """The name, with a word where it is no name that the article gives."""
    if thing.unnamed and "unnamed" not in thing.label.lower():
        return f"{thing.label} [{NOT_NAMED}]"
    return thing.label


def described(thing: Thing) -> str:
    """Name, id and kinds."""
    kinds = ", ".join(kind.label for kind in thing.kinds)
    inside = "; ".join(part for part in (thing.id, kinds) if part)
    return f"{named(thing)} ({inside})" if inside else named(thing)


def all_described(things: Iterable[Thing]) -> list[str]:
    return [described(thing) for thing in things]


def told(claim: Told) -> str:
    """A claim in a line: class, speaker, those it comes through, reservation, label, id."""
    return f"{without_id(claim)} [{claim.id}]{_again(claim)}"


def without_id(claim: Told) -> str:
    if claim.through:
        who = f"ascribed to {named(claim.speaker)}, second-hand through {STEP.join(map(_carrier, claim.through))}"
    else:
        who = f"by {named(claim.speaker)}"
    return f"{claim.class_} {who}{_reserved(claim.hedges)}: {claim.label}"


def all_told(claims: Iterable[Told], name: str = "", depth: int = 0) -> list[Line]:
    return each(map(told, claims), name, depth)


def counted(heading: str, claims: Iterable[Told]) -> tuple[str, list[Line]]:
    """A section of claims, with their number in its heading."""
    lines = all_told(claims)
    return f"{heading} ({len(lines)})", lines


def carriers(claim: Told) -> str:
    """Those through whom alone a second-hand claim is known, outermost first."""
    return STEP.join(named(voice.agent) for voice in claim.through)


def source_of(claim: Told) -> str:
    """Who says it, for a heading: the speaker, and through whom alone it is known."""
    through = carriers(claim)
    return f"{named(claim.speaker)}, as {through} alone has it" if through else named(claim.speaker)


def marked(passage: Passage) -> str:
    """The sentence with marks around the words meant."""
    parts, last = [], 0
    for start, end in passage.marks:
        parts += [unmarked(passage.text[last:start]), rested_on(passage.text[start:end])]
        last = end
    return "".join([*parts, unmarked(passage.text[last:])])


def words(passages: Iterable[Passage], spans: Iterable[Span]) -> list[Line]:
    """The sentences with the spans marked, then the spans that do not stand where the record says."""
    lines = [Line(marked(passage), f"{passage.article}, sentence {passage.number}") for passage in passages]
    for span in spans:
        if not span.found:
            where = f"recorded for {span.article or 'no article'}, but not found there (kb validate tells more)"
            lines.append(Line(rested_on(span.exact), where))
    return lines


def bounds(moment: Moment) -> str:
    first, last = moment.earliest, moment.latest
    if not first and not last:
        return "no date"
    if first == last:
        return first
    return ", ".join([f"earliest {first}"] * bool(first) + [f"latest {last}"] * bool(last))


def basis(moment: Moment) -> str:
    known = BASES.get(moment.basis, moment.basis or "on no recorded basis")
    return f"{known}: {', '.join(moment.sources)}" if moment.sources else known


def time(moment: Moment) -> str:
    """A time in a line. That it is inferred or from elsewhere is said beside it."""
    return f"{quoted(moment.text)} ({bounds(moment)}; {basis(moment)}) [{moment.id}]"


def time_lines(moment: Moment, depth: int = 0) -> list[Line]:
    return [
        Line(f"{quoted(moment.text)} [{moment.id}]", "the article’s words", depth),
        Line(bounds(moment), "bounds", depth),
        *each([moment.edtf] * bool(moment.edtf), "EDTF", depth),
        Line(basis(moment), "basis", depth),
        *each(moment.notes, "how we know", depth),
        *each(map(_other, moment.before), "before", depth),
        *each(map(_other, moment.after), "after", depth),
        *each(map(_other, moment.during), "within", depth),
    ]


def _other(time: OtherTime) -> str:
    return f"{quoted(time.text)} [{time.id}]"


def _carrier(voice: Voice) -> str:
    """One of those through whom a claim comes, with the word by which the article says that they tell it."""
    inside = [*map(quoted, voice.cues), *(f"reservation {quoted(hedge)}" for hedge in voice.hedges)]
    return named(voice.agent) + (f" ({', '.join(inside)})" if inside else "")


def _reserved(hedges: tuple[str, ...]) -> str:
    return f", with the reservation {' and '.join(map(quoted, hedges))}" if hedges else ""


def _again(claim: Told) -> str:
    again = [f"tells {', '.join(claim.restates)} again"] if claim.restates else []
    if claim.restated_by:
        again.append(f"told again in {', '.join(claim.restated_by)}")
    return f" ({'; '.join(again)})" if again else ""


def unmarked(text: str) -> str:
    """`text` with marks like ours, if it has any, as escapes."""
    return text.replace(OPEN, "\\u27e6").replace(CLOSE, "\\u27e7")
