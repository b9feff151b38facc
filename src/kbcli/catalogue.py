"""The saved queries told to a person: the list of all, the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.display import printable, wrapped
from kbcli.errors import UsageError
from kbcli.savedquery import from_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kbcli.header import Parameter
    from kbcli.savedquery import SavedQuery

WIDTH = 79
MARGIN = 15


def listing(paths: Iterable[Path]) -> tuple[str, list[UsageError]]:
    """Every query with its summary and, where it has any, its parameters; and why some cannot be listed."""
    lines: list[str] = []
    broken = []
    for path in paths:
        try:
            lines += _entry(from_file(path))
        except UsageError as error:
            broken.append(error)
    return "".join(f"{printable(line)}\n" for line in lines), broken


def _entry(saved: SavedQuery) -> Iterator[str]:
    first, *more = wrapped(saved.header.summary, WIDTH - MARGIN)
    yield f"{saved.name:<{MARGIN - 1}} {first}".rstrip()
    yield from (" " * MARGIN + line for line in more)
    if saved.header.params:
        shown = ", ".join(f"{name}*" if p.required else name for name, p in saved.header.params.items())
        yield f"{'':<{MARGIN}}-p {shown}"


def page(saved: SavedQuery) -> str:
    """What one query asks, takes and gives."""
    return "".join(f"{printable(line)}\n" for line in _page(saved))


def _page(saved: SavedQuery) -> Iterator[str]:
    header = saved.header
    yield f"{saved.name}: {header.summary}" if header.summary else saved.name
    if header.description:
        yield ""
        for paragraph in header.description.split("\n\n"):
            yield from wrapped(" ".join(paragraph.split()), WIDTH)
    yield ""
    example = " ".join(f"-p {name}=…" if p.required else f"[-p {name}=…]" for name, p in header.params.items())
    yield f"Usage: kb query {saved.name} {example}".rstrip()
    if header.params:
        yield ""
        yield "Parameters:"
        margin = max(map(len, header.params)) + 4
        for parameter in header.params.values():
            first, *more = wrapped(_about(parameter), WIDTH - margin)
            yield f"  {parameter.name:<{margin - 2}}{first}"
            yield from (" " * margin + line for line in more)


def _about(parameter: Parameter) -> str:
    kind = "IRI, prefixed name or exact label" if parameter.type == "iri" else parameter.type
    notes = [kind, *(["required"] if parameter.required else [])]
    if parameter.choices:
        notes.append(f"one of {', '.join(parameter.choices)}")
    if parameter.default is not None:
        notes.append(f"default {parameter.default}")
    return f"{parameter.help} ({'; '.join(notes)})".strip()
