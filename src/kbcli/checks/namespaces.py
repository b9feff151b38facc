"""Each prefix stands for what it stands for everywhere in the project.

A file in which one does not is told of nothing else: every name in it means something else than it seems to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.finding import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

ELSEWHERE = Rule(
    "KB018",
    "prefix-of-another-namespace",
    "error",
    "the prefix stands for another namespace than everywhere else",
    "write the namespace that the project uses",
)
RULES = (ELSEWHERE,)


def check(corpus: Corpus) -> Iterator[Finding]:
    for file in corpus.queries:
        for prefix, iri, start in file.misbound(corpus.project.prefixes):
            hint = f"write PREFIX {prefix}: <{corpus.project.prefixes[prefix]}>"
            yield ELSEWHERE.at(file.shown, *file.at(start), said=f"{prefix}: is <{iri}>", hint=hint)
    for document in corpus.all_documents:
        if bindings := corpus.misbound.get(document.shown):
            from kbcli.positions import Positions

            positions = Positions(document.text)
            for prefix, iri, right, start in bindings:
                line, column, _ = positions.place(start, start)
                hint = f"write @prefix {prefix}: <{right}> ."
                yield ELSEWHERE.at(document.shown, line, column, said=f"{prefix}: is <{iri}>", hint=hint)
