"""Turtle of a CONSTRUCT or DESCRIBE, sorted, with the prefixes that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

if TYPE_CHECKING:
    from kbcli.answer import Answer


def write(answer: Answer, stream: BinaryIO) -> None:
    if answer.form != "graph":
        raise answer.refuse("ttl", "cannot hold the answer of")
    triples = answer.triples()
    text = " ".join(map(str, triples))
    used = {prefix: iri for prefix, iri in answer.prefixes.items() if f"<{iri}" in text}
    ox.serialize(triples, stream, format=ox.RdfFormat.TURTLE, prefixes=used)
