"""Whether the engine can read queries, without asking them of anything.

Reading alone may overflow the engine's stack or never end, so it is done in the guarded child. All queries share one;
those that a crash leaves unread are read again, each in a child of its own, so that one hides no other.
"""

from __future__ import annotations

import json
import tempfile
from typing import TYPE_CHECKING

from kbcli import guard
from kbcli.errors import KbError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kbcli.guard import Clock
    from kbcli.sparql import Query

TIMEOUT = 10.0
MEMORY = 2048  # MiB


def complaints(queries: Sequence[Query]) -> list[Exception | None]:
    """What the engine has against each query: a SyntaxError, a KbError if it could not even say, or nothing."""
    numbers = range(len(queries))
    told, _ = _read({number: queries[number] for number in numbers})
    for number in numbers:
        if number not in told:
            alone, ended = _read({number: queries[number]})
            told[number] = alone.get(number, ended)
    return [told[number] for number in numbers]


def _read(queries: Mapping[int, Query]) -> tuple[dict[int, Exception | None], KbError]:
    """What was told of which query, and how the child ended."""
    if not queries:
        return {}, KbError("")
    with tempfile.TemporaryFile("w+", encoding="utf-8") as answers:

        def work(clock: Clock) -> int:
            clock.start()
            for number, query in queries.items():
                answers.write(json.dumps([number, _complaint(query)]) + "\n")
                answers.flush()
            return 0

        ended = KbError("the query engine failed", "simplify the query; if it is reasonable, report it")
        try:
            guard.run(work, timeout=TIMEOUT, memory=MEMORY)
        except KbError as error:
            ended = error
        answers.seek(0)
        found = dict(json.loads(line) for line in answers if line.endswith("\n"))
    return {number: SyntaxError(what) if what else None for number, what in found.items()}, ended


def _complaint(query: Query) -> str:
    """The engine's complaint about the text of `query`; empty if it has none."""
    import pyoxigraph as ox

    try:
        # The engine reads the text before it refuses these options, which exclude one another: nothing is evaluated.
        ox.Store().query(query.text, use_default_graph_as_union=True, default_graph=ox.DefaultGraph())
    except SyntaxError as error:
        return str(error)
    except ValueError:
        pass
    return ""
