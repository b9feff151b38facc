"""What the checks say of a part of the data, with no word about the rest."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kbcli import checks
from kbcli.undecided import unexplained

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding


def found_in(corpus: Corpus) -> list[Finding]:
    """What its files are told; what follows from a TODO is not."""
    own = {document.shown for document in corpus.documents}
    found = [finding for check in checks.all_checks() for finding in check(corpus)]
    return [finding for finding in unexplained(found) if finding.path in own]


def brought_in(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """Those `after` that were not there before.

    A message may count things or name the lines of others, and so change though nothing is new: of what has no
    counterpart word for word, as many of a code are old as the same record had of it.
    """
    for key in (_wording, _record):
        after, before = _without(before, after, key), _without(after, before, key)
    return [*after]


def _without(old: Sequence[Finding], new: Sequence[Finding], key: Callable[[Finding], object]) -> list[Finding]:
    """One of the `new` goes for each of the `old`."""
    there, left = Counter(map(key, old)), []
    for finding in new:
        if there[key(finding)]:
            there[key(finding)] -= 1
        else:
            left.append(finding)
    return left


def _wording(finding: Finding) -> object:
    return finding.code, finding.path, finding.subject, finding.message


def _record(finding: Finding) -> object:
    return finding.code, finding.path, finding.subject
