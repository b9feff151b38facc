"""Labels, other names and notes say in which language they are, and say it so that others understand.

Whether they have to is read from the project itself: where nearly all of a sort have a language, one without is a slip.
The words of an article have none, by the codebook.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.languagetags import flaw
from kbcli.names import ALT_LABEL, LABEL, STANDARD
from kbcli.spot import finding_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.document import Document
    from kbcli.finding import Finding

MISSING = Rule(
    "KB461",
    "language-tag-missing",
    "warning",
    "the text does not say in which language it is, as others of its sort do",
    "write the language after the closing quotation mark, for example @en",
)
UNKNOWN = Rule(
    "KB462",
    "language-unknown",
    "warning",
    "no reader knows this language tag",
    "write the short code of the language, and behind it that of the land if it matters: en, fa, en-GB",
)
RULES = (MISSING, UNKNOWN)
_TAGGED = (LABEL, ALT_LABEL, *(STANDARD["skos"] + name for name in ("definition", "note", "scopeNote")))
_LANGUAGE = STANDARD["schema"] + "inLanguage"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # what is none is told by KB231
_FEW, _NEARLY_ALL = 10, 0.9


class Text(NamedTuple):
    """A literal of a sort that has a language."""

    document: Document
    triple: ox.Triple
    language: str | None


def check(corpus: Corpus) -> Iterator[Finding]:
    texts: dict[str, list[Text]] = {predicate: [] for predicate in _TAGGED}
    for document in corpus.all_documents:
        ours = document is not corpus.vocabulary and document is not corpus.shapes
        for triple in document.triples:
            if isinstance(triple.object, ox.Literal):
                name, text = triple.predicate.value, triple.object
                if name != _LANGUAGE or _TAG.fullmatch(text.value):
                    yield from _unknown(document, triple, text.value if name == _LANGUAGE else text.language)
                if ours and name in texts and (text.language or text.datatype.value == STANDARD["xsd"] + "string"):
                    texts[name].append(Text(document, triple, text.language))
    for found in texts.values():
        yield from _missing(found)


def _unknown(document: Document, triple: ox.Triple, tag: str | None) -> Iterator[Finding]:
    found = flaw(tag) if tag else None
    if found:
        hint = f"write {found.right} instead of {tag}" if found.right else ""
        told = finding_in(document, UNKNOWN, f"{tag} ({found.what})", *triple)
        yield told._replace(hint=hint) if hint else told


def _missing(texts: list[Text]) -> Iterator[Finding]:
    """Those without a language, if nearly all of their sort have one, or another text of the same subject has."""
    usual = Counter(text.language for text in texts if text.language)
    nearly_all = len(texts) >= _FEW and usual.total() >= _NEARLY_ALL * len(texts)
    own = {text.triple.subject: text.language for text in texts if text.language} if usual else {}
    for document, triple, language in texts:
        likely = own.get(triple.subject) or (usual.most_common(1)[0][0] if nearly_all else None)
        if not language and likely:
            told = finding_in(document, MISSING, str(triple.object), *triple)
            yield told._replace(hint=f"write {triple.object}@{likely}, if that is its language")
