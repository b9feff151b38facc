"""Everything that is measured, as one JSON object. Offsets are of the article's file, in code points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kbcli.jsontext import dumps
from kbcli.transcription.coverage import OPEN
from kbcli.transcription.leftovers import KINDS
from kbcli.transcription.spans import CLAIMED, LISTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.transcription.coverage import Coverage, Reading, Shares
    from kbcli.transcription.formats import View
    from kbcli.transcription.leftovers import Leftover
    from kbcli.transcription.survey import Survey


def parts(survey: Survey, view: View) -> Iterator[str]:  # noqa: ARG001 JSON is the same everywhere
    whole = _figures(survey.sentences, survey.characters, survey.unused)
    articles = [_article(one) for one in survey.coverages]
    yield dumps({"whole": whole, "articles": articles, "problems": [*survey.cautions()]})


def _article(coverage: Coverage) -> dict[str, Any]:
    return {
        "article": coverage.id,
        "file": coverage.file,
        "language": coverage.language,
        **_figures(coverage.sentences, coverage.characters, coverage.unused),
        "text": [_sentence(one) for one in coverage.readings],
    }


def _figures(sentences: Shares, characters: Shares, unused: dict[str, int] | None) -> dict[str, Any]:
    return {
        "sentences": {**_shares(sentences, OPEN), "percent done": sentences.percent_done},
        "characters": _shares(characters, "neither"),
        "unused": unused and {f"{kind}s": number for kind, number in unused.items()},
    }


def _shares(shares: Shares, rest: str) -> dict[str, Any]:
    """`rest` is what is called so that is neither claimed nor listed."""
    names = (CLAIMED, LISTED, rest)
    percents = dict(zip(names, shares.percents.values(), strict=True))
    return {"all": shares.all, **dict(zip(names, shares, strict=True)), "percent": percents}


def _sentence(one: Reading) -> dict[str, Any]:
    unused = {f"{kind}s": [_place(own) for own in one.leftovers if own.kind == kind] for kind in KINDS}
    own = one._asdict() | {"claims": list(one.claims), "undecided": list(one.undecided)}
    del own["leftovers"]
    return own | {"unused": unused}


def _place(own: Leftover) -> dict[str, Any]:
    return {"start": own.start, "end": own.end, "words": own.words}
