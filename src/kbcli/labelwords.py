"""Words of an article in the labels of claims: those that it no longer has, now that it has changed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from kbcli.display import printable
from kbcli.folding import fold
from kbcli.names import KB, LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kbcli.corpus import Corpus
    from kbcli.grounds import Span

_WORD = re.compile(r"\w+")
_FEWEST = 2  # words that label and article have in common not by chance


def outdated(corpus: Corpus, spans: Iterable[Span], text: str) -> Iterator[str]:
    """What is to be said of the claims that rest on spans whose words have changed; `text` is the article's."""
    there = _apart(text)
    for span in spans:
        for claim in corpus.subjects(KB + "evidence", span.node):
            label = getattr(corpus.value(claim, LABEL), "value", "")
            gone = [words for words in _shared(label, span.exact or "") if f" {_apart(words)} " not in f" {there} "]
            if gone:
                name = corpus.short(claim.value)
                told = ", ".join(f"“{printable(one)}”" for one in gone)
                yield (
                    f"the label of {name} has {told}, which the article no longer has: "
                    f'kb add to {name} --label "…" --instead'
                )


def _shared(label: str, words: str) -> Iterator[str]:
    """The runs of words that a label has from a span, as it writes them."""
    own, others = list(_WORD.finditer(label)), _WORD.findall(words)
    matcher = SequenceMatcher(None, [fold(one[0]) for one in own], [fold(one) for one in others], autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.size >= _FEWEST:
            yield label[own[block.a].start() : own[block.a + block.size - 1].end()]


def _apart(text: str) -> str:
    """Words only, a space between them."""
    return " ".join(_WORD.findall(fold(text)))
