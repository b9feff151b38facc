"""What a chosen article needs so that it can be loaded on its own: nothing in it refers to what is not there.

That is all that is said of the article, its claims and its spans, whatever else its file says, and all that is said
of whatever these refer to, to any depth: times, agents, operations, places, kinds, and the claims of other articles
that are denied, answered, echoed or told again, with their speakers, spans and the records of their articles.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from kbcli.candidates import Entry, Meant, fold, meant
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import FOLDERS, KB, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kbcli.view import View

LISTED = 10


def article(view: View, name: str) -> str:
    """The article with this id, slug, file, title or label. Raises UsageError where that is none or several."""
    known = [_entry(view, iri) for iri in view.subjects("rdf:type", KB + "Article")]
    path = Path(name).absolute()
    graph = view.project.graph_iri(path) if path.is_file() else ""
    by_file = tuple(one for one in known if one.iri == graph or PurePath(name).name in one.aliases)
    match Meant(by_file) if by_file else meant(name, view, known):
        case Meant((one,), partial=False):
            return one.iri
        case Meant(several, partial=False) if several:
            raise UsageError(
                f"{printable(name)}: {len(several)} articles are called so", f"name {_listed(view, several)}"
            )
        case Meant(near):
            raise _unknown(view, name, near, known)


def _unknown(view: View, name: str, near: Sequence[Entry], known: Sequence[Entry]) -> UsageError:
    if not near and (like := nearest(fold(name), [other for one in known for other in one.folded])):
        near = [one for one in known if like in one.folded]
    hint = f"did you mean {_listed(view, near)}?" if near else f"there are {_listed(view, known) or 'none'}"
    return UsageError(f"{printable(name)}: no article has this id, slug, file, title or label", hint)


def _listed(view: View, articles: Sequence[Entry]) -> str:
    ids = [printable(view.id(one.iri)) for one in articles[:LISTED]]
    return " or ".join([*ids, *([f"{len(articles) - LISTED} more"] if len(articles) > LISTED else [])])


def needed(view: View, articles: Iterable[str], own: Iterable[str]) -> frozenset[str]:
    """The IRIs of all that is needed. `own`: what the files of the articles speak of, an agent, say, no claim names."""
    chosen = set(articles)
    waiting = [*chosen, *own, *(iri for article in chosen for iri in _resting_on(view, article))]
    found: set[str] = set()
    while waiting:
        iri = waiting.pop()
        if iri not in found:
            found.add(iri)
            waiting += _named_by(view, iri)
    return frozenset(found)


def _entry(view: View, iri: str) -> Entry:
    slug = iri.removeprefix(view.project.base + FOLDERS["art"]).rpartition("/")[2]
    names = (*view.texts(iri, "dct:title"), *view.texts(iri, "rdfs:label"))
    return Entry(iri, "article", slug, slug, names, (*view.texts(iri, "kb:file"), *view.texts(iri, "skos:altLabel")))


def _resting_on(view: View, article: str) -> list[str]:
    spans = view.subjects("kb:in", article)
    return [*spans, *(claim for span in spans for claim in view.subjects("kb:evidence", span))]


def _named_by(view: View, iri: str) -> list[str]:
    import pyoxigraph as ox

    quads = view.store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
    return [quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)]
