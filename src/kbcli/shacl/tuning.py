"""pySHACL without costs that change no result.

Version 0.40.1 looks every property of a shape up in a list, makes a constraint anew for every value that it is put to,
evaluates a property shape value by value, searches each SPARQL constraint once per node for what it may not hold, and
describes every result for people. Here the first four are done once, and the last not at all. Whatever version it is
not known to fit is left as it is.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

KNOWN = "0.40.1"


class Parameters(list[Any]):
    """The parameters of all constraints, found by hash."""

    def __init__(self, items: Iterable[Any]) -> None:
        super().__init__(items)
        self._set = frozenset(self)

    def __contains__(self, item: object) -> bool:
        return item in self._set


class Maker:
    """Stands for a class of constraints: makes the one of each shape once, for as long as the run lasts."""

    def __init__(self, class_: Callable[[Any], Any]) -> None:
        self._class = class_
        self._made: dict[int, tuple[Any, Any]] = {}

    def __call__(self, shape: Any) -> Any:
        made = self._made.get(id(shape))
        if made is None:
            made = self._made[id(shape)] = shape, self._class(shape)  # the shape is kept, or another had its id
        return made[1]


class Tuning:
    """As long as one is entered, pySHACL is spared what it does in vain. What was made once lasts as long as this."""

    def __init__(self) -> None:
        import pyshacl.shape
        from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP
        from pyshacl.constraints.constraint_component import ConstraintComponent
        from pyshacl.constraints.core.shape_based_constraints import PropertyConstraintComponent
        from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper

        parameters = Parameters(ALL_CONSTRAINT_PARAMETERS), _made(CONSTRAINT_PARAMETERS_MAP)
        evaluate = PropertyConstraintComponent._evaluate_property_shape  # noqa: SLF001 there is no other way in
        look = SPARQLQueryHelper.check_invalid_sparql
        self._places: list[tuple[Any, str, Any]] = [
            (pyshacl.shape, "CONSTRAINT_PARAMS", parameters),
            (PropertyConstraintComponent, "_evaluate_property_shape", _all_at_once(evaluate)),
            (SPARQLQueryHelper, "check_invalid_sparql", _once(look)),
            (ConstraintComponent, "make_v_result_description", _without_words),
        ]
        self._stock: list[Any] = []

    def __enter__(self) -> None:
        self._stock = [getattr(place, name, (None, None)) for place, name, _ in self._places]
        for place, name, better in self._places:
            setattr(place, name, better)

    def __exit__(self, *_: object) -> None:
        for (place, name, _), stock in zip(self._places, self._stock, strict=True):
            setattr(place, name, stock)


def tuning() -> contextlib.AbstractContextManager[None]:
    """Nothing, if pySHACL is not of the version that this is known to fit."""
    import pyshacl

    return Tuning() if pyshacl.__version__ == KNOWN else contextlib.nullcontext()


def _made(classes: Mapping[Any, Any]) -> dict[Any, Maker]:
    """By parameter; two parameters of one constraint have the same maker, for pySHACL tells them by identity."""
    makers = {class_: Maker(class_) for class_ in classes.values()}
    return {parameter: makers[class_] for parameter, class_ in classes.items()}


def _all_at_once(stock: Callable[..., Any]) -> Callable[..., Any]:
    """Put a property shape to all values in one go, if no two focus nodes share one: then nothing is told twice."""

    def evaluate(  # noqa: PLR0913, PLR0917 as pySHACL calls it
        self: Any, executor: Any, shape: Any, graph: Any, values: Any, recursive: Any, path: Any
    ) -> Any:
        found = self.shape.get_other_shape(shape)
        every = {value for some in values.values() for value in some}
        shared = len(every) < sum(map(len, values.values()))
        if shared or executor.abort_on_first or recursive or not (found and found.is_property_shape):
            return stock(self, executor, shape, graph, values, recursive, path)
        conforms, reports = found.validate(executor, graph, focus=list(every), _evaluation_path=path[:])
        return not conforms, reports

    return evaluate


def _without_words(*_: Any, **__: Any) -> str:
    """Of the report for people, which nobody asks for; the graph of the report has everything."""
    return ""


def _once(look: Callable[..., Any]) -> Callable[..., Any]:
    passed = set()

    def check(self: Any, sparql_text: str, valuenode: Any = None, extravars: Any = None) -> Any:
        asked = sparql_text, valuenode is None, None if extravars is None else frozenset(extravars)
        if asked not in passed:
            look(self, sparql_text, valuenode=valuenode, extravars=extravars)  # it raises what is wrong
            passed.add(asked)
        return True

    return check
