"""The nodes of the data that no shape looks at, for they have no class of the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kbcli.names import KB, RDF_TYPE, STANDARD

if TYPE_CHECKING:
    from kbcli.corpus import Corpus

_CONCEPTS = frozenset(STANDARD["skos"] + name for name in ("Concept", "ConceptScheme"))


def classes_of(corpus: Corpus, node: Any) -> list[str]:
    """What the data gives as its classes, sorted."""
    return sorted(getattr(class_, "value", "") for class_ in corpus.values(node, RDF_TYPE))


def is_classless(corpus: Corpus, node: Any) -> bool:
    """Whether the data says something of it, and gives it no class of the vocabulary."""
    if not corpus.homes_of(getattr(node, "value", "")):
        return False
    return not any(_is_known(corpus, class_) for class_ in classes_of(corpus, node))


def _is_known(corpus: Corpus, class_: str) -> bool:
    local = class_.removeprefix(KB)
    return class_ in _CONCEPTS or (local != class_ and local[:1].isupper() and class_ in corpus.vocabulary.subjects)
