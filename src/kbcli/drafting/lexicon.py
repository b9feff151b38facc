"""The word lists of one language, read from the file <language>.toml beside this module."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Verb(NamedTuple):
    """A verb in one of its forms. `lemma` is its base; `form` is base, third, past or ing."""

    lemma: str
    form: str
    class_: str
    object: bool = False
    noun: bool = False
    clause: bool = False
    otherwise: str = ""
    passive: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    unsaid: tuple[tuple[str, ...], ...] = ()
    counts_not: bool = False
    spoken: bool = False
    then: tuple[tuple[str, ...], ...] = ()
    gap: int = 0


@dataclass(frozen=True)
class Lexicon:
    """`lists` is the file as read."""

    lists: Mapping[str, Any]

    @cached_property
    def verbs(self) -> Mapping[str, Verb]:
        """By form. Where two groups have a verb, the later one counts."""
        return dict(_entries(self.lists["verbs"]))

    @cached_property
    def phrases(self) -> Mapping[str, Verb]:
        """The verbs that report only together with other words, by form."""
        return dict(_entries(self.lists["phrases"]))

    @cached_property
    def silent(self) -> Mapping[str, Verb]:
        return dict(_entries([{"class": "Statement", "verbs": self.lists["silence"]["verbs"]}]))

    @cached_property
    def silences(self) -> tuple[tuple[tuple[str, ...], bool], ...]:
        """Each with whether it is one only where it is negated."""
        lists = [(self.lists["silence"]["phrases"], False), (self.lists["silence"]["negated"], True)]
        return tuple((tuple(phrase.split()), negated) for phrases, negated in lists for phrase in phrases)

    def silence(self, name: str) -> frozenset[str]:
        return frozenset(self.lists["silence"][name])

    @cached_property
    def nouns(self) -> Mapping[str, str]:
        """The class by noun."""
        return {noun: class_ for class_, nouns in self.lists["nouns"].items() for noun in nouns}

    @cached_property
    def unnamed(self) -> Mapping[str, str]:
        return {word: class_ for class_, found in self.lists["unnamed"].items() for word in found}

    @cached_property
    def triggers(self) -> frozenset[str]:
        """The words that a cue can begin with, its auxiliaries left out."""
        silences = (phrase[0] for phrase, _ in self.silences)
        return frozenset(["according", *silences]).union(
            self.verbs, self.phrases, self.silent, self.nouns, self.unnamed
        )

    def is_title(self, word: str) -> bool:
        """Whether the word, in lower case, is an office: also one made of several, “editor-in-chief”."""
        first, *more = word.rstrip(".").split("-")
        titles = self.are("titles")
        return word.rstrip(".") in titles or (
            bool(more) and (more[-1] in titles or (first in titles and len(more) > 1))
        )

    def are(self, name: str) -> frozenset[str]:
        """One of the plain lists."""
        return self._plain[name]

    @cached_property
    def _plain(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(found) for name, found in self.lists["words"].items()}

    @cached_property
    def hedges(self) -> re.Pattern[str]:
        return _any_of(self.lists["hedges"]["words"])

    @cached_property
    def vague(self) -> re.Pattern[str]:
        """Times that name no day."""
        return _any_of(self.lists["vague"]["words"])

    @cached_property
    def reservations(self) -> re.Pattern[str]:
        return _any_of(self.lists["hedges"]["reservations"])


@lru_cache(None)
def lexicon(language: str) -> Lexicon | None:
    """The lists for a language tag; None if there are none."""
    primary = language.partition("-")[0].lower()
    path = resources.files(__package__) / f"{primary}.toml"
    if not primary.isalpha() or not path.is_file():
        return None
    return Lexicon(tomllib.loads(path.read_text(encoding="utf-8")))


def _entries(groups: list[dict[str, Any]]) -> Iterator[tuple[str, Verb]]:
    for group in groups:
        sets = {
            name: frozenset(group.get(name, ()))
            for name in ("passive", "unless", "needs", "idle", "of", "judged", "barred", "sources")
        }
        runs = {name: tuple(tuple(words.split()) for words in group.get(name, ())) for name in ("then", "unsaid")}
        for line in group["verbs"]:
            lemma, *forms = line.split()
            common = {
                **sets,
                **runs,
                **{name: group.get(name, False) for name in ("object", "noun", "clause", "counts_not", "spoken")},
            }
            for form in (lemma, *forms):
                kind = _form(lemma, form)
                yield (
                    form,
                    Verb(
                        lemma,
                        kind,
                        group["class"],
                        gap=group.get("gap", 0),
                        otherwise=group.get("otherwise", ""),
                        **common,
                    ),
                )


def _form(lemma: str, form: str) -> str:
    if form == lemma:
        return "base"
    if form.endswith("ing"):
        return "ing"
    return "third" if form.endswith("s") else "past"


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    written = sorted(
        (re.escape(phrase).replace(r"\*", r"\w+").replace(r"\ ", "[ \t\xa0]+") for phrase in phrases), key=len
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(reversed(written))})(?![\w-])", re.IGNORECASE)
