"""Whether the saved queries see what was pushed: they name no graph, and some stores then hide the named ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli import savedquery
from kbcli.errors import LimitError
from kbcli.names import KB
from kbcli.project import resources

if TYPE_CHECKING:
    from kbcli.endpoint import Endpoint
    from kbcli.extract import Extract
    from kbcli.services import Service

QUERY = "denials"


def warning(extract: Extract, endpoint: Endpoint, service: Service) -> tuple[str, str] | None:
    """What is wrong and what to do, if the query has no row there and has one here; None if all is well."""
    text = savedquery.read(QUERY, [extract.project.queries, resources() / "queries"]).query.text
    if _sees(endpoint, text) or not _has_rows(extract, text):
        return None
    store = f" ({service.store})" if service.store else ""
    if endpoint.holds(f"{{ GRAPH ?graph {{ ?claim a <{KB}Denial> }} }}"):
        return f"kb query {QUERY} sees nothing of it: the default graph of this store{store} hides its named graphs", (
            service.union
        )
    return f"kb query {QUERY} sees nothing of it at {endpoint.remote.shown}", "is this the same store? --query URL"


def _sees(endpoint: Endpoint, text: str) -> bool:
    try:
        return bool(endpoint.rows(text))
    except LimitError:  # a slow store is no blind one
        return endpoint.holds(f"{{ ?claim a <{KB}Denial> }}")


def _has_rows(extract: Extract, text: str) -> bool:
    """It is asked of the first file, of the first two, four, eight: most have a row before many are in memory."""
    import pyoxigraph as ox

    store = ox.Store()
    parts = (*extract.vocabulary, *extract.parts)
    for number, part in enumerate(parts, 1):
        store.extend(ox.Quad(*quad.triple) for quad in part.quads())
        if number.bit_count() == 1 or number == len(parts):
            answer = store.query(text)
            if isinstance(answer, ox.QuerySolutions) and next(iter(answer), None) is not None:
                return True
    return False
