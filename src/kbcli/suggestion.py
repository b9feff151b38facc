"""What somebody meant who wrote words where the name of a thing belongs (`kb:speaker "Iran"`), or a namesake of it.

The words are looked up among the things that the property may point to: labels and other names, the words of times
and spans, the ends of IRIs.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kbcli.folding import fold
from kbcli.languagetags import flaw
from kbcli.names import ALT_LABEL, KB, LABEL, STANDARD, expand, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding

_DCT, _OA, _SCHEMA = (STANDARD[prefix] for prefix in ("dct", "oa", "schema"))
_AGENT, _TIME, _CLAIM, _SPAN = (KB + name for name in ("Agent", "Time", "Claim", "Evidence"))
_CONCEPT = STANDARD["skos"] + "Concept"
_RANGE = _SCHEMA + "rangeIncludes"
# Names, the surest first; then what an IRI ends in.
_NAMING = (LABEL, KB + "text", _OA + "exact", KB + "file", _DCT + "title", ALT_LABEL, KB + "edtf")
_OF_PEGS = (_NAMING.index(LABEL), _NAMING.index(ALT_LABEL))
_OF_ONE_ARTICLE = frozenset([_TIME, _CLAIM, _SPAN])
_TERMS = (KB + "basis", KB + "notStated")  # their values are terms of the vocabulary
_FOREIGN = {_DCT + "creator": (_AGENT,), _DCT + "publisher": (_AGENT,)}
_ADDRESSES = (_SCHEMA + "url", _SCHEMA + "archivedAt")
_ADDRESS = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_NEW = {_AGENT: "ag", KB + "Place": "pl", _CONCEPT: "k"}
_LONGEST, _MOST = 60, 3
_NEW_TIME = "a time is a block of its own: tm:… a kb:Time, with the article's words in kb:text; then kb:{} tm:…"


class Named(NamedTuple):
    """Something by one of its names, folded. `rank` is less for a surer name."""

    rank: int
    iri: str
    name: str


class Wanted(NamedTuple):
    """What a property may point to, written in this file."""

    predicate: str
    classes: tuple[str, ...]
    file: str


class Suggestions:
    """For one corpus. Nothing is read before it is needed: most data has no such slip."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._members: dict[str, frozenset[str]] = {}

    def onto(self, finding: Finding, predicate: str | None, value: Any) -> Finding:
        """`finding`, that `predicate` must not have `value`, with what to write instead, if it is known."""
        hint = self._hint(finding.path, predicate, value) if predicate and value is not None else ""
        return finding._replace(hint=hint) if hint else finding

    def is_of_things(self, predicate: str) -> bool:
        """Whether it takes the data to tell what was meant: the property points to things that it may have."""
        return bool(self._ranges.get(predicate))

    def classes_of(self, predicate: str) -> list[tuple[str, ...]]:
        """What a property may point to: each class with those below it."""
        return [_with_below(class_) for class_ in self._ranges.get(predicate, ())]

    def _hint(self, file: str, predicate: str, value: Any) -> str:
        wanted = Wanted(predicate, self._ranges.get(predicate, ()), file)
        if isinstance(value, ox.NamedNode):
            return self._question(self._namesakes(value, wanted))
        if not isinstance(value, ox.Literal):
            return ""
        if predicate in _ADDRESSES and _ADDRESS.fullmatch(value.value):
            return f"write <{value.value}>, without quotation marks"
        if predicate == _SCHEMA + "inLanguage":
            return _tag(value.value)
        if not wanted.classes:
            return ""
        found = self._among(self._called(value.value), wanted) or self._among(self._almost(value.value, wanted), wanted)
        return self._unquoted(value.value, wanted) or self._question(found) or self._defining(value.value, wanted)

    def _unquoted(self, text: str, wanted: Wanted) -> str:
        """A name that was put in quotation marks (“ag:iran”), or a term that lacks its prefix as well (“said”)."""
        iri = expand(text, self._corpus.project.prefixes) or ""
        if wanted.predicate in _TERMS:
            iri = next((term for term in (iri, KB + text) if term in self._corpus.vocabulary.subjects), "")
        elif not any(iri in self._instances(class_) for class_ in wanted.classes):
            return ""
        return f"write {self._corpus.short(iri)}, without quotation marks" if iri else ""

    def _namesakes(self, value: ox.NamedNode, wanted: Wanted) -> Iterator[str]:
        """What is called as `value` is, and is of the right class as `value` is not: the state named as a land is."""
        if value.value in self._corpus.homes and not any(value.value in self._instances(c) for c in wanted.classes):
            for naming in (LABEL, ALT_LABEL):
                for name in self._corpus.values(value, naming):
                    yield from self._among(self._called(name.value), wanted)

    def _question(self, found: Iterable[str]) -> str:
        names = list(dict.fromkeys(self._corpus.short(iri) for iri in found))[:_MOST]
        return f"did you mean {' or '.join(names)}?" if names else ""

    def _defining(self, text: str, wanted: Wanted) -> str:
        """How to define what is not there yet, if it is clear of what class it would be."""
        if _TIME in wanted.classes:
            quoted = "the speaker's words go in kb:quote; " if wanted.predicate == KB + "said" else ""
            return quoted + _NEW_TIME.format(wanted.predicate.removeprefix(KB))
        if _SPAN in wanted.classes:
            return "kb cite prints the block of a span for words of the article; name it: ev:…"
        slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
        prefix = _NEW.get(wanted.classes[0]) if len(wanted.classes) == 1 else None
        if not prefix or not slug or len(slug) > _LONGEST or ":" in text:
            return ""
        class_ = self._corpus.short(wanted.classes[0])
        others = sorted({self._corpus.short(one.iri) for one in self._called(text) if one.rank in _OF_PEGS})
        known = f"names {' and '.join(others[:_MOST])}, no {class_}" if others else "names nothing here"
        return f"“{text}” {known}: define {prefix}:{slug} a {class_}, and write that, without quotation marks"

    def _among(self, named: Iterable[Named], wanted: Wanted) -> list[str]:
        """Those that fit, by the surest of their names."""
        fitting = [one for one in named if any(self._fits(one.iri, class_, wanted) for class_ in wanted.classes)]
        best = min((one.rank for one in fitting), default=0)
        return [one.iri for one in fitting if one.rank == best]

    def _fits(self, iri: str, class_: str, wanted: Wanted) -> bool:
        """What belongs to one article is only meant in its file; the vocabulary's concepts are no kinds."""
        if iri not in self._instances(class_):
            return False
        if class_ == _CONCEPT:
            return iri.startswith(KB) == (wanted.predicate in _TERMS)
        homes = self._corpus.homes.get(iri, ())
        return class_ not in _OF_ONE_ARTICLE or any(home.shown == wanted.file for home in homes)

    def _called(self, text: str) -> list[Named]:
        folded = fold(text)
        bare = folded.rpartition(":")[2]
        names = (folded, folded.removeprefix("the "), f"the {folded}", bare, folded.replace(" ", "-"))
        return [one for name in dict.fromkeys(names) for one in self._index.get(name, ())]

    def _almost(self, text: str, wanted: Wanted) -> list[Named]:
        """By the name that is most like `text`, of those that begin with the same letter."""
        folded = fold(text)
        alike = self._heads.get(folded[:1], ()) if len(folded) <= _LONGEST else ()
        near = nearest(folded, (name for name in alike if self._among(self._index[name], wanted)))
        return self._index[near] if near else []

    def _instances(self, class_: str) -> frozenset[str]:
        if class_ not in self._members:
            self._members[class_] = frozenset(node.value for node in self._corpus.instances(*_with_below(class_)))
        return self._members[class_]

    @cached_property
    def _ranges(self) -> Mapping[str, tuple[str, ...]]:
        """The classes that the vocabulary has as values of a property; a datatype is none."""
        found: dict[str, tuple[str, ...]] = dict(_FOREIGN)
        for subject, predicate, value in self._corpus.vocabulary.triples:
            if predicate.value == _RANGE and isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
                classes = () if value.value.startswith(STANDARD["xsd"]) else (value.value,)
                found[subject.value] = (*found.get(subject.value, ()), *classes)
        return found

    @cached_property
    def _index(self) -> Mapping[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for rank, predicate in enumerate(_NAMING):
            for quad in self._corpus.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    name = fold(quad.object.value)
                    found.setdefault(name, []).append(Named(rank, quad.subject.value, name))
        for iri in (*self._corpus.homes, *self._corpus.vocabulary.subjects):
            name = fold(re.split(r"[/#]", iri)[-1])
            found.setdefault(name, []).append(Named(len(_NAMING), iri, name))
        return {name: sorted(named) for name, named in found.items()}

    @cached_property
    def _heads(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._index:
            if len(name) <= _LONGEST:
                found.setdefault(name[:1], []).append(name)
        return found


def _with_below(class_: str) -> tuple[str, ...]:
    """A class and those below it."""
    from kbcli.corpus import CLAIM_CLASSES

    return CLAIM_CLASSES if class_ == _CLAIM else (class_,)


def _tag(text: str) -> str:
    """What to write for the name of a language, and for a tag with an underscore."""
    tag = text.replace("_", "-")
    found = flaw(tag)
    right = found.right if found else tag
    return f'write "{right}"' if right not in ("", text) else ""
