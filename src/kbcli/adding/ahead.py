"""Times that lie ahead of the day of issue, as their words tell or those around them: none of them is counted back.

“tomorrow” is the next day. “next Monday” may be the first or the second one, and how far “will” reaches no rule can
tell: such times are left without bounds, and it is said how a person gives them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from kbcli.drafting.dates import Reckoning, reckoned
from kbcli.edtf import written

_BY_ITSELF = re.compile(r"\b(?:next|coming|upcoming|tomorrow)\b", re.IGNORECASE)
_TOMORROW = re.compile(r"(?:(?:by|until) )?tomorrow(?: (?:morning|afternoon|evening|night))?", re.IGNORECASE)
_PLANNED = "due|set|expected|scheduled|planned|about|going|likely"
_BE, _PLANS = "(?:is|are|was|were|be|being|been)", "(?:plan|intend|hope|aim|expect)(?:s|ed|ned)?"
_VERB = re.compile(
    rf"\b(?:(?:will|would|shall|should|won[’']t|wouldn[’']t)\b(?! (?:not )?have\b)|{_BE} (?:{_PLANNED} )?to\b"
    rf"|(?:{_PLANNED}) (?:to|for|on|in)\b|{_PLANS} to\b)|[’']ll\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[.,;:!?“”\"()–—\r\n]+|\b(?:that|which|who|and|but|after|before|because|since|when|while|if|as)\b", re.IGNORECASE
)


def reckoned_there(
    words: str, issued: date | None, text: str, at: int, *, spoken: bool = False
) -> tuple[Reckoning, bool]:
    """As a draft reckons, but for what lies ahead; and whether it does and has no bounds.

    The words stand in `text` at an offset. `spoken`: they tell when something was said, whatever is said to come.
    """
    found = reckoned(words, issued)
    if not (_BY_ITSELF.search(words) or (not spoken and _VERB.search(_clause(text, at, at + len(words))))):
        return found, False
    if _TOMORROW.fullmatch(words.strip()) and issued and issued < date.max:
        day = issued + timedelta(1)
        own = (day.year, day.month, day.day)
        note = f"The day after {issued.isoformat()}, the day of issue."
        return Reckoning("inferred", (day, day), written(own, own), note), False
    if found.basis == "stated":
        return found, False
    why = "It lies ahead of the day on which the article was issued; which day is meant is left open."
    return Reckoning("relative", None, "", why), True


def _clause(text: str, start: int, end: int) -> str:
    """What stands around some words up to the marks and words that part clauses; behind “On Friday,” what follows."""
    first = max((one.end() for one in _CLAUSE.finditer(text, 0, start)), default=0)
    marks = list(_CLAUSE.finditer(text, end))
    last = marks[0].start() if marks else len(text)
    if not text[first:start].strip() and not text[end:last].strip() and marks and marks[0][0].strip() == ",":
        last = marks[1].start() if len(marks) > 1 else len(text)
    return f"{text[first:start]} … {text[end:last]}"
