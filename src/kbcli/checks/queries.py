"""Every saved query can be asked, and its header says of each parameter what it is and nothing that is not so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.errors import KbError
from kbcli.finding import Rule
from kbcli.names import KB, RDF_TYPE, STANDARD, expand, nearest
from kbcli.queryfile import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbcli.corpus import Corpus
    from kbcli.finding import Finding
    from kbcli.header import Header, Keys, Parameter
    from kbcli.queryfile import QueryFile
    from kbcli.savedquery import SavedQuery

UNREADABLE = Rule(
    "KB501",
    "query-not-readable",
    "error",
    "kb query cannot ask this",
    "correct the query at this place; nothing else of it is checked until then",
)
HEADER = Rule(
    "KB502",
    "query-header-invalid",
    "error",
    "the header (the lines that begin with #+) cannot be used",
    "correct the line; kb query --list and NAME --help need the header",
)
UNUSED = Rule(
    "KB503",
    "parameter-unused",
    "error",
    "the header describes a parameter for which the query has no slot",
    "write VALUES ?name { UNDEF } where the query uses it, or take it out of the header",
)
UNDESCRIBED = Rule(
    "KB504",
    "parameter-undescribed",
    "warning",
    "the header does not say what this parameter is for",
    'write name: {type: iri, help: "what it is"} below params in the header',
)
INCONSISTENT = Rule(
    "KB505",
    "parameter-inconsistent",
    "error",
    "what the header says of a parameter cannot be",
    "correct the header",
)
NO_SUMMARY = Rule(
    "KB507",
    "query-without-summary",
    "warning",
    "kb query --list has nothing to say of this query",
    'begin the file with #+ summary: "what it asks"',
)
NO_COLUMN = Rule(
    "KB508",
    "expectation-of-no-column",
    "error",
    "expect names a column that the query does not show",
    "write the name of a column, without ?",
)
RULES = (UNREADABLE, HEADER, UNUSED, UNDESCRIBED, INCONSISTENT, NO_SUMMARY, NO_COLUMN)
UNREAD = "make it a file that can be read, or take it away"
_CLASSES = (STANDARD["owl"] + "Class", STANDARD["rdfs"] + "Class")


def check(corpus: Corpus) -> Iterator[Finding]:
    for file in corpus.queries:
        unusable = list(refused(file))
        yield from unusable
        if not file.saved or any(found.code == HEADER.code for found in unusable):
            continue
        header = file.saved.header
        if not header.summary:
            yield NO_SUMMARY.at(file.shown, *header.places.get(("summary",), (1, 1)))
        if file.sound:
            yield from _slots(file, file.sound, header)
            yield from _columns(file, header)
            for parameter in header.params.values():
                yield from _parameter(corpus, file, header, parameter)


def refused(file: QueryFile) -> Iterator[Finding]:
    """Why the query cannot be asked, and why its header cannot be used."""
    if file.refusal:
        yield _refused(UNREADABLE, file, file.refusal)
    try:
        _ = file.saved and file.saved.header
    except KbError as error:
        yield _refused(HEADER, file, Refusal.of(error, file.shown))


def _refused(rule: Rule, file: QueryFile, refusal: Refusal) -> Finding:
    line, column, what, hint = refusal
    found = rule.at(file.shown, line, column, said=what, hint=hint)
    return found if file.saved or line else found._replace(message=f"the query {what}", hint=UNREAD)


def _slots(file: QueryFile, saved: SavedQuery, header: Header) -> Iterator[Finding]:
    """Parameters without a slot, slots without a word."""
    slots = {slot.name: slot for slot in reversed(saved.query.slots)}
    for name in header.params:
        if name not in slots:
            near = nearest(name, slots.keys() - header.places.keys())
            undescribed = near and ("params", near) not in header.places
            hint = f"the slot is called {near}: write that name" if undescribed else f"write VALUES ?{name} {{ UNDEF }}"
            hint = hint if undescribed else f"{hint} where the query uses it, or take it out of the header"
            yield UNUSED.at(file.shown, *header.places["params", name], said=name, hint=hint)
    for name in header.defaults:
        if name not in header.params:
            near = nearest(name, header.params)
            hint = f"did you mean {near}?" if near else ""
            said = f"a default is given for {name}, which is no parameter"
            yield INCONSISTENT.at(file.shown, *header.places["defaults", name], said=said, hint=hint)
    for name, slot in slots.items():
        place = header.places.get(("params", name))
        if not header.params[name].help:
            hint = f'write {name}: {{type: iri, help: "what it is"}} below params in the header'
            yield UNDESCRIBED.at(file.shown, *(place or file.at(slot.named)), said=name, hint=hint)


def _columns(file: QueryFile, header: Header) -> Iterator[Finding]:
    if not file.reading or file.reading.shown is None:
        return
    shown = [name.removeprefix("?") for name in file.reading.shown]
    for name in header.expect.get("unique", ()):
        if name not in shown:
            near = nearest(name, shown)
            hint = f"did you mean {near}?" if near else ""
            yield NO_COLUMN.at(file.shown, *header.places["expect", "unique", name], said=name, hint=hint)


def _parameter(corpus: Corpus, file: QueryFile, header: Header, parameter: Parameter) -> Iterator[Finding]:
    """A class that is none, and values that the parameter would not take."""
    keys: Keys = ("params", parameter.name)
    if parameter.class_ is not None and (said := _no_class(corpus, file, parameter)):
        what, hint = said
        yield INCONSISTENT.at(file.shown, *header.places[(*keys, "class")], said=what, hint=hint)
    given = dict.fromkeys(parameter.choices, (*keys, "choices"))
    if parameter.default is not None:
        given[parameter.default] = ("defaults", parameter.name)
    for value, place in given.items():
        if said := _no_value(parameter, value):
            yield INCONSISTENT.at(file.shown, *header.places[place], said=said[0], hint=said[1])


def _no_class(corpus: Corpus, file: QueryFile, parameter: Parameter) -> tuple[str, str] | None:
    """Why the class of a parameter is none, and what to do."""
    name = parameter.class_ or ""
    if parameter.type != "iri":
        return f"{parameter.name} has a class, but its type is {parameter.type}", "take out class, or write type: iri"
    known = {**corpus.project.prefixes, **(file.sound.query.prefixes if file.sound else {})}
    iri = expand(name, known)
    if iri is None:
        return f"{name} is neither a prefixed name of a known prefix nor an IRI", "write for example class: kb:Agent"
    if not iri.startswith(KB) or not corpus.is_sound(corpus.vocabulary):
        return None
    classes = {
        triple.subject.value.removeprefix(KB)  # type: ignore[union-attr]
        for triple in corpus.vocabulary.triples
        if triple.predicate.value == RDF_TYPE and getattr(triple.object, "value", "") in _CLASSES
    }
    if iri.removeprefix(KB) in classes:
        return None
    near = nearest(iri.removeprefix(KB), classes)
    return f"{name} is no class of ontology/kb.ttl", f"did you mean kb:{near}?" if near else ""


def _no_value(parameter: Parameter, value: str) -> tuple[str, str] | None:
    """Why `kb query` would not take a value, as it would say it; for an IRI only what needs no data."""
    from kbcli.parameters import term

    if parameter.type == "iri" and (not parameter.choices or value in parameter.choices):
        return None
    try:
        term(parameter, value, None, {})  # type: ignore[arg-type]
    except KbError as error:
        return error.what.removeprefix("-p "), error.hint
    return None
