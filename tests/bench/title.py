"""What is measured, by the names that tables and the picture show."""

from __future__ import annotations

from enum import StrEnum


class Title(StrEnum):
    # Who denies what: all of it, as CSV
    PYOXIGRAPH = "pyoxigraph, by hand"
    RDFLIB = "rdflib, by hand"
    OXIGRAPH = "oxigraph load + oxigraph query"
    JENA = "Jena (ARQ)"
    COMUNICA = "Comunica"
    VIRTUOSO = "Virtuoso: start, load, ask, stop"
    SCANNED = "kb query denials --no-index"
    INDEXED = "kb query denials"
    INDEX = "kb index"
    # What one agent denies
    PYOXIGRAPH_ONE = "pyoxigraph, by hand, one agent"
    ONE = "kb query denials -p agent=…"
    ONE_EDITED = "kb query denials -p agent=…, one file edited"
    # All checks
    PARSED = "pyoxigraph, parses only"
    FIRST = "kb validate, the first time"
    AGAIN = "kb validate, nothing edited"
    CHANGED = "kb validate, one text edited"
    LINKED = "kb validate, one link added"
    WHOLE = "kb validate --no-cache"
    # The shapes
    PYSHACL = "pyshacl"
    TURBO = "pyshacl-turbo"
    RUST = "shacl-rust"
    SHAPES = "kb's shapes, no other checks"
    CHECKED = "kb validate --no-cache, with faults"
