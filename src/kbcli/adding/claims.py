"""A new claim: what it must have, what it rests on, whether it is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from kbcli.adding import minting, spans, times
from kbcli.adding.change import Edition
from kbcli.adding.fields import CLASSES, OF_CLAIM, A
from kbcli.adding.page import Page, with_new
from kbcli.adding.values import Values
from kbcli.amendment import headings_of
from kbcli.citation import literal
from kbcli.display import printable
from kbcli.drafting.lexicon import lexicon
from kbcli.drafting.record import Record
from kbcli.errors import UsageError
from kbcli.names import KB, LABEL, expand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kbcli.adding.desk import Desk
    from kbcli.adding.spans import Piece

_ANSWERS = ("about", "denies", "responds-to", "echoes")
_OF_ADMISSION = "Admission"
_LONGEST = 200


def missing(desk: Desk | None, class_: str, given: Mapping[str, Sequence[str]], *, spoken: bool) -> list[str]:
    """The options without which the claim would not be valid. `spoken`: words, a sentence or a span were given."""
    lacking = [] if class_ else [f"--class {'|'.join(CLASSES)}"]
    lacking += [] if spoken else ['--words "…"']
    lacking += [] if given.get("speaker") else ["--speaker WHO"]
    if class_ == "Allegation" and not given.get("actor"):
        lacking.append("--actor WHO (the accused)")
    if class_ == "Denial" and not (given.get("denies") or given.get("about")):
        lacking.append("--denies CLAIM (or --about OPERATION)")
    elif not any(given.get(one) for one in _ANSWERS):
        lacking.append("--about OPERATION (or the agent it describes)")
    if not (given.get("said") or "said" in _unstated(given) or _is_outlet(desk, given)):
        lacking.append('--said "WORDS" (or --not-stated said)')
    return lacking


def refuse(lacking: Sequence[str], class_: str | None) -> NoReturn:
    raise UsageError(
        f"{A.get(class_ or '', 'a claim')} needs more: {', '.join(lacking)}",
        "--todo leaves to be decided later what the words do not tell",
    )


def claim(  # noqa: PLR0913 each is an option of its own
    desk: Desk,
    class_: str,
    given: Mapping[str, Sequence[str]],
    pieces: Sequence[Piece],
    *,
    language: str = "en",
    chosen: str | None = None,
    distinct: bool = False,
    todo: bool = False,
) -> Edition:
    """What is to be written. Raises UsageError for what cannot be, and for a claim that is there already."""
    lacking = missing(desk, class_, given, spoken=bool(pieces))
    if lacking and not (todo and pieces and class_):
        refuse(lacking, class_)
    text = desk.worked_on.text
    texts = [text[one.start : one.end] for one in pieces]
    record = Record("", f"kb:{class_}")
    values = Values(desk, language, texts)
    new_times = _fill(desk, record, given, values, pieces[0].start)
    record.add("kb:evidence", *(one.name for one in pieces))
    if class_ == _OF_ADMISSION:
        record.add("kb:actor", *record.values.get("kb:speaker", []))
    if not record.values.get("kb:about"):
        record.add("kb:about", *about_of(desk, record.values.get("kb:denies", [])))
    if todo:
        _leave_open(record, desk, given)
    if not distinct:
        _refuse_twin(desk, record, pieces)
    record.subject = _name(desk, class_, given, pieces[0].start, chosen)
    notes = [*_strange_times(desk, given, pieces), *(one.note for one in new_times.values() if one.note)]
    edition = Edition(desk, [record.subject], notes)
    if not given.get("label"):
        record.add("rdfs:label", f"{literal(_label(desk, record, texts[0]))}@{language}")
        edition.notes.append("its label is made of the article’s words; kb add to … --label says it better")
    _put(desk, edition, record, [one.record for one in new_times.values() if one.record], pieces)
    return edition


def about_of(desk: Desk, denied: Sequence[str]) -> list[str]:
    """What a Denial is about that names only what it denies: the two are about the same."""
    import pyoxigraph as ox

    claims = [ox.NamedNode(expand(one, desk.project.prefixes) or "") for one in denied]
    found = {tuple(one.value for one in desk.near.values(claim, KB + "about")) for claim in claims}
    return [desk.short(one) for one in next(iter(found))] if len(found) == 1 else []


def _fill(
    desk: Desk, record: Record, given: Mapping[str, Sequence[str]], values: Values, at: int
) -> dict[str, times.Time]:
    """The new times that it needs, by their words."""
    found: dict[str, times.Time] = {}
    for field in OF_CLAIM:
        for typed in given.get(field.option, ()):
            if field.takes == "time":
                time = times.time(desk, field, typed, at)
                time = found.setdefault(typed, time) if time.record else time
                record.add(field.predicate, time.name)
            else:
                record.add(field.predicate, values.turtle(field, typed))
    return found


def _strange_times(desk: Desk, given: Mapping[str, Sequence[str]], pieces: Sequence[Piece]) -> list[str]:
    """What is to be said of times whose words another sentence has."""
    ranges = [(one.start, one.end) for one in pieces]
    typed = [(field.option, one) for field in OF_CLAIM if field.takes == "time" for one in given.get(field.option, ())]
    return [note for option, words in typed if (note := times.elsewhere(desk, option, words, ranges))]


def _put(desk: Desk, edition: Edition, record: Record, new_times: list[Record], pieces: Sequence[Piece]) -> None:
    path, known, shown = desk.home.path, desk.project.prefixes, desk.home.shown
    new = [one.turtle() for one in new_times]
    new += [record.turtle(), *(spans.block(desk, one) for one in pieces if one.is_new)]
    headings = headings_of(desk.worked_on.text, desk.source.sentences)
    text = with_new(edition.text(path), new, known, shown, headings=headings)
    edition.put(path, _tidied(desk, text, record, pieces))


def _tidied(desk: Desk, text: str, record: Record, pieces: Sequence[Piece]) -> str:
    """Without the questions of the draft that the claim answers, and the spans that were there to ask them."""
    page = Page.of(text, desk.project.prefixes, desk.home.shown)
    settle_sentences(desk, page, pieces)
    own = page.about(expand(record.subject, desk.project.prefixes) or "")
    assert own is not None  # noqa: S101 it has just been put there
    return page.text


def settle_sentences(desk: Desk, page: Page, pieces: Sequence[Piece]) -> None:
    """What asks what a sentence claims is answered by what rests on the sentence."""
    from kbcli.adding.todos import open_in, settle

    named = {expand(piece.name, desk.project.prefixes) for piece in pieces}
    for span in desk.near.spans:
        if span.article != desk.worked_on.node or span.start is None or span.end is None:
            continue
        if not any(one.start < span.end and span.start < one.end for one in pieces):
            continue
        block = page.about(span.node.value)
        if block is None or not any(one.property == "kb:evidence" for one in open_in(block)):
            continue
        settle(block, "kb:evidence")
        if span.node.value not in named and not page.naming(span.node.value):
            page.take_out(block)


def _leave_open(record: Record, desk: Desk, given: Mapping[str, Sequence[str]]) -> None:
    for property_, question in (
        ("kb:speaker", "who says so?"),
        ("kb:about", "which operation (op:…), or which agent if it describes one?"),
        ("kb:actor", "who is accused? If nobody is, it is a kb:Statement"),
        ("kb:denies", "which claim does it reject? For a general denial write kb:about instead"),
        ("kb:said", "when was it said? Else kb:notStated kb:said"),
    ):
        wanted = property_.removeprefix("kb:")
        if any(one.startswith(f"--{wanted}") for one in missing(desk, record.class_[3:], given, spoken=True)):
            record.undecided(property_, question)


def _refuse_twin(desk: Desk, record: Record, pieces: Sequence[Piece]) -> None:
    """The same speaker, class and words."""
    corpus, prefixes = desk.near, desk.project.prefixes
    speakers = {expand(one, prefixes) for one in record.values.get("kb:speaker", [])}
    twins = []
    for ground in corpus.grounds_in(desk.worked_on.node):
        same = corpus.has_class(ground.claim, KB + record.class_[3:])
        own = {getattr(one, "value", "") for one in corpus.values(ground.claim, KB + "speaker")}
        over = any(start < one.end and one.start < end for start, end in ground.pieces for one in pieces)
        if same and over and (own & speakers or not own):
            label = getattr(corpus.value(ground.claim, LABEL), "value", "")
            twins.append(
                f"  {desk.short(ground.claim.value)}  {printable(label[:_LONGEST])}  ({desk.place(ground.claim.value)})"
            )
    if twins:
        told = "\n".join(twins)
        raise UsageError(
            f"{A[record.class_[3:]]} by this speaker rests on these words already:\n{told}",
            "change that one: kb add to CLAIM …; if this is another claim: --distinct",
        )


def _name(desk: Desk, class_: str, given: Mapping[str, Sequence[str]], start: int, chosen: str | None) -> str:
    if chosen:
        end = chosen.removeprefix("cl:")
        whole = end if end.startswith(f"{desk.slug}-") else f"{desk.slug}-{end}"
        return minting.peg(desk, "cl", "", whole, distinct=False)
    words = lexicon("en")
    cue = next(iter(given.get("cue", ())), "")
    verbs = [words.verbs[word].lemma for word in cue.lower().split() if word in words.verbs] if words else []
    number = next((one.number for one in desk.source.sentences if start < one.end), 1)
    return minting.numbered(desk, f"cl:{desk.slug}-{number}-{verbs[-1] if verbs else class_.lower()}")


def _label(desk: Desk, record: Record, words: str) -> str:
    speakers = record.values.get("kb:speaker", [])
    iri = expand(speakers[0], desk.project.prefixes) or "" if speakers else ""
    who = "Outlet" if iri and iri == desk.outlet else desk.label(iri) if iri else "Speaker to be named"
    said = " ".join(words.split())
    return f"{who}, in the article’s words: {said}"


def _unstated(given: Mapping[str, Sequence[str]]) -> list[str]:
    return [one.removeprefix("kb:") for one in given.get("not-stated", ())]


def _is_outlet(desk: Desk | None, given: Mapping[str, Sequence[str]]) -> bool:
    """What the outlet says has no time of its own."""
    if desk is None or not desk.article or not given.get("speaker"):
        return False
    typed = given["speaker"][0]
    return desk.outlet != "" and (
        expand(typed, desk.project.prefixes) == desk.outlet or typed == desk.label(desk.outlet) or typed == "outlet"
    )
