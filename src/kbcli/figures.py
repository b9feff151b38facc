"""The figures of a census, told: for people, as JSON, as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kbcli.census import ALL
from kbcli.display import cells, printable, terminal_width, wrapped
from kbcli.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbcli.census import Figures

WHOLE = "the whole knowledge base"
NARROWEST = 20


def text(whole: Figures, articles: Mapping[str, Figures]) -> str:
    blocks = [_block(WHOLE, whole), *(_block(article, figures) for article, figures in articles.items())]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def json(whole: Figures, articles: Mapping[str, Figures]) -> str:
    return dumps({"whole": whole, "articles": dict(articles)})


def csv_(whole: Figures, articles: Mapping[str, Figures]) -> str:
    """A row for each figure: the article (empty for the whole), what is counted, of which sort, the figure."""
    stream = io.StringIO(newline="")
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(["article", "counted", "sort", "figure"])
    for article, figures in {"": whole, **articles}.items():
        rows.writerows(
            [article, name, sort, figure] for name, sorts in figures.items() for sort, figure in sorts.items()
        )
    return stream.getvalue()


WRITERS = {"text": text, "json": json, "csv": csv_}


def _block(title: str, figures: Figures) -> Iterator[str]:
    width = terminal_width()
    yield from wrapped(printable(title), width)
    margin = max(cells(name) for name in figures) + 4
    for name, sorts in figures.items():
        told = printable(_told(sorts))
        if width - margin < NARROWEST:
            yield from (" " * 2 + part for part in wrapped(f"{name}: {told}", width - 2))
            continue
        first, *more = wrapped(told, width - margin)
        yield f"  {name:<{margin - 2}}{first}"
        yield from (" " * margin + part for part in more)


def _told(sorts: Mapping[str, int | float]) -> str:
    inside = [f"{sort} {_number(figure)}" for sort, figure in sorts.items() if sort != ALL]
    return f"{_number(sorts[ALL])} ({', '.join(inside)})" if inside else _number(sorts[ALL])


def _number(figure: float) -> str:
    return f"{figure:.1%}" if isinstance(figure, float) else str(figure)
