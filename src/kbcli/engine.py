"""Asking the engine: one query, one store, one answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from kbcli.answer import Answer, Form
from kbcli.diagnosis import syntax_error, unknown_terms
from kbcli.display import printable
from kbcli.errors import RemoteError, UsageError
from kbcli.guard import sealed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pyoxigraph as ox

    from kbcli.savedquery import SavedQuery
    from kbcli.sparql import Query


def prepared(  # noqa: PLR0913 what is asked, of what, and how
    saved: SavedQuery,
    pairs: Iterable[str],
    store: ox.Store,
    known: Mapping[str, str],
    *,
    strict: bool,
    languages: Collection[str] | None = None,
) -> Query:
    """The query with its parameters bound. A misspelt name of ours is an error; `strict` is off for foreign data.

    `languages` are those of the store's literals, where they are known.
    """
    pairs = list(pairs)
    for message, near in unknown_terms(saved.query, store) if strict else ():
        if near:
            raise UsageError(message, f"did you mean {near}?")
        print(f"warning: {message}", file=sys.stderr)
    if not pairs and "#+ defaults:" not in saved.query.text:
        return saved.query
    from kbcli.parameters import assignments, bind

    return saved.query.bound(bind(saved, assignments(pairs), store, known, languages))


def _asked(query: Query, store: ox.Store, base: str | None) -> Any:
    """The engine's own answer, the columns of `SELECT *` in the text's order."""
    value = store.query(query.text, base_iri=base)
    star = query.star
    if star is None:
        return value
    ordered = query.in_order([variable.value for variable in value.variables])  # type: ignore[union-attr]
    return (
        store.query(f"{query.text[: star.start]}{ordered}{query.text[star.end :]}", base_iri=base) if ordered else value
    )


def ask(
    query: Query, store: ox.Store, known: Mapping[str, str], *, base: str | None = None, unopened: int = 0
) -> Answer:
    """The engine's answer to `query` over the store's default graph and its named graphs.

    `unopened` says how many of its files the store may still have to open.
    """
    import pyoxigraph as ox

    try:
        with sealed(unopened):
            value = _asked(query, store, base)
    except SyntaxError as error:
        raise syntax_error(query, error, known) from error
    except (ValueError, RuntimeError, UnicodeError) as error:
        raise UsageError(f"{query.origin}: {printable(str(error))}") from error
    except OSError as error:
        raise RemoteError(f"{query.origin}: the query engine failed: {error}") from error
    form: Form = "graph" if isinstance(value, ox.QueryTriples) else "SELECT"
    if isinstance(value, ox.QueryBoolean):
        form = "ASK"
    return Answer(value, form, {**known, **query.prefixes}, unopened=unopened)
