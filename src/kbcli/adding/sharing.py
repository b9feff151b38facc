"""A peg that a second article names: its record goes from the first one’s file into the shared file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.adding.change import Edition
from kbcli.adding.desk import SHARED
from kbcli.adding.page import Page, with_new
from kbcli.adding.remarks import is_for_others
from kbcli.adding.todos import settle_words
from kbcli.errors import UsageError
from kbcli.layout import written
from kbcli.mentions import last_part, mentioning
from kbcli.outline import Comment, Outline

if TYPE_CHECKING:
    from kbcli.adding.desk import Desk


def share(desk: Desk, iri: str) -> Edition:
    """Raises UsageError for what is no peg, or is shared already."""
    home, name = desk.only_home(iri), desk.short(iri)
    if home.path.parent.name != "articles":
        raise UsageError(f"{name} is shared already ({desk.place(iri)})", "nothing to do")
    edition = Edition(desk, [name])
    page = Page.of(edition.text(home.path), desk.project.prefixes, home.shown)
    record = page.about(iri)
    class_ = page.class_of(record) if record else ""
    if record is None or class_ not in SHARED:
        raise UsageError(f"{name} is no agent, operation or place", "all else stays in its article’s file")
    page.refuse_own_prefixes()
    page.take_out(record)
    record.above = [one for one in record.above if not is_for_others(one)]
    for predicate in record.predicates:
        predicate.above = [Comment(one.text, gap=False) for one in predicate.above]
    edition.put(home.path, page.text)
    path, opening = desk.shared(class_)
    block = written(Outline([record], []))
    edition.put(path, with_new(edition.text(path) or opening, [block], desk.project.prefixes, edition.shown(path)))
    _settle(desk, edition, iri, name)
    return edition


def _settle(desk: Desk, edition: Edition, iri: str, name: str) -> None:
    """The drafts that asked for it."""
    for document in mentioning(desk.corpus.documents, [last_part(iri)]):
        if document.defect or "TODO" not in document.text:
            continue
        page = Page.of(edition.text(document.path), desk.project.prefixes, document.shown)
        if sum(settle_words(one, f"{name}: ") for one in page.file.statements):
            edition.put(document.path, page.text)
