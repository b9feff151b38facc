"""The command line of `kb query`, written down once.

click is told it (see `commands.query`), and `read` understands the plain calls without click, whose import alone
takes longer than a small query. What `read` is not sure of, every mistake among it, it leaves to click.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kbcli.guard import DEFAULT_MEMORY, DEFAULT_TIMEOUT
from kbcli.results import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Option:
    """One option. Without a metavar or choices it is a switch; `number` makes a number of at most `most`, from 0."""

    names: tuple[str, ...]
    key: str
    help: str
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    many: bool = False
    number: Callable[[str], float] | None = None
    most: float = 0
    default: float | None = None
    answers: bool = True  # whether with it a query is asked at all

    @property
    def is_switch(self) -> bool:
        return not (self.metavar or self.choices)

    @property
    def unset(self) -> Any:
        return () if self.many else False if self.is_switch else self.default


_INDEX = "Read all files, without the index that large data has."
OPTIONS = (
    Option(
        ("-p", "--param"),
        "pairs",
        "A parameter: IRI, prefixed name, exact label, or plain value.",
        metavar="NAME=VALUE",
        many=True,
    ),
    Option(
        ("-f", "--format"),
        "format_",
        "Default: table on a terminal, csv when piped, ttl for triples.",
        choices=tuple(FORMATS),
    ),
    Option(("-o", "--output"), "path", "Write there instead of stdout, whole or not at all.", metavar="FILE"),
    Option(
        ("--data",), "data", "Ask these RDF files or folders instead of the project's data.", metavar="PATH", many=True
    ),
    Option(("--endpoint",), "endpoint", "Ask this SPARQL endpoint instead of the project's data.", metavar="URL"),
    Option(("--union",), "union", "Make the named graphs of --data visible by default."),
    Option(("--base",), "base", "Resolve relative IRIs of --data and the query against this one.", metavar="IRI"),
    Option(
        ("--iri",),
        "iris",
        "How IRIs are shown. Default: full; label in tables.",
        choices=("full", "prefixed", "label"),
    ),
    Option(
        ("--timeout",),
        "timeout",
        "Seconds for the query itself; 0: no limit.",
        metavar="S",
        number=float,
        most=1e6,
        default=DEFAULT_TIMEOUT,
    ),
    Option(
        ("--memory",),
        "memory",
        "Memory for loading and the query; 0: no limit.",
        metavar="MIB",
        number=int,
        most=1 << 30,
        default=DEFAULT_MEMORY,
    ),
    Option(("--no-index",), "no_index", _INDEX),
    Option(("--fail-on-rows",), "fail_on_rows", "Exit 1 if there is any row (or ASK is true)."),
    Option(("--list",), "list_", "List the saved queries with their parameters.", answers=False),
    Option(("-h", "--help"), "help_", "Show this, or with NAME what that query asks and takes.", answers=False),
)
_BY_NAME = {name: option for option in OPTIONS for name in option.names if option.answers}


class _NotSureError(Exception):
    """This is click's."""


def read(args: Sequence[str]) -> dict[str, Any] | None:
    """What the arguments after `query` ask for, by key, `source` among it; None if click must read them."""
    values = {option.key: option.unset for option in OPTIONS if option.answers}
    sources = []
    left = iter(args)
    try:
        for word in left:
            if word == "-" or not word.startswith("-"):
                sources.append(word)
            else:
                _take(word, left, values)
    except (_NotSureError, ValueError):
        return None
    return {"source": sources[0], **values} if len(sources) == 1 else None


def _take(word: str, left: Any, values: dict[str, Any]) -> None:
    """One option and its value."""
    name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
    option = _BY_NAME.get(name)
    if option is None or (option.is_switch and equals):
        raise _NotSureError
    if option.is_switch:
        values[option.key] = True
        return
    text = value if equals else next(left, None)
    if text is None or text.startswith("-") or (option.choices and text not in option.choices):
        raise _NotSureError
    if option.many:
        values[option.key] += (text,)
    else:
        values[option.key] = _number(option, text) if option.number else text


def _number(option: Option, text: str) -> float:
    """Raises ValueError."""
    assert option.number  # noqa: S101 it has one
    value = option.number(text)
    if not 0 <= value <= option.most:
        raise _NotSureError
    return value
