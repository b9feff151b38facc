"""What is found in a project now, of what was kept and of what was checked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli.bindings import misbound
from kbcli.corpus import Corpus
from kbcli.incremental.packing import term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Self

    from kbcli.finding import Finding
    from kbcli.incremental.library import Library
    from kbcli.incremental.unit import Told


@dataclass(frozen=True)
class Results:
    """`data` are the data files in order; `whole` says whether all of them are sound, `misbound` are the files with a
    prefix of another namespace, `sources` the files of seeds/ if there are no folders among them, `texts` has
    what the files hold of which something is told, but for the sources."""

    findings: list[Finding]
    counts: dict[str, int]
    data: Sequence[str]
    whole: bool
    misbound: frozenset[str]
    named_files: set[str]
    sources: Sequence[str] | None
    texts: Mapping[str, str]

    @classmethod
    def of(
        cls, library: Library, told: Iterable[Told], unsound: list[str], counts: dict[str, int], named: set[str]
    ) -> Self:
        findings = _meant(library, [one for one in told if not (unsound and one.gated)])
        paths = library.index.paths
        shown = {finding.path for finding in findings} & set(paths)
        texts = {path: library.document(path).text for path in (*shown, *unsound)}
        wrong = {path for path, text in texts.items() if misbound(text, library.project.prefixes)} | library.misbound
        told_of = {finding.path for finding in findings}
        texts |= {one.shown: one.text for one in library.own if one.shown in told_of}
        return cls(
            findings,
            {"files": len(paths), **counts},
            paths,
            not unsound,
            frozenset(wrong),
            named,
            library.index.sources,
            texts,
        )


def _meant(library: Library, told: list[Told]) -> list[Finding]:
    """The findings. What somebody meant is looked for in the whole: that is only done where something is wrong."""
    if not any(one.asked for one in told):
        return [one.finding for one in told]
    documents = tuple(library.document(path) for path in library.index.paths)
    corpus = Corpus(library.project, documents, library.vocabulary, library.shapes)
    return [corpus.suggest(one.finding, one.asked[0], term(one.asked[1])) if one.asked else one.finding for one in told]
