"""A record taken out again, or another one put in its place: what a draft proposed and a person does not accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.adding import facts, identity
from kbcli.adding.change import Edition
from kbcli.adding.page import Page
from kbcli.adding.remarks import by_hand, put_above
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.mentions import last_part, mentioning
from kbcli.transcription.spans import CLAIMED, LISTED, Piece, claims_on, placed, touched, use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyoxigraph as ox

    from kbcli.adding.desk import Desk
    from kbcli.grounds import Span
    from kbcli.outline import Statement

_PEGS = ("kb:Agent", "kb:Operation", "kb:Place")
_CLAIMS = {"kb:Allegation", "kb:Denial", "kb:Admission", "kb:Statement"}
_NAMES = ("rdfs:label", "skos:altLabel")


def drop(desk: Desk, iri: str, heir: str | None = None, *, same: bool = False) -> Edition:
    """`heir` is the IRI of what is named in its place. Raises UsageError while something names the record.

    `same`: they are one, though two persons by their names.
    """
    home = desk.only_home(iri)
    edition = Edition(desk, [desk.short(heir)] if heir else [])
    page = Page.of(edition.text(home.path), desk.project.prefixes, home.shown)
    record = page.about(iri)
    class_ = page.class_of(record) if record else ""
    if record is None or class_ == "kb:Article":
        raise UsageError(
            f"{desk.short(iri)} cannot be dropped", "agents, operations, places, kinds, times, claims and spans can"
        )
    if heir is None:
        _refuse_named(desk, iri)
    else:
        _refuse_other_sort(desk, iri, heir, class_)
        if not same:
            identity.refuse_two_persons(desk, iri, heir)
        edition.notes += facts.handed_on(desk, iri, heir, class_)
        if class_ in _PEGS and (told := identity.listed(desk, iri)):
            edition.notes.append(f"{desk.short(heir)} is named now instead of {desk.short(iri)}:\n{told}")
        _rename_elsewhere(desk, edition, iri, heir)
        _rename(page, iri, desk.short(heir))
        _hand_down(desk, edition, page, record, heir)
    page.take_out(record)
    _keep_comments(edition, page.about(heir) if heir else None, record)
    spans = page.irises(record, "kb:evidence")
    for span in spans:
        drop_span(desk, page, span, edition)
    edition.put(home.path, page.text)
    if class_ in _CLAIMS:
        edition.notes += opened(desk, spans, lambda one: claims_on(desk.near, one.node) != [_node(iri)])
    if class_ == "kb:Evidence":
        is_used = heir if use(desk.near, _node(iri)) in (CLAIMED, LISTED) else None
        edition.notes += opened(desk, [iri], lambda one: one.node.value != iri, is_used)
    return edition


def _keep_comments(edition: Edition, successor: Statement | None, record: Statement) -> None:
    """What a person wrote beside the record goes to its successor, if that stands in the same file; else it is told."""
    comments = by_hand(record)
    if successor is not None:
        put_above(successor, comments)
    else:
        edition.notes += [f"gone with it: {printable(one.text)}" for one in comments]


def _refuse_other_sort(desk: Desk, iri: str, heir: str, class_: str) -> None:
    if heir == iri:
        raise UsageError(f"{desk.short(iri)} cannot take its own place", "--for names another record")
    if not desk.near.homes_of(heir):
        raise UsageError(
            f"--for {printable(desk.short(heir))}: nothing in data/ has this id", "kb find finds ids by names"
        )
    other = _class_of(desk, heir)
    if class_ != other and not {class_, other} <= _CLAIMS:
        raise UsageError(
            f"--for {desk.short(heir)}: it is a {other}, and {desk.short(iri)} a {class_}", "name one of its own class"
        )


def _rename_elsewhere(desk: Desk, edition: Edition, iri: str, heir: str) -> None:
    own = {home.path for home in desk.near.homes_of(iri)}
    for document in mentioning(desk.corpus.documents, [last_part(iri)]):
        if document.path not in own and iri in document.named:
            page = Page.of(edition.text(document.path), desk.project.prefixes, document.shown)
            _rename(page, iri, desk.short(heir))
            edition.put(document.path, page.text)


def _hand_down(desk: Desk, edition: Edition, page: Page, record: Statement, heir: str) -> None:
    """The names go to the successor, if it is a peg."""
    if page.class_of(record) not in _PEGS:
        return
    names, name = [value for property_ in _NAMES for value in page.texts(record, property_)], desk.short(heir)
    successor = page.about(heir)
    if successor is None:
        told = ", ".join(map(printable, names))
        edition.notes.append(f"if the text calls it so: kb add to {name} --alias … ({told})")
        return
    own = [value for property_ in _NAMES for value in page.texts(successor, property_)]
    new = [one for one in names if one not in own]
    page.add(successor, "skos:altLabel", *new)
    edition.notes += [f"{name} has the other name {printable(one)} now" for one in new]


def _rename(page: Page, iri: str, name: str) -> None:
    touched = page.naming(iri)
    page.rename(iri, name)
    for record in touched:
        if any(page.has_value(record, role, name) for role in ("kb:speaker", "kb:actor", "kb:silent", "kb:affected")):
            page.remove(record, "kb:mentions", name)


def _refuse_named(desk: Desk, iri: str) -> None:
    if told := identity.listed(desk, iri):
        raise UsageError(f"{desk.short(iri)} is named:\n{told}", "--for ID puts another in its place there")


def drop_span(desk: Desk, page: Page, iri: str, edition: Edition) -> None:
    """A span that nothing rests on any longer goes with its claim."""
    block = page.about(iri)
    if block and not page.naming(iri):
        page.take_out(block)
        edition.notes.append(f"{desk.short(iri)} went with it")
        _keep_comments(edition, None, block)


def opened(desk: Desk, spans: list[str], stays: Callable[[Span], bool], heir: str | None = None) -> list[str]:
    """What is to be said of the sentences of these spans now that what rested on them, or they themselves, are gone.

    `stays` tells of a span whether it is there and used still; `heir` is one that is used now.
    """
    if not desk.article or desk.article.source is None or desk.near.rereading(desk.article.node):
        return []  # of a text that has changed the record knows other sentences
    sentences = desk.article.source.sentences
    placed_ = list(placed(desk.near, desk.article.node))
    own = touched(sentences, _pieces(one for one in placed_ if one.node.value in spans))
    others = (
        one
        for one in placed_
        if one.node.value == heir or (use(desk.near, one.node) in (CLAIMED, LISTED) and stays(one))
    )
    still = touched(sentences, _pieces(others))
    return [
        f"sentence {one.number} is still claimed or listed"
        if is_there
        else f"sentence {one.number} is open now: kb add claim, or kb add nothing with the reason"
        for one, was, is_there in zip(sentences, own, still, strict=True)
        if was
    ]


def _pieces(spans: Iterable[Span]) -> list[Piece]:
    return [Piece(one.start, one.end) for one in spans if one.start is not None and one.end is not None]


def _node(iri: str) -> ox.NamedNode:
    import pyoxigraph as ox

    return ox.NamedNode(iri)


def _class_of(desk: Desk, iri: str) -> str:
    import pyoxigraph as ox

    from kbcli.classes import classes_of

    return next((desk.short(one) for one in classes_of(desk.near, ox.NamedNode(iri))), "")
