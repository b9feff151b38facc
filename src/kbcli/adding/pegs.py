"""A new agent, operation, place, kind or time: whether it is there already, its name, and its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbcli.adding import minting, sorts, times
from kbcli.adding.alike import alike
from kbcli.adding.change import Edition
from kbcli.adding.fields import KIND, OF, PLACE, TIME
from kbcli.adding.page import with_new
from kbcli.adding.values import Values
from kbcli.display import printable
from kbcli.drafting.record import Record
from kbcli.errors import UsageError
from kbcli.names import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kbcli.adding.desk import Desk
    from kbcli.adding.fields import Field

PREFIX = {"kb:Agent": "ag", "kb:Operation": "op", "kb:Place": "pl", "skos:Concept": "k"}
_NOUN = {"kb:Agent": "agent", "kb:Operation": "operation", "kb:Place": "place", "skos:Concept": "kind"}
_LISTED, _LONGEST = 8, 300


def missing(class_: str, given: Mapping[str, Sequence[str]]) -> list[str]:
    """The options that such a record cannot be without."""
    needed = {PLACE: (), KIND: ("definition",), TIME: ("text", "basis")}.get(class_, ("kind",))
    return [f"--{one} …" for one in needed if not given.get(one)]


def peg(  # noqa: PLR0913 each is an option of its own
    desk: Desk,
    class_: str,
    name: str,
    given: Mapping[str, Sequence[str]],
    *,
    language: str = "en",
    chosen: str | None = None,
    distinct: bool = False,
) -> Edition:
    """`class_` is a prefixed name. Raises UsageError for what is there already, or is so like it that it may be."""
    name = named(name)
    _refuse_missing(class_, missing(class_, given), name)
    record = Record("", class_)
    _fill(record, OF[class_], {**given, "label": (name,)}, Values(desk, language))
    sorts.refuse_others(desk, record.values.get("kb:kind", []), class_)
    if class_ == KIND:
        record.add("skos:inScheme", f"<{desk.project.base}{FOLDERS['k'].rstrip('/')}>")
    names, kinds = [name, *given.get(_alias(OF[class_]), ())], record.values.get("kb:kind", [])
    refuse_alike(desk, class_, names, kinds, distinct=distinct)
    record.subject = minting.peg(
        desk, PREFIX[class_], "" if chosen else _made(desk, class_, name, given), chosen, distinct=distinct
    )
    edition = Edition(desk, [record.subject])
    path, opening = _home(desk, class_)
    text = edition.text(path) or opening
    edition.put(path, with_new(text, [record.turtle()], desk.project.prefixes, edition.shown(path)))
    return edition


def named(name: str) -> str:
    """On one line; a space that does not break stays, for texts print it."""
    return re.sub(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+", " ", name).strip()


def time(
    desk: Desk, words: str, given: Mapping[str, Sequence[str]], *, language: str = "en", chosen: str | None = None
) -> Edition:
    """A time of an article, with what the editor knows of it."""
    whole = {**given, "text": (words,)}
    _refuse_missing(TIME, missing(TIME, whole), words)
    record = Record("", TIME)
    _fill(record, OF[TIME], whole, Values(desk, language))
    end = (chosen or "").removeprefix("tm:").removeprefix(f"{desk.slug}-")
    record.subject = (
        minting.peg(desk, "tm", "", f"{desk.slug}-{end}", distinct=False) if chosen else times.name_of(desk, words)
    )
    edition = Edition(desk, [record.subject])
    if note := times.unstated(words, whole):
        edition.notes.append(note)
    if others := times.called(desk, words):
        edition.notes.append(f"the article has these words in {', '.join(others)} too: one time for each place")
    path = desk.home.path
    edition.put(path, with_new(edition.text(path), [record.turtle()], desk.project.prefixes, desk.home.shown))
    return edition


def refuse_alike(desk: Desk, class_: str, names: list[str], kinds: Sequence[str] = (), *, distinct: bool) -> None:
    """Raises UsageError with what is there and goes by one of these names, or by one that is like it."""
    found = alike(desk, class_, [one for one in names if len(one) <= _LONGEST] or names[:1], kinds)
    exact = [one for one in found if one.is_exact]
    if not found or (distinct and not exact):
        return
    told = "\n".join(
        f"  {desk.short(one.iri)}  {printable(one.label[:_LONGEST])}"
        + (f", also “{printable(one.name[:_LONGEST])}”" if one.name != one.label else "")
        + f"  ({one.where})"
        for one in found[:_LISTED]
    )
    more = f"\n  … and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    noun = _NOUN[class_]
    if exact:
        what, hint = (
            f"there is an {noun} of this name" if noun[0] in "ao" else f"there is a {noun} of this name",
            "use that one; if this is another, give it a name that the other cannot be taken for",
        )
    else:
        what, hint = f"there is something like it among the {noun}s", "use that one; if this is another: --distinct"
    raise UsageError(f"{what}:\n{told}{more}", hint)


def _fill(record: Record, fields: Sequence[Field], given: Mapping[str, Sequence[str]], values: Values) -> None:
    for field in fields:
        for typed in given.get(field.option, ()):
            record.add(field.predicate, values.turtle(field, typed))


def _refuse_missing(class_: str, lacking: list[str], name: str) -> None:
    lacking = lacking if name.strip() else ["its name", *lacking]
    if lacking:
        what = class_.partition(":")[2].lower().replace("concept", "kind")
        raise UsageError(f"the {what} needs more: {', '.join(lacking)}", f"kb add {what} --help tells what they are")


def _made(desk: Desk, class_: str, name: str, given: Mapping[str, Sequence[str]]) -> str:
    """What an id is made of; that of an unnamed party tells its article."""
    option = f"--id {PREFIX[class_]}:…"
    if class_ == "kb:Operation":
        return minting.short_local(name, option)
    made = minting.local(re.sub(r"^(?:the|an?)\s+", "", name, flags=re.IGNORECASE), option)
    unnamed = any(one.removeprefix("k:") == "unnamed" for one in given.get("kind", ()))
    return f"{made}-{desk.slug}" if unnamed and desk.article else made


def _alias(fields: Sequence[Field]) -> str:
    return next((one.option for one in fields if one.predicate == "skos:altLabel"), "")


def _home(desk: Desk, class_: str) -> tuple[Path, str]:
    """The article’s file, or the shared one."""
    return (desk.home.path, "") if desk.article else desk.shared(class_)
