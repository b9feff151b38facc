"""Claims as rows of a table: whose, through whom, of what class, in which words, where they stand, when said.

Every party has a column with its IRI and one with its label. Several values are in one cell, between bars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.parts import Moment, all_told, class_of, moments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.extract import Extract
    from kbcli.parts import Told
    from kbcli.view import View

BAR = " | "
PEGS = ("about", "actor", "affected", "silent", "mentions", "channel", "place")
CLAIMS = ("denies", "restates", "respondsTo", "echoes")
TEXTS = ("speakingAs", "cue", "hedge", "quote", "designates", "deaths")
TIMES = ("said", "happened")
COLUMNS = (
    *("claim", "class", "label", "speaker", "speakerLabel", "via", "viaLabel", "viaSpeakerLabel"),
    *(f"{name}{part}" for name in PEGS for part in ("", "Label")),
    *(f"{name}{part}" for name in CLAIMS for part in ("", "Label", "SpeakerLabel")),
    *TEXTS,
    "words",
    *(f"{name}{part}" for name in TIMES for part in ("", "Earliest", "Latest", "Basis")),
    *("notStated", "note", "article", "outlet", "outletLabel", "file", "start", "end"),
)


def rows(extract: Extract) -> Iterator[list[str]]:
    """A row for each claim, in the order of the articles' texts; cells as in COLUMNS."""
    view = extract.view
    for article in extract.articles_in_turn():
        spans = view.subjects("kb:in", article)
        claims = {claim for span in spans for claim in view.subjects("kb:evidence", span)}
        for told in all_told(view, filter(view.is_claim, claims)):
            cells = _cells(view, told)
            yield [cells[column] for column in COLUMNS]


def _cells(view: View, claim: Told) -> dict[str, str]:
    iri = claim.iri
    cells = {
        "claim": iri,
        "class": class_of(view, iri),
        "label": claim.label,
        "speaker": _joined(view.nodes(iri, "kb:speaker")),
        "speakerLabel": claim.speaker.label,
        "viaSpeakerLabel": " > ".join(voice.agent.label for voice in claim.through),
        "via": _joined(view.nodes(iri, "kb:via")),
        "viaLabel": _labels(view, view.nodes(iri, "kb:via")),
        "notStated": _joined(view.ids(iri, "kb:notStated")),
        "note": _joined(view.texts(iri, "skos:note")),
        **{name: _joined(view.texts(iri, f"kb:{name}")) for name in TEXTS},
        **_place(view, iri),
    }
    for name in PEGS:
        nodes = view.nodes(iri, f"kb:{name}")
        cells |= {name: _joined(nodes), f"{name}Label": _labels(view, nodes)}
    for name in CLAIMS:
        others = all_told(view, view.nodes(iri, f"kb:{name}"))
        cells |= {name: _joined([one.iri for one in others]), f"{name}Label": _joined([one.label for one in others])}
        cells[f"{name}SpeakerLabel"] = _joined([_credit(one) for one in others])
    for name in TIMES:
        cells |= _time(name, moments(view, iri, f"kb:{name}"))
    return cells


def _place(view: View, claim: str) -> dict[str, str]:
    """The words it rests on, and where they stand; as many starts and ends as there are spans."""
    spans = sorted(view.nodes(claim, "kb:evidence"), key=lambda span: (view.number(span, "oa:start") or 0, span))
    articles = sorted({article for span in spans for article in view.nodes(span, "kb:in")})
    outlets = sorted({outlet for article in articles for outlet in view.nodes(article, "kb:outlet")})
    return {
        "words": _joined([view.text(span, "oa:exact") for span in spans]),
        "start": _joined([view.text(span, "oa:start") for span in spans]),
        "end": _joined([view.text(span, "oa:end") for span in spans]),
        "article": _joined(articles),
        "file": _joined([view.text(article, "kb:file") for article in articles]),
        "outlet": _joined(outlets),
        "outletLabel": _labels(view, outlets),
    }


def _time(name: str, times: tuple[Moment, ...]) -> dict[str, str]:
    return {
        name: _joined([time.text for time in times]),
        f"{name}Earliest": _joined([time.earliest for time in times]),
        f"{name}Latest": _joined([time.latest for time in times]),
        f"{name}Basis": _joined([time.basis for time in times]),
    }


def _credit(claim: Told) -> str:
    """Whose claim it is: its speaker, and those it comes through, outermost first."""
    return " > ".join([*(voice.agent.label for voice in claim.through), claim.speaker.label])


def _labels(view: View, iris: list[str]) -> str:
    return _joined([view.label(iri) for iri in iris])


def _joined(values: list[str] | tuple[str, ...]) -> str:
    return BAR.join(value for value in values if value)
