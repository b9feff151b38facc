"""The names of the project: its namespaces, its prefixes, and prefixed names.

The base IRI stands here and nowhere else in the code. It is meant to be registered at w3id.org.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BASE = "https://w3id.org/contested-claims/"
KB = BASE + "ont#"
SHAPES = BASE + "shapes#"

# What lives under a project's own base, by prefix. The vocabulary (kb:) is the same in every project.
FOLDERS: Mapping[str, str] = {
    "ag": "agent/",
    "art": "article/",
    "cl": "claim/",
    "ev": "evidence/",
    "k": "kind/",
    "op": "operation/",
    "pl": "place/",
    "tm": "time/",
}

STANDARD: Mapping[str, str] = {
    "dct": "http://purl.org/dc/terms/",
    "kb": KB,
    "kbs": SHAPES,
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pav": "http://purl.org/pav/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

RDF_TYPE = STANDARD["rdf"] + "type"
LABEL = STANDARD["rdfs"] + "label"
ALT_LABEL = STANDARD["skos"] + "altLabel"

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w.\-]*[\w\-])?", re.ASCII)
_PREFIXED = re.compile(r"([A-Za-z][\w.\-]*)?:([\w.\-]*)", re.ASCII)


def prefixes(base: str = BASE) -> dict[str, str]:
    """Every prefix the project knows, for a project whose data lives under `base`."""
    own = {prefix: base + folder for prefix, folder in FOLDERS.items()}
    return dict(sorted({**STANDARD, **own}.items()))


def compact(iri: str, known: Mapping[str, str]) -> str:
    """`iri` as a prefixed name where one of `known` fits and the rest is a plain local name, else `<iri>`."""
    best = max((ns for ns in known.values() if iri.startswith(ns)), key=len, default="")
    if best and _LOCAL.fullmatch(iri, len(best)):
        prefix = next(p for p, ns in known.items() if ns == best)
        return f"{prefix}:{iri[len(best) :]}"
    return f"<{iri}>"


def expand(name: str, known: Mapping[str, str]) -> str | None:
    """The IRI that `name` stands for: `<iri>`, an absolute IRI, or a prefixed name; None if it is none of these."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    match = _PREFIXED.fullmatch(name)
    if match and (match[1] or "") in known:
        return known[match[1] or ""] + match[2]
    return name if re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:(//|[^\s/])", name) and not match else None


def part_of(iri: str, name: str) -> str:
    """The IRI of a part of what `iri` names. An IRI has but one #, and a project's base may end in it."""
    return f"{iri}{'/' if '#' in iri else '#'}{name}"


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`, if one is like enough to be what was meant."""
    import difflib

    found = difflib.get_close_matches(word, sorted(candidates), n=1, cutoff=0.7)
    return found[0] if found else None
