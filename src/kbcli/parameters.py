"""Values for the parameters of a saved query: from what a reader types to terms in SPARQL syntax."""

from __future__ import annotations

import datetime as dt
import re
import sys
from typing import TYPE_CHECKING

from kbcli.datatypes import NUMBERS
from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.lookup import likely, named
from kbcli.names import STANDARD, compact, expand, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pyoxigraph as ox

    from kbcli.header import Parameter
    from kbcli.savedquery import SavedQuery

_XSD = STANDARD["xsd"]
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def assignments(pairs: Iterable[str]) -> dict[str, str]:
    """`name=value` pairs as a mapping."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(
                f"-p {pair}: not name=value", "for example -p agent=Iran; kb query NAME --help lists the names"
            )
        if name in values:
            raise UsageError(f"-p {name} is given twice", "one value a parameter")
        values[name] = value
    return values


def bind(
    saved: SavedQuery,
    values: Mapping[str, str],
    store: ox.Store,
    prefixes: Mapping[str, str],
    languages: Collection[str] | None = None,
) -> dict[str, str]:
    """Each given (or default) value as a term in SPARQL syntax, by parameter name. `languages`: see `lookup`."""
    known = saved.header.params
    for name in values:
        if name not in known:
            raise _unknown(saved, name)
    slots = {slot.name for slot in saved.query.slots}
    bound = {}
    for name, parameter in known.items():
        value = values.get(name, parameter.default)
        if value is None:
            if parameter.required:
                raise UsageError(f"{saved.name} needs -p {name}=…", parameter.help or f"kb query {saved.name} --help")
            continue
        if name not in slots:
            raise UsageError(
                f"{saved.query.origin}: the header has the parameter {name}, the query has no slot for it",
                f"write VALUES ?{name} {{ UNDEF }} where the query uses it",
            )
        bound[name] = term(parameter, value, store, {**prefixes, **saved.query.prefixes}, languages)
    return bound


def term(
    parameter: Parameter,
    value: str,
    store: ox.Store,
    prefixes: Mapping[str, str],
    languages: Collection[str] | None = None,
) -> str:
    """`value` as a term in SPARQL syntax, checked against the parameter's type and choices."""
    if parameter.choices and value not in parameter.choices:
        raise _bad(parameter, value, f"one of {', '.join(parameter.choices)}")
    match parameter.type:
        case "iri":
            return f"<{_iri(parameter, value, store, prefixes, languages)}>"
        case "date":
            return _typed(_date(parameter, value), "date")
        case "integer" | "decimal" as kind:
            if not NUMBERS[kind].fullmatch(value):
                raise _bad(parameter, value, f"a number of the type {kind}")
            return _typed(value, kind)
        case "boolean":
            if value not in ("true", "false"):
                raise _bad(parameter, value, "true or false")
            return value
        case _:
            try:
                value.encode()
            except UnicodeEncodeError as error:
                raise _bad(parameter, value, "valid UTF-8") from error
            return _quoted(value)


def _iri(
    parameter: Parameter,
    value: str,
    store: ox.Store,
    prefixes: Mapping[str, str],
    languages: Collection[str] | None,
) -> str:
    """An IRI, a prefixed name, or the exact label or alias of exactly one thing."""
    iri = expand(value, prefixes)
    if iri is not None:
        if re.search(r"[\x00-\x20<>\"{}|^`\\]", iri):
            raise _bad(parameter, value, 'an IRI without spaces or any of < > " { } | ^ ` \\')
        _warn_of_unknown(parameter, iri, store, prefixes)
        return iri
    found = named(store, value, parameter.class_ and expand(parameter.class_, prefixes), languages)
    if len(found) == 1:
        return found[0].iri
    if found:
        listed = "\n".join(f"  {compact(candidate.iri, prefixes)}  {candidate.label}" for candidate in found)
        raise UsageError(
            f"-p {parameter.name}={value}: more than one thing has this name:\n{listed}", "write one of these names"
        )
    wanted = "an IRI, a prefixed name, or the exact label or alias of something in the data"
    near = likely(store, value, parameter.class_ and expand(parameter.class_, prefixes))
    if not near:
        raise _bad(parameter, value, wanted)
    listed = ", ".join(f"{compact(one.iri, prefixes)} ({one.label})" for one in near)
    raise UsageError(f"-p {parameter.name}={value}: not {wanted}", f"did you mean {listed}?")


def _warn_of_unknown(parameter: Parameter, iri: str, store: ox.Store, prefixes: Mapping[str, str]) -> None:
    """Say so if nothing in the data bears this IRI: it may be misspelt, and no rows would look like an answer."""
    import pyoxigraph as ox

    try:
        node = ox.NamedNode(iri)
    except ValueError as error:
        raise _bad(parameter, iri, "an absolute IRI") from error
    places = ((node, None, None, None), (None, node, None, None), (None, None, node, None))
    if any(next(store.quads_for_pattern(*place), None) for place in places):
        return
    known = {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}
    near = nearest(compact(iri, prefixes), (compact(other, prefixes) for other in known))
    hint = f"; did you mean {near}?" if near else ""
    what = f"warning: -p {parameter.name}: nothing here is called {compact(iri, prefixes)}{hint}"
    print(printable(what), file=sys.stderr)


def _date(parameter: Parameter, value: str) -> str:
    match = _DATE.fullmatch(value)
    try:
        if match:
            return dt.date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        pass
    raise _bad(parameter, value, "a day that exists, as YYYY-MM-DD")


def _typed(value: str, datatype: str) -> str:
    return f'"{value}"^^<{_XSD}{datatype}>'


def _quoted(value: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
    return '"' + "".join(escapes.get(character, character) for character in value) + '"'


def _bad(parameter: Parameter, value: str, wanted: str) -> UsageError:
    return UsageError(f"-p {parameter.name}={value}: not {wanted}", parameter.help)


def _unknown(saved: SavedQuery, name: str) -> UsageError:
    known = saved.header.params
    if not known:
        return UsageError(f"{saved.name} takes no parameters, {name!r} was given")
    near = nearest(name, known)
    hint = f"did you mean {near}? " if near else ""
    return UsageError(f"{saved.name} has no parameter {name!r}", f"{hint}it takes {', '.join(known)}")
