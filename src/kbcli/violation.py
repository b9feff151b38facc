"""What a shape complains of: which node, which property, which value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kbcli.classes import is_classless
from kbcli.names import KB, SHAPES, STANDARD
from kbcli.shacl.outcome import Outcome

if TYPE_CHECKING:
    from kbcli.corpus import Corpus

_XSD = STANDARD["xsd"]
_CLASS, _CLOSED, _EQUALS = (f"{name}ConstraintComponent" for name in ("Class", "Closed", "Equals"))
_OF_DATATYPES = ("DatatypeConstraintComponent", "OrConstraintComponent")
_BARE = tuple(_XSD + name for name in ("boolean", "decimal", "integer"))  # written without quotation marks


class Violation(Outcome):
    """An outcome whose `shape` and `component`, the sort of constraint that was violated, are local names."""

    @classmethod
    def of(cls, outcome: Outcome) -> Violation:
        shape, component = outcome.shape.removeprefix(SHAPES), outcome.component.removeprefix(STANDARD["sh"])
        return cls(shape, outcome.focus, outcome.path, outcome.value, outcome.message, component)

    @property
    def code(self) -> str:
        """That of the rule which the shape is, or is a part of."""
        return self.shape.partition("-")[0]

    @property
    def is_stray(self) -> bool:
        """Whether it is the property that is wrong, whatever its value."""
        return self.component == _CLOSED

    def words(self, corpus: Corpus, what: str) -> str:
        """The message, else `what`, with the value that broke the rule."""
        message = self.message or what
        value = ox.NamedNode(self.path) if self.is_stray and self.path else self.value
        if value is None or value == self.focus:
            return message
        shown = self._shown(corpus, value)
        return message if shown in message else f"{message}: {shown}"

    def _shown(self, corpus: Corpus, value: Any) -> str:
        """The value as it is written; the datatype only where that may be what is wrong."""
        if isinstance(value, ox.NamedNode):
            return corpus.short(value.value)
        if not isinstance(value, ox.Literal) or value.language or value.datatype.value == _XSD + "string":
            return str(value)
        if value.datatype.value in _BARE:
            return value.value
        written = str(ox.Literal(value.value))
        return f"{written}^^{corpus.short(value.datatype.value)}" if self.component in _OF_DATATYPES else written

    def is_told(self, corpus: Corpus) -> bool:
        """Whether another finding tells of what is wrong here.

        That is so where nothing defines the value, or only a file that is told of already; where the vocabulary lacks
        it; where it is one of those without a class; and where a property lacks a value because it has a wrong one.
        """
        if self.component == _EQUALS and self.path and isinstance(self.focus, ox.NamedNode):
            present = corpus.values(self.focus, self.path)
            if present and self.value not in present:
                return True
        if not isinstance(self.value, ox.NamedNode) or self.is_stray:
            return False
        iri = self.value.value
        if corpus.is_sound(corpus.vocabulary):
            if iri.startswith(KB) and iri not in corpus.vocabulary.subjects:
                return True
        elif self.component == _CLASS:
            return True  # the vocabulary says what is a subclass of what
        homes = corpus.homes_of(iri)
        broken = bool(homes) and not any(map(corpus.is_sound, homes))
        return corpus.lacks(iri) or is_classless(corpus, self.value) or broken
