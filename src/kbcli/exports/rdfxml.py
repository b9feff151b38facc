"""RDF/XML, all files as one. XML has no way to write some control characters; data with them is refused."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbcli.extract import Extract

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOCAL = re.compile(r"[A-Za-z_][\w.\-]*\Z", re.ASCII)
_BREAKS = {"\r": "&#13;"}  # XML would read it as a line feed
_XSD_STRING = STANDARD["xsd"] + "string"


def write(extract: Extract, stream: BinaryIO) -> None:
    prefixes = extract.project.prefixes
    names = "".join(f"\n    xmlns:{prefix}={quoteattr(iri)}" for prefix, iri in prefixes.items())
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'.encode())
    for subject, own in groupby(extract.triples(), attrgetter("subject")):
        stream.write(f"  <rdf:Description {_node(subject, 'about')}>\n".encode())
        stream.writelines(f"    {_property(quad.predicate.value, quad.object, prefixes)}\n".encode() for quad in own)
        stream.write(b"  </rdf:Description>\n")
    stream.write(b"</rdf:RDF>\n")


def _property(predicate: str, value: Any, prefixes: Mapping[str, str]) -> str:
    name, declared = _element(predicate, prefixes)
    if isinstance(value, ox.Literal):
        attributes = "".join(f" {one}" for one in _typing(value))
        return f"<{name}{declared}{attributes}>{_text(value.value)}</{name}>"
    return f"<{name}{declared} {_node(value, 'resource')}/>"


def _element(predicate: str, prefixes: Mapping[str, str]) -> tuple[str, str]:
    """The name of a property's element, and the declaration it needs where no prefix fits."""
    match = _LOCAL.search(predicate)
    if match is None:
        raise UsageError(f"<{printable(predicate)}>: RDF/XML cannot name this property", "choose ttl or nt")
    namespace = predicate[: match.start()]
    for prefix, iri in prefixes.items():
        if iri == namespace:
            return f"{prefix}:{match[0]}", ""
    return f"p:{match[0]}", f" xmlns:p={quoteattr(namespace)}"


def _typing(literal: ox.Literal) -> Iterator[str]:
    if literal.language:
        yield f"xml:lang={quoteattr(literal.language)}"
    elif literal.datatype.value != _XSD_STRING:
        yield f"rdf:datatype={quoteattr(literal.datatype.value)}"


def _node(term: Any, role: str) -> str:
    if isinstance(term, ox.BlankNode):
        return f'rdf:nodeID="{term.value}"'
    if isinstance(term, ox.Triple):
        raise UsageError(f"{term}: RDF/XML has no triple as a value", "choose nt, nq, ttl or trig")
    return f"rdf:{role}={quoteattr(term.value)}"


def _text(value: str) -> str:
    if wrong := _NOT_XML.search(value):
        raise UsageError(
            f"“{printable(value[:60])}”: XML cannot hold the character U+{ord(wrong[0]):04X}", "choose ttl or nt"
        )
    return escape(value, _BREAKS)
