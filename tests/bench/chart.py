"""The picture: how the cost grows with the number of articles, as SVG that reads on light and dark pages."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bench.plot import SIZE, Box, Line, Panel
from bench.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.record import Record

WIDTH, HEIGHT, TOP, BOTTOM = 1000, 560, 92, 482
LEFTS, PLOT = (66, 562), 250
PANELS: tuple[tuple[str, tuple[tuple[Title, str, str], ...]], ...] = (
    (
        "Questions: who denies what",
        (
            (Title.RDFLIB, "rdflib, by hand", "peer"),
            (Title.JENA, "Jena", "peer"),
            (Title.OXIGRAPH, "oxigraph load + query", "peer"),
            (Title.PYOXIGRAPH, "pyoxigraph, by hand", "peer"),
            (Title.INDEXED, "kb query denials", "ours"),
            (Title.ONE, "kb query, one agent", "ours"),
        ),
    ),
    (
        "Checks; SHACL engines: the shapes only",
        (
            (Title.PYSHACL, "pyshacl", "peer"),
            (Title.TURBO, "pyshacl-turbo", "peer"),
            (Title.RUST, "shacl-rust", "peer"),
            (Title.SHAPES, "kb, SHACL only", "ours"),
            (Title.FIRST, "kb validate, first time", "ours"),
            (Title.PARSED, "pyoxigraph, parses only", "peer"),
            (Title.LINKED, "kb validate, one link added", "ours"),
            (Title.CHANGED, "kb validate, one text edited", "ours"),
        ),
    ),
)
STYLE = """\
.page { fill: #ffffff; stroke: #d0d7de }
text { font: SIZEpx system-ui, -apple-system, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; fill: #24292f }
.title { font-size: 17px; font-weight: 600 }
.head { font-weight: 600 }
.axis, .note { fill: #57606a }
.grid { stroke: #d8dee4; fill: none }
polyline { fill: none; stroke-width: 1.6; stroke-linejoin: round }
polyline.ours { stroke: #0550ae; stroke-width: 2.6 }
polyline.peer { stroke: #9a6700 }
circle.ours { fill: #0550ae }
circle.peer { fill: #9a6700 }
text.ours { fill: #0550ae; font-weight: 600 }
text.peer { fill: #7d4e00 }
.lead { fill: none; stroke-width: 0.8 }
.lead.ours { stroke: #0550ae }
.lead.peer { stroke: #9a6700 }
"""
DARK = """\
.page { fill: #0d1117; stroke: #30363d }
text { fill: #e6edf3 }
.axis, .note { fill: #9198a1 }
.grid { stroke: #262c34 }
polyline.ours, .lead.ours { stroke: #79c0ff }
polyline.peer, .lead.peer { stroke: #d29922 }
circle.ours, text.ours { fill: #79c0ff }
circle.peer, text.peer { fill: #d29922 }
"""


def svg(record: Record, *, dark: bool = False) -> str:
    """`dark`: whatever the page around it is."""
    drawn = panels(record)
    style = STYLE.replace("SIZE", str(SIZE)) + (DARK if dark else f"@media (prefers-color-scheme: dark) {{\n{DARK}}}\n")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title desc">',
        '<title id="title">CPU seconds by number of articles</title>',
        f'<desc id="desc">{escape(_described(drawn))}</desc>',
        f"<style>\n{style}</style>",
        f'<rect class="page" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="8"/>',
        '<text class="title" x="20" y="34">CPU seconds by number of articles</text>',
        f'<text class="note" x="20" y="{HEIGHT - 14}">{escape(_note(record))}</text>',
        *(part for panel in drawn for part in panel.drawn()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def panels(record: Record) -> list[Panel]:
    """Those of which something was measured."""
    found = [(heading, [line for line in _lines(record, wanted) if line.values]) for heading, wanted in PANELS]
    values = [value for _, lines in found for line in lines for value in line.values]
    return [_panel(heading, lines, left, values) for (heading, lines), left in zip(found, LEFTS, strict=True) if lines]


def _lines(record: Record, wanted: Iterable[tuple[Title, str, str]]) -> list[Line]:
    known = [figure for figure in record.figures if not figure.differs]
    return [
        Line(name, kind, sorted((figure.size, figure.cpu) for figure in known if figure.title == title))
        for title, name, kind in wanted
    ]


def _panel(heading: str, lines: Sequence[Line], left: float, values: Sequence[tuple[float, float]]) -> Panel:
    """With axes for all `values`, which other panels show too."""
    sizes = sorted({size for size, _ in values})
    costs = [cost for _, cost in values]
    least, most = min(costs) / 1.5, max(costs) * 1.5
    powers = [10.0**power for power in range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)]
    return Panel(
        heading,
        Box(left, TOP, left + PLOT, BOTTOM),
        (sizes[0] / 1.25, max(sizes[-1], 2 * sizes[0]) * 1.1),
        (least, most),
        lines,
        [(size, f"{size:,.0f}") for size in sizes],
        [(power, f"{power:,.0f} s" if power >= 1 else f"{power:g} s") for power in powers if least <= power <= most],
    )


def _described(drawn: Iterable[Panel]) -> str:
    told = [
        f"{line.name}: " + ", ".join(f"{cost:.3g} s at {size:,.0f}" for size, cost in line.values)
        for panel in drawn
        for line in panel.lines
    ]
    return "Two panels of lines over logarithmic axes. " + "; ".join(told) + "."


def _note(record: Record) -> str:
    held = record.machine
    return (
        f"Whole processes, medians; logarithmic axes. {held['processor']}, {held['cores']} cores, "
        f"Python {held['python']}, {record.day}."
    )
