"""The kb:Article record of a draft, and that of its outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.drafting.imprint import imprint, is_of_it
from kbcli.drafting.record import Record, day, said, text
from kbcli.drafting.supplied import note_of
from kbcli.unseen import without_unseen

if TYPE_CHECKING:
    from kbcli.drafting.agents import Agents
    from kbcli.drafting.supplied import Supplied
    from kbcli.source import Source

_LONGEST = 200
_ASKED = {
    "dct:creator": "is “{}” the author? Name the agent",
    "dct:publisher": "the text has “{}”: is that who published it? Name the agent",
    "dct:issued": "the text has “{}”: is that the day of issue? Write it as a date",
}


def headline(source: Source) -> str:
    """The first line, if it is one: no full stop ends it, and more follows."""
    first, *rest = [line.strip() for line in source.lines if line.strip()] or [""]
    return first if rest and len(first) <= _LONGEST and first[-1:].isalnum() and not is_of_it(first) else ""


def article(name: str, source: Source, supplied: Supplied, agents: Agents, outlet: str) -> Record:
    record = Record(f"art:{name}", "kb:Article")
    title = supplied.title or without_unseen(headline(source))
    record.add("dct:title", *([text(title)] if title else []))
    record.add("kb:file", text(source.path.name))
    record.add("kb:sha256", text(source.sha256))
    record.add("kb:outlet", outlet)
    record.add("schema:inLanguage", text(supplied.language))
    given = {
        "dct:publisher": outlet if supplied.outlet else "",
        "dct:creator": agents.supplied(supplied.author, "person") if supplied.author else "",
        "dct:issued": day(supplied.issued) if supplied.issued else "",
        "schema:url": f"<{supplied.url}>" if supplied.url else "",
    }
    told = imprint(source.lines)
    for property_, value in given.items():
        if value:
            record.add(property_, value)
        elif words := told.get(property_):
            record.undecided(property_, f"{_ASKED[property_].format(words)}, or kb:notStated {property_}")
        else:
            record.add("kb:notStated", property_)
    record.add("pav:retrievedOn", *([day(supplied.retrieved)] if supplied.retrieved else []))
    record.add("schema:archivedAt", *([f"<{supplied.archived}>"] if supplied.archived else []))
    if supplied.given:
        record.add("skos:note", said(note_of(supplied.given)))
    return record


def voice(name: str, source: Source) -> Record:
    """The outlet of an article whose outlet nobody has named."""
    record = Record(f"ag:outlet-{name}", "kb:Agent")
    unnamed = "" if "dct:publisher" in imprint(source.lines) else " (not named in its text)"
    record.add("rdfs:label", said(f"the outlet of the article {name}{unnamed}"))
    record.add("kb:kind", "k:media")
    return record
