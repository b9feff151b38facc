"""The saved queries told to a person: the list of all, the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli.display import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kbcli.savedquery import Parameter, SavedQuery

WIDTH = 88


def listing(queries: Iterable[SavedQuery]) -> str:
    """Every query with its summary and, where it has any, its parameters."""
    lines = []
    for saved in queries:
        lines += [
            f"{saved.name:<14} {line}" if not number else " " * 15 + line
            for number, line in enumerate(wrapped(saved.header.summary, WIDTH - 15))
        ]
        if saved.header.params:
            shown = ", ".join(f"{name}*" if p.required else name for name, p in saved.header.params.items())
            lines.append(f"{'':<14} -p {shown}")
    return "".join(f"{line}\n" for line in lines)


def page(saved: SavedQuery) -> str:
    """What one query asks, takes and gives."""
    return "\n".join(_page(saved)) + "\n"


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
