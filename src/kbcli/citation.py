"""The kb:Evidence block for words of an article. The tool makes the offsets; nobody counts by hand."""

from __future__ import annotations

import shlex
from bisect import bisect_left
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.folding import MARKS, WORDS, Folded, Table, fold
from kbcli.names import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kbcli.citable import Article
    from kbcli.corpus import Corpus

CONTEXT = 12  # code points before and after the words
LISTED = 20
SHOWN = 30
LONGEST = 400


def occurrences(cited: Article, words: str) -> list[int]:
    """Where the words begin; they may overlap. Raises UsageError with what stands there instead, if nowhere."""
    if not words:
        raise UsageError("no words", 'kb cite ARTICLE "words", or kb cite ARTICLE --sentence N')
    found = list(_all(cited.text, words))
    if not found:
        raise _absent(cited, words)
    return found


def chosen(cited: Article, words: str, starts: list[int], nth: int | None) -> tuple[int, int]:
    """The one that is meant. Raises UsageError with all of them if that is not clear."""
    if nth is None and len(starts) > 1:
        told = "\n".join(listing(cited, words, starts))
        raise UsageError(f"{cited.id}: these words stand there {len(starts)} times:\n{told}", "--nth N, or more words")
    number = 1 if nth is None else nth
    if not 1 <= number <= len(starts):
        times = "once" if len(starts) == 1 else f"{len(starts)} times"
        raise UsageError(f"--nth {number}: these words stand there {times}", f"a number from 1 to {len(starts)}")
    start = starts[number - 1]
    return start, start + len(words)


def listing(cited: Article, words: str, starts: list[int]) -> Iterator[str]:
    """A line for each occurrence: its number, its offsets, and what stands around it."""
    text = cited.text
    for number, start in enumerate(starts[:LISTED], 1):
        end = start + len(words)
        around = f"{text[max(0, start - SHOWN) : start]}«{_short(words)}»{text[end : end + SHOWN]}"
        yield f"  {number}  {start}–{end}  {printable(around)}"
    if len(starts) > LISTED:
        yield f"  … and {len(starts) - LISTED} more"


def sentence(cited: Article, number: int) -> tuple[int, int]:
    text, source = cited.text, cited.source
    sentences = source.sentences if source and text else []
    if not 1 <= number <= len(sentences):
        raise UsageError(
            f"--sentence {number}: {cited.id} has {len(sentences)} sentences", f"a number from 1 to {len(sentences)}"
        )
    return sentences[number - 1].start, sentences[number - 1].end


def block(corpus: Corpus, cited: Article, start: int, end: int) -> str:
    """The block in the project's form."""
    text = cited.text
    width = context(text, start, end)
    around = {"prefix": text[max(0, start - width) : start], "suffix": text[end : end + width]}
    lines = [
        f"{corpus.short(_iri(corpus, cited, start, end))} a kb:Evidence",
        f"kb:in {cited.id}",
        f"oa:exact {literal(text[start:end])}",
        *(f"oa:{name} {literal(words)}" for name, words in around.items() if words),
        f'oa:start "{start}"^^xsd:nonNegativeInteger',
        f'oa:end "{end}"^^xsd:nonNegativeInteger',
    ]
    return " ;\n    ".join(lines) + " .\n"


def context(text: str, start: int, end: int) -> int:
    """How many code points on either side are needed, at least CONTEXT, so that the words stand there once."""

    def is_unique(width: int) -> bool:
        left = max(0, start - width)
        whole = text[left : end + width]
        return text.find(whole) == left and text.find(whole, left + 1) < 0

    widths = range(CONTEXT, max(CONTEXT, len(text)) + 1)
    return widths[0] if is_unique(widths[0]) else widths[bisect_left(widths, True, key=is_unique)]


def literal(text: str) -> str:
    """A Turtle string. What an eye or a terminal could take for something else is written as an escape."""
    import pyoxigraph as ox

    return "".join(c if c.isprintable() or c == "\xa0" else _escape(ord(c)) for c in str(ox.Literal(text)))


def _escape(code: int) -> str:
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # noqa: PLR2004 the last that \\u can name


def known(corpus: Corpus, cited: Article, start: int, end: int) -> Iterator[str]:
    """Where the data has this span already, by this name or another one."""
    same = {
        span.node.value for span in corpus.spans if (span.article, span.start, span.end) == (cited.node, start, end)
    }
    iri = _iri(corpus, cited, start, end)
    for node in sorted({iri, *same}):
        for document in corpus.homes.get(node, []):
            place = document.place(_node(node))
            line = f":{place.line}" if place else ""
            yield f"{corpus.short(node)} is in {document.shown}{line} already"


def _iri(corpus: Corpus, cited: Article, start: int, end: int) -> str:
    return f"{corpus.project.base}{FOLDERS['ev']}{cited.slug}-{start}-{end}"


def _node(iri: str) -> ox.NamedNode:
    import pyoxigraph as ox

    return ox.NamedNode(iri)


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _absent(cited: Article, words: str) -> UsageError:
    what = f"{cited.id}: these words do not stand there: «{_short(words)}»"
    for table, differ in (
        (MARKS, "quotation marks, apostrophes, dashes or white space"),
        (WORDS, "capitals, accents or marks"),
    ):
        if printed := _printed(cited.text, words, table):
            told = f"{what}\nthey stand there with other {differ}: {_placed(cited.text, *printed)}"
            return UsageError(told, _again(cited, *printed))
    from kbcli.likeness import nearest

    near = nearest(cited.text, words)
    if near is None:
        return UsageError(f"{what}\nnothing there is like them", "kb find WORDS tells in which article words occur")
    return UsageError(f"{what}\nthe nearest that does: {_placed(cited.text, *near)}", _again(cited, *near))


def _printed(text: str, words: str, table: Table) -> tuple[int, int] | None:
    """Where the words stand if the differences that `table` levels do not count."""
    needle = fold(words, table)
    if not needle or needle not in fold(text, table):
        return None
    return next(Folded.of(text, table).find(needle), None)


def _placed(text: str, start: int, end: int) -> str:
    return f"«{_short(text[start:end])}» ({start}–{end})"


def _again(cited: Article, start: int, end: int) -> str:
    """The command for the words as printed, if they can be typed."""
    words = cited.text[start:end]
    if not words.isprintable() or len(words) > LONGEST:
        return "take the words as the article prints them"
    return f"kb cite {shlex.quote(cited.slug)} {shlex.quote(words)}"


def _short(words: str) -> str:
    """Long words without their middle, on one line."""
    half = LONGEST // 2
    return printable(words if len(words) <= LONGEST else f"{words[:half]} … {words[-half:]}")
