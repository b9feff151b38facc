"""From a name a person would type to the thing that bears it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kbcli.names import ALT_LABEL, KB, LABEL, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    import pyoxigraph as ox


class Named(NamedTuple):
    iri: str
    label: str


def named(
    store: ox.Store, name: str, class_: str | None = None, languages: Collection[str] | None = None
) -> list[Named]:
    """What has exactly `name` as label, else what has it as alias; sorted by IRI.

    `class_` (an IRI) keeps only its instances. Without it, where an agent and something else (a place) share the
    name, the agent is meant. `languages`, where they are known, are all that names may be in: then a name that is a
    plain text is found without a look at all others.
    """
    for bearers in (_bearers_in(languages), _bearers) if languages is not None else (_bearers,):
        for predicate in (LABEL, ALT_LABEL):
            found = bearers(store, predicate, name)
            instances = {iri for iri in found if _is_a(store, iri, class_ or KB + "Agent")}
            if wanted := instances if class_ else instances or found:
                return [Named(iri, name) for iri in sorted(wanted)]
    return []


def likely(store: ox.Store, name: str, class_: str | None = None) -> list[Named]:
    """Up to three things that somebody who typed `name` may have meant: by their names or the end of their IRI."""
    import difflib

    import pyoxigraph as ox

    wanted = _instances(store, class_ or KB + "Agent")
    known: dict[str, Named] = {}
    for predicate in (ALT_LABEL, LABEL):
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph()):
            if (
                isinstance(quad.subject, ox.NamedNode)
                and quad.subject.value in wanted
                and isinstance(quad.object, ox.Literal)
            ):
                one = Named(quad.subject.value, quad.object.value)
                known |= {_plain(one.label): one, _plain(one.iri.rpartition("/")[2]): one}
    typed = _plain(name)
    close = [
        *(plain for plain in sorted(known) if typed in plain.split()),
        *difflib.get_close_matches(typed, known, n=3),
    ]
    close = [typed, *close] if typed in known else close
    return list(dict.fromkeys(known[plain] for plain in close))[:3]


def _plain(text: str) -> str:
    """`text` without capitals and punctuation, words apart by one space."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _bearers(store: ox.Store, predicate: str, name: str) -> set[str]:
    import pyoxigraph as ox

    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph())
    return {q.subject.value for q in quads if _is(q, name) and isinstance(q.subject, ox.NamedNode)}


def _bearers_in(languages: Iterable[str]) -> Callable[[ox.Store, str, str], set[str]]:
    import pyoxigraph as ox

    def bearers(store: ox.Store, predicate: str, name: str) -> set[str]:
        node = ox.NamedNode(predicate)
        literals = [ox.Literal(name), *(ox.Literal(name, language=language) for language in languages)]
        quads = (q for value in literals for q in store.quads_for_pattern(None, node, value, ox.DefaultGraph()))
        return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}

    return bearers


def _is_a(store: ox.Store, iri: str, class_: str) -> bool:
    import pyoxigraph as ox

    return ox.Quad(ox.NamedNode(iri), ox.NamedNode(RDF_TYPE), ox.NamedNode(class_)) in store


def _is(quad: ox.Quad, name: str) -> bool:
    return getattr(quad.object, "value", None) == name


def _instances(store: ox.Store, class_: str) -> set[str]:
    import pyoxigraph as ox

    quads = store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(class_), ox.DefaultGraph())
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
