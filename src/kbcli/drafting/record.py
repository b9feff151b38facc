"""A record as Turtle: its class, its properties in order, and its TODOs below the label."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbcli.citation import literal
from kbcli.display import printable
from kbcli.layout import STEP, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass
class Record:
    """`subject` and `class_` are prefixed names, values are Turtle. `todos` are properties with what is to be decided."""

    subject: str
    class_: str
    values: dict[str, list[str]] = field(default_factory=dict)
    todos: list[tuple[str, str]] = field(default_factory=list)

    def add(self, predicate: str, *values: str) -> None:
        own = self.values.setdefault(predicate, [])
        own.extend(value for value in values if value not in own)

    def undecided(self, predicate: str, words: str) -> None:
        self.todos.append((predicate, printable(words)))

    def turtle(self) -> str:
        """In the layout of `kb fmt`. A TODO stands before a property, so that it is the record's beyond doubt."""
        ordered = sorted(((name, own) for name, own in self.values.items() if own), key=_rank)
        lines = [f"{self.subject} a {self.class_}"]
        told = "".join(f"\n{STEP}# TODO {name}: {words}" for name, words in self.todos)
        for position, (name, values) in enumerate(ordered):
            above = told if position == min(1, len(ordered) - 1) else ""
            lines.append(f"{above}\n{_line(name, sorted(values))}")
        return " ;".join(lines) + " .\n"

    @property
    def prefixes(self) -> set[str]:
        """Those that its block needs."""
        names = [self.subject, self.class_, *(name for name, own in self.values.items() if own)]
        names += [value.rpartition("^^")[2] for own in self.values.values() for value in own if value[0] != "<"]
        return {name.partition(":")[0] for name in names if name[0] != '"' and name[-1] != '"' and "@" not in name}


def text(words: str) -> str:
    """Words of an article, as they stand there."""
    return literal(words)


def said(words: str, language: str = "en") -> str:
    """Words of ours."""
    return f"{literal(words)}@{language}"


def day(iso: str) -> str:
    return f'"{iso}"^^xsd:date'


def section(title: str, blocks: Iterable[str]) -> str:
    """With an empty line before it."""
    body = "\n".join(blocks)
    return f"\n# {title}\n\n{body}" if body else ""


def _line(name: str, values: list[str]) -> str:
    line = f"{STEP}{name} {' , '.join(values)}"
    if len(values) == 1 or len(line) + len(" ;") <= WIDTH:
        return line
    inner = f"\n{STEP}{STEP}"
    return f"{STEP}{name}{inner}{f' ,{inner}'.join(values)}"


def _rank(item: tuple[str, list[str]]) -> tuple[int, str]:
    name = item[0]
    return (0 if name == "rdfs:label" else 2 if name == "skos:note" else 1, name)
