"""Labels, other names and notes say in which language they are, and say it so that others understand.

Whether they have to is read from the project itself: where nearly all of a sort have a language, one without is a slip.
The words of an article have none, by the codebook.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kbcli.finding import Rule
from kbcli.languagetags import flaw
from kbcli.names import ALT_LABEL, LABEL, STANDARD
from kbcli.spot import finding_in

if TYPE_CHECKING:
    from collections import Counter
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
TAGGED = (LABEL, ALT_LABEL, *(STANDARD["skos"] + name for name in ("definition", "note", "scopeNote")))
_LANGUAGE = STANDARD["schema"] + "inLanguage"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # what is none is told by KB231
_FEW, _NEARLY_ALL = 10, 0.9


def check(corpus: Corpus) -> Iterator[Finding]:
    for document in corpus.all_documents:
        for triple in document.triples:
            if isinstance(triple.object, ox.Literal):
                name, text = triple.predicate.value, triple.object
                if name != _LANGUAGE or _TAG.fullmatch(text.value):
                    yield from _unknown(document, triple, text.value if name == _LANGUAGE else text.language)
    for document in corpus.documents:
        for triple in tagged(document):
            if not triple.object.language and (likely := _likely(corpus, document, triple)):
                told = finding_in(document, MISSING, str(triple.object), *triple)
                yield told._replace(hint=f"write {triple.object}@{likely}, if that is its language")


def tagged(document: Document) -> Iterator[Any]:
    """The triples with a text of a sort that has a language."""
    string = STANDARD["xsd"] + "string"
    for triple in document.triples:
        text = triple.object if triple.predicate.value in TAGGED else None
        if isinstance(text, ox.Literal) and (text.language or text.datatype.value == string):
            yield triple


def _unknown(document: Document, triple: ox.Triple, tag: str | None) -> Iterator[Finding]:
    found = flaw(tag) if tag else None
    if found:
        hint = f"write {found.right} instead of {tag}" if found.right else ""
        told = finding_in(document, UNKNOWN, f"{tag} ({found.what})", *triple)
        yield told._replace(hint=hint) if hint else told


def _likely(corpus: Corpus, document: Document, triple: ox.Triple) -> str | None:
    """The language of a text that has none: that of its subject's other ones, or that which nearly all have."""
    homes = corpus.homes_of(getattr(triple.subject, "value", "")) or (document,)
    texts = (t for home in homes for t in home.about.get(triple.subject, ()) if t.predicate == triple.predicate)
    own = [language for t in texts if (language := getattr(t.object, "language", None))]
    return str(own[-1]) if own else corpus.usual_language(triple.predicate.value)


def usual(languages: Counter[str]) -> str | None:
    """That which nearly all texts of a sort have, if there is one and there are not too few; "" stands for none."""
    spoken = {language: number for language, number in languages.items() if language}
    if languages.total() < _FEW or sum(spoken.values()) < _NEARLY_ALL * languages.total():
        return None
    return min(spoken, key=lambda language: (-spoken[language], language))
