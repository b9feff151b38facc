"""Words that an article does not have: what it has instead, down to the character, or which other article has them."""

from __future__ import annotations

import shlex
import unicodedata
from difflib import SequenceMatcher
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from kbcli.citation import LONGEST, short
from kbcli.errors import UsageError
from kbcli.folding import MARKS, WORDS, Folded, Table, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.citable import Article
    from kbcli.corpus import Corpus

_TOLD = 3
_LEAST = 4  # characters that stand in another article not only by chance
BUDGET = 20_000_000  # bytes of other articles that are read
_FILES = 2_000


def absent(cited: Article, words: str) -> UsageError:
    what = f"{cited.id}: these words do not stand there: «{short(words)}»"
    for table, differ in (
        (MARKS, "quotation marks, apostrophes, dashes or white space"),
        (WORDS, "capitals, accents or marks"),
    ):
        if printed := _printed(cited.text, words, table):
            return _instead(cited, words, f"{what}\nthey stand there with other {differ}: ", printed)
    if others := list(islice(_others(cited, words), _TOLD)):
        places = ", ".join(f"{name} ({shown})" for name, shown in others)
        return UsageError(f"{what}\nthey stand in {places}", f"if that one is meant: {_command(others[0][0], words)}")
    from kbcli.likeness import nearest

    near = nearest(cited.text, words)
    if near is None:
        return UsageError(f"{what}\nnothing there is like them", "kb find WORDS tells in which article words occur")
    return _instead(cited, words, f"{what}\nthe nearest that does: ", near)


def oddities(words: str, printed: str) -> Iterator[str]:
    """The characters in which both differ though they look alike, or cannot be seen."""
    matcher = SequenceMatcher(None, words[:LONGEST], printed[:LONGEST], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        pairs = zip_longest(words[i1:i2], printed[j1:j2], fillvalue="") if tag != "equal" else ()
        for number, (own, other) in enumerate(pairs, i1 + 1):
            if _deceives(own, other):
                here = f"{_named(own)} is character {number} of your words" if own else f"before character {number}"
                yield f"{here}; the article has {_named(other) if other else 'nothing there'}"


def _instead(cited: Article, words: str, what: str, place: tuple[int, int]) -> UsageError:
    printed = cited.text[slice(*place)]
    odd = "".join(f"\n  {one}" for one in islice(oddities(words, printed), _TOLD))
    return UsageError(f"{what}«{short(printed)}» ({place[0]}–{place[1]}){odd}", _again(cited, printed))


def _deceives(own: str, other: str) -> bool:
    if any(one and not _is_seen(one) for one in (own, other)):
        return True
    if not own or not other:
        return False
    return fold(own, MARKS) == fold(other, MARKS) or (
        own.isalpha() and other.isalpha() and _script(own) != _script(other)
    )


def _is_seen(character: str) -> bool:
    return character == " " or (
        character.isprintable() and not character.isspace() and not unicodedata.combining(character)
    )


def _script(letter: str) -> str:
    """Of which script it is, as far as its name tells."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _named(character: str) -> str:
    """Its number and name, behind itself if it can be seen."""
    name = unicodedata.name(character, "a control character" if character not in "\r\n" else "a line break")
    seen = f"“{character}” " if _is_seen(character) and character != " " else ""
    return f"{seen}U+{ord(character):04X} {name}"


def _others(cited: Article, words: str) -> Iterator[tuple[str, str]]:
    """The articles of the project that have the words, with their files; only so many are read as is soon done."""
    from kbcli.readable import below, obstacle

    corpus, needle, left = cited.corpus, words.encode("utf-8", "replace"), BUDGET
    if corpus is None or len(words.strip()) < _LEAST:
        return
    for path in below(corpus.project.seeds, ".txt")[:_FILES]:
        if path.name == cited.file or obstacle(path, corpus.project.root):
            continue
        left -= path.stat().st_size
        if left < 0:
            return
        if needle in path.read_bytes():
            yield from ((name, corpus.project.relative(path)) for name in _called(corpus, path.name))


def _called(corpus: Corpus, file: str) -> list[str]:
    """The articles that name a file of seeds/."""
    from kbcli.mentions import mentioning
    from kbcli.roster import Roster

    return [corpus.short(one.iri) for one in Roster.of(mentioning(corpus.documents, [file])) if file in one.files]


def _printed(text: str, words: str, table: Table) -> tuple[int, int] | None:
    """Where the words stand if the differences that `table` levels do not count."""
    needle = fold(words, table)
    if not needle or needle not in fold(text, table):
        return None
    return next(Folded.of(text, table).find(needle), None)


def _again(cited: Article, words: str) -> str:
    """The command for the words as printed, if they can be typed."""
    if not words.isprintable() or len(words) > LONGEST:
        return "take the words as the article prints them"
    return _command(cited.slug, words)


def _command(article: str, words: str) -> str:
    return f"kb cite {shlex.quote(article.removeprefix('art:'))} {shlex.quote(words)}"
