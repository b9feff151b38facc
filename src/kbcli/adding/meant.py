"""What an editor may have meant by a name that nothing has: told, and never taken for meant."""

from __future__ import annotations

import difflib
import shlex
from typing import TYPE_CHECKING

from kbcli.adding.alike import alike
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.lookup import likely
from kbcli.names import STANDARD, expand

if TYPE_CHECKING:
    from kbcli.adding.desk import Desk
    from kbcli.adding.things import Wanted

PREFIXES = {
    "kb:Agent": "ag", "kb:Operation": "op", "kb:Place": "pl", "kb:Time": "tm", "kb:Claim": "cl", "skos:Concept": "k",
}  # fmt: skip
_COMMAND = {
    "kb:Agent": "agent", "kb:Operation": "operation", "kb:Place": "place", "skos:Concept": "kind",
}  # fmt: skip
_FURTHER = {"agent": " --kind KIND", "operation": " --kind KIND", "kind": ' --definition "…"'}
_LISTED = 3


def no_such(desk: Desk, wanted: Wanted, typed: str, iri: str) -> UsageError:
    """For an id of nothing, or of something else."""
    if desk.near.homes_of(iri):
        import pyoxigraph as ox

        classes = desk.near.values(ox.NamedNode(iri), STANDARD["rdf"] + "type")
        is_a = ", ".join(desk.short(getattr(one, "value", "")) for one in classes) or "nothing of a class"
        what = f"--{wanted.option} {typed}: it is {is_a}, and no {wanted.either}"
        return UsageError(f"{what} ({desk.place(iri)})", "kb explain tells what the property takes")
    return unknown(desk, wanted, typed)


def unknown(desk: Desk, wanted: Wanted, typed: str) -> UsageError:
    """With what is like it. What would be a second record of that is not proposed."""
    name = typed if expand(typed, desk.project.prefixes) is None else typed.rpartition(":")[2]
    same = _same(desk, wanted, name)
    near = same or _near(desk, wanted, name)
    what = f"{wanted.told(typed)}: no {wanted.either} has this id, label or other name"
    if near:
        what += "\nthe nearest: " + ", ".join(f"{desk.short(iri)} ({printable(label)})" for iri, label in near.items())
    elif wanted.classes == ("skos:Concept",):
        what += f"\nthere are {_kinds(desk)}"
    meant = f"did you mean {' or '.join(map(desk.short, near))}?" if near else ""
    return UsageError(what, meant if same else " ".join(filter(None, (meant, _remedy(wanted, typed)))))


def _same(desk: Desk, wanted: Wanted, name: str) -> dict[str, str]:
    """IRIs and labels of what `kb add` would take for the same; and the ids of an article that are written so."""
    pegs = [one for class_ in wanted.classes if class_ in _COMMAND for one in alike(desk, class_, [name])]
    found = {one.iri: one.label for one in pegs[:_LISTED]}
    if not wanted.option:
        found |= {iri: desk.label(iri) for iri in _claims_like(desk, name)}
    for class_ in wanted.classes:
        prefix, is_of_article = PREFIXES[class_], class_ in ("kb:Claim", "kb:Time")
        begin = f"{prefix}:{desk.slug}-" if is_of_article and desk.article else f"{prefix}:"
        found |= {iri: desk.label(iri) for iri in _written_so(desk, begin, name, 0.7 if is_of_article else 0.85)}
    return dict(list(found.items())[:_LISTED])


def _claims_like(desk: Desk, name: str) -> list[str]:
    """Claims whose ids end almost like the name, behind their article's slug."""
    begins = [f"cl:{desk.short(article.value).partition(':')[2]}-" for article in desk.near.articles]
    return [iri for begin in begins for iri in _written_so(desk, begin, name, 0.7)]


def _written_so(desk: Desk, begin: str, name: str, least: float) -> list[str]:
    """What has an id that begins so and ends almost like the name."""
    ids = {desk.short(iri): iri for iri in desk.near.homes}
    ends = {short.removeprefix(begin): iri for short, iri in ids.items() if short.startswith(begin)}
    typed = name.removeprefix(begin.partition(":")[2])
    return [ends[one] for one in difflib.get_close_matches(typed, ends, n=_LISTED, cutoff=least)]


def _near(desk: Desk, wanted: Wanted, name: str) -> dict[str, str]:
    from kbcli.adding.things import classes_of

    found = {one.iri: one.label for class_ in classes_of(wanted) for one in likely(desk.near.store, name, class_)}
    return dict(list(found.items())[:_LISTED])


def _remedy(wanted: Wanted, typed: str) -> str:
    if not wanted.option:
        return "kb find finds ids by names"
    commands = [_COMMAND[class_] for class_ in wanted.classes if class_ in _COMMAND]
    if not commands:
        return "kb show ARTICLE lists its claims; name one by its id"
    name = shlex.quote(typed) if typed.isprintable() and not expand(typed, {"ag": "", "op": "", "pl": ""}) else '"NAME"'
    return "if it is new: " + ", or ".join(f"kb add {one} {name}{_FURTHER.get(one, '')}" for one in commands)


def _kinds(desk: Desk) -> str:
    ids = [desk.short(one.value) for one in desk.near.instances(STANDARD["skos"] + "Concept")]
    own = sorted(one.removeprefix("k:") for one in ids if one.startswith("k:"))
    return ", ".join(own) or "none"
