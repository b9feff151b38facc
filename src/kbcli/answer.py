"""The answer to a query, as the output formats read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from kbcli.errors import UsageError
from kbcli.names import LABEL, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pyoxigraph as ox

Form = Literal["SELECT", "ASK", "graph"]
IriStyle = Literal["full", "prefixed", "label"]


@dataclass
class Answer:
    """One answer. `rows` counts what went out.

    `value` is the engine's (QuerySolutions, QueryBoolean or QueryTriples, as `form` says); writing consumes it.
    """

    value: Any
    form: Form
    prefixes: Mapping[str, str]
    iris: IriStyle | None = None
    label_of: Callable[[ox.NamedNode], str | None] = lambda _: None
    unopened: int = 0  # files that the store may open while it is read
    count: bool = False  # whether `rows` is wanted even where the engine writes by itself
    remote: bool = False  # whether reading it needs a connection
    rows: int = field(default=0, init=False)

    @property
    def columns(self) -> list[str]:
        return [variable.value for variable in self.value.variables]

    @property
    def truth(self) -> bool:
        return bool(self.value)

    def solutions(self) -> Iterator[list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]]:
        """The rows of a SELECT, counted as they pass; None stands for an unbound variable."""
        width = range(len(self.columns))
        for solution in self.value:
            self.rows += 1
            yield [solution[index] for index in width]

    def triples(self) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, each once, in a stable order."""
        found = sorted(set(self.value), key=str)
        self.rows = len(found)
        return found

    def serialize(self, stream: BinaryIO, syntax: ox.QueryResultsFormat) -> None:
        """Let the engine write the result in one of W3C's formats."""
        import pyoxigraph as ox

        value = self.value
        if self.count and self.form == "SELECT":
            import json

            whole = value.serialize(format=ox.QueryResultsFormat.JSON)
            self.rows = len(json.loads(whole)["results"]["bindings"])
            value = ox.parse_query_results(whole, format=ox.QueryResultsFormat.JSON)
        value.serialize(stream, syntax)

    @property
    def has_short_names(self) -> bool:
        return self.iris not in (None, "full")

    def refuse_short_names(self, name: str) -> None:
        if self.has_short_names:
            raise UsageError(
                f"the format {name} carries full IRIs only", "leave --iri out, or use table, csv, tsv, jsonl or md"
            )

    def iri(self, node: ox.NamedNode, default: IriStyle) -> str:
        """`node` as the chosen style shows it."""
        style = self.iris or default
        if style == "label" and (label := self.label_of(node)) is not None:
            return label
        return node.value if style == "full" else compact(node.value, self.prefixes)

    def refuse(self, name: str, why: str) -> UsageError:
        others = {"SELECT": "table, csv, tsv, json, xml, jsonl, md", "ASK": "table, json, xml", "graph": "ttl, nt"}
        what = {"graph": "a CONSTRUCT or DESCRIBE", "ASK": "an ASK", "SELECT": "a SELECT"}[self.form]
        return UsageError(f"the format {name} {why} {what} query", f"use one of: {others[self.form]}")


def labels_in(store: ox.Store) -> Callable[[ox.NamedNode], str | None]:
    """A function that gives the rdfs:label of a node in `store`."""
    import pyoxigraph as ox

    label = ox.NamedNode(LABEL)

    def label_of(node: ox.NamedNode) -> str | None:
        quads = store.quads_for_pattern(node, label, None, None)
        found = [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]
        return min(found, default=None)

    return label_of
