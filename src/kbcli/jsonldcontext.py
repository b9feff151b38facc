"""The JSON-LD context: short names for the vocabulary's terms and for those of others that the data uses.

It is made from the vocabulary. ontology/context.jsonld is what it makes for a project's own base, published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kbcli.names import BASE, KB, RDF_TYPE, STANDARD, compact, prefixes
from kbcli.project import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

Definition = dict[str, str]
# Terms of other vocabularies, with what their values are: nodes (@id), a datatype, or text in English (en).
OTHERS = {
    "rdfs:label": "en",
    "rdfs:isDefinedBy": "@id",
    "rdfs:subClassOf": "@id",
    "owl:disjointWith": "@id",
    "skos:altLabel": "en",
    "skos:definition": "en",
    "skos:example": "en",
    "skos:exactMatch": "@id",
    "skos:inScheme": "@id",
    "skos:note": "en",
    "skos:scopeNote": "en",
    "dct:creator": "@id",
    "dct:issued": "xsd:date",
    "dct:publisher": "@id",
    "dct:source": "@id",
    "dct:title": "",
    "oa:start": "xsd:nonNegativeInteger",
    "oa:end": "xsd:nonNegativeInteger",
    "oa:exact": "",
    "oa:prefix": "",
    "oa:suffix": "",
    "pav:retrievedOn": "xsd:date",
    "schema:archivedAt": "@id",
    "schema:domainIncludes": "@id",
    "schema:inLanguage": "",
    "schema:rangeIncludes": "@id",
    "schema:url": "@id",
}
CLASSES = ("skos:Concept", "skos:ConceptScheme")
KEYWORDS = {"id": "@id", "type": "@type", "claims": "@included"}


def context(known: Mapping[str, str]) -> dict[str, Any]:
    """The context for data with these prefixes. `claims` of an article says no more than that they are beside it."""
    terms: dict[str, Any] = {name.partition(":")[2]: _definition(name, kind) for name, kind in OTHERS.items()}
    terms |= {name.partition(":")[2]: name for name in CLASSES}
    return {"@version": 1.1, **KEYWORDS, **known, **dict(sorted({**terms, **_vocabulary()}.items()))}


def published(base: str = BASE) -> str:
    """The text of ontology/context.jsonld, for data below `base`."""
    from kbcli.jsontext import dumps

    return dumps({"@context": context(prefixes(base))})


def _vocabulary() -> dict[str, Any]:
    import pyoxigraph as ox

    ranges: dict[str, set[str]] = {}
    found: dict[str, Any] = {}
    for quad in ox.parse(path=str(resources() / "ontology" / "kb.ttl"), format=ox.RdfFormat.TURTLE):
        subject, value = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
        if quad.predicate.value == STANDARD["schema"] + "rangeIncludes":
            ranges.setdefault(subject, set()).add(value)
        if quad.predicate.value == RDF_TYPE and value == STANDARD["owl"] + "Class":
            found[subject.removeprefix(KB)] = f"kb:{subject.removeprefix(KB)}"
    for iri, targets in ranges.items():
        name = iri.removeprefix(KB)
        found[name] = _definition(f"kb:{name}", _kind(targets))
    return found


def _kind(ranges: set[str]) -> str:
    datatypes = [compact(iri, STANDARD) for iri in sorted(ranges) if iri.startswith(STANDARD["xsd"])]
    return "@id" if not datatypes else "" if datatypes == ["xsd:string"] else datatypes[0]


def _definition(name: str, kind: str) -> Definition:
    if kind == "en":
        return {"@id": name, "@language": kind}
    return {"@id": name, **({"@type": kind} if kind else {})}
