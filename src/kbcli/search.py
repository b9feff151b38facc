"""Where words occur in a project: in labels, aliases, quotations and the articles' texts.

Capitals, accents, and the shapes of quotation marks and apostrophes make no difference (see `folding`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli import parts
from kbcli.errors import UsageError
from kbcli.folding import Folded, fold
from kbcli.hits import Hit
from kbcli.progress import Progress
from kbcli.view import is_term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kbcli.source import Sentence
    from kbcli.view import View

# The parts of a record that are searched, in the order in which hits are told; then come the texts.
FIELDS = {
    "label": "rdfs:label",
    "title": "dct:title",
    "alias": "skos:altLabel",
    "quote": "kb:quote",
    "designates": "kb:designates",
    "hedge": "kb:hedge",
    "cue": "kb:cue",
}
_ORDER = [*FIELDS, "text"]
Ranges = tuple[tuple[int, int], ...]


class Wanted:
    """Words that must all occur in the same value or sentence. One with a space in it is a phrase."""

    def __init__(self, words: Sequence[str], *, inside: bool) -> None:
        """`inside`: also in the middle of words."""
        self.needles = tuple(dict.fromkeys(fold(word) for word in words))
        if not all(self.needles) or not self.needles:
            raise UsageError("nothing to look for", "name one or more words; a phrase goes in quotation marks")
        self.whole = fold(" ".join(words))
        self.inside = inside

    def may_be_in(self, text: str) -> bool:
        """False if some word is certainly not there. Much quicker than to look where they are."""
        folded = fold(text)
        return all(needle in folded for needle in self.needles)

    def ranges(self, text: str) -> Ranges:
        """Where the words stand, if all of them do."""
        if not self.may_be_in(text):
            return ()
        folded = Folded.of(text)
        found = [list(folded.find(needle, inside=self.inside)) for needle in self.needles]
        return tuple(sorted({one for each in found for one in each})) if all(found) else ()


def search(view: View, words: Sequence[str], *, inside: bool = False) -> list[Hit]:
    """Every hit, once: exact labels first, then labels, aliases, quotations and texts, each by name and place."""
    wanted = Wanted(words, inside=inside)
    return sorted((*_values(view, wanted), *_texts(view, wanted)), key=_rank)


def unread(view: View) -> list[str]:
    """The articles whose text is missing or is no UTF-8, so that nothing can be found in it."""
    return [view.id(article) for article in _articles(view) if view.source(article) is None]


def _rank(hit: Hit) -> tuple[bool, int, str, int, str]:
    number = hit.sentence.number if hit.sentence else 0
    return not (hit.exact and hit.kind == "label"), _ORDER.index(hit.kind), hit.id, number, hit.value


def _values(view: View, wanted: Wanted) -> Iterator[Hit]:
    for kind, predicate in FIELDS.items():
        for iri, value in set(view.pairs(predicate)):
            if not is_term(iri) and (ranges := wanted.ranges(value)):
                yield _hit(view, iri, kind, value, ranges, exact=fold(value) == wanted.whole)


def _hit(view: View, iri: str, kind: str, value: str, ranges: Ranges, *, exact: bool) -> Hit:  # noqa: PLR0913 its parts
    is_claim = view.is_claim(iri)
    claims = (parts.told(view, iri),) if is_claim else ()
    what = view.type(iri) if is_claim else _described(view, iri, kind)
    return Hit(view.id(iri), iri, what, kind, value, exact, ranges, claims, _whose(view, iri, kind, value))


def _described(view: View, iri: str, kind: str) -> str:
    """`agent (state)`, and whose alias it is."""
    kinds = ", ".join(view.label(node) for node in view.nodes(iri, "kb:kind"))
    what = f"{view.type(iri)} ({kinds})" if kinds else view.type(iri)
    return f"{what} {view.label(iri)}" if kind == "alias" else what


def _whose(view: View, iri: str, kind: str, value: str) -> str:
    if kind in ("label", "title", "alias"):
        return ""
    quoted = any(value in quotation for quotation in view.texts(iri, "kb:quote"))
    return {
        "quote": "the speaker’s words as the article quotes them",
        "designates": f"what it calls its subject, in {'quoted words' if quoted else 'the article’s words'}",
        "hedge": f"a reservation in {'quoted words' if quoted else 'the article’s words'}",
        "cue": "the article’s words for saying so",
    }[kind]


def _texts(view: View, wanted: Wanted) -> Iterator[Hit]:
    articles = _articles(view)
    with Progress(len(articles)) as progress:
        for article in articles:
            progress.step(view.id(article))
            source = view.source(article)
            if source is None or not wanted.may_be_in(source.text):
                continue
            for sentence in source.sentences:
                words = source.text[sentence.start : sentence.end]
                if ranges := wanted.ranges(words):
                    yield _passage(view, article, sentence, words, ranges)


def _articles(view: View) -> list[str]:
    return sorted({iri for iri, _ in view.pairs("kb:file")})


def _passage(view: View, article: str, sentence: Sentence, words: str, ranges: Ranges) -> Hit:
    placed = tuple((sentence.start + start, sentence.start + end) for start, end in ranges)
    claims = parts.all_told(view, _resting_on(view, article, placed))
    whose = "words of the article, with the claims that rest on them" if claims else "no claim rests on these words"
    return Hit(view.id(article), article, "article", "text", words, False, placed, claims, whose, sentence)


def _resting_on(view: View, article: str, ranges: Ranges) -> Iterator[str]:
    """The claims with a span that holds some of these words."""
    for span in view.subjects("kb:in", article):
        start, end = view.number(span, "oa:start"), view.number(span, "oa:end")
        if start is not None and end is not None and any(start < last and first < end for first, last in ranges):
            yield from view.subjects("kb:evidence", span)
