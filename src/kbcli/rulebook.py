"""Every rule of `kb validate`, wherever it stands, and the terms it concerns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from kbcli.names import KB, SHAPES, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

    from kbcli.finding import Rule, Severity

_SH = STANDARD["sh"]
_NAME = re.compile(r"\b([a-z]+):([A-Za-z][\w\-]*)")
# A shape's closed list names every property there is; it concerns none of them in particular.
_IGNORED = frozenset(_SH + name for name in ("ignoredProperties", "prefixes", "severity"))
_TARGETS = frozenset(_SH + name for name in ("targetClass", "targetObjectsOf", "targetSubjectsOf"))


@dataclass(frozen=True)
class Ruling:
    """A rule. `home` says what applies it, `concerns` has the IRIs of the terms, sorted."""

    code: str
    slug: str
    severity: Severity
    what: str
    remedy: str
    home: str
    concerns: tuple[str, ...]


def rulings(shapes: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> list[Ruling]:
    """The rules of the checks and of the shapes in `shapes`, by code."""
    from kbcli import checks
    from kbcli.shaperules import rules_of

    triples = list(shapes)
    reader = _Shapes(triples, prefixes)
    found = [_ruling(rule, "ontology/shapes.ttl", reader.terms(code)) for code, rule in rules_of(triples).items()]
    for name in checks.MODULES:
        for rule in import_module(f"{checks.__name__}.{name}").RULES:
            named = _named(f"{rule.what} {rule.hint}", prefixes)
            found.append(_ruling(rule, f"the check “{name}”", named))
    return sorted(found, key=lambda ruling: ruling.code)


def _ruling(rule: Rule, home: str, terms: Iterable[str]) -> Ruling:
    return Ruling(rule.code, rule.slug, rule.severity, rule.what, rule.hint, home, tuple(sorted(set(terms))))


def _named(text: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The IRIs of the prefixed names in a text."""
    return (prefixes[prefix] + local for prefix, local in _NAME.findall(text) if prefix in prefixes)


class _Shapes:
    """The shapes, read for the terms that each code's shape speaks of."""

    def __init__(self, triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._facts: dict[str, list[tuple[str, ox.Triple]]] = {}
        self._holders: dict[str, set[str]] = {}
        for triple in triples:
            subject, predicate, object_ = (str(part) for part in triple)
            self._facts.setdefault(subject, []).append((predicate[1:-1], triple))
            if predicate[1:-1] == _SH + "property":
                self._holders.setdefault(object_, set()).add(subject)

    def terms(self, code: str) -> set[str]:
        """What the shape and its parts speak of, and the targets of the shapes that hold it."""
        shape = f"<{SHAPES}{code}>"
        found = set(self._below(shape))
        for holder in self._holders.get(shape, ()):
            found |= {t.object.value for predicate, t in self._facts[holder] if predicate in _TARGETS}  # type: ignore[union-attr]
        return {iri for iri in found if iri.startswith(KB) or not iri.startswith((_SH, SHAPES, STANDARD["xsd"]))}

    def _below(self, shape: str) -> Iterator[str]:
        todo, seen = [shape], {shape}
        while todo:
            for predicate, triple in self._facts.get(todo.pop(), ()):
                if predicate in _IGNORED:
                    continue
                if predicate == _SH + "select":
                    yield from _named(triple.object.value, self._prefixes)  # type: ignore[union-attr]
                    continue
                part = str(triple.object)
                if part in self._facts and part not in seen:
                    seen.add(part)
                    todo.append(part)
                elif part.startswith("<") and not predicate.startswith(STANDARD["rdf"] + "type"):
                    yield part[1:-1]
