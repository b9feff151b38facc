"""What denials answer a claim: those of it, of the same utterance told elsewhere, of what it comes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbcli import phrases
from kbcli.parts import Told, all_told, telling

if TYPE_CHECKING:
    from kbcli.card import Line
    from kbcli.view import View

SAME = "the same utterance, told again, is denied"
CARRIER = "what it comes through is denied"


@dataclass(frozen=True)
class Denials:
    """`same_utterance`: of claims that record the utterance too; `carriers`: of claims this one comes through."""

    direct: tuple[Told, ...]
    same_utterance: tuple[Told, ...]
    carriers: tuple[Told, ...]


def denials(view: View, claim: str) -> Denials:
    direct = set(view.subjects("kb:denies", claim))
    again = {denial for other in _same_utterance(view, claim) for denial in view.subjects("kb:denies", other)}
    outer = {denial for carrier in _carriers(view, claim) for denial in view.subjects("kb:denies", carrier)}
    return Denials(telling(view, "kb:denies", claim), all_told(view, again - direct), all_told(view, outer - direct))


def lines(found: Denials, name: str = "", depth: int = 0) -> list[Line]:
    return [
        *phrases.all_told(found.direct, name, depth),
        *phrases.all_told(found.same_utterance, SAME, depth),
        *phrases.all_told(found.carriers, CARRIER, depth),
    ]


def _same_utterance(view: View, claim: str) -> set[str]:
    """The other claims that record the utterance, told again any number of times."""
    found, open_ = {claim}, [claim]
    while open_:
        one = open_.pop()
        new = {*view.nodes(one, "kb:restates"), *view.subjects("kb:restates", one)} - found
        found |= new
        open_ += sorted(new)
    return found - {claim}


def _carriers(view: View, claim: str) -> set[str]:
    """The claims that a second-hand one comes through, at any remove."""
    found: set[str] = set()
    open_ = view.nodes(claim, "kb:via")
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_ += view.nodes(one, "kb:via")
    return found - {claim}
