"""A SPARQL endpoint, asked as the SPARQL 1.1 Protocol says; answers are read as they come in."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kbcli.answer import Answer
from kbcli.diagnosis import syntax_error
from kbcli.display import printable
from kbcli.errors import RemoteError, UsageError
from kbcli.failure import NotUnderstoodError
from kbcli.names import ALT_LABEL, KB, LABEL, RDF_TYPE, expand
from kbcli.parameters import assignments, bind
from kbcli.remote import Remote, media_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox
    import requests

    from kbcli.answer import Form
    from kbcli.savedquery import SavedQuery
    from kbcli.sparql import Query

LONGEST = 2000  # characters of an address that every server and proxy takes
BATCH = 200  # IRIs asked for at once
KNOWN_NAMES = 20_000  # labels looked through for a name that nothing bears exactly
_NOT_ASKED = "that is the answer to another query: is this the address of the endpoint itself?"
_PEGS = f"VALUES ?class {{ <{KB}Agent> <{KB}Operation> <{KB}Place> }}"
_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
TRIPLE_FORMATS = {  # by media type, the name of the parser's
    "application/n-triples": "N_TRIPLES",
    "text/plain": "N_TRIPLES",
    "text/turtle": "TURTLE",
    "application/x-turtle": "TURTLE",
    "application/rdf+xml": "RDF_XML",
}


class Endpoint:
    """`url` is the address that takes queries; `timeout` in seconds, 0: none."""

    def __init__(self, url: str, timeout: float = 60.0) -> None:
        self.remote = Remote(url, timeout)

    @contextlib.contextmanager
    def answer(self, query: Query, known: Mapping[str, str], *, labelled: bool = False) -> Iterator[Answer]:
        """The endpoint's answer, to be read within the block; `labelled` if IRIs are to be shown by their labels."""
        graph = query.form in ("CONSTRUCT", "DESCRIBE")
        prefixes = {**known, **query.prefixes}
        with self._diagnosed(query, known), self._asked(query.text, _TRIPLES if graph else _ROWS) as response:
            if graph:
                yield Answer(self._triples(response), "graph", prefixes, remote=True)
                return
            value = self._rows(response, query.form)
            form: Form = "ASK" if query.form == "ASK" else "SELECT"
            self._compare(query, value)
            answer = Answer(value, form, prefixes, remote=True)
            if labelled and answer.form == "SELECT":
                answer.value = Rows(value.variables, list(value))
                labels = self.labels(answer.value.iris())
                answer.label_of = lambda node: labels.get(node.value)
            yield answer

    def prepared(self, saved: SavedQuery, pairs: Iterable[str], known: Mapping[str, str]) -> Query:
        """The query with its parameters bound; names of things are looked up at the endpoint."""
        values = assignments(pairs)
        if not values and "#+ defaults:" not in saved.query.text:
            return saved.query
        params = saved.header.params
        names = [value for name, value in values.items() if name in params and params[name].type == "iri"]
        return saved.query.bound(bind(saved, values, self._bearers(names, {**known, **saved.query.prefixes}), known))

    def triples(self, text: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT."""
        with self._asked(text, _TRIPLES) as response:
            return list(self._triples(response))

    def rows(self, text: str) -> list[ox.QuerySolution]:
        """The rows of a SELECT."""
        with self._asked(text, _ROWS) as response:
            return list(self._rows(response, "SELECT"))

    def holds(self, pattern: str) -> bool:
        """Whether anything fits a group of SPARQL."""
        with self._asked(f"ASK {pattern}", _ROWS) as response:
            return bool(self._rows(response, "ASK"))

    def _bearers(self, names: Iterable[str], prefixes: Mapping[str, str]) -> ox.Store:
        """What has these names (or IRIs), with its classes; where nothing has one, what suggestions are made of."""
        import pyoxigraph as ox

        store = ox.Store()
        for name in names:
            iri = expand(name, prefixes)
            if iri is not None and not is_iri(iri):
                continue  # that it is none is told by whoever binds it
            found = self.triples(_classes(iri) if iri else _named(f"FILTER (str(?name) = {literal(name)})"))
            if not found:
                found = self.triples(f"{_named(_PEGS)} LIMIT {KNOWN_NAMES}")
            store.extend(ox.Quad(*triple) for triple in found)
        return store

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """The label of each IRI that has one."""
        wanted = sorted(filter(is_iri, set(iris)))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), BATCH):
            values = " ".join(f"<{iri}>" for iri in wanted[start : start + BATCH])
            for triple in self.triples(
                f"CONSTRUCT {{ ?s <{LABEL}> ?o }} WHERE {{ VALUES ?s {{ {values} }} ?s <{LABEL}> ?o }}"
            ):
                iri, label = triple.subject.value, triple.object.value  # type: ignore[union-attr]
                found[iri] = min(found.get(iri, label), label)
        return found

    @contextlib.contextmanager
    def _diagnosed(self, query: Query, known: Mapping[str, str]) -> Iterator[None]:
        """Where the endpoint does not understand the query, the place and the reason, if our own engine agrees."""
        import pyoxigraph as ox

        try:
            yield
        except NotUnderstoodError:
            try:
                ox.Store().query(query.text)
            except SyntaxError as error:
                raise syntax_error(query, error, known) from error
            raise

    @contextlib.contextmanager
    def _asked(self, text: str, accept: str) -> Iterator[requests.Response]:
        """GET, which caches and read-only endpoints like, unless the address would grow too long."""
        query = {"query": text}
        short = len(self.remote.url) + len(urlencode(query)) < LONGEST
        parts: dict[str, Any] = {"headers": {"Accept": accept}, "params" if short else "data": query}
        with self.remote.sent("GET" if short else "POST", **parts) as response:
            try:
                yield response
            except SyntaxError as error:
                raise self.remote.broken(response, error) from error

    def _rows(self, response: requests.Response, form: str) -> Any:
        """The rows of a SELECT, or the truth of an ASK."""
        import pyoxigraph as ox

        formats = {
            "application/sparql-results+json": ox.QueryResultsFormat.JSON,
            "application/json": ox.QueryResultsFormat.JSON,
            "application/sparql-results+xml": ox.QueryResultsFormat.XML,
            "application/xml": ox.QueryResultsFormat.XML,
            "text/tab-separated-values": ox.QueryResultsFormat.TSV,
        }
        found = self._read(response, formats, ox.parse_query_results)
        if isinstance(found, ox.QueryBoolean) != (form == "ASK"):
            what = "an ASK with rows" if form == "ASK" else "a SELECT with true or false"
            raise RemoteError(f"{self.remote.shown}: answers {what}", _NOT_ASKED)
        return found

    def _compare(self, query: Query, found: Any) -> None:
        """Raises RemoteError for other columns than asked for, where the text of the query names them."""
        if query.form == "ASK" or query.star:
            return
        from kbcli import projection

        wanted = projection.read(query).shown
        columns = {str(variable) for variable in found.variables}
        if wanted and columns != wanted.keys():
            told = ", ".join(sorted(columns)) or "none"
            raise RemoteError(
                f"{self.remote.shown}: answers with other columns than asked for: {printable(told)}", _NOT_ASKED
            )

    def _triples(self, response: requests.Response) -> Iterator[ox.Triple]:
        import pyoxigraph as ox

        formats = {kind: getattr(ox.RdfFormat, name) for kind, name in TRIPLE_FORMATS.items()}
        return (quad.triple for quad in self._read(response, formats, ox.parse))

    def _read(self, response: requests.Response, formats: Mapping[str, Any], parse: Any) -> Any:
        kind = media_type(response)
        if kind not in formats:
            raise RemoteError(
                f"{self.remote.shown}: answers with {kind or 'no media type'}, not with the result of a query",
                "is this the address of the endpoint itself, and not of its web page?",
            )
        return parse(self.remote.body(response), format=formats[kind])


class Rows:
    """The rows of a SELECT, all there, as the engine's own answer gives them."""

    def __init__(self, variables: list[ox.Variable], rows: list[ox.QuerySolution]) -> None:
        self.variables = variables
        self._rows = rows

    def __iter__(self) -> Iterator[ox.QuerySolution]:
        return iter(self._rows)

    def iris(self) -> set[str]:
        import pyoxigraph as ox

        terms = (row[index] for row in self._rows for index in range(len(self.variables)))
        return {term.value for term in terms if isinstance(term, ox.NamedNode)}


def _named(pattern: str) -> str:
    return (
        f"CONSTRUCT {{ ?thing ?naming ?name ; <{RDF_TYPE}> ?class }} WHERE {{ VALUES ?naming {{ <{LABEL}> <{ALT_LABEL}> }} "
        f"?thing ?naming ?name ; <{RDF_TYPE}> ?class . {pattern} }}"
    )


def _classes(iri: str) -> str:
    return f"CONSTRUCT WHERE {{ <{iri}> <{RDF_TYPE}> ?class }}"


def literal(text: str) -> str:
    import pyoxigraph as ox

    try:
        return str(ox.Literal(text))
    except ValueError as error:
        raise UsageError(f"{text!a}: not UTF-8") from error


def is_iri(text: str) -> bool:
    """Whether `text` can stand in a query between < and >, and names something wherever it stands."""
    import pyoxigraph as ox

    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
