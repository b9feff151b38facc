"""What an editor wants of a record that is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli.adding.fields import CLASSES, fields_of
from kbcli.errors import UsageError
from kbcli.names import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Wish:
    """`given` are values by option; `keep` the properties that are right as they stand, `without` those to be emptied.

    `instead`: what is given takes the place of what was there.
    """

    given: Mapping[str, Sequence[str]]
    keep: Sequence[str] = ()
    without: Sequence[str] = ()
    class_: str = ""
    instead: bool = False
    language: str = "en"

    @property
    def properties(self) -> list[str]:
        """Those that are to be emptied."""
        return [name for name in self.without if not _is_span(name)]

    @property
    def spans(self) -> list[str]:
        """The spans on which the record is no longer to rest."""
        return [name for name in self.without if _is_span(name)]

    @property
    def is_empty(self) -> bool:
        return not (any(self.given.values()) or self.keep or self.without or self.class_)


def refuse_others(class_: str, wish: Wish) -> None:
    """What a record of this class cannot have."""
    own = {field.option for field in fields_of(class_)}
    if not own:
        raise UsageError(
            f"it is a {class_ or 'thing of no class'}, and cannot be added to",
            "agents, operations, places, kinds, times, claims and articles can",
        )
    if others := [name for name, values in wish.given.items() if values and name not in own]:
        raise UsageError(f"a {class_} has no --{others[0]}", f"it has {', '.join(f'--{one}' for one in sorted(own))}")
    for name in (*wish.keep, *wish.properties):
        predicate_of(class_, name)


def _is_span(name: str) -> bool:
    return name.startswith("ev:") or "/evidence/" in name


def predicate_of(class_: str, name: str) -> str:
    """The property that is meant by its name, by that of its option, or by its prefixed name."""
    if name.removeprefix("kb:") == "evidence" and class_.removeprefix("kb:") in CLASSES:
        raise UsageError(
            f"{name}: on which words a claim rests is told span by span",
            "kb add to CLAIM --without ev:… lets it rest on that span no longer; kb show CLAIM lists its spans",
        )
    for field in fields_of(class_):
        if name in (field.option, field.predicate, field.predicate.partition(":")[2], field.alias or field.option):
            return field.predicate
    near = nearest(name, [field.option for field in fields_of(class_)])
    raise UsageError(
        f"{name}: a {class_} has no such property", f"did you mean {near}?" if near else "kb add to --help lists them"
    )
