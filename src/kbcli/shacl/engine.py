"""pySHACL, put to given nodes: what each shape finds wrong with each of them.

It never loads a graph, fetches an import or rewrites the data. The nodes of one shape are independent of each other,
so they may be given to several processes; the files of the data are not.
"""

from __future__ import annotations

import contextlib
import logging
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

import pyshacl.monkey
import rdflib.plugins.sparql
from pyshacl.errors import ConstraintLoadWarning, ValidationFailure, ValidationWarning
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator

from kbcli.crew import ShareError, processors, together
from kbcli.names import STANDARD
from kbcli.shacl.graph import Facts, ours
from kbcli.shacl.outcome import Outcome
from kbcli.shacl.tuning import tuning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyoxigraph as ox

_SH = STANDARD["sh"]
_FEW = 500  # nodes that are not worth another process
_COMPONENT = "sourceConstraintComponent"
Pair = tuple[Any, "Sequence[Any]"]  # a shape and the nodes that it is put to


class ShapesError(Exception):
    """pySHACL gave up, in its own words."""


class Shapes:
    """The shapes, read once."""

    def __init__(self, shapes: Iterable[ox.Triple], data: Facts) -> None:
        self.data = data
        self._tuning = tuning()
        facts = Facts(shapes)
        self._around = {value: subject for subject, _, value in facts if isinstance(value, rdflib.BNode)}
        with calm():
            options = {"inference": "none", "inplace": True}
            self.validator = Validator(DataGraph.from_rdflib(data), shacl_graph=facts, options=options)
            self.shapes = list(self.validator.shacl_graph.shapes)
            self._executor = self.validator.make_executor()

    def pairs(self) -> list[Pair]:
        """Each shape with the nodes of the data that it targets."""
        with calm():
            found = [(shape, list(shape.focus_nodes(self.data))) for shape in self.shapes]
        return [(shape, nodes) for shape, nodes in found if nodes]

    def reports(self, pairs: Iterable[Pair]) -> list[Any]:
        """What pySHACL has to say, in its own form."""
        with calm(), self._tuning:
            try:
                return [
                    one for shape, nodes in pairs for one in shape.validate(self._executor, self.data, focus=nodes)[1]
                ]
            except ValidationFailure as error:
                raise ShapesError(error.message) from error

    def outcomes(self, pairs: Iterable[Pair]) -> list[Outcome]:
        return [_outcome(report, self._named) for report in self.reports(pairs)]

    def _named(self, shape: Any) -> Any:
        """A shape, or the nearest with a name around one that has none: each reading gives that another."""
        seen = set()
        while shape in self._around and shape not in seen:
            seen.add(shape)
            shape = self._around[shape]
        return shape

    def all_outcomes(self) -> list[Outcome]:
        """Of all shapes, put to all nodes that they target, by as many processes as there are processors."""
        pairs = self.pairs()
        number = min(processors(), sum(len(nodes) for _, nodes in pairs) // _FEW)
        parts = [[(shape, nodes[n::number]) for shape, nodes in pairs if nodes[n:]] for n in range(number)]
        if len(parts) > 1:
            with contextlib.suppress(ShareError):  # what went wrong is told when it goes wrong here
                return list(together([partial(self.outcomes, part) for part in parts]))
        return self.outcomes(pairs)


def validate(data: Iterable[ox.Triple], shapes: Iterable[ox.Triple]) -> rdflib.Graph:
    """pySHACL's report on `data`, as a graph."""
    found = Shapes(shapes, Facts(data))
    reports = found.reports(found.pairs())
    with calm():
        report: rdflib.Graph = found.validator.create_validation_report(
            found.validator.shacl_graph, not reports, reports
        )[0]
    return report


def _outcome(report: Any, named: Callable[[Any], Any]) -> Outcome:
    said: dict[str, list[Any]] = {}
    for _, predicate, value in report[2]:
        said.setdefault(str(predicate).removeprefix(_SH), []).append(value[1] if type(value) is tuple else value)
    path, value = said.get("resultPath"), said.get("value")
    return Outcome(
        str(named(said["sourceShape"][0])),
        ours(said["focusNode"][0]),
        str(path[0]) if path and isinstance(path[0], rdflib.URIRef) else None,
        ours(value[0]) if value else None,
        min(map(str, said.get("resultMessage", [])), default=""),
        str(said[_COMPONENT][0]),
    )


@contextlib.contextmanager
def calm() -> Iterator[None]:
    """Nothing is fetched, and no word comes from the libraries' loggers: what they would say are findings."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    pyshacl.monkey.apply_patches()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            for passed_over in (ConstraintLoadWarning, ValidationWarning):  # what pySHACL warns of, it does not apply
                warnings.simplefilter("error", passed_over)
            yield
    finally:
        logging.disable(before)
