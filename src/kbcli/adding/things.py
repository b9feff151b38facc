"""The thing that an editor names: by its id, its IRI, or exactly by its label or another name; never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kbcli.adding import meant
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.folding import fold
from kbcli.lookup import Named, named
from kbcli.names import FOLDERS, KB, STANDARD, expand, nearest

if TYPE_CHECKING:
    from kbcli.adding.desk import Desk

PEGS = ("kb:Agent", "kb:Operation", "kb:Place", "skos:Concept")
_OF_AN_ARTICLE = ("kb:Claim", "kb:Time")
_LONGEST = 80


class Wanted(NamedTuple):
    """What an option takes: something of one of these classes (prefixed names)."""

    option: str
    classes: tuple[str, ...]

    def told(self, typed: str) -> str:
        """What was typed for it, as messages have it; what is no option's value stands alone."""
        short = typed if len(typed) <= _LONGEST else f"{typed[:_LONGEST]}…"
        return f"--{self.option} “{printable(short)}”" if self.option else f"“{printable(short)}”"

    @property
    def either(self) -> str:
        classes = [*self.classes, *(["kb:Claim"] if not self.option else [])]  # any record: a claim by its id's end
        *first, last = [class_.partition(":")[2].lower().replace("concept", "kind") for class_ in classes]
        return f"{', '.join(first)} or {last}" if first else last


def thing(desk: Desk, wanted: Wanted, typed: str) -> str:
    """Its IRI. Raises UsageError where nothing or more than one thing is called so."""
    if not typed.strip():
        raise UsageError(f"{wanted.told('').removesuffix(' “”')} is empty", "name something, or leave it out")
    found = _by_iri(desk, wanted, typed) or _by_name(desk, wanted, typed)
    if not found and typed == "outlet" and "kb:Agent" in wanted.classes and desk.article and desk.outlet:
        return desk.outlet
    if len(found) == 1:
        return found[0].iri
    if found:
        told = "\n".join(f"  {desk.short(one.iri)}  {printable(one.label)}" for one in found)
        raise UsageError(f"{wanted.told(typed)}: more than one is called so:\n{told}", "name one by its id")
    raise meant.unknown(desk, wanted, typed)


def record(desk: Desk, typed: str) -> str:
    """The IRI of any record: by its id or IRI, a claim's without its `cl:`, a peg's label or other name.

    What is written as an id is not looked for here.
    """
    prefixes = desk.project.prefixes
    iri, claim = expand(typed, prefixes), expand(f"cl:{typed}", prefixes) or ""
    if iri is not None:
        return iri
    peg = Wanted("", PEGS)
    if not _by_name(desk, peg, typed):
        if found := _claims_ending(desk, typed):
            return found
        near = nearest(f"cl:{typed}", map(desk.short, desk.near.homes)) or ""
        if desk.near.homes_of(claim) or near.startswith("cl:"):
            return claim
    return thing(desk, peg, typed)


def _claims_ending(desk: Desk, typed: str) -> str:
    """The claim whose id ends so behind its article's slug; empty if there is none. Raises UsageError for several."""
    begins = [f"cl:{desk.short(article.value).partition(':')[2]}-" for article in desk.near.articles]
    found = [iri for iri in desk.near.homes if desk.short(iri) in {begin + typed for begin in begins}]
    if len(found) > 1:
        told = "\n".join(f"  {desk.short(iri)}  {printable(desk.label(iri))}" for iri in sorted(found))
        raise UsageError(f"“{printable(typed)}”: more than one claim ends so:\n{told}", "name one by its id")
    return next(iter(found), "")


def _by_iri(desk: Desk, wanted: Wanted, typed: str) -> list[Named]:
    """By an id or IRI, or by the end of one where that is the custom: a kind, a claim or a time of the article."""
    iri = expand(typed, desk.project.prefixes)
    if iri is not None:
        if not _is_a(desk, iri, wanted):
            raise meant.no_such(desk, wanted, typed, iri)
        return [Named(iri, typed)]
    ends = [typed, f"{desk.slug}-{typed}"] if desk.article else [typed]
    folders = [meant.PREFIXES[class_] for class_ in wanted.classes if class_ in (*_OF_AN_ARTICLE, "skos:Concept")]
    tried = (desk.project.base + FOLDERS[folder] + end for folder in folders for end in ends)
    return [Named(iri, typed) for iri in tried if _is_iri(iri) and _is_a(desk, iri, wanted)][:1]


def _by_name(desk: Desk, wanted: Wanted, typed: str) -> list[Named]:
    """By a label or another name, also one that is written otherwise but read alike; a peg by the end of its id too."""
    found: dict[str, Named] = {}
    for class_ in classes_of(wanted):
        found |= {one.iri: one for one in named(desk.near.store, typed, class_)}
    if not found:
        bearers = {one.bearer.value for one in desk.near.namesakes(fold(typed))}
        found |= {iri: Named(iri, desk.label(iri)) for iri in sorted(bearers) if _is_a(desk, iri, wanted)}
    ends = [desk.project.base + FOLDERS[meant.PREFIXES[class_]] + typed for class_ in wanted.classes if class_ in PEGS]
    found |= {iri: Named(iri, desk.label(iri)) for iri in ends if iri not in found and _is_a(desk, iri, wanted)}
    return list(found.values())


def classes_of(wanted: Wanted) -> list[str]:
    """As IRIs; a claim is of one of four."""
    found: list[str] = []
    for class_ in wanted.classes:
        own = ("Admission", "Allegation", "Denial", "Statement") if class_ == "kb:Claim" else ()
        found += [KB + name for name in own] or [expand(class_, STANDARD) or ""]
    return found


def _is_a(desk: Desk, iri: str, wanted: Wanted) -> bool:
    import pyoxigraph as ox

    return (
        _is_iri(iri) and bool(desk.near.homes_of(iri)) and desk.near.has_class(ox.NamedNode(iri), *classes_of(wanted))
    )


def _is_iri(text: str) -> bool:
    import pyoxigraph as ox

    try:
        return bool(ox.NamedNode(text))
    except ValueError:
        return False
