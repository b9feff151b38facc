"""The kb:Evidence block for words of an article. The tool makes the offsets; nobody counts by hand."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.errors import UsageError
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
        from kbcli.absence import absent

        raise absent(cited, words)
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
        around = f"{text[max(0, start - SHOWN) : start]}«{short(words)}»{text[end : end + SHOWN]}"
        yield f"  {number}  {start}–{end}  {_numbered(cited, start, end)}  {printable(around)}"
    if len(starts) > LISTED:
        yield f"  … and {len(starts) - LISTED} more"


def sentence(cited: Article, number: int, last: int | None = None) -> tuple[int, int]:
    """The offsets of a sentence, or of one to the `last`, with what stands between them."""
    source = cited.source
    sentences = source.sentences if source and cited.text else []
    last = number if last is None else last
    if not 1 <= number <= last <= len(sentences):
        shown = f"{number}" if last == number else f"{number}-{last}"
        wrong = "the smaller number comes first" if 0 < last < number else "sentences are counted from 1"
        wrong = f"{wrong}; " if last < number or number < 1 else ""
        hint = f"--sentence {last}-{number}; " if 0 < last < number <= len(sentences) else ""
        raise UsageError(
            f"--sentence {shown}: {wrong}{cited.id} has {len(sentences)} sentences",
            f"{hint}a number from 1 to {len(sentences)}, or two: --sentence 1-2",
        )
    return sentences[number - 1].start, sentences[last - 1].end


def part(cited: Article, start: int, end: int) -> tuple[int, int]:
    """These offsets, if the article has such a part."""
    length = len(cited.text)
    if not 0 <= start < end <= length:
        raise UsageError(
            f"--offsets {start}-{end}: no part of {cited.id}, which has {length} characters",
            f"two numbers from 0 to {length}, the greater one last; the character at the end is left out",
        )
    return start, end


def cuts(cited: Article, start: int, end: int) -> Iterator[str]:
    """What is likely to be a slip in offsets that were given as numbers."""
    text, words = cited.text, cited.text[start:end]
    if words != words.strip():
        yield "it begins or ends with white space"
    for at, where in ((start, "begins"), (end, "ends")):
        if text[at - 1 : at].isalnum() and text[at : at + 1].isalnum():
            yield f"it {where} within a word: «{short(text[max(0, at - SHOWN) : at])}|{short(text[at : at + SHOWN])}»"


def _numbered(cited: Article, start: int, end: int) -> str:
    """The number of the sentence, or of the sentences."""
    sentences = cited.source.sentences if cited.source else []
    numbers = [one.number for one in sentences if one.start < end and start < one.end]
    if not numbers:
        return "in no sentence"
    return f"sentence {numbers[0]}" if len(numbers) == 1 else f"sentences {numbers[0]}–{numbers[-1]}"


def block(corpus: Corpus, cited: Article, start: int, end: int, most: int | None = None) -> str:
    """The block in the project's form. `most` is for `context`."""
    text = cited.text
    width = context(text, start, end, most)
    around = {"prefix": text[max(0, start - width) : start], "suffix": text[end : end + width]}
    lines = [
        f"{corpus.short(name(corpus, cited, start, end))} a kb:Evidence",
        f"kb:in {cited.id}",
        f"oa:exact {literal(text[start:end])}",
        *(f"oa:{name} {literal(words)}" for name, words in around.items() if words),
        f'oa:start "{start}"^^xsd:nonNegativeInteger',
        f'oa:end "{end}"^^xsd:nonNegativeInteger',
    ]
    return " ;\n    ".join(lines) + " .\n"


def context(text: str, start: int, end: int, most: int | None = None) -> int:
    """How many code points on either side are needed, at least CONTEXT, so that the words stand there once.

    Where more than `most` would be needed, it is CONTEXT: the offsets tell the place.
    """

    from kbcli.uniqueness import uniqueness

    parts = uniqueness(text)

    def is_unique(width: int) -> bool:
        return parts.holds(max(0, start - width), min(len(text), end + width))

    widths = range(CONTEXT, max(CONTEXT, len(text) if most is None else min(most, len(text))) + 1)
    if most is not None and not is_unique(widths[-1]):
        return CONTEXT
    return widths[0] if is_unique(widths[0]) else widths[bisect_left(widths, True, key=is_unique)]


def literal(text: str) -> str:
    """A Turtle string. What an eye or a terminal could take for something else is written as an escape."""
    import pyoxigraph as ox

    written = str(ox.Literal(text))
    if written.isprintable():
        return written
    return "".join(c if c.isprintable() or c == "\xa0" else _escape(ord(c)) for c in written)


def _escape(code: int) -> str:
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # noqa: PLR2004 the last that \\u can name


def known(corpus: Corpus, cited: Article, start: int, end: int) -> Iterator[str]:
    """Where the data has this span already, by this name or another one."""
    same = {
        span.node.value for span in corpus.spans if (span.article, span.start, span.end) == (cited.node, start, end)
    }
    iri = name(corpus, cited, start, end)
    for node in sorted({iri, *same}):
        for document in corpus.homes.get(node, []):
            place = document.place(_node(node))
            line = f":{place.line}" if place else ""
            yield f"{corpus.short(node)} is in {document.shown}{line} already"


def name(corpus: Corpus, cited: Article, start: int, end: int) -> str:
    """The IRI of a span."""
    return f"{corpus.project.base}{FOLDERS['ev']}{cited.slug}-{start}-{end}"


def _node(iri: str) -> ox.NamedNode:
    import pyoxigraph as ox

    return ox.NamedNode(iri)


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def short(words: str) -> str:
    """Long words without their middle, on one line."""
    half = LONGEST // 2
    return printable(words if len(words) <= LONGEST else f"{words[:half]} … {words[-half:]}")
